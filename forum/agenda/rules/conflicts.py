"""Everything that stands against a programme: the same list for the live check, the release and the importer.

One pure function, computed in bulk: a sweep per room and per person over half-open intervals.  Severities
follow the forums knowledge, section 4.2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from forum.agenda.programme import Programme, SessionState
from forum.agenda.rules.conflicts_of_dropped import Dropped, dropped_conflicts
from forum.agenda.rules.conflicts_of_people import people_conflicts
from forum.agenda.rules.conflicts_of_rooms import room_conflicts
from forum.agenda.rules.conflicts_of_texts import text_conflicts
from forum.agenda.rules.conflicts_of_times import time_conflicts
from forum.agenda.rules.findings import Code, Conflict, Severity, for_reader, touching

__all__ = ["Code", "Conflict", "Dropped", "Severity", "conflicts", "for_reader", "stopping", "touching"]


def conflicts(
    programme: Programme,
    *,
    at: datetime | None = None,
    granted: Mapping[str, int] | None = None,
    people_away: Mapping[str, Sequence[tuple[datetime, datetime]]] | None = None,
    turnaround: int | None = None,
    fold_chosen: Collection[str] = (),
    dropped: Iterable[Dropped] = (),
) -> tuple[Conflict, ...]:
    """Return all conflicts of a programme, gravest first, each pair once.

    ``granted`` gives the seats granted by item guid.  ``people_away`` gives by person guid the times, as
    pairs of instants, in which somebody isn't there.  ``turnaround`` in minutes replaces what the rooms say.
    ``fold_chosen`` names the items for which somebody has said which of two equal wall times is meant.
    ``dropped`` are sessions out of the programme on which people still count.
    Without ``at`` every embargo counts as in force.  Cancelled items conflict with nothing.
    """
    items = [item for item in programme.items if item.state is not SessionState.CANCELLED]
    found = [
        *time_conflicts(programme, items, fold_chosen),
        *room_conflicts(programme, items, granted or {}, turnaround),
        *people_conflicts(items, people_away or {}, programme),
        *text_conflicts(items, at, programme.forum.zone),
        *dropped_conflicts(dropped),
    ]
    return tuple(sorted(found, key=_order))


def stopping(found: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return the conflicts that stop a release whatever anybody acknowledges."""
    return tuple(conflict for conflict in found if conflict.severity in (Severity.BLOCK, Severity.ERROR))


def _order(conflict: Conflict) -> tuple[int, str, tuple[str, ...], str, str]:
    detail = str(conflict.facts.get("field", ""))
    return (conflict.severity.rank, conflict.code.value, conflict.guids, conflict.person_guid, detail)
