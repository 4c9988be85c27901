"""Seats: who holds which, what the counters say, who waits, and who marked what.

The counters are written last, as the sum of the rows: comparing them afterwards must find nothing.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession, Slot, Star
from forum.agenda.programme import SessionState, Visibility
from forum.core.database import session
from forum.core.identifiers import digest
from forum.events.models import Forum
from forum.registration import seats
from forum.registration.models import Participation, SeatCounter, SessionSeat, WaitingEntry
from forum.registration.operations.life import quota_scope, scopes_of_attendance
from forum.registration.operations.links import offer_secret
from forum.registration.states import ACTIVE_STATES, SEATED_STATES, ParticipationState, SeatState, WaitingState
from forum.site.demonstration.facts import DemonstrationForum, Participant

SEED = 20270420
FOR_ALL = 1600  # seats of the whole forum
FULL = 4  # sessions so full that people wait
WAITING = 4  # people in each of those lines
_S = ParticipationState
COMING = (_S.APPROVED, _S.CONFIRMED)


def settle(
    content: DemonstrationForum,
    forum: Forum,
    people: Sequence[Participant],
    made: Mapping[str, Participation],
    *,
    now: datetime,
) -> None:
    """Write seats, waiting lists, counters and stars."""
    by_key = {each.key: each for each in people}
    for participation in made.values():
        participation.scopes = _scopes(participation)
    session.flush()
    taken: Counter[str] = Counter()
    for participation in made.values():
        taken.update(participation.scopes)
    caps: dict[str, int | None] = {seats.of_forum(forum): FOR_ALL}
    for key, participation in made.items():
        seed = next(each for each in content.categories if each.code == by_key[key].category)
        caps[seats.of_category(participation.category)] = None if seed.needs_delegation else seed.quota
        quota = quota_scope(participation)
        if quota is not None:
            delegation = next(each for each in content.delegations if each.key == by_key[key].delegation_key)
            caps[quota] = delegation.quotas.get(seed.code)
    _line_of_categories(forum, made, caps, taken)
    _book(forum, made, caps, taken, now)
    session.add_all(
        SeatCounter(scope=scope, forum_id=forum.id, cap=cap, taken=taken[scope]) for scope, cap in sorted(caps.items())
    )
    _star(forum, by_key, made, content)
    session.flush()


def _scopes(participation: Participation) -> list[str]:
    held: set[str] = set()
    if participation.state in SEATED_STATES:
        held |= set(scopes_of_attendance(participation))
    quota = quota_scope(participation)
    if quota is not None and participation.state in ACTIVE_STATES - {_S.DRAFT}:
        held.add(quota)
    return sorted(held)


def _line_of_categories(
    forum: Forum, made: Mapping[str, Participation], caps: dict[str, int | None], taken: Counter[str]
) -> None:
    """Let those on the waiting list wait for their category, which is full."""
    for participation in made.values():
        if participation.state is not _S.WAITLISTED:
            continue
        scope = seats.of_category(participation.category)
        caps[scope] = taken[scope]
        session.add(
            WaitingEntry(
                forum_id=forum.id,
                scope=scope,
                scopes=scopes_of_attendance(participation),
                participation_id=participation.id,
                participation=participation,
                joined_at=participation.state_since,
            )
        )


def _book(
    forum: Forum,
    made: Mapping[str, Participation],
    caps: dict[str, int | None],
    taken: Counter[str],
    now: datetime,
) -> None:
    """Book seats of sessions; the smallest sessions are full, and people wait for them."""
    chance = random.Random(SEED)  # noqa: S311 - the same forum every time, nothing secret
    sessions = session.scalars(
        select(AgendaSession)
        .where(
            AgendaSession.forum_id == forum.id,
            AgendaSession.bookable,
            AgendaSession.state != SessionState.CANCELLED,
            AgendaSession.visibility == Visibility.PUBLIC,
        )
        .order_by(AgendaSession.capacity, AgendaSession.id)
    ).all()
    guests = sorted((each for each in made.values() if each.state in COMING), key=lambda each: each.number)
    for place, held in enumerate(sessions):
        capacity, scope = held.capacity or 0, seats.of_session(held)
        full = place < FULL
        wanted = capacity if full else min(len(guests) // 2, capacity * 2 // 3)
        chosen = chance.sample(guests, wanted + (WAITING if full else 0))
        caps[scope] = capacity
        # One seat of the first full session is offered to whoever stood first in line.
        offered = place == 0
        granted, waiting = chosen[: wanted - offered], chosen[wanted - offered : wanted + WAITING]
        taken[scope] = len(granted) + offered
        session.add_all(
            SessionSeat(session_id=held.id, participation_id=each.id, state=SeatState.GRANTED) for each in granted
        )
        if full:
            _wait_for(forum, held, scope, waiting, offered=offered, now=now)


def _wait_for(
    forum: Forum, held: AgendaSession, scope: str, line: Sequence[Participation], *, offered: bool, now: datetime
) -> None:
    for order, each in enumerate(line):
        session.add(SessionSeat(session_id=held.id, participation_id=each.id, state=SeatState.WAITLISTED))
        entry = WaitingEntry(
            forum_id=forum.id,
            scope=scope,
            scopes=[scope],
            participation_id=each.id,
            participation=each,
            session_id=held.id,
            joined_at=each.state_since + timedelta(hours=order),
        )
        session.add(entry)
        session.flush()
        if offered and order == 0:
            entry.state, entry.offer_until = WaitingState.OFFERED, now + timedelta(days=2)
            entry.offer_hash = digest(offer_secret(entry))


def _star(
    forum: Forum, by_key: Mapping[str, Participant], made: Mapping[str, Participation], content: DemonstrationForum
) -> None:
    """Mark sessions for those who have an account; the others' marks live in their own browser."""
    guids = {each.key: each.guid for each in content.sessions}
    known = set(session.scalars(select(Slot.guid).where(Slot.forum_id == forum.id)))
    popular = [key for key, _ in Counter(key for each in by_key.values() for key in each.starred).most_common(5)]
    accounts = {account.id: account for account in session.scalars(select(Account))}
    for key, participation in made.items():
        account = accounts.get(participation.person.account_id or 0)
        if account is None:
            continue
        for starred in by_key[key].starred or (popular if account.password_hash else ()):
            if guids[starred] in known:
                session.add(Star(forum_id=forum.id, account_id=account.id, slot_guid=guids[starred]))
