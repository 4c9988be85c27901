"""Numbers about a forum's participants; nobody can be named from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from forum.core.database import session
from forum.events.models import Forum
from forum.places.models import Country
from forum.registration.models import Attendance, Category, Delegation, Participation
from forum.registration.states import ACTIVE_STATES, SEATED_STATES, ParticipationState


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of numbers: a thing (or a code), how many take part, how many of them are approved."""

    thing: Any
    active: int
    seated: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All tables of the page."""

    states: dict[str, int]
    categories: list[Line]
    countries: list[Line]
    delegations: list[Line]
    languages: list[Line]
    attendances: list[Line]
    listening: dict[str, int]

    @property
    def active(self) -> int:
        """Everybody who still takes part."""
        return sum(number for state, number in self.states.items() if state in ACTIVE_STATES)

    @property
    def seated(self) -> int:
        """Everybody who was approved."""
        return sum(number for state, number in self.states.items() if state in SEATED_STATES)


def _grouped(forum: Forum, column: ColumnElement[Any]) -> dict[Any, tuple[int, int]]:
    found: dict[Any, tuple[int, int]] = {}
    rows = session.execute(
        select(column, Participation.state, func.count())
        .where(Participation.forum_id == forum.id, Participation.state.in_(sorted(ACTIVE_STATES)))
        .group_by(column, Participation.state)
    )
    for key, state, number in rows:
        active, seated = found.get(key, (0, 0))
        found[key] = (active + number, seated + (number if state in SEATED_STATES else 0))
    return found


def _lines(numbers: dict[Any, tuple[int, int]], things: dict[Any, Any]) -> list[Line]:
    lines = [Line(things.get(key, key), active, seated) for key, (active, seated) in numbers.items()]
    return sorted(lines, key=lambda line: (-line.active, -line.seated))


def _things(model: Any, key: Any, where: Sequence[ColumnElement[bool]]) -> dict[Any, Any]:
    return {getattr(one, key): one for one in session.scalars(select(model).where(*where)).unique()}


def statistics(forum: Forum) -> Statistics:
    """Count the participants of a forum by everything that a report asks for."""
    rows = session.execute(
        select(Participation.state, func.count())
        .where(Participation.forum_id == forum.id)
        .group_by(Participation.state)
    )
    counted = dict(rows.all())
    countries = _grouped(forum, Participation.__table__.c.country_iso2)
    present = sorted(iso2 for iso2 in countries if iso2)
    return Statistics(
        states={str(state): counted[state] for state in ParticipationState if counted.get(state)},
        categories=_lines(
            _grouped(forum, Participation.__table__.c.category_id),
            _things(Category, "id", [Category.forum_id == forum.id]),
        ),
        countries=_lines(countries, _things(Country, "iso2", [Country.iso2.in_(present)])),
        delegations=_lines(
            _grouped(forum, Participation.__table__.c.delegation_id),
            _things(Delegation, "id", [Delegation.forum_id == forum.id]),
        ),
        languages=_lines(_grouped(forum, Participation.__table__.c.mail_language), {}),
        attendances=_lines(_grouped(forum, Participation.__table__.c.attendance), {}),
        listening=_listening(forum),
    )


def _listening(forum: Forum) -> dict[str, int]:
    """Count the receivers by language: for each approved participant on site, the first language wished."""
    wishes = session.scalars(
        select(Participation.listening_languages).where(
            Participation.forum_id == forum.id,
            Participation.state.in_(sorted(SEATED_STATES)),
            Participation.attendance != Attendance.REMOTE,
        )
    )
    return dict(Counter(languages[0] for languages in wishes if languages).most_common())
