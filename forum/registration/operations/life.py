"""The single door through which every participation changes its state.

The table of ``states`` says what is lawful; this module keeps the seats true to it, writes the audit and
tells the person, all in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.core.refusals import Refusal, StaleEdit
from forum.core.workflow import Transition
from forum.events.models import Forum
from forum.people.models import Person
from forum.registration import seats
from forum.registration.errors import FocalPointFirst, NoOpenOffer, QuotaUsedUp, SeatsTaken
from forum.registration.models import Chain, Participation, SessionSeat, WaitingEntry
from forum.registration.operations import queue
from forum.registration.operations.links import open_link
from forum.registration.operations.news import News
from forum.registration.states import (
    PARTICIPATION_LIFE,
    WAITING_LIFE,
    ParticipationState,
    SeatState,
    WaitingState,
)

UNSCREENED = frozenset({ParticipationState.SUBMITTED, ParticipationState.FOCAL_APPROVED})
FREEING = frozenset({"withdraw", "lapse", "refuse", "refuse_waiting", "revoke", "replace"})
TAKES_QUOTA = frozenset({"nominate", "submit", "resubmit"})
LETTERS = {
    "nominate": "registration_nominated",
    "submit": "registration_submitted",
    "resubmit": "registration_submitted",
    "return": "registration_returned",
    "focal_return": "registration_returned",
    "approve": "registration_approved",
    "waitlist": "registration_waitlisted",
    "accept_offer": "registration_approved",
    "refuse": "registration_refused",
    "refuse_waiting": "registration_refused",
    "confirm": "registration_confirmed",
    "lapse": "registration_lapsed",
    "withdraw": "registration_withdrawn",
    "replace": "registration_replaced",
    "revoke": "registration_revoked",
}


def perform(
    participation: Participation,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    version: int | None = None,
    news: News | None = None,
) -> Participation:
    """Take one step of a participation's life, with everything that follows from it.

    Approving somebody when all seats are taken puts them on the waiting list, if the category has one.
    Submitting in a category that needs no review goes on to the decision at once.  ``version`` is the one
    the reader saw.  ``news`` gathers audit and mail for a caller that has more to do and tells it all later.

    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``StaleEdit``, ``QuotaUsedUp``, ``SeatsTaken``,
    ``FocalPointFirst`` or ``NoOpenOffer``; then nothing has changed but what the caller rolls back.
    """
    told = news or News(actor, now)
    _lock(participation)
    if version is not None and version != participation.version:
        raise StaleEdit
    _advance(participation, action, actor, reason, told)
    if news is None:
        told.tell()
    return participation


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer for one row of a bulk decision."""

    participation: Participation
    refusal: Refusal | None = None


def perform_many(
    participations: Sequence[Participation],
    action: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | Callable[[Participation], str] | None = None,
    taking_up: bool = False,
) -> list[Outcome]:
    """Take the same step for many; each row has its own answer and none stops the others.

    All counters are locked beforehand in their order, and the audit is written at the end, so that two
    bulk decisions never wait for each other in a circle.  A reason may be given for each one in turn, in
    their own language.  ``taking_up`` takes those up for review who weren't yet, where the decision needs it.
    """
    news = News(actor, now)
    seats.lock({scope for one in participations for scope in (*one.scopes, *scopes_needed(one))})
    outcomes = []
    for participation in participations:
        own = News(actor, now)
        try:
            with session.begin_nested():
                _lock(participation)
                if taking_up and participation.state in UNSCREENED:
                    _advance(participation, "screen", actor, None, own)
                own_reason = reason(participation) if callable(reason) else reason
                _advance(participation, action, actor, own_reason, own)
        except Refusal as refusal:
            session.refresh(participation)
            outcomes.append(Outcome(participation, refusal))
            continue
        news.entries += own.entries
        news.letters += own.letters
        outcomes.append(Outcome(participation))
    news.tell()
    return outcomes


def _lock(participation: Participation) -> None:
    """Read the row again under its lock: of two who act at once, the second sees what the first did."""
    session.flush()
    session.refresh(participation, ["state", "scopes", "version", "delegation_id", "category_id"], with_for_update=True)


def quota_scope(participation: Participation) -> str | None:
    """Return the scope of the delegation's quota, or None for alternates and people without delegation."""
    if participation.delegation is None or participation.is_alternate:
        return None
    return seats.of_delegation(participation.delegation, participation.category)


def scopes_of_attendance(participation: Participation) -> list[str]:
    """Return the scopes of which an approved participant holds a seat."""
    return sorted({seats.of_forum(participation.forum), seats.of_category(participation.category)})


