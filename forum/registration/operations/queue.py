"""Waiting lists: who is next, and how a freed seat goes to them without ever looking free.

A freed seat that somebody waits for *stays taken* and becomes a personal offer.  So no newcomer can slip
in between, however many try.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.queries.released import current
from forum.agenda.visibility import ViewerLevel, visible
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.identifiers import digest
from forum.events.models import Forum
from forum.registration import seats
from forum.registration.errors import SeatsTaken
from forum.registration.models import Participation, WaitingEntry
from forum.registration.operations.links import offer_link, offer_secret
from forum.registration.operations.news import News
from forum.registration.rules.offers import offer_until
from forum.registration.states import WAITING_LIFE, WaitingState

OPEN = (WaitingState.WAITING, WaitingState.OFFERED)


def take(scopes: Sequence[str]) -> str | None:
    """Take a seat in all scopes and return None, or return the scope that is full or waited for.

    Whoever waits comes first.  After a refusal the counters stay locked, so that an entry made now is
    seen by the next one who frees a seat.
    """
    if waited := _waited_for(scopes):
        seats.lock(scopes)
        return waited
    try:
        seats.hold(scopes)
    except SeatsTaken:
        seats.lock(scopes)
    else:
        return None
    if waited := _waited_for(scopes):
        return waited
    try:
        seats.hold(scopes)
    except SeatsTaken as full:
        return full.scope
    return None


def _waited_for(scopes: Sequence[str]) -> str | None:
    return session.scalar(
        select(WaitingEntry.scope)
        .where(WaitingEntry.scope.in_(scopes), WaitingEntry.state == WaitingState.WAITING)
        .limit(1)
    )


def enter(
    participation: Participation,
    scope: str,
    scopes: Sequence[str],
    *,
    now: datetime,
    agenda_session: AgendaSession | None = None,
) -> WaitingEntry:
    """Put somebody at the end of the line for a scope; somebody who stands there already keeps the place."""
    entry = session.scalar(
        select(WaitingEntry).where(
            WaitingEntry.scope == scope,
            WaitingEntry.participation_id == participation.id,
            WaitingEntry.state.in_(OPEN),
        )
    )
    if entry is None:
        entry = WaitingEntry(
            forum_id=participation.forum_id,
            scope=scope,
            scopes=sorted(scopes),
            participation_id=participation.id,
            participation=participation,
            session_id=agenda_session.id if agenda_session else None,
            joined_at=now,
        )
        session.add(entry)
        session.flush()
    return entry


def open_entry(participation: Participation, agenda_session: AgendaSession | None = None) -> WaitingEntry | None:
    """Return the open entry of somebody, for the forum itself or for a session."""
    wanted = agenda_session.id if agenda_session else None
    return session.scalar(
        select(WaitingEntry).where(
            WaitingEntry.participation_id == participation.id,
            WaitingEntry.session_id.is_(None) if wanted is None else WaitingEntry.session_id == wanted,
            WaitingEntry.state.in_(OPEN),
        )
    )


def place_in_line(entry: WaitingEntry) -> int:
    """Return the place in line, counted from 1."""
    before = or_(
        WaitingEntry.priority > entry.priority,
        and_(WaitingEntry.priority == entry.priority, WaitingEntry.joined_at < entry.joined_at),
        and_(
            WaitingEntry.priority == entry.priority,
            WaitingEntry.joined_at == entry.joined_at,
            WaitingEntry.id < entry.id,
        ),
    )
    ahead = session.scalar(
        select(func.count())
        .select_from(WaitingEntry)
        .where(WaitingEntry.scope == entry.scope, WaitingEntry.state == WaitingState.WAITING, before)
    )
    return (ahead or 0) + 1


def _line(scopes: Iterable[str], *, locked: bool) -> Sequence[WaitingEntry]:
    query = (
        select(WaitingEntry)
        .where(WaitingEntry.scope.in_(sorted(scopes)), WaitingEntry.state == WaitingState.WAITING)
        .order_by(WaitingEntry.priority.desc(), WaitingEntry.joined_at, WaitingEntry.id)
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).all()


def pass_on(freed: Iterable[str], news: News) -> list[WaitingEntry]:
    """Give freed seats to the first in line whom they fit, else back; return the offers that were made.

    An entry that needs a further seat which isn't there is skipped, and the skip is recorded.
    """
    left = set(freed)
    if not left:
        return []
    line = _line(left, locked=False)
    seats.lock(left.union(*(entry.scopes for entry in line)))
    offers = []
    for entry in _line(left, locked=True):
        if entry.scope not in left:
            continue
        needed = set(entry.scopes)
        try:
            seats.hold(needed - left)
        except SeatsTaken:
            entry.skipped += 1
            continue
        left -= needed
        _offer(entry, news)
        offers.append(entry)
    seats.give_back(left)
    session.flush()
    return offers


def hand_out(scope: str, news: News) -> list[WaitingEntry]:
    """Offer the seats that became free without anybody giving one back, as when a limit was raised."""
    offers: list[WaitingEntry] = []
    while _line({scope}, locked=False):
        seats.lock({scope})
        try:
            seats.hold({scope})
        except SeatsTaken:
            break
        made = pass_on({scope}, news)
        if not made:
            break
        offers += made
    return offers


def _offer(entry: WaitingEntry, news: News) -> None:
    """Turn a place in line into a personal offer that holds the seat for a while."""
    step = WAITING_LIFE.step(entry.state, "offer", SYSTEM.roles)
    participation = entry.participation
    forum = participation.forum
    entry.state = WaitingState(step.target)
    entry.offer_until = offer_until(news.now, starts_at(entry), zone_of(participation))
    entry.offer_hash = digest(offer_secret(entry))
    session.flush()
    news.note("offer", "waiting_entry", entry.public_id, forum, by=SYSTEM, scope=entry.scope)
    language = participation.mail_language
    news.write(
        "registration_offer",
        participation,
        f"offer:{entry.public_id}:{entry.offer_until.isoformat()}",
        until=entry.offer_until,
        offer_link=offer_link(entry, language),
        session_title=_title(entry, news.now, language),
    )


def _title(entry: WaitingEntry, now: datetime, language: str) -> str:
    awaited = session.get(AgendaSession, entry.session_id) if entry.session_id else None
    return title_of(awaited, entry.participation.forum, now, language) if awaited is not None else ""


def title_of(held: AgendaSession, forum: Forum, now: datetime, language: str) -> str:
    """Return the title of a session as a registered reader sees it now, or nothing."""
    programme = current(forum)
    if programme is None:
        return ""
    shown = visible(programme, ViewerLevel.REGISTERED, now).items
    return next((item.title.shown(language).text for item in shown if item.session_id == held.public_id), "")


def zone_of(participation: Participation) -> ZoneInfo:
    """Return the time zone in which somebody sleeps: the account's, the city's, else the venue's."""
    account, city = participation.registrant, participation.city
    named = (account.zone_name if account else "") or (city.zone_name if city else "")
    return ZoneInfo(named or participation.forum.zone_name)


def starts_at(entry: WaitingEntry) -> datetime:
    """Return when that begins for which somebody waits."""
    if entry.session_id is not None:
        first = session.scalar(select(func.min(Slot.starts_at)).where(Slot.session_id == entry.session_id))
        if first is not None:
            return first
    forum = entry.participation.forum
    return datetime.combine(forum.first_day, time(8, 0), ZoneInfo(forum.zone_name)).astimezone(UTC)
