"""The translations that somebody is shown on one page, and what is known of them, in one statement for all.

A state is asked for only where it matters: beside a text, or when the page is complete.  Then the states of all
records that the page has loaded by now are read together, whatever their kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from forum.core.bilingual import Bilingual, Language, TextState
from forum.core.database import session
from forum.translation.models import Origin, TranslationState
from forum.translation.queries import MOST_IN_ONE, Name, entity_of, named
from forum.translation.rules import entity_id_of, state_of

Doubtful = tuple[Language, TextState]
DOUBTFUL = frozenset({TextState.MACHINE, TextState.OUTDATED})
_NAMES = ("public_id", "iso2", "code", "id")  # the columns that name a record; see rules.entity_id_of

_COLUMNS = select(
    TranslationState.entity,
    TranslationState.entity_id,
    TranslationState.field,
    TranslationState.lang,
    TranslationState.source_hash,
    TranslationState.origin,
    TranslationState.reviewed_by,
)


@dataclass(frozen=True, slots=True)
class _Kept:
    source_hash: str
    origin: Origin
    reviewed_by: str | None


class Reading:
    """What one reader is shown."""

    def __init__(self) -> None:
        self._shown: dict[tuple[Name, str, Language], tuple[str, str]] = {}  # a text with its original
        self._texts: dict[str, Doubtful] = {}
        self._known: dict[tuple[Name, str, str], _Kept] = {}
        self._asked: set[Name] = set()
        self._doubtful: dict[str, Doubtful] | None = None

    def of_record(self, record: Bilingual, field: str, language: Language) -> Callable[[], TextState]:
        """Take note of one side of a record; return the way to find out its state."""
        texts = record.side(field, language), record.side(field, record.source_lang)
        key = _name_of(record), field, language
        if self._shown.get(key) != texts:
            self._shown[key], self._doubtful = texts, None
        return partial(self.state, record, field, language)

    def of_text(self, text: str, language: Language, state: TextState) -> None:
        """Take note of a text whose state is known."""
        if state in DOUBTFUL and self._texts.get(text) != (language, state):
            self._texts[text], self._doubtful = (language, state), None

    def state(self, record: Bilingual, field: str, language: str) -> TextState:
        """Return the state of one side of a record."""
        name = _name_of(record)
        if name not in self._asked:
            loaded = (each for each in session.identity_map.values() if isinstance(each, Bilingual))
            self._ask({name, *(each for each, _field, _language in self._shown), *_names_at_hand(loaded)})
        known = self._known.get((name, field, language))
        source = record.side(field, record.source_lang)
        return state_of(record.side(field, language), source, is_source=language == record.source_lang, known=known)

    def doubtful(self) -> dict[str, Doubtful]:
        """Return the language and state of each text shown that nobody answers for or whose original has changed."""
        if self._doubtful is not None:  # asked for each of many mails
            return self._doubtful
        self._ask({name for name, _field, _language in self._shown})
        found = dict(self._texts)
        for key, (text, source) in self._shown.items():
            if (state := state_of(text, source, is_source=False, known=self._known.get(key))) in DOUBTFUL:
                found[text] = key[2], state
        self._doubtful = found
        return found

    def _ask(self, names: set[Name]) -> None:
        fresh = sorted(names - self._asked)
        self._asked |= set(fresh)
        for start in range(0, len(fresh), MOST_IN_ONE):
            rows = session.execute(_COLUMNS.where(named(fresh[start : start + MOST_IN_ONE])))
            for entity, entity_id, field, language, source_hash, origin, reviewed_by in rows:
                self._known[(entity, entity_id), field, language] = _Kept(source_hash, origin, reviewed_by)


def _name_of(record: Bilingual) -> Name:
    return entity_of(record), entity_id_of(record) or ""


def _names_at_hand(records: Iterable[Bilingual]) -> Iterator[Name]:
    """Yield the names of records as far as they are loaded: no record is read for its name alone."""
    for record in records:
        column = next((name for name in _NAMES if hasattr(type(record), name)), "")
        if (value := vars(record).get(column)) is not None:
            yield entity_of(record), str(value)
