"""Reading the texts of a scope with the state of their other language: a bounded number of statements for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.core.bilingual import Language, Shown, TextState, other
from forum.core.catalogue import translator
from forum.core.database import session
from forum.drafting.models import ClearedProgramme
from forum.drafting.neighbours import Scope, Source, neighbours
from forum.drafting.queries.texts import longest
from forum.events.models import Forum
from forum.translating.rules import ORDER, Gap, Tally, tallied
from forum.translation import queries as translation
from forum.translation.queries import mark_of
from forum.translation.rules import Part, difference

_RANK = {state: place for place, state in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Unit:
    """One text and how far its other language is."""

    source: Source
    record: Any
    field: str
    language: Language  # the one that is written at the desk
    state: TextState
    words: str  # the original
    text: str  # the translation as it stands
    mark: str  # of both sides as they are
    changed: tuple[Part, ...] = ()  # what became of the original since
    writer: str = ""  # who wrote the translation, as the audit names them
    at: datetime | None = None

    @property
    def entity_id(self) -> str:
        """The public id of the record."""
        return str(self.record.public_id)

    def name(self, language: str) -> Shown:
        """What the record is called for a reader: its first text, or what kind of record it is where that is prose."""
        first = self.source.fields[0]
        field = first if self.record.side(first, "en") or self.record.side(first, "zh") else self.field
        if longest(self.source, field) is None:
            reader: Language = "zh" if language == "zh" else "en"
            return Shown(translator(reader)(self.source.label), reader, is_fallback=False)
        shown: Shown = self.record.tr(field, language)
        return shown


def units_of(scope: Scope) -> list[Unit]:
    """Return every text of a scope whose original isn't empty, what needs work most first."""
    return units_of_all([scope])[scope.name]


def units_of_all(scopes: Sequence[Scope]) -> dict[str, list[Unit]]:
    """Return the texts of scopes of one collection by the name of their scope, what needs work most first."""
    found: dict[str, list[Unit]] = {scope.name: [] for scope in scopes}
    for collection in {scope.collection for scope in scopes}:
        holders = [scope.holder for scope in scopes if scope.collection == collection]
        for source in neighbours.of(collection):
            for unit in _units(source, source.within(holders)):
                found[source.scope_of(unit.record)].append(unit)
    return {name: sorted(units, key=lambda unit: _RANK[unit.state]) for name, units in found.items()}


def units_of_record(source: Source, record: Any) -> list[Unit]:
    """Return the texts of one record in the order of its fields."""
    return list(_units(source, [record]))


def _units(source: Source, records: Sequence[Any]) -> Iterable[Unit]:
    known = translation.states_of(records)
    for record in records:
        language = other(record.source_lang)
        for field in source.fields:
            words = record.side(field, record.source_lang)
            if not words:
                continue
            state = translation.state(record, field, language, known)
            row = known.get((str(record.public_id), field, language))
            changed = difference(row.source_text, words) if row is not None and state is TextState.OUTDATED else ()
            yield Unit(
                source,
                record,
                field,
                language,
                state,
                words,
                record.side(field, language),
                mark_of(record, field),
                changed,
                row.by if row is not None else "",
                row.at if row is not None else None,
            )


def record_in(scope: Scope, entity: str, entity_id: str) -> tuple[Source, Any] | None:
    """Return a record of a scope with its source; None when the scope has none of that name."""
    source = neighbours.sources.get(entity)
    if source is None or source.collection != scope.collection:
        return None
    record = next((one for one in source.within([scope.holder]) if one.public_id == entity_id), None)
    return (source, record) if record is not None else None


def is_cleared(forum: Forum) -> bool:
    """Tell whether somebody decided that confirmed, public sessions may go to an engine before a release."""
    return session.get(ClearedProgramme, forum.id) is not None


def parity_of(units: Iterable[Unit]) -> dict[tuple[str, str, Language], Tally]:
    """Count texts by kind of record, field and language."""
    found = ((unit.source.label, unit.field, unit.language, unit.state) for unit in units)
    made = tallied(((label, field, language), state) for label, field, language, state in found)
    return dict(sorted(made.items()))


def whole(units: Iterable[Unit]) -> Tally:
    """Count all texts together."""
    return tallied(("all", unit.state) for unit in units).get("all", Tally())


def gaps_of(units: Iterable[Unit]) -> list[Gap]:
    """Return which texts the public would read in the other language, most numerous first."""
    missing = Counter((unit.field, unit.language) for unit in units if unit.state is TextState.MISSING)
    return [Gap(field, language, count) for (field, language), count in missing.most_common()]
