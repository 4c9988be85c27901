"""Reading assignments: of one scope, of one person, and what stands in the way of a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from forum.core.bilingual import TextState
from forum.core.database import session
from forum.drafting.neighbours import Scope
from forum.translating.models import Task, TextAssignment
from forum.translating.queries import Unit, units_of_all
from forum.translating.rules.dues import Standing, is_overdue, is_soon, standing

Named = tuple[str, str, str, str]  # entity, record, field and the language that is written


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with what is made of it today."""

    row: TextAssignment
    standing: Standing
    is_overdue: bool
    is_soon: bool

    @classmethod
    def of(cls, row: TextAssignment, unit: Unit, today: date) -> Assigned:
        """Return an assignment as the state of its text has it."""
        now = standing(row.task, unit.state)
        return cls(row, now, is_overdue(row.due_on, now, today), is_soon(row.due_on, now, today))


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a worklist with who has it."""

    unit: Unit
    assigned: tuple[Assigned, ...] = ()

    @property
    def named(self) -> Named:
        """The text as assignments name it."""
        return named(self.unit)

    @property
    def token(self) -> str:
        """The text as a form names it."""
        return token_of(self.unit)


@dataclass(frozen=True, slots=True)
class Mine:
    """A text that somebody has, with the scope in which they may work on it."""

    scope: Scope
    unit: Unit
    assigned: Assigned


def named(unit: Unit) -> Named:
    """Return a text as assignments name it."""
    return unit.source.entity, unit.entity_id, unit.field, unit.language


def token_of(unit: Unit) -> str:
    """Return a text as forms and files name it: entity, record and field."""
    return f"{unit.source.entity}.{unit.entity_id}.{unit.field}"


def of_scope(scope: Scope) -> Sequence[TextAssignment]:
    """Return every assignment of a scope."""
    return session.scalars(
        select(TextAssignment)
        .where(TextAssignment.collection == scope.collection, TextAssignment.scope == scope.name)
        .order_by(TextAssignment.task.desc(), TextAssignment.id)
    ).all()


def entries_of(units: Iterable[Unit], rows: Iterable[TextAssignment], today: date) -> list[Entry]:
    """Return texts with who has them, in their order."""
    found: dict[Named, list[TextAssignment]] = {}
    for row in rows:
        found.setdefault(row.text, []).append(row)
    return [
        Entry(unit, tuple(Assigned.of(row, unit, today) for row in found.get(named(unit), ())))
        for unit in units
    ]  # fmt: skip


def people_of(rows: Iterable[TextAssignment]) -> Mapping[str, str]:
    """Return the names of those who have texts, by their public ids."""
    found = {row.account.public_id: row.account.name for row in rows}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def held_now(entries: Iterable[Entry]) -> Sequence[tuple[TextAssignment, int]]:
    """Return who has how many of some texts, one of the assignments for each person and task."""
    rows = [each.row for entry in entries for each in entry.assigned]
    counted = Counter((row.account_id, row.task) for row in rows)
    first = {(row.account_id, row.task): row for row in reversed(rows)}
    return [(first[key], count) for key, count in counted.items()]


def collections_with(account_id: int) -> frozenset[str]:
    """Return the collections in which somebody has texts."""
    return frozenset(
        session.scalars(
            select(TextAssignment.collection).where(TextAssignment.account_id == account_id).distinct()
        )
    )  # fmt: skip


def of_account(account_id: int) -> Sequence[TextAssignment]:
    """Return every assignment of somebody, what is due first in front."""
    return session.scalars(
        select(TextAssignment)
        .where(TextAssignment.account_id == account_id)
        .order_by(TextAssignment.due_on, TextAssignment.id)
    ).all()


def mine(account_id: int, scopes: Iterable[Scope], today: date) -> list[Mine]:
    """Return somebody's texts in the scopes in which they may work, what is to be done and due first in front."""
    rows = of_account(account_id)
    wanted = {(row.collection, row.scope) for row in rows}
    within = {(scope.collection, scope.name): scope for scope in scopes if (scope.collection, scope.name) in wanted}
    units = units_of_all(list(within.values()))
    by_name = {(scope.name, named(unit)): (scope, unit) for scope in within.values() for unit in units[scope.name]}
    found = []
    for row in rows:
        scope, unit = by_name.get((row.scope, row.text), (None, None))
        if scope is not None and unit is not None and scope.collection == row.collection:
            found.append(Mine(scope, unit, Assigned.of(row, unit, today)))
    return sorted(found, key=lambda each: (each.assigned.standing is Standing.DONE, each.assigned.row.due_on))


def clashes(entries: Iterable[Entry], task: Task, account_id: int, reference: str) -> int:
    """Return how many texts somebody can't have for a task because they have, or wrote, the other part of it."""
    return sum(_clashes(entry, task, account_id, reference) for entry in entries)


def _clashes(entry: Entry, task: Task, account_id: int, reference: str) -> bool:
    held = {each.row.task for each in entry.assigned if each.row.account_id == account_id}
    if held - {task}:
        return True
    unsettled = entry.unit.state not in {TextState.MISSING, TextState.REVIEWED}
    return task is Task.REVIEW and unsettled and entry.unit.writer == reference
