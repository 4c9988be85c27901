"""Sessions that were cancelled or taken out of the timetable while people count on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.core.bilingual import Text
from forum.core.refusals import N_

_SEATS = N_(
    "“%(title)s” is cancelled or out of the timetable, and people hold seats in it: %(seats)s. "
    "Tell them on the page “Seats and limits” before the release."
)
_STARS = N_(
    "“%(title)s” is cancelled or out of the timetable, and readers have it on their own agenda: %(stars)s. "
    "The release tells them by mail."
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A session that no longer takes place: its items, granted seats, and readers who starred one of them.

    ``stars`` counts only those who were not told yet: a release that dropped the items has told them.
    """

    session_id: str
    guids: tuple[str, ...]
    title: Text
    seats: int = 0
    stars: int = 0


def dropped_conflicts(dropped: Iterable[Dropped]) -> Iterator[Conflict]:
    """Yield an error for each session with seats, a warning for each one with stars alone."""
    for each in dropped:
        if each.seats:
            yield _about(each, Severity.ERROR, _SEATS, seats=each.seats)
        elif each.stars:
            yield _about(each, Severity.WARNING, _STARS, stars=each.stars)


def _about(each: Dropped, severity: Severity, message: str, **facts: object) -> Conflict:
    """The session stands for its items where no item of it was ever released."""
    guids = tuple(sorted(each.guids)) or (each.session_id,)
    return Conflict(
        Code.DROPPED_WITH_SEATS,
        severity,
        guids,
        message,
        {"title": each.title, **facts},
        tuple(("title", guid) for guid in guids),
        session_id=each.session_id,
    )
