"""Writing a step down: the new state, the record of it, the audit and the mail, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.audit.operations import record
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.premises import premises
from forum.core.refusals import spoken
from forum.core.workflow import Transition
from forum.offices.models import Office, OfficeRole
from forum.offices.queries import holders
from forum.partnerships.models import AgreementVersion, Level, Side, TransitionRecord
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.rules.case import Hashes
from forum.partnerships.rules.guards import LEVEL_OF
from forum.partnerships.rules.seeing import OTHER_SIDE, circle_of, entered, shown_state, stand
from forum.partnerships.states import FINAL, PUBLIC, VersionState
from forum.ports.mail.outbox import post

# Who has the ball in a state, beyond the liaisons of the parties.
NEXT: dict[VersionState, OfficeRole] = {
    VersionState.CITY_REVIEW: OfficeRole.CITY_LEAD,
    VersionState.PROVINCE_REVIEW: OfficeRole.PROVINCE_REVIEWER,
    VersionState.NATIONAL_REVIEW: OfficeRole.NATIONAL_REVIEWER,
    VersionState.SIGNED: OfficeRole.NATIONAL_REGISTRAR,
}


@dataclass(frozen=True, slots=True)
class Turned:
    """What is known of a step besides the version: who took it, in which role, why, with which text."""

    actor: Actor
    role: str
    now: datetime
    hashes: Hashes
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def change(version: AgreementVersion, row: Transition, turned: Turned) -> None:
    """Bring a version into the state of a row and write it down."""
    source = version.state
    version.state = VersionState(row.target)
    _settle_circle(version, turned.now)
    if shown_state(source, OTHER_SIDE) != shown_state(version.state, OTHER_SIDE):
        version.shared_since = turned.now
    version.moves += 1
    version.stamp = public_id()
    if version.state is VersionState.RETURNED:
        version.returned_from = source
    session.flush()
    _close_or_open(version, turned.now)
    write_down(version, row.action, source, turned, numbers=(version.number, version.number))
    _publish(source, version.state, turned.now)
    _tell(version, source, turned)


def begin(version: AgreementVersion, action: str, source: VersionState, turned: Turned, *, before: int) -> None:
    """Write down the first step of a version: that it was opened, as a draft or as a successor."""
    _settle_circle(version, turned.now)
    version.moves = 1
    session.flush()
    write_down(version, action, source, turned, numbers=(before, version.number))


def write_down(
    version: AgreementVersion, action: str, source: VersionState, turned: Turned, *, numbers: tuple[int, int]
) -> None:
    """Append the record and the audit entry of a step; the audit holds no words of the reason."""
    level = LEVEL_OF.get(source, Level.CITY) if turned.role != "system" else Level.NONE
    if turned.role.startswith("national"):
        level = Level.NATION
    session.add(
        TransitionRecord(
            version_id=version.id,
            seq=version.moves,
            at=turned.now,
            action=action,
            source=source,
            target=version.state,
            account_id=turned.actor.account_id,
            actor=turned.actor.reference,
            acting_for=turned.actor.acting_for or "",
            role=turned.role,
            level=int(level),
            reason=turned.reason,
            number_before=numbers[0],
            number_after=numbers[1],
            text_hash=turned.hashes.both,
            facts=turned.facts,
        )
    )
    session.flush()
    facts: dict[str, Any] = {"from": str(source), "to": str(version.state), "level": int(level)}
    record(turned.actor, action, "agreement", version.public_id, now=turned.now, text=turned.hashes.both, **facts)


def _publish(source: VersionState, target: VersionState, now: datetime) -> None:
    """Make the public pages anew where they change; a renewal that opens is nothing that the public learns of."""
    if (source in PUBLIC or target in PUBLIC) and target is not VersionState.RENEWAL:
        revisions.bump(revisions.PARTNERSHIPS, now=now)


def _settle_circle(version: AgreementVersion, now: datetime) -> None:
    version.state_since = now
    version.reached = max(version.reached or 0, entered(version.state))
    version.circle = circle_of(version.state, version.reached)


def _close_or_open(version: AgreementVersion, now: datetime) -> None:
    """Close a partnership whose versions have all come to an end."""
    partnership = version.partnership
    session.refresh(partnership, ["versions"])
    live = any(one.state not in FINAL for one in partnership.versions)
    partnership.closed_at = None if live else (partnership.closed_at or now)
    session.flush()


def _liaisons(version: AgreementVersion, now: datetime) -> list[Office]:
    found: list[Office] = []
    for party in version.partnership.parties:
        for role in (OfficeRole.CITY_LIAISON, OfficeRole.CITY_LEAD):
            found += holders(role, now, city_id=party.city_id)
    return found


def _tell(version: AgreementVersion, before: VersionState, turned: Turned) -> None:
    """Write to those for whom something has changed, each in their language, in the words that they may read."""
    facts = party_facts(version.partnership)
    offices = _liaisons(version, turned.now)
    role = NEXT.get(version.state)
    lead = version.partnership.lead_of(Side.DOMESTIC)
    if role is OfficeRole.PROVINCE_REVIEWER and lead is not None and lead.city.province_code:
        offices += holders(role, turned.now, province_code=lead.city.province_code)
    elif role in {OfficeRole.NATIONAL_REVIEWER, OfficeRole.NATIONAL_REGISTRAR}:
        offices += holders(role, turned.now)
    for office in {one.account_id: one for one in offices}.values():
        mine = [(str(one.role), one.scope) for one in offices if one.account_id == office.account_id]
        after = stand(office.account_id, mine, facts, version.state)
        if office.account_id == turned.actor.account_id or not after.sees(version.circle):
            continue
        shown = shown_state(version.state, after)
        if shown == shown_state(before, stand(office.account_id, mine, facts, before)):
            continue
        say = translator(office.account.language)
        post(
            "partnership_moved",
            office.account.email,
            office.account.language,
            now=turned.now,
            key=f"{version.public_id}:{version.stamp}",
            number=version.partnership.number,
            state=spoken(shown, say),
            address=f"{premises().base_url}/{office.account.language}/desk/partnerships/{version.public_id}",
        )
