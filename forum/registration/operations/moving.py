"""Moving somebody to another category or delegation, with every seat and place that they hold.

The counters are swapped in the caller's transaction: what is held in the new place is taken first, and what
was held in the old one goes to whoever waits for it.  Somebody approved keeps the seat and is reviewed again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound, StaleEdit, Word
from forum.registration import seats
from forum.registration.errors import (
    DelegationNeeded,
    DelegationNotOpen,
    NothingMoved,
    RegistrationClosed,
    SeatsTaken,
)
from forum.registration.models import Category, Delegation, Participation, WaitingEntry
from forum.registration.operations import life, queue
from forum.registration.operations.news import News
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import DELEGATION_STATES, DelegationState, ParticipationState, WaitingState

RECEIVING = frozenset(
    {
        DelegationState.ACCEPTED,
        DelegationState.COMPOSING,
        DelegationState.SUBMITTED,
        DelegationState.CREDENTIALED,
    }
)
SEATED = frozenset({ParticipationState.APPROVED, ParticipationState.CONFIRMED})


def move(
    participation: Participation,
    category: Category,
    delegation: Delegation | None,
    *,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Participation:
    """Move somebody to another category or delegation.

    Approved and confirmed people keep their seat and are reviewed again; what a former focal point approved
    goes to the desk; whoever waits joins the end of the new line, unless a seat is free there.

    Raises ``StaleEdit``, ``RegistrationClosed``, ``NothingMoved``, ``DelegationNeeded``,
    ``DelegationNotOpen``, ``QuotaUsedUp`` or ``SeatsTaken``; then the caller rolls back.
    """
    session.flush()
    session.refresh(
        participation,
        ["state", "scopes", "version", "delegation_id", "category_id", "is_alternate"],
        with_for_update=True,
    )
    _hold_rules(participation, category, delegation, version)
    news = News(actor, now)
    former, source = participation.delegation, participation.category
    held, quota = set(participation.scopes), life.quota_scope(participation)
    seated = seats.of_category(source) in held
    waits = participation.state is ParticipationState.WAITLISTED and category is not source
    _locked(participation, category, delegation)
    participation.category = category
    if delegation is not former:
        _join(participation, former, delegation)
    _take_place(participation)
    freed = _take_seat(participation, source) if category is not source and seated else set()
    if quota in held and quota != life.quota_scope(participation):
        participation.scopes = sorted(set(participation.scopes) - {quota})
        freed.add(quota)
    flag_modified(participation, "scopes")  # a move always makes a new version
    session.flush()
    news.note(
        "move",
        "participation",
        participation.public_id,
        participation.forum,
        category=category.code,
        from_category=source.code,
        delegation=delegation.public_id if delegation else "",
        from_delegation=former.public_id if former else "",
    )
    if waits:
        freed |= _change_line(participation, news)
    queue.pass_on(freed, news)
    if waits:
        queue.hand_out(seats.of_category(category), news)
    if participation.state in SEATED:
        life.perform(participation, "change_identity", actor=actor, now=now, news=news)
    elif participation.state is ParticipationState.FOCAL_APPROVED and delegation is not former:
        life.perform(participation, "screen", actor=actor, now=now, news=news)
    news.tell()
    return participation


def _hold_rules(
    participation: Participation, category: Category, delegation: Delegation | None, version: int | None
) -> None:
    if version is not None and version != participation.version:
        raise StaleEdit
    if category.forum_id != participation.forum_id:
        raise NotFound
    if delegation is not None and delegation.forum_id != participation.forum_id:
        raise NotFound
    if participation.state not in EDITABLE:
        raise RegistrationClosed
    same_delegation = (delegation.id if delegation else None) == participation.delegation_id
    if category.id == participation.category_id and same_delegation:
        raise NothingMoved
    if category.needs_delegation and delegation is None:
        raise DelegationNeeded
    if delegation is not None and not same_delegation and delegation.state not in RECEIVING:
        raise DelegationNotOpen(state=Word(DELEGATION_STATES[delegation.state]))


def _locked(participation: Participation, category: Category, delegation: Delegation | None) -> None:
    """Lock every counter that may change, old and new, in their one order."""
    wanted = {*life.scopes_needed(participation), *participation.scopes, seats.of_category(category)}
    if delegation is not None:
        wanted.add(seats.of_delegation(delegation, category))
    seats.ensure(participation.forum_id, *wanted)
    seats.lock(wanted)


def _join(participation: Participation, former: Delegation | None, delegation: Delegation | None) -> None:
    if former is not None and former.head_id == participation.id:
        former.head_id = None
    participation.order = len(delegation.members) if delegation else 0
    participation.delegation = delegation
    if delegation is None:
        participation.is_alternate = False
    elif delegation.city_id is not None:
        participation.city_id = delegation.city_id
    session.flush()
    for each in (former, delegation):
        if each is not None:
            session.expire(each, ["members", "head"])


def _take_place(participation: Participation) -> None:
    """Take a place of the new quota, as a nomination would; a draft holds none."""
    if participation.state is not ParticipationState.DRAFT:
        life.hold_quota(participation)


def _take_seat(participation: Participation, source: Category) -> set[str]:
    """Take a seat of the new category; whoever waits there comes first.  Return what was held before."""
    wanted = seats.of_category(participation.category)
    full = queue.take([wanted])
    if full is not None:
        raise SeatsTaken(full)
    held = seats.of_category(source)
    participation.scopes = sorted({*participation.scopes, wanted} - {held})
    return {held}


def _change_line(participation: Participation, news: News) -> set[str]:
    """Leave the old waiting list, join the new one at its end, and have a free seat offered at once."""
    freed: set[str] = set()
    for entry in session.scalars(
        select(WaitingEntry).where(
            WaitingEntry.participation_id == participation.id,
            WaitingEntry.session_id.is_(None),
            WaitingEntry.state.in_(queue.OPEN),
        )
    ):
        if entry.state is WaitingState.OFFERED:
            freed |= set(entry.scopes)
        entry.state, entry.offer_hash = WaitingState.REMOVED, None
    session.flush()
    scopes = life.scopes_of_attendance(participation)
    full = queue.take(scopes)
    if full is None:
        seats.give_back(scopes)  # only looked: the seat is offered in turn, below
    elif not participation.category.waiting_list:
        raise SeatsTaken(full)
    queue.enter(participation, full or seats.of_category(participation.category), scopes, now=news.now)
    return freed
