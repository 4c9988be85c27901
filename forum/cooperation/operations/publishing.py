"""Proposing what the public shall read, consenting to it, and taking it back.

Nothing is shown before each party has consented to the very same words; any one of them takes its consent back alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import (
    ContactOffice,
    Evidence,
    EvidenceVerdict,
    OutcomeKind,
    PublicationConsent,
    PublishedOutcome,
    StandardLink,
)
from forum.cooperation.operations.acting import add_once, as_seen, blank, own_party, tell, write_texts
from forum.cooperation.queries import publishing as reading
from forum.cooperation.rules.publishing import Thing
from forum.cooperation.states import OUTCOME_LIFE, OutcomeState
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean_code
from forum.partnerships.models import Partnership, PartnershipParty, Side
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing

_WEBSITE = re.compile(r"https://[^\s<>\"'\\]{3,280}")


@dataclass(frozen=True, slots=True)
class Wording:
    """What an outcome says, in the words that the public shall read."""

    kind: OutcomeKind
    title: Text
    summary: Text
    happened_on: date
    evidence: Evidence | None
    standard: StandardLink | None = None


def propose_outcome(
    partnership: Partnership, wording: Wording, *, standing: Standing, actor: Actor, now: datetime
) -> PublishedOutcome:
    """Propose an outcome to the other parties; who proposes it consents for their own city.

    Raises ``BothLanguagesNeeded``, ``OutcomeAhead`` or ``OutcomeNeedsEvidence``.
    """
    party = own_party(partnership, standing)
    outcome = PublishedOutcome(partnership_id=partnership.id, partnership=partnership, party_id=party.id, party=party)
    _word(outcome, wording, party, actor, now)
    session.add(outcome)
    session.flush()
    record(actor, "propose", "outcome", outcome.public_id, now=now, what=str(wording.kind))
    _consent_to(outcome, standing, actor, now)
    _ask_the_others(outcome, party, actor, now)
    return outcome


def reword_outcome(
    outcome: PublishedOutcome,
    wording: Wording,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Change an outcome that isn't published, or propose one anew that was taken back; all consent once more."""
    party = own_party(outcome.partnership, standing)
    _lock_parties(outcome.partnership)  # first, as everywhere: two never wait for each other
    _lock(outcome)
    as_seen(outcome.version, seen)
    if outcome.state is OutcomeState.PUBLISHED:
        raise errors.OutcomePublished
    before = outcome.state
    _word(outcome, wording, party, actor, now)
    outcome.state = OutcomeState(OUTCOME_LIFE.step(before, "propose", {"liaison"}).target)
    session.flush()
    record(actor, "propose", "outcome", outcome.public_id, now=now, **{"from": str(before), "to": str(outcome.state)})
    _consent_to(outcome, standing, actor, now)
    _ask_the_others(outcome, party, actor, now)


def _word(outcome: PublishedOutcome, wording: Wording, party: PartnershipParty, actor: Actor, now: datetime) -> None:
    for name, text in (("title", wording.title), ("summary", wording.summary)):
        for language in LANGUAGES:
            if not text.side(language).strip():
                raise errors.BothLanguagesNeeded(field=f"{name}_{language}")
    if wording.happened_on > today_in(party.city.zone_name, now):
        raise errors.OutcomeAhead
    evidence, standard = wording.evidence, wording.standard
    if evidence is None or evidence.partnership_id != outcome.partnership_id:
        raise errors.OutcomeNeedsEvidence
    if evidence.verdict is not EvidenceVerdict.ACCEPTED or evidence.superseded_by is not None:
        raise errors.OutcomeNeedsEvidence
    if standard is not None and standard.partnership_id != outcome.partnership_id:
        raise NotFound
    write_texts(outcome, {"title": wording.title, "summary": wording.summary}, actor=actor, now=now)
    outcome.kind, outcome.happened_on, outcome.proposed_at = wording.kind, wording.happened_on, now
    outcome.evidence_id, outcome.evidence = evidence.id, evidence
    outcome.standard_id, outcome.standard = (standard.id, standard) if standard else (None, None)


def _ask_the_others(outcome: PublishedOutcome, party: PartnershipParty, actor: Actor, now: datetime) -> None:
    several = {side: [one for one in outcome.partnership.parties if one.side is side] for side in Side}
    for side in Side:
        if side is not party.side or len(several[side]) > 1:
            key = f"outcome:{outcome.public_id}:{outcome.version}"
            tell(
                outcome.partnership,
                side,
                "cooperation_outcome_waits",
                key=key,
                but=actor.account_id,
                now=now,
                page="plan/publication",
            )


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """How a party's contact office is called and reached."""

    name: Text
    email: str = ""
    website: str = ""


