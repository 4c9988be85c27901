"""Answering findings: the text stays as it is, for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Language
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.text import clean
from forum.terms.errors import AnswerMissing
from forum.terms.models import TermAnswer

_UNIQUE = ("entity", "entity_id", "field", "lang", "finding")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One side of a bilingual field of a record, by the names that ``forum.translation`` uses."""

    entity: str
    entity_id: str
    field: str
    lang: Language


def answer(place: TextPlace, finding: str, reason: str, *, actor: Actor, now: datetime) -> TermAnswer:
    """Keep why a finding is no fault here; a second answer replaces the first.  Raises ``AnswerMissing``."""
    if not clean(reason):
        raise AnswerMissing
    dialect = session.get_bind().dialect.name
    upsert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(TermAnswer)
    said = {"reason": clean(reason), "by": actor.reference, "at": now}
    keys = {
        "entity": place.entity,
        "entity_id": place.entity_id,
        "field": place.field,
        "lang": place.lang,
        "finding": finding[:64],
    }
    session.execute(
        upsert.values(public_id=public_id(), created_at=now, updated_at=now, **keys, **said).on_conflict_do_update(
            index_elements=list(_UNIQUE), set_=said | {"updated_at": now}
        ),
        execution_options={"synchronize_session": False},
    )
    row = session.scalars(select(TermAnswer).filter_by(**keys).execution_options(populate_existing=True)).one()
    record(actor, "answer_finding", place.entity, place.entity_id, now=now, field=place.field, language=place.lang)
    return row


def take_back(place: TextPlace, finding: str, *, actor: Actor, now: datetime) -> bool:
    """Let a finding count again; tell whether there was an answer."""
    gone = session.execute(
        delete(TermAnswer).where(
            TermAnswer.entity == place.entity,
            TermAnswer.entity_id == place.entity_id,
            TermAnswer.field == place.field,
            TermAnswer.lang == place.lang,
            TermAnswer.finding == finding[:64],
        )
    )
    if not getattr(gone, "rowcount", 0):
        return False
    record(actor, "reopen_finding", place.entity, place.entity_id, now=now, field=place.field, language=place.lang)
    return True
