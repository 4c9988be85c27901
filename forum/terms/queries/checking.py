"""The glossary as checks need it, made ready once and again after a change; and what was answered to findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock

from sqlalchemy import func, select

from forum.core.database import session
from forum.terms.models import TermAnswer, TermConcept, TermRendering
from forum.terms.rules.checking import Glossary, Spelling, Term

_Mark = tuple[str, int, datetime | None, int]
_Place = tuple[str, str, str, str]  # (entity id, field, language, key of the finding)
_kept: dict[str, tuple[_Mark, Glossary]] = {}
_lock = Lock()


def glossary() -> Glossary:
    """Return the glossary of this moment; one small statement where nothing has changed."""
    mark = _mark()
    with _lock:
        known = _kept.get("glossary")
    if known is not None and known[0] == mark:
        return known[1]
    made = Glossary(_terms())
    with _lock:
        _kept["glossary"] = mark, made
    return made


def _mark() -> _Mark:
    row = session.execute(
        select(
            func.count(TermRendering.id),
            func.max(TermRendering.updated_at),
            func.coalesce(func.max(TermRendering.id), 0),
        )
    ).one()
    return str(session.get_bind().engine.url), row[0], row[1], row[2]


def _terms() -> Iterable[Term]:
    names: dict[int, str] = {}
    words: dict[int, list[Spelling]] = {}
    rows = session.execute(
        select(
            TermConcept.id,
            TermConcept.public_id,
            TermRendering.lang,
            TermRendering.text,
            TermRendering.use,
            TermRendering.owner,
            TermRendering.certainty,
            TermRendering.source,
        )
        .join(TermRendering, TermRendering.concept_id == TermConcept.id)
        .order_by(TermConcept.id, TermRendering.id)
    )
    for row in rows:
        names[row.id] = row.public_id
        sure = row.certainty == "verified"
        words.setdefault(row.id, []).append(Spelling(row.lang, row.text, row.use, row.owner, sure, row.source))
    return [Term(names[number], tuple(spellings)) for number, spellings in words.items()]


def answers_of(entity: str, entity_ids: Iterable[str]) -> Mapping[_Place, TermAnswer]:
    """Return what was answered to findings in records of one kind, in one statement."""
    names = list(entity_ids)
    if not names:
        return {}
    rows = session.scalars(select(TermAnswer).where(TermAnswer.entity == entity, TermAnswer.entity_id.in_(names)))
    return {(row.entity_id, row.field, row.lang, row.finding): row for row in rows}