def name_office(
    partnership: Partnership,
    words: OfficeWords,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> ContactOffice:
    """Name the contact office of one's own city; whether it is shown is asked apart.

    Raises ``OfficeNameNeeded`` or ``WebsiteUnsafe``.
    """
    party = own_party(partnership, standing)
    if blank(words.name):
        raise errors.OfficeNameNeeded
    website = clean_code(words.website)
    if website and not _WEBSITE.fullmatch(website):
        raise errors.WebsiteUnsafe
    office = reading.office_of(party.id)
    if office is not None:
        as_seen(office.version, seen)
    else:
        office = ContactOffice(party_id=party.id, party=party)
    write_texts(office, {"name": words.name}, actor=actor, now=now)
    office.email, office.website = words.email, website
    add_once(office, errors.ChangedMeanwhile)
    record(actor, "name_office", "partnership", partnership.public_id, now=now, side=str(party.side))
    revisions.bump(revisions.PARTNERSHIPS, now=now)  # a consent to the former words doesn't stand any more
    return office


def consent(
    partnership: Partnership, key: str, seen: Sequence[str], *, standing: Standing, actor: Actor, now: datetime
) -> bool:
    """Consent, for one's own city, to show one thing; return whether everybody may now read it.

    ``seen`` holds the fingerprints of what the page showed.  Who acts for cities on both sides consents for the
    domestic ones alone: the other side's consent is another person's.
    Raises ``NothingToConsentTo``, ``OutcomeTakenBack`` or ``WordsMoved``.
    """
    mine = _own(partnership, standing)
    _lock_parties(partnership)
    thing = _thing(partnership, key)
    if isinstance(thing.row, PublishedOutcome):
        _lock(thing.row)
        if thing.row.state is OutcomeState.WITHDRAWN:
            raise errors.OutcomeTakenBack
        thing = _thing(partnership, key)
    if any(thing.fingerprints[party.id] not in seen for party in mine):
        raise errors.WordsMoved
    for party in mine:
        _give(partnership, party, thing, actor, now)
    session.flush()
    record(actor, "consent_to_publish", "partnership", partnership.public_id, now=now, thing=key, parties=len(mine))
    shown = thing.may_be_shown(reading.given_in([partnership.id]))
    if shown and isinstance(thing.row, PublishedOutcome):
        _publish(thing.row, actor, now)
    revisions.bump(revisions.PARTNERSHIPS, now=now)
    return shown


def take_consent_back(partnership: Partnership, key: str, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Take one's own city's consent back: from now on nobody outside reads the thing; an outcome is taken back."""
    mine = _own(partnership, standing)
    _lock_parties(partnership)
    rows = session.scalars(
        select(PublicationConsent).where(
            PublicationConsent.party_id.in_([party.id for party in mine]),
            PublicationConsent.thing == key,
            PublicationConsent.withdrawn_at.is_(None),
        )
    ).all()
    kind, _, public_id = key.partition(":")
    outcome = reading.outcome(partnership.id, public_id) if kind == "outcome" else None
    if not rows and outcome is None:
        raise errors.NothingToConsentTo
    for row in rows:
        row.withdrawn_at, row.withdrawn_by = now, actor.account_id
    record(actor, "take_consent_back", "partnership", partnership.public_id, now=now, thing=key, parties=len(mine))
    if outcome is not None:
        _take_back(outcome, actor, now)
    session.flush()
    revisions.bump(revisions.PARTNERSHIPS, now=now)


def _own(partnership: Partnership, standing: Standing) -> list[PartnershipParty]:
    """Return the cities for which somebody speaks here: theirs, on one side."""
    side = own_party(partnership, standing).side
    return [party for party in partnership.parties if party.id in standing.parties and party.side is side]


def _thing(partnership: Partnership, key: str) -> Thing:
    found = next((thing for thing in reading.things_of(partnership) if thing.key == key), None)
    if found is None:
        raise errors.NothingToConsentTo
    return found


def _lock_parties(partnership: Partnership) -> None:
    """Hold the parties against others who consent: of two who consent at once, the second sees the first."""
    ids = [party.id for party in partnership.parties]
    session.execute(
        select(PartnershipParty.id).where(PartnershipParty.id.in_(ids)).order_by(PartnershipParty.id).with_for_update()
    )


def _lock(outcome: PublishedOutcome) -> None:
    session.flush()
    session.refresh(outcome, ["state", "version", "published_at"], with_for_update={"of": PublishedOutcome})


def _give(partnership: Partnership, party: PartnershipParty, thing: Thing, actor: Actor, now: datetime) -> None:
    row = session.scalar(
        select(PublicationConsent).where(PublicationConsent.party_id == party.id, PublicationConsent.thing == thing.key)
    )
    if row is None:
        row = PublicationConsent(partnership_id=partnership.id, party_id=party.id, thing=thing.key)
        session.add(row)
    row.fingerprint, row.given_by, row.given_at = thing.fingerprints[party.id], actor.account_id, now
    row.withdrawn_at = row.withdrawn_by = None


def _consent_to(outcome: PublishedOutcome, standing: Standing, actor: Actor, now: datetime) -> None:
    thing = reading.outcome_of(outcome, outcome.partnership.parties)
    consent(
        outcome.partnership,
        outcome.reference,
        list(thing.fingerprints.values()),
        standing=standing,
        actor=actor,
        now=now,
    )


def _publish(outcome: PublishedOutcome, actor: Actor, now: datetime) -> None:
    if outcome.state is OutcomeState.PUBLISHED:
        return
    row = OUTCOME_LIFE.step(outcome.state, "publish", {"everybody"})
    outcome.state, outcome.published_at = OutcomeState(row.target), now
    session.flush()
    record(actor, "publish", "outcome", outcome.public_id, now=now)


def _take_back(outcome: PublishedOutcome, actor: Actor, now: datetime) -> None:
    _lock(outcome)
    before = outcome.state
    row = OUTCOME_LIFE.step(before, "take_back", {"liaison"})
    outcome.state, outcome.published_at = OutcomeState(row.target), None
    session.flush()
    record(actor, "take_back", "outcome", outcome.public_id, now=now, **{"from": str(before), "to": row.target})
