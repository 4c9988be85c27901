"""Stages as the national office declares them: one row each, none ever removed.

Source: ISO/IEC Directives, Part 1, 2.1.3 and Annex SE; what may follow what is ``stages.csv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from forum.audit.operations import record
from forum.committees.models import Precision
from forum.committees.operations.locking import hold
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.offices.rules import BEIJING
from forum.standards import schemes
from forum.standards.errors import (
    BallotStageWrong,
    DayAhead,
    DayBefore,
    LastStage,
    ReasonMissing,
    StandardChanged,
    UnknownStage,
    UnlawfulStage,
)
from forum.standards.models import Scheme, StageEvent, StageKind, Standard
from forum.standards.stages import stages

BALLOTED_AT_50 = frozenset({"TS", "TR", "PAS"})  # since 30 June 2022 (Directives Part 1, 3.1-3.3)


@dataclass(frozen=True, slots=True)
class Declared:
    """A stage as somebody declares it."""

    code: str
    on: date
    reason: str
    precision: Precision = Precision.DAY
    source: str = ""


def lawful(standard: Standard) -> Sequence[str]:
    """Return the codes that may be declared next: those of the matrix, and any other one of a scheme without one."""
    if standard.scheme is Scheme.ISO:
        cell = stages().get(standard.stage)
        if cell is None:
            return tuple(stages())
        return tuple(code for code in cell.following if not _balloted_too_early(standard, code))
    return tuple(code for code in schemes.codes(standard.scheme) if code != standard.stage)


def _balloted_too_early(standard: Standard, code: str) -> bool:
    return standard.kind in BALLOTED_AT_50 and code[:2] == "40"


def declare(standard: Standard, seen: int, to: Declared, *, actor: Actor, now: datetime) -> StageEvent:
    """Let a deliverable enter a stage, because somebody says so and says why.

    Raises ``StandardChanged``, ``UnknownStage``, ``BallotStageWrong``, ``LastStage``, ``UnlawfulStage``,
    ``ReasonMissing``, ``DayAhead`` or ``DayBefore``.
    """
    hold(standard)
    if standard.version != seen:
        raise StandardChanged(at=standard.updated_at)
    if schemes.find(standard.scheme, to.code) is None:
        raise UnknownStage
    if _balloted_too_early(standard, to.code):
        raise BallotStageWrong(kind=standard.kind, code=to.code)
    allowed = lawful(standard)
    if not allowed:
        raise LastStage(present=standard.stage)
    if to.code not in allowed:
        raise UnlawfulStage(present=standard.stage or "–", lawful=", ".join(allowed))
    if not to.reason.strip():
        raise ReasonMissing
    if to.on > now.astimezone(ZoneInfo(BEIJING)).date():
        raise DayAhead
    if standard.stage_on is not None and to.on < standard.stage_on:
        raise DayBefore(day=standard.stage_on.isoformat())
    event = StageEvent(
        standard_id=standard.id,
        scheme=standard.scheme,
        code=to.code,
        on=to.on,
        precision=to.precision,
        kind=StageKind.DECLARED,
        source=to.source,
        as_of=now.date(),
        reason=to.reason.strip(),
        by=actor.reference,
    )
    before = standard.stage
    session.add(event)
    settle(standard, to.code, to.on)
    standard.as_of = now.date()
    session.flush()
    record(
        actor,
        "declare_stage",
        "standard",
        standard.public_id,
        now=now,
        before=before,
        after=to.code,
        on=to.on.isoformat(),
    )
    revisions.bump(revisions.STANDARDS, now=now)
    return event


def settle(standard: Standard, code: str, on: date | None) -> None:
    """Set where a deliverable stands now, with what follows from it."""
    known = schemes.find(standard.scheme, code)
    standard.stage = code
    standard.stage_on = on
    standard.stage_equivalent = known.equivalent if known is not None else ""
    standard.standing = schemes.standing_of(standard.scheme, code)
