"""The record behind a job, and whether its text has to be drafted and may leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from forum.core.bilingual import Bilingual, TextState, other
from forum.core.database import session
from forum.drafting.models import KeptInside
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import BY_A_PERSON, KEPT, NO_SOURCE, UP_TO_DATE
from forum.events.models import Forum
from forum.translation import queries as translation
from forum.translation.models import Origin
from forum.translation.queries import States


def record_of(source: Source, entity_id: str, *, lock: bool = False) -> Any | None:
    """Return the record of that name as it stands now; ``lock``: held against other writers until the commit."""
    query = select(source.model).where(source.model.public_id == entity_id)
    if lock:
        query = query.with_for_update(of=source.model)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def records_of(source: Source, entity_ids: Iterable[str]) -> Mapping[str, Any]:
    """Return the records of these names, as they stand now."""
    query = select(source.model).where(source.model.public_id.in_(sorted(set(entity_ids))))
    found = session.scalars(query.execution_options(populate_existing=True)).unique()
    return {record.public_id: record for record in found}


def needless(source: Source, record: Bilingual, field: str, states: States) -> str | None:
    """Return why a field gets no draft; None when its other side is missing, or an outdated draft of an engine."""
    target = other(record.source_lang)
    if not record.side(field, record.source_lang):
        return NO_SOURCE
    state = translation.state(record, field, target, states)
    if state is TextState.MISSING:
        return source.fixed(record, field)
    row = states.get((getattr(record, "public_id", ""), field, target))
    if row is None or row.origin is not Origin.MACHINE or row.reviewed_by is not None:
        return BY_A_PERSON
    return source.fixed(record, field) if state is TextState.OUTDATED else UP_TO_DATE


class Outgoing:
    """Whether texts may leave the house at one instant; asks each source once."""

    def __init__(self, now: datetime, kept: frozenset[tuple[str, str]]) -> None:
        self._now, self._kept = now, kept
        self._gates: dict[str, Gate] = {}

    def refusal(self, source: Source, record: Any, field: str) -> str | None:
        """Return why a text may not leave; None when it may."""
        if field not in source.fields:
            return KEPT
        if (source.entity, record.public_id) in self._kept:
            return KEPT
        if source.entity not in self._gates:
            self._gates[source.entity] = source.gate(self._now)
        return self._gates[source.entity](record, field)


def outgoing(names: Iterable[tuple[str, str]], now: datetime) -> Outgoing:
    """Return what decides of these records, by entity and id, whether their texts may leave."""
    wanted = sorted(set(names))
    kept = frozenset[tuple[str, str]]()
    if wanted:
        rows = session.execute(
            select(KeptInside.entity, KeptInside.entity_id).where(
                tuple_(KeptInside.entity, KeptInside.entity_id).in_(wanted)
            )
        )
        kept = frozenset((entity, entity_id) for entity, entity_id in rows)
    return Outgoing(now, kept)


def kept_inside(entity: str, entity_id: str) -> KeptInside | None:
    """Return who said of a record that it is never sent outside, and when."""
    return session.get(KeptInside, (entity, entity_id), populate_existing=True)


def forum_called(slug: str) -> Forum | None:
    """Return the forum of that short name."""
    return session.scalar(select(Forum).where(Forum.slug == slug))


def longest(source: Source, field: str) -> int | None:
    """Return how many characters a field holds; None when it has no limit."""
    kind = source.model.__bilingual__[field]
    return getattr(kind, "length", None)


def states_of(records: Sequence[Any]) -> States:
    """Return what is known of the translations of records of one type."""
    return translation.states_of(records)
