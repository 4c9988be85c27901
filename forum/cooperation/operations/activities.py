"""Planning and holding activities, with their people, their money, and what becomes of them when all ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import (
    Activity,
    ActivityBudget,
    ActivityKind,
    ActivityParticipants,
    Decision,
    ParticipantRole,
    Stage,
)
from forum.cooperation.operations.acting import as_seen, blank, need_force, own_party, write_texts
from forum.cooperation.queries.activities import takes_over
from forum.cooperation.rules import money
from forum.cooperation.rules.due import report_due
from forum.cooperation.rules.times import span
from forum.cooperation.states import ACTIVITY_LIFE, ACTIVITY_STATES, OPEN_ACTIVITIES, ActivityState
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import P_, NotFound
from forum.core.text import clean, clean_line
from forum.core.workflow import UnlawfulAction
from forum.partnerships.models import Partnership, Side
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing

CHANGE = P_("cooperation", "Change")
TRAVELS = frozenset({ActivityKind.VISIT, ActivityKind.STAFF_EXCHANGE})
_LINK = re.compile(r"https://[^\s<>\"'\\]{3,490}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: times are on the wall of the place whose zone is named."""

    kind: ActivityKind
    title: Text
    zone_name: str
    planned_from: datetime
    planned_to: datetime
    place: str = ""
    link: str = ""
    travel_approval: str = ""
    agenda: Text = field(default_factory=Text)
    outputs: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Held:
    """On which days it really took place."""

    first: date | None = None
    last: date | None = None


NOT_HELD = Held()


def plan(partnership: Partnership, what: Plan, *, standing: Standing, actor: Actor, now: datetime) -> Activity:
    """Plan an activity; raise ``NotInForce`` or what is wrong with the plan."""
    own_party(partnership, standing)
    need_force(partnership)
    activity = Activity(partnership_id=partnership.id, partnership=partnership)
    _write(activity, what, actor, now)
    session.add(activity)
    session.flush()
    record(actor, "plan", "activity", activity.public_id, now=now, what=str(what.kind))
    return activity


