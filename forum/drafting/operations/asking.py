"""Asking for drafts: one job for one text, whoever asks and however often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import fingerprint, other
from forum.core.database import session
from forum.core.refusals import NotFound, Word
from forum.drafting import errors
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import Scope, Source, neighbours
from forum.drafting.queries import texts

_OVER = (JobState.DONE, JobState.FAILED, JobState.DROPPED)


class Named(Protocol):
    """The engine that is set, as far as asking needs it."""

    @property
    def outside(self) -> bool:
        """Whether texts leave the house."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text for which no draft was asked, and why."""

    entity: str
    entity_id: str
    field: str
    reason: str  # a sentence of the catalogue


@dataclass(slots=True)
class Asked:
    """What asking for many drafts came to."""

    queued: int = 0
    known: int = 0  # that somebody had asked for already
    left_out: list[LeftOut] = field(default_factory=list)


def source_of(entity: str, name: str = "") -> Source:
    """Return the source that released a kind of record, and the field; raise ``NotOffered``."""
    source = neighbours.sources.get(entity)
    if source is None or (name and name not in source.fields):
        raise errors.NotOffered
    return source


def ask(entity: str, entity_id: str, name: str, *, engine: Named | None, actor: Actor, now: datetime) -> bool:
    """Ask for a draft of one field; return whether it wasn't asked for before.

    Raises ``EngineOff``, ``NotOffered``, ``NotFound``, or ``NotToBeDrafted`` with the reason.
    """
    if engine is None:
        raise errors.EngineOff
    source = source_of(entity, name)
    record = texts.record_of(source, entity_id)
    if record is None:
        raise NotFound
    reason = texts.needless(record, name, texts.states_of([record]))
    if reason is None and engine.outside:
        reason = texts.outgoing([(entity, entity_id)], now).refusal(source, record, name)
    if reason is not None:
        raise errors.NotToBeDrafted(reason=reason if isinstance(reason, Word) else Word(reason))
    if not _queue(source, record, name, actor=actor, now=now):
        return False
    audit.record(actor, "ask_draft", entity, entity_id, now=now, chain=source.chain_of(record), field=name)
    return True


def ask_for(scope: Scope, *, engine: Named | None, actor: Actor, now: datetime, only: str | None = None) -> Asked:
    """Ask for a draft of each text of a scope that has none; ``only`` names one field.

    Raises ``EngineOff``, or ``NoSuchField``.
    """
    if engine is None:
        raise errors.EngineOff
    sources = neighbours.of(scope.collection)
    offered = sorted({name for source in sources for name in source.fields})
    if only is not None and only not in offered:
        raise errors.NoSuchField(name=only, fields=", ".join(offered))
    asked = Asked()
    for source in sources:
        records = source.within([scope.holder])
        known = texts.states_of(records)
        leaving = texts.outgoing([(source.entity, record.public_id) for record in records], now)
        for record in records:
            for name in source.fields:
                if (only is not None and name != only) or texts.needless(record, name, known) is not None:
                    continue
                reason = leaving.refusal(source, record, name) if engine.outside else None
                if reason is not None:
                    asked.left_out.append(LeftOut(source.entity, record.public_id, name, reason))
                elif _queue(source, record, name, actor=actor, now=now):
                    asked.queued += 1
                else:
                    asked.known += 1
    if asked.queued:
        audit.record(
            actor,
            "ask_drafts",
            scope.entity,
            scope.entity_id,
            now=now,
            chain=scope.chain,
            queued=asked.queued,
            left_out=len(asked.left_out),
        )
    return asked


def by_reason(left_out: Iterable[LeftOut]) -> Mapping[str, int]:
    """Return how many texts were left out for which reason, the most frequent first."""
    return dict(Counter(each.reason for each in left_out).most_common())


def _queue(source: Source, record: Any, name: str, *, actor: Actor, now: datetime) -> bool:
    """Put a text into the queue, unless it is there; one that is over may be asked for again."""
    source_hash = fingerprint(record.side(name, record.source_lang))
    target = other(record.source_lang)
    waits = session.scalar(
        select(TranslationJob.id).where(
            TranslationJob.entity == source.entity,
            TranslationJob.entity_id == record.public_id,
            TranslationJob.field == name,
            TranslationJob.lang == target,
            TranslationJob.source_hash == source_hash,
            TranslationJob.state.not_in(_OVER),
        )
    )
    if waits is not None:  # the upsert would decide so too, but hold the row against the worker that has it
        return False
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(TranslationJob)
    fresh: dict[str, Any] = {
        "state": JobState.QUEUED,
        "tries": 0,
        "alone": False,
        "next_at": now,
        "lease_until": None,
        "claim": "",
        "error": "",
        "asked_by": actor.reference,
        "asked_at": now,
        "settled_at": None,
    }
    statement = (
        upsert.values(
            entity=source.entity,
            entity_id=record.public_id,
            field=name,
            lang=target,
            source_hash=source_hash,
            scope=source.scope_of(record),
            **fresh,
        )
        .on_conflict_do_update(
            index_elements=["entity", "entity_id", "field", "lang", "source_hash"],
            set_=fresh,
            where=TranslationJob.state.in_(_OVER),
        )
        .returning(TranslationJob.id)
    )
    found = session.execute(statement, execution_options={"synchronize_session": False}).first()
    return found is not None


def try_again(*, actor: Actor, now: datetime) -> int:
    """Put every draft that failed back into the queue; return how many."""
    moved = session.execute(
        update(TranslationJob)
        .where(TranslationJob.state == JobState.FAILED)
        .values(state=JobState.QUEUED, tries=0, alone=False, next_at=now, error="", settled_at=None)
        .returning(TranslationJob.id)
        .execution_options(synchronize_session=False)
    ).all()
    if moved:
        audit.record(actor, "try_drafts_again", "translation_job", "failed", now=now, count=len(moved))
    return len(moved)
