"""Declaring a stage: the next one that the matrix allows, as an event that stays."""

from __future__ import annotations

from datetime import date, datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import N_, Refusal
from forum.standards.models import StageEvent, StageKind, Standard
from forum.standards.stages import stages


class StageUnlawful(Refusal):
    """A stage that doesn't follow."""

    message = N_("Stage %(after)s doesn’t follow stage %(before)s. Choose one that does.")
    field = "stage"


def declare_stage(
    standard: Standard, code: str, *, on: date, source: str = "", actor: Actor, now: datetime
) -> StageEvent:
    """Declare that a deliverable entered a stage.  Raises ``StageUnlawful`` where the matrix doesn't allow it."""
    before = standard.stage_equivalent
    cell = stages().get(before)
    if code not in stages() or (cell is not None and code not in cell.following):
        raise StageUnlawful(after=code, before=before or "–")
    made = StageEvent(
        standard_id=standard.id,
        scheme=standard.scheme,
        code=code,
        on=on,
        kind=StageKind.DECLARED,
        source=source,
        by=actor.reference,
    )
    session.add(made)
    standard.stage = standard.stage_equivalent = code
    standard.stage_on = on
    session.flush()
    record(actor, "declare_stage", "standard", standard.public_id, now=now, **{"from": before, "to": code})
    return made
