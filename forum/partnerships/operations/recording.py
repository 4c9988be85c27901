"""Writing a step down: the new state, the record of it and the audit, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.audit.operations import record
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.workflow import Transition
from forum.partnerships.models import AgreementVersion, Level, TransitionRecord
from forum.partnerships.rules.case import Hashes
from forum.partnerships.rules.guards import LEVEL_OF
from forum.partnerships.rules.seeing import OTHER_SIDE, circle_of, entered, shown_state
from forum.partnerships.states import FINAL, PUBLIC, VersionState


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
