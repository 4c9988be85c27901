"""What stands against the draft: the same list for the panel, the live check and the release.

Seats and journeys are known to higher rooms.  They join ``seat_readers`` and ``absence_readers`` when they
are imported: functions from a forum to seats granted by session, and to times away by person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.programme import Programme, SessionState
from forum.agenda.queries import released
from forum.agenda.queries.stars import stars_on
from forum.agenda.rules.conflicts import Conflict, Dropped, conflicts
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.identifiers import digest
from forum.events.models import Forum

SeatReader = Callable[[Forum], Mapping[str, int]]
AbsenceReader = Callable[[Forum], Mapping[str, Sequence[tuple[datetime, datetime]]]]
seat_readers: list[SeatReader] = []
absence_readers: list[AbsenceReader] = []


def conflicts_of(forum: Forum, programme: Programme, at: datetime) -> tuple[Conflict, ...]:
    """Return the conflicts of a draft, gravest first."""
    by_session: dict[str, int] = {}
    for read in seat_readers:
        by_session |= read(forum)
    away: dict[str, Sequence[tuple[datetime, datetime]]] = {}
    for read_absences in absence_readers:
        away |= read_absences(forum)
    granted = {item.guid: by_session[item.session_id] for item in programme.items if item.session_id in by_session}
    return conflicts(
        programme,
        at=at,
        granted=granted,
        people_away=away,
        fold_chosen=_folds_chosen(forum),
        dropped=dropped(forum, programme, by_session),
    )


def dropped(forum: Forum, programme: Programme, seats: Mapping[str, int]) -> list[Dropped]:
    """Return the sessions that the draft doesn't hold any more although people count on them.

    ``seats`` are those granted, by session; they count until they are given back.  Stars count while the
    latest release still promises the item: the next one tells their owners.
    """
    held = [item for item in programme.items if item.state is not SessionState.CANCELLED]
    sessions, guids = {item.session_id for item in held}, {item.guid for item in held}
    latest = released.current(forum)
    gone = [
        item
        for item in (latest.items if latest is not None else ())
        if item.state is not SessionState.CANCELLED and item.guid not in guids
    ]
    stars = stars_on(forum, [item.guid for item in gone])
    without = {session_id: number for session_id, number in seats.items() if number and session_id not in sessions}
    titles = {item.session_id: item.title for item in gone} | _titles(forum, without)
    found = []
    for session_id, title in sorted(titles.items()):
        mine = tuple(item.guid for item in gone if item.session_id == session_id)
        starred = sum(stars.get(guid, 0) for guid in mine)
        found.append(Dropped(session_id, mine, title, seats=without.get(session_id, 0), stars=starred))
    return found


def _titles(forum: Forum, sessions: Collection[str]) -> dict[str, Text]:
    if not sessions:
        return {}
    wanted = select(AgendaSession).where(
        AgendaSession.forum_id == forum.id, AgendaSession.public_id.in_(sorted(sessions))
    )
    return {held.public_id: held.text("title") for held in session.scalars(wanted)}


def conflict_id(conflict: Conflict) -> str:
    """Return the id under which a conflict is acknowledged: the same when it is computed again."""
    return digest(repr(conflict.key))[:16]


def _folds_chosen(forum: Forum) -> frozenset[str]:
    return frozenset(session.scalars(select(Slot.guid).where(Slot.forum_id == forum.id, Slot.fold_chosen.is_(True))))
