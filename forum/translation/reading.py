"""The translations that somebody is shown on one page, and what is known of them, in one statement for all.

A state is asked for only where it matters: beside a text, or when the page is complete.  Then the states of all
records that the page has loaded by now are read together, whatever their kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Select, and_, or_, select

from forum.core.bilingual import Bilingual, Language, TextState
from forum.core.database import session
from forum.translation.models import Origin, TranslationState
from forum.translation.queries import entity_of
from forum.translation.rules import entity_id_of, state_of

DOUBTFUL = frozenset({TextState.MACHINE, TextState.OUTDATED})
_MOST_IN_ONE = 10_000  # bound values of one statement; both engines take more than 30,000
_NAMES = ("public_id", "iso2", "code", "id")  # the columns that name a record; see rules.entity_id_of

Name = tuple[str, str]  # (entity, entity id)


@dataclass(frozen=True, slots=True)
class _Kept:
    source_hash: str
    origin: Origin
    reviewed_by: str | None


class Reading:
    """What one reader is shown."""

    def __init__(self) -> None:
        self._shown: dict[tuple[Name, str, Language], Bilingual] = {}
        self._texts: dict[str, TextState] = {}
        self._known: dict[tuple[Name, str, str], _Kept] = {}
        self._asked: set[Name] = set()

    def of_record(self, record: Bilingual, field: str, language: Language) -> Callable[[], TextState]:
        """Take note of one side of a record; return the way to find out its state."""
        self._shown[_name_of(record), field, language] = record
        return partial(self.state, record, field, language)

    def of_text(self, text: str, state: TextState) -> None:
        """Take note of a text whose state is known."""
        if state in DOUBTFUL:
            self._texts[text] = state

    def state(self, record: Bilingual, field: str, language: str) -> TextState:
        """Return the state of one side of a record."""
        name = _name_of(record)
        if name not in self._asked:
            loaded = (each for each in session.identity_map.values() if isinstance(each, Bilingual))
            self._ask({name, *(_name_of(each) for each in self._shown.values()), *_names_at_hand(loaded)})
        return state_of(
            record.side(field, language),
            record.side(field, record.source_lang),
            is_source=language == record.source_lang,
            known=self._known.get((name, field, language)),
        )

    def doubtful(self) -> dict[str, TextState]:
        """Return the texts shown so far that no person answers for, or whose original has changed since."""
        self._ask({name for name, _field, _language in self._shown})
        found = dict(self._texts)
        for (_name, field, language), record in self._shown.items():
            if (state := self.state(record, field, language)) in DOUBTFUL:
                found[record.side(field, language)] = state
        return found

    def _ask(self, names: set[Name]) -> None:
        fresh = sorted(names - self._asked)
        self._asked |= set(fresh)
        for start in range(0, len(fresh), _MOST_IN_ONE):
            for entity, entity_id, field, language, *kept in session.execute(_kept(fresh[start : start + _MOST_IN_ONE])):
                self._known[(entity, entity_id), field, language] = _Kept(*kept)


def _kept(names: list[Name]) -> Select[tuple[str, str, str, str, str, Origin, str | None]]:
    ids: dict[str, list[str]] = {}
    for entity, entity_id in names:
        ids.setdefault(entity, []).append(entity_id)
    each = TranslationState
    return select(
        each.entity, each.entity_id, each.field, each.lang, each.source_hash, each.origin, each.reviewed_by
    ).where(or_(*(and_(each.entity == entity, each.entity_id.in_(among)) for entity, among in ids.items())))


def _name_of(record: Bilingual) -> Name:
    return entity_of(record), entity_id_of(record) or ""


def _names_at_hand(records: Iterable[Bilingual]) -> Iterator[Name]:
    """Yield the names of records as far as they are loaded: no record is read for its name alone."""
    for record in records:
        column = next((name for name in _NAMES if hasattr(type(record), name)), "")
        if (value := vars(record).get(column)) is not None:
            yield entity_of(record), str(value)
