"""A text written clause by clause, in the agreements room; a version without one keeps its text itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Account
from forum.agreements import operations, queries
from forum.agreements.kinds import Instrument, Party
from forum.agreements.models import AgreementText
from forum.core.actor import Actor
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty
from forum.partnerships.own_text import OwnText
from forum.partnerships.rules.case import Hashes
from forum.partnerships.rules.dates import months_after
from forum.partnerships.states import PHASE_OF, PUBLIC, Phase, VersionState

# Here nobody may change the text; elsewhere outside negotiation it's over, and there is nothing to freeze it for.
FROZEN_IN = frozenset(
    state
    for state, phase in PHASE_OF.items()
    if phase in {Phase.REVIEW, Phase.SIGNING, Phase.IN_FORCE} and state is not VersionState.RETURNED
)
KNOWN_TO_STAND = PUBLIC | {VersionState.APPROVED, VersionState.SIGNED}
_ACCOUNT = "account:"


def text_of(version: AgreementVersion) -> AgreementText | None:
    """Return the text that is written clause by clause, or None where the version keeps its own."""
    return session.get(AgreementText, version.text_id) if version.text_id is not None else None


def parties_of(partnership: Partnership) -> list[Party]:
    """Return the parties as the text names them; a name that is missing in a language is the other one."""
    return [
        Party(
            party.public_id,
            party.city.side("name", "en") or party.city.side("name", "zh"),
            party.city.side("name", "zh") or party.city.side("name", "en"),
        )
        for party in partnership.parties
    ]


def start(version: AgreementVersion, party_key: str, *, actor: Actor, now: datetime) -> AgreementText:
    """Begin the text from the clause library, for a version that has none."""
    text = operations.start_text(
        Instrument(str(version.instrument)),
        parties_of(version.partnership),
        actor=actor,
        now=now,
        party_key=party_key,
    )
    one = version.partnership
    text.title_en, text.title_zh = one.side("title", "en") or text.title_en, one.side("title", "zh") or text.title_zh
    version.text_id = text.id
    session.flush()
    return text


def for_signature(text: AgreementText) -> bool:
    """Tell whether a text stands approved for signature or is in force, as both sides and the public may know."""
    if not text.is_frozen:
        return False
    states = session.scalars(select(AgreementVersion.state).where(AgreementVersion.text_id == text.id)).all()
    return not states or any(state in KNOWN_TO_STAND for state in states)


class LibraryText:
    """The desk of such texts; it hands on to ``OwnText`` where there is none."""

    def __init__(self) -> None:
        self.own = OwnText()

    def fresh_hashes(self, version: AgreementVersion) -> Hashes:
        """Compute the seal from the stored rows."""
        text = text_of(version)
        if text is None:
            return self.own.fresh_hashes(version)
        session.flush()
        seal = queries.fresh_seal(text)
        return Hashes(seal.en, seal.zh, seal.both)

    def part_hash(self, version: AgreementVersion, part: str) -> str:
        """Return the hash of a clause, empty for one that isn't there; of the whole text for anything else."""
        text = text_of(version)
        if text is None:
            return self.own.part_hash(version, part)
        kind, _, key = part.partition(":")
        return queries.clause_hashes(text).get(key, "") if kind == "clause" else self.fresh_hashes(version).both

    def clauses(self, version: AgreementVersion) -> dict[str, str]:
        """Return the hash of each clause."""
        text = text_of(version)
        if text is None:
            return self.own.clauses(version)
        session.flush()
        return {f"clause:{key}": found for key, found in queries.clause_hashes(text).items()}

    def all_matched(self, version: AgreementVersion) -> bool:
        """Tell whether every clause is matched between the languages."""
        text = text_of(version)
        return self.own.all_matched(version) if text is None else queries.all_matched(text)

    def findings_blocking(self, version: AgreementVersion, today: date) -> int:
        """Return how many findings of the check stop the text."""
        text = text_of(version)
        return self.own.findings_blocking(version, today) if text is None else len(queries.blocking(text, today=today))

    def confirm(self, version: AgreementVersion, party: PartnershipParty, *, actor: Actor, now: datetime) -> None:
        """Confirm the revision that stands now."""
        text = text_of(version)
        if text is None:
            self.own.confirm(version, party, actor=actor, now=now)
            return
        seen = self.fresh_hashes(version).both
        session.refresh(text)
        operations.confirm(text, party.public_id, seen_revision=text.revision, seen_hash=seen, actor=actor, now=now)

    def confirmed_by_all(self, version: AgreementVersion) -> bool:
        """Tell whether every party has confirmed the present text."""
        text = text_of(version)
        return self.own.confirmed_by_all(version) if text is None else queries.confirmed_by_all(text)

    def drafters(self, version: AgreementVersion) -> frozenset[int]:
        """Return the accounts that wrote any of it, and those that are kept as drafters of the case."""
        known = self.own.drafters(version)
        text = text_of(version)
        if text is None:
            return known
        wrote = [name.removeprefix(_ACCOUNT) for name in queries.drafters(text) if name.startswith(_ACCOUNT)]
        return known | frozenset(session.scalars(select(Account.id).where(Account.public_id.in_(wrote))))

    def last_day(self, version: AgreementVersion, effective_on: date) -> date | None:
        """Return the day that the text names, or the last one of its months from the day of effect on."""
        text = text_of(version)
        if text is None:
            return self.own.last_day(version, effective_on)
        if text.ends_on is not None or text.term_months is None:
            return text.ends_on
        return months_after(effective_on, text.term_months) - timedelta(days=1)

    def lock(self, version: AgreementVersion, *, today: date, actor: Actor, now: datetime) -> None:
        """Freeze the text with its seal; one that is frozen stays so, and what was altered since is for the guards."""
        text = text_of(version)
        self.own.lock(version, today=today, actor=actor, now=now)
        if text is None or version.state not in FROZEN_IN:
            return
        session.refresh(text)
        if text.is_frozen:
            return
        operations.freeze(text, today=today, actor=actor, now=now)
        version.notice_months = text.notice_months or version.notice_months
        version.auto_renew = text.automatic_renewal

    def unlock(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> None:
        """Open a frozen text; what was confirmed no longer counts."""
        text = text_of(version)
        self.own.unlock(version, actor=actor, now=now)
        if text is None:
            return
        session.refresh(text)
        if text.is_frozen:
            operations.unfreeze(text, actor=actor, now=now)

    def successor(self, version: AgreementVersion, following: AgreementVersion, *, actor: Actor, now: datetime) -> None:
        """Copy the text clause by clause."""
        text = text_of(version)
        self.own.successor(version, following, actor=actor, now=now)
        if text is not None:
            following.text_id = operations.succeed(text, actor=actor, now=now).id
