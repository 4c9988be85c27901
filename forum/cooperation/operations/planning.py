"""Milestones with their completion rules, and deliverables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import (
    Activity,
    CompletionRule,
    ConditionKind,
    Deliverable,
    DeliverableKind,
    Milestone,
    MilestoneCondition,
)
from forum.cooperation.operations.acting import as_seen, blank, need_force, own_party, roles_towards, write_texts
from forum.cooperation.rules.milestones import Condition
from forum.cooperation.rules.standards import is_national_project, is_stage
from forum.cooperation.states import DELIVERABLE_LIFE, DELIVERABLE_ORDER, DeliverableState
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean, clean_code
from forum.partnerships.models import Partnership, Side
from forum.partnerships.rules.seeing import Standing

HEAVIEST = 1000


@dataclass(frozen=True, slots=True)
class Aim:
    """A milestone as somebody sets it: when, how heavy, and by what it is done."""

    title: Text
    due_on: date
    conditions: Sequence[Condition]
    weight: int = 1
    rule: CompletionRule = CompletionRule.ALL
    needed: int = 1


def set_milestone(partnership: Partnership, aim: Aim, *, standing: Standing, actor: Actor, now: datetime) -> Milestone:
    """Set a milestone; raise what is wrong with it."""
    own_party(partnership, standing)
    need_force(partnership)
    milestone = Milestone(partnership_id=partnership.id, partnership=partnership)
    _write(milestone, aim, actor, now)
    session.add(milestone)
    session.flush()
    _audit(milestone, "set", actor, now)
    return milestone


def change_milestone(
    milestone: Milestone, aim: Aim, *, standing: Standing, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Change a milestone; whether it is done follows anew from its rule."""
    own_party(milestone.partnership, standing)
    as_seen(milestone.version, seen)
    _write(milestone, aim, actor, now)
    session.flush()
    _audit(milestone, "change", actor, now)


def _audit(milestone: Milestone, action: str, actor: Actor, now: datetime) -> None:
    weight, conditions = milestone.weight, len(milestone.conditions)
    record(actor, action, "milestone", milestone.public_id, now=now, weight=weight, conditions=conditions)


def _write(milestone: Milestone, aim: Aim, actor: Actor, now: datetime) -> None:
    if blank(aim.title):
        raise errors.TitleNeeded
    if not 1 <= aim.weight <= HEAVIEST:
        raise errors.WeightOutOfRange
    if not aim.conditions or (aim.rule is CompletionRule.AT_LEAST and not 1 <= aim.needed <= len(aim.conditions)):
        raise errors.ConditionsMissing
    for condition in aim.conditions:
        _check(condition, milestone.partnership_id)
    write_texts(milestone, {"title": aim.title}, actor=actor, now=now)
    milestone.due_on, milestone.weight = aim.due_on, aim.weight
    milestone.rule = aim.rule
    milestone.needed = aim.needed if aim.rule is CompletionRule.AT_LEAST else 1
    milestone.conditions = [
        MilestoneCondition(
            kind=one.kind,
            evidence_kind=one.evidence_kind,
            accepted=one.accepted,
            both_sides=one.both_sides,
            dated_from=one.dated_from,
            dated_to=one.dated_to,
            deliverable_id=one.deliverable_id,
            deliverable_state=one.deliverable_state,
            activity_id=one.activity_id,
        )
        for one in aim.conditions
    ]


def _check(condition: Condition, partnership_id: int) -> None:
    if condition.dated_from and condition.dated_to and condition.dated_to < condition.dated_from:
        raise errors.PeriodReversed
    if condition.kind is ConditionKind.ACTIVITY:
        found = select(Activity.id).where(
            Activity.id == condition.activity_id, Activity.partnership_id == partnership_id
        )
    elif condition.kind is ConditionKind.DELIVERABLE:
        if condition.deliverable_state not in DELIVERABLE_ORDER:
            raise errors.ConditionIncomplete
        found = select(Deliverable.id).where(
            Deliverable.id == condition.deliverable_id, Deliverable.partnership_id == partnership_id
        )
    else:
        return
    if session.scalar(found) is None:
        raise errors.ConditionIncomplete


@dataclass(frozen=True, slots=True)
class Output:
    """A deliverable as somebody plans it."""

    kind: DeliverableKind
    title: Text
    owner: Side
    due_on: date
    iso_stage: str = ""
    national_project: str = ""


def plan_deliverable(
    partnership: Partnership, output: Output, *, standing: Standing, actor: Actor, now: datetime
) -> Deliverable:
    """Plan a deliverable; raise ``UnknownStage`` or ``UnknownProject``."""
    own_party(partnership, standing)
    need_force(partnership)
    deliverable = Deliverable(partnership_id=partnership.id, partnership=partnership)
    _describe(deliverable, output, actor, now)
    session.add(deliverable)
    session.flush()
    record(actor, "plan", "deliverable", deliverable.public_id, now=now, what=str(output.kind))
    return deliverable


def change_deliverable(
    deliverable: Deliverable,
    output: Output,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Change what a deliverable is, or how far its standard has come."""
    own_party(deliverable.partnership, standing)
    as_seen(deliverable.version, seen)
    _describe(deliverable, output, actor, now)
    session.flush()
    record(actor, "change", "deliverable", deliverable.public_id, now=now)


def _describe(deliverable: Deliverable, output: Output, actor: Actor, now: datetime) -> None:
    if blank(output.title):
        raise errors.TitleNeeded
    stage, project = clean_code(output.iso_stage), clean_code(output.national_project).upper()
    if stage and not is_stage(stage):
        raise errors.UnknownStage
    if project and not is_national_project(project):
        raise errors.UnknownProject
    write_texts(deliverable, {"title": output.title}, actor=actor, now=now)
    deliverable.kind, deliverable.owner, deliverable.due_on = output.kind, output.owner, output.due_on
    deliverable.iso_stage, deliverable.national_project = stage, project


def move_deliverable(
    deliverable: Deliverable,
    action: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take a step of a deliverable's life; the owner delivers, the other side accepts."""
    own_party(deliverable.partnership, standing)
    as_seen(deliverable.version, seen)
    roles = roles_towards(deliverable.owner, deliverable.partnership, standing)
    row = DELIVERABLE_LIFE.step(deliverable.state, action, roles, reason)
    before = deliverable.state
    deliverable.state = DeliverableState(row.target)
    deliverable.reason = clean(reason)
    session.flush()
    record(actor, action, "deliverable", deliverable.public_id, now=now, **{"from": str(before), "to": row.target})