def scopes_needed(participation: Participation) -> set[str]:
    """Return every scope that this participation may come to hold."""
    quota = quota_scope(participation)
    return {*scopes_of_attendance(participation), *({quota} if quota else set())}


def hold_quota(participation: Participation) -> None:
    """Take the delegation's quota, unless it is held already; raise ``QuotaUsedUp`` with the meter."""
    quota = quota_scope(participation)
    if quota is None or quota in participation.scopes:
        return
    seats.ensure(participation.forum_id, quota)
    try:
        seats.hold([quota])
    except SeatsTaken as full:
        row = seats.counter(full.scope)
        if row is None:
            raise
        raise QuotaUsedUp(taken=row.taken, cap=row.cap) from full
    participation.scopes = sorted({*participation.scopes, quota})


def _take_seat(participation: Participation) -> str | None:
    """Take the seats of attendance that aren't held yet; return the full scope when there is none."""
    needed = [scope for scope in scopes_of_attendance(participation) if scope not in participation.scopes]
    if not needed:
        return None
    seats.ensure(participation.forum_id, *needed)
    full = queue.take(needed)
    if full is None:
        participation.scopes = sorted({*participation.scopes, *needed})
    return full


def _advance(participation: Participation, action: str, actor: Actor, reason: str | None, news: News) -> None:
    row = PARTICIPATION_LIFE.step(participation.state, action, actor.roles, reason)
    _guard(participation, action)
    if action in TAKES_QUOTA:
        if participation.category.chain is Chain.STRAIGHT:
            seats.lock(scopes_needed(participation))
        hold_quota(participation)
    if action in {"submit", "resubmit"}:
        _submit(participation, row, actor, news)
        return
    if action == "approve":
        _approve(participation, row, actor, news)
        return
    if action == "waitlist":
        _wait(participation, None, news)
    if action == "accept_offer":
        _accept(participation, news)
    if action in FREEING:
        _let_go(participation, action, news)
    _change(participation, row, actor, reason, news)
    if action == "accept_offer":
        _confirm_if_nothing_to_confirm(participation, news)


def _guard(participation: Participation, action: str) -> None:
    """Hold what the table can't say: the focal point decides before the secretariat."""
    if action != "screen" or participation.state is not ParticipationState.SUBMITTED:
        return
    delegation = participation.delegation
    if participation.category.chain is Chain.FOCAL_THEN_SECRETARIAT and delegation and delegation.focal_points:
        raise FocalPointFirst


def _submit(participation: Participation, row: Transition, actor: Actor, news: News) -> None:
    """Submit; where nobody reviews, decide in the same transaction."""
    open_link(participation)
    if participation.category.chain is not Chain.STRAIGHT:
        _change(participation, row, actor, None, news)
        return
    full = _take_seat(participation)
    _change(participation, row, actor, None, news, letter=False)
    _by_itself(participation, "screen", news)
    if full is not None:
        _wait(participation, full, news)
        _by_itself(participation, "waitlist", news)
        return
    _by_itself(participation, "approve", news)
    _confirm_if_nothing_to_confirm(participation, news)


def _by_itself(participation: Participation, action: str, news: News, *, letter: bool = True) -> None:
    """Take a step that nobody decides."""
    row = PARTICIPATION_LIFE.step(participation.state, action, SYSTEM.roles)
    _change(participation, row, SYSTEM, None, news, letter=letter)


def _approve(participation: Participation, row: Transition, actor: Actor, news: News) -> None:
    full = _take_seat(participation)
    if full is None:
        _change(participation, row, actor, None, news)
        _confirm_if_nothing_to_confirm(participation, news)
        return
    waitlist = PARTICIPATION_LIFE.step(participation.state, "waitlist", actor.roles)
    _wait(participation, full, news)
    _change(participation, waitlist, actor, None, news)


def _confirm_if_nothing_to_confirm(participation: Participation, news: News) -> None:
    if not participation.category.needs_confirmation and participation.state is ParticipationState.APPROVED:
        _by_itself(participation, "confirm", news, letter=False)


def _wait(participation: Participation, full: str | None, news: News) -> None:
    """Put somebody on the waiting list, if the category has one."""
    scopes = [scope for scope in scopes_of_attendance(participation) if scope not in participation.scopes]
    if full is None:
        seats.ensure(participation.forum_id, *scopes)
        seats.lock(scopes)
        full = scopes[-1] if scopes else seats.of_forum(participation.forum)
        full = next((scope for scope in scopes if _is_full(scope)), full)
    if not participation.category.waiting_list:
        raise SeatsTaken(full)
    queue.enter(participation, full, scopes, now=news.now)