def change(
    activity: Activity, what: Plan, *, standing: Standing, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Change the plan of an activity that is still open."""
    own_party(activity.partnership, standing)
    as_seen(activity.version, seen)
    if activity.state not in OPEN_ACTIVITIES:
        raise _nothing_to_change(activity)
    _write(activity, what, actor, now)
    session.flush()
    record(actor, "change", "activity", activity.public_id, now=now)


def _write(activity: Activity, what: Plan, actor: Actor, now: datetime) -> None:
    if blank(what.title):
        raise errors.TitleNeeded
    begins_at, ends_at = span(what.planned_from, what.planned_to, what.zone_name)
    if ends_at <= begins_at:
        raise errors.EndsBeforeItBegins
    place, link = clean_line(what.place), clean_line(what.link)
    if link and not _LINK.fullmatch(link):
        raise errors.LinkUnsafe
    if not (place or link):
        raise errors.PlaceOrLinkNeeded
    texts = {"title": what.title, "agenda": what.agenda, "outputs": what.outputs}
    write_texts(activity, texts, actor=actor, now=now)
    activity.kind, activity.zone_name = what.kind, what.zone_name
    activity.planned_from, activity.planned_to = what.planned_from, what.planned_to
    activity.begins_at, activity.ends_at = begins_at, ends_at
    activity.place, activity.link = place, link
    activity.travel_approval = clean_line(what.travel_approval)


def perform(
    activity: Activity,
    action: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    held: Held = NOT_HELD,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take a step of an activity's life: ``begin``, ``hold`` (with its days) or ``cancel`` (with a reason).

    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``TravelApprovalNeeded``, ``DatesNeeded``.
    """
    own_party(activity.partnership, standing)
    as_seen(activity.version, seen)
    row = ACTIVITY_LIFE.step(activity.state, action, {"liaison"}, reason)
    if action in {"begin", "hold"} and activity.kind in TRAVELS and not activity.travel_approval:
        raise errors.TravelApprovalNeeded
    if action == "hold":
        _note_days(activity, held, now)
    if action == "cancel":
        activity.cancelled_because = clean(reason)
    before = activity.state
    activity.state = ActivityState(row.target)
    session.flush()
    record(actor, action, "activity", activity.public_id, now=now, **{"from": str(before), "to": row.target})


def _note_days(activity: Activity, held: Held, now: datetime) -> None:
    if held.first is None or held.last is None:
        raise errors.DatesNeeded
    if held.last < held.first or held.last > today_in(activity.zone_name, now):
        raise errors.DatesNeeded
    activity.actual_from, activity.actual_to = held.first, held.last
    activity.report_due_on = report_due(held.last)


def count_participants(
    activity: Activity,
    side: Side,
    numbers: Mapping[ParticipantRole, tuple[int, int]],
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down how many took part from one side: for each role the number, and how many of them are women."""
    own_party(activity.partnership, standing)
    for number, women in numbers.values():
        if not 0 <= women <= number <= 100_000:
            raise errors.NotACount
    there = {row.role: row for row in activity.participants if row.side is side}
    for role, (number, women) in numbers.items():
        row = there.get(role)
        if row is None:
            row = ActivityParticipants(side=side, role=role)
            activity.participants.append(row)
        row.number, row.women = number, women
    session.flush()
    total = sum(row.number for row in activity.participants if row.side is side)
    record(actor, "count", "activity", activity.public_id, now=now, side=str(side), participants=total)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as typed: an amount, its currency, and perhaps a rate with its day and the currency it leads to."""

    amount: str
    currency: str
    rate: str = ""
    rate_into: str = ""
    rate_on: date | None = None


def budget(
    activity: Activity, stage: Stage, typed: Amount, *, standing: Standing, actor: Actor, now: datetime
) -> ActivityBudget:
    """Write down what one's own side plans to spend or has spent; raise ``NotAnAmount`` or ``RateNeedsItsDay``."""
    side = own_party(activity.partnership, standing).side
    hundredths = money.hundredths(typed.amount)
    if hundredths is None or not money.is_currency(typed.currency):
        raise errors.NotAnAmount
    given = (bool(typed.rate), bool(typed.rate_into), typed.rate_on is not None)
    if any(given) and (not all(given) or money.factor(typed.rate) is None or not money.is_currency(typed.rate_into)):
        raise errors.RateNeedsItsDay
    row = next((one for one in activity.budgets if one.side is side and one.stage is stage), None)
    if row is None:
        row = ActivityBudget(side=side, stage=stage)
        activity.budgets.append(row)
    row.hundredths, row.currency = hundredths, typed.currency
    row.rate = str(money.factor(typed.rate)) if all(given) else None
    row.rate_into = typed.rate_into if all(given) else None
    row.rate_on = typed.rate_on
    session.flush()
    record(actor, "budget", "activity", activity.public_id, now=now, side=str(side), stage=str(stage))
    return row


def rate_satisfaction(
    activity: Activity, mark: int, remark: str = "", *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Say for one's own side how satisfied it is with an activity that was held, from 1 to 5, with a remark."""
    side = own_party(activity.partnership, standing).side
    if activity.state is not ActivityState.HELD:
        raise _nothing_to_change(activity)
    if not 1 <= mark <= 5:
        raise errors.SatisfactionOutOfRange
    if side is Side.DOMESTIC:
        activity.satisfaction_domestic, activity.remark_domestic = mark, clean(remark)
    else:
        activity.satisfaction_foreign, activity.remark_foreign = mark, clean(remark)
    session.flush()
    record(actor, "satisfaction", "activity", activity.public_id, now=now, side=str(side))


def decide(
    activity: Activity,
    decision: Decision,
    *,
    transferred_to: Partnership | None = None,
    standing: Standing | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say what becomes of an open activity when the partnership is suspended or terminated: it is never deleted.

    A transfer names the arrangement that takes the activity over: another one in force of one of these cities.
    ``standing`` is None when the step itself carries the decision.  Raises ``SuccessorMissing``.
    """
    if standing is not None and not may_decide(standing):
        raise NotFound
    if activity.state not in OPEN_ACTIVITIES:
        raise _nothing_to_change(activity)
    to = transferred_to or activity.transferred_to
    if decision is Decision.TRANSFER and (to is None or not takes_over(activity, to)):
        raise errors.SuccessorMissing
    activity.decision, activity.decided_by, activity.decided_at = decision, actor.reference, now
    activity.transferred_to = to if decision is Decision.TRANSFER else None
    session.flush()
    record(actor, "decide", "activity", activity.public_id, now=now, decision=str(decision))


def may_decide(standing: Standing) -> bool:
    """Tell whether somebody may decide what becomes of activities: the cities, and who may suspend or terminate."""
    return bool(standing.parties) or "national_approver" in standing.roles


def carry_out(activity: Activity, *, actor: Actor, now: datetime) -> None:
    """Carry out what was decided: stopped is cancelled, transferred goes on elsewhere, to be finished goes on here."""
    if activity.decision is Decision.STOP:
        _end(activity, "stop", actor, now)
    elif activity.decision is Decision.TRANSFER and activity.transferred_to is not None:
        before = activity.state
        _end(activity, "transfer", actor, now)
        _continue(activity, activity.transferred_to, before, actor, now)


def _end(activity: Activity, action: str, actor: Actor, now: datetime) -> None:
    before = activity.state
    activity.state = ActivityState(ACTIVITY_LIFE.step(before, action, {"ending"}).target)
    session.flush()
    record(actor, action, "activity", activity.public_id, now=now, **{"from": str(before), "to": str(activity.state)})


def _continue(activity: Activity, there: Partnership, state: ActivityState, actor: Actor, now: datetime) -> None:
    """Go on under the arrangement that takes it over; what was counted and spent so far stays where it was."""
    following = Activity(
        partnership_id=there.id,
        partnership=there,
        continues_id=activity.id,
        continues=activity,
        state=state,
        **{name: getattr(activity, name) for name in _CONTINUED},
    )
    session.add(following)
    session.flush()
    record(actor, "continue", "activity", following.public_id, now=now, instead_of=activity.public_id)


_CONTINUED = (
    "kind", "zone_name", "planned_from", "planned_to", "begins_at", "ends_at", "place", "link", "travel_approval",
    "source_lang", "title_en", "title_zh", "agenda_en", "agenda_zh", "outputs_en", "outputs_zh",
)  # fmt: skip


def _nothing_to_change(activity: Activity) -> UnlawfulAction:
    lawful = tuple(row.label for row in ACTIVITY_LIFE.lawful(activity.state, {"liaison"}))
    return UnlawfulAction(CHANGE, ACTIVITY_STATES[activity.state], lawful)
