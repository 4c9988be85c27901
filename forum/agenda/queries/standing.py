"""What stands against the draft: the same list for the panel, the live check and the release.

Seats and journeys are known to higher rooms.  They join ``seat_readers`` and ``absence_readers`` when they
are imported: functions from a forum to seats granted by session, and to times away by person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from forum.agenda.models import Slot
from forum.agenda.programme import Programme
from forum.agenda.rules.conflicts import Conflict, conflicts
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
    return conflicts(programme, at=at, granted=granted, people_away=away, fold_chosen=_folds_chosen(forum))


def conflict_id(conflict: Conflict) -> str:
    """Return the id under which a conflict is acknowledged: the same when it is computed again."""
    return digest(repr(conflict.key))[:16]


def _folds_chosen(forum: Forum) -> frozenset[str]:
    return frozenset(session.scalars(select(Slot.guid).where(Slot.forum_id == forum.id, Slot.fold_chosen.is_(True))))