def _is_full(scope: str) -> bool:
    row = seats.counter(scope)
    return row is not None and row.cap is not None and row.taken >= row.cap


def _accept(participation: Participation, news: News) -> None:
    """Take the seat that an open offer holds."""
    entry = queue.open_entry(participation)
    if entry is None or entry.state is not WaitingState.OFFERED or entry.offer_until is None:
        raise NoOpenOffer
    if entry.offer_until <= news.now:
        raise NoOpenOffer
    entry.state = WaitingState(WAITING_LIFE.step(entry.state, "accept", {"delegate"}).target)
    entry.offer_hash = None
    participation.scopes = sorted({*participation.scopes, *entry.scopes})


def _let_go(participation: Participation, action: str, news: News) -> None:
    """Free everything that somebody holds, once; what others wait for goes straight to them."""
    quota = quota_scope(participation)
    freed = list(seats.released(participation))
    if action == "replace" and quota in freed:
        freed.remove(quota)
        _successor(participation, quota, news)
    for entry in session.scalars(
        select(WaitingEntry).where(
            WaitingEntry.participation_id == participation.id, WaitingEntry.state.in_(queue.OPEN)
        )
    ):
        if entry.state is WaitingState.OFFERED:
            freed += entry.scopes
        entry.state = WaitingState.LEFT if action in {"withdraw", "lapse", "replace"} else WaitingState.REMOVED
        entry.offer_hash = None
    for seat in session.scalars(
        select(SessionSeat).where(
            SessionSeat.participation_id == participation.id, SessionSeat.state != SeatState.RELEASED
        )
    ):
        freed += seats.released(seat)
        seat.state = SeatState.RELEASED
    if participation.delegation is not None and participation.delegation.head_id == participation.id:
        participation.delegation.head_id = None
    session.flush()
    queue.pass_on(freed, news)


def _successor(participation: Participation, quota: str, news: News) -> None:
    """Begin the draft of the one who comes instead: it holds the quota's place and nothing else."""
    person = Person(language=participation.mail_language)
    session.add(person)
    session.flush()
    successor = Participation(
        forum_id=participation.forum_id,
        person_id=person.id,
        category_id=participation.category_id,
        delegation_id=participation.delegation_id,
        registrant_id=news.actor.account_id,
        number=next_number(participation.forum),
        state=ParticipationState.DRAFT,
        state_since=news.now,
        mail_language=participation.mail_language,
        order=participation.order,
        country_iso2=participation.country_iso2,
        city_id=participation.city_id,
        scopes=[quota],
        replaces_id=participation.id,
    )
    session.add(successor)
    session.flush()
    news.note("start", "participation", successor.public_id, participation.forum, replaces=participation.public_id)


def next_number(forum: Forum) -> int:
    """Take the next participation number of a forum; numbers are never used twice."""
    following = session.execute(
        update(Forum)
        .where(Forum.id == forum.id)
        .values(next_participation=Forum.next_participation + 1)
        .returning(Forum.next_participation)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return following - 1


def _change(
    participation: Participation,
    row: Transition,
    actor: Actor,
    reason: str | None,
    news: News,
    *,
    letter: bool = True,
) -> None:
    """Write the new state; the row's version guards it."""
    source = participation.state
    participation.state = ParticipationState(row.target)
    participation.state_since = news.now
    if row.needs_reason:
        participation.reason = (reason or "").strip()
    elif row.target in {"submitted", "approved", "confirmed"}:
        participation.reason = ""
    session.flush()
    news.note(
        row.action,
        "participation",
        participation.public_id,
        participation.forum,
        by=actor,
        **{"from": str(source), "to": row.target},
    )
    template = LETTERS.get(row.action)
    if letter and template and not row.silent:
        news.write(
            template,
            participation,
            f"{row.action}:{participation.version}",
            reason=participation.reason,
            confirm=participation.category.needs_confirmation,
            place=_place(participation),
        )


def _place(participation: Participation) -> int:
    if participation.state is not ParticipationState.WAITLISTED:
        return 0
    entry = queue.open_entry(participation)
    return queue.place_in_line(entry) if entry else 0


def lawful(participation: Participation, roles: Iterable[str]) -> tuple[Transition, ...]:
    """Return the steps that somebody with these roles may take now, in the order of the table."""
    return PARTICIPATION_LIFE.lawful(participation.state, roles)
