"""Reading what is known of translations, for many records in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from forum.core.bilingual import LANGUAGES, Bilingual, Language, Text, TextState, fingerprint, other
from forum.core.database import session
from forum.translation.models import TranslationState
from forum.translation.rules import Key, Part, difference, entity_id_of, state_of

States = Mapping[Key, TranslationState]
Name = tuple[str, str]  # (entity, entity id)
MOST_IN_ONE = 10_000  # bound values of one statement; both engines take more than 30,000


def entity_of(record: Bilingual) -> str:
    """Return the entity's name: the name of its table."""
    return str(getattr(type(record), "__tablename__", ""))


def states_of(records: Iterable[Bilingual]) -> States:
    """Return what is known of every side of these records: of one type, or of several that have public ids."""
    names = {(entity_of(record), name) for record in records if (name := entity_id_of(record)) is not None}
    return {(row.entity_id, row.field, row.lang): row for row in _rows_of(names)}


def _rows_of(names: Collection[Name]) -> Iterator[TranslationState]:
    wanted = sorted(names)
    for start in range(0, len(wanted), MOST_IN_ONE):
        yield from session.scalars(select(TranslationState).where(named(wanted[start : start + MOST_IN_ONE])))


def named(names: Iterable[Name]) -> ColumnElement[bool]:
    """Return the condition for what is known of the records of these names."""
    among: dict[str, list[str]] = {}
    for entity, entity_id in names:
        among.setdefault(entity, []).append(entity_id)
    return or_(
        *(and_(TranslationState.entity == entity, TranslationState.entity_id.in_(ids)) for entity, ids in among.items())
    )


def state(record: Bilingual, field: str, language: str, states: States) -> TextState:
    """Return the state of one side of one record."""
    known = states.get((entity_id_of(record) or "", field, language))
    return state_of(
        record.side(field, language),
        record.side(field, record.source_lang),
        is_source=language == record.source_lang,
        known=known,
    )


def text_of(record: Bilingual, field: str, states: States) -> Text:
    """Return both sides of a field with their states."""
    english, chinese = (state(record, field, language, states) for language in LANGUAGES)
    return Text(record.side(field, "en"), record.side(field, "zh"), state_en=english, state_zh=chinese)


def stated(texts: Mapping[tuple[str, str, str], Text]) -> dict[tuple[str, str, str], Text]:
    """Return texts that are known by table, record and field with the states that are kept of them; one statement."""
    found = dict(texts)
    for row in _rows_of({(entity, entity_id) for entity, entity_id, _field in texts}):
        key = (row.entity, row.entity_id, row.field)
        text = texts.get(key)
        if text is None:
            continue
        source = text.side(row.source_lang)
        now = state_of(text.side(row.lang), source, is_source=False, known=row)
        states = {row.source_lang: TextState.SOURCE, row.lang: now}
        found[key] = Text(text.en, text.zh, state_en=states["en"], state_zh=states["zh"])
    return found


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated side of a record beside its original, as somebody who reviews it reads it."""

    field: str
    language: Language
    state: TextState
    source: str
    text: str
    changed: tuple[Part, ...]  # what became of the original since; empty when it is as it was
    at: datetime | None  # when it was written or reviewed
    mark: str


def mark_of(record: Bilingual, field: str) -> str:
    """Return a mark of both sides as they are: another one means that they aren't what somebody read."""
    return fingerprint("\n".join((record.source_lang, record.side(field, "en"), record.side(field, "zh"))))[:16]


def translations_of(record: Bilingual) -> list[Translation]:
    """Return the translated sides of a record that aren't empty, in the order of its fields."""
    known, language = states_of([record]), other(record.source_lang)
    found = []
    for field in type(record).__bilingual__:
        now = state(record, field, language, known)
        source = record.side(field, record.source_lang)
        if now is TextState.MISSING or not source:
            continue
        row = known.get((entity_id_of(record) or "", field, language))
        found.append(
            Translation(
                field,
                language,
                now,
                source,
                record.side(field, language),
                difference(row.source_text, source) if row is not None and now is TextState.OUTDATED else (),
                row.at if row is not None else None,
                mark_of(record, field),
            )
        )
    return found
