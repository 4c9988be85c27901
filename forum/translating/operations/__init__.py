"""Writing at the desk: a translation is typed, reviewed by somebody else, or said to be still right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import other
from forum.core.database import session
from forum.core.refusals import StaleEdit, Word
from forum.drafting.neighbours import Source
from forum.drafting.queries.texts import longest
from forum.memory.operations import note_use
from forum.terms.operations.answering import answer as keep_answer
from forum.terms.operations.answering import take_back
from forum.translating.beside import findings_of, place_of, used
from forum.translating.errors import FindingGone, OwnTranslation, SourceNotHere, TextTooLong, WordsFixed
from forum.translating.queries import Unit, units_of_record
from forum.translation import operations as translation
from forum.translation import queries
from forum.translation.models import Origin
from forum.translation.operations import Deed
from forum.translation.queries import mark_of
from forum.translation.rules import Side


def write(
    source: Source, record: Any, texts: Mapping[str, str], marks: Mapping[str, str], *, actor: Actor, now: datetime
) -> int:
    """Save translations of a record; return how many really changed.

    ``marks`` are what the page showed of each field.  Raises ``StaleEdit`` when a side was changed since,
    ``SourceNotHere``, ``WordsFixed``, or ``TextTooLong`` with the field.
    """
    session.refresh(record, with_for_update={"of": type(record)})
    target = other(record.source_lang)
    typed = {name: text.strip() for name, text in texts.items() if text.strip() != record.side(name, target)}
    for name, text in typed.items():
        if mark_of(record, name) != marks.get(name):
            raise StaleEdit
        if text and not record.side(name, record.source_lang):
            raise SourceNotHere
        if reason := source.fixed(record, name):
            raise WordsFixed(reason=reason if isinstance(reason, Word) else Word(reason))
        most = longest(source, name)
        if most is not None and len(text) > most:
            raise TextTooLong(field=name, most=most)
    if not typed:
        return 0
    units = [unit for unit in units_of_record(source, record) if typed.get(unit.field)]
    helped = {segment for unit in units for segment in used(unit, typed[unit.field])}
    changed = keep(source, record, {(name, target): text for name, text in typed.items()}, actor=actor, now=now)
    for segment in sorted(helped):
        note_use(segment)
    return len(changed)


def keep(
    source: Source, record: Any, sides: Mapping[Side, str], *, actor: Actor, now: datetime, **facts: Any
) -> frozenset[Side]:
    """Write translations that were looked at, tell of it, and note it with ``facts``; return what really changed."""
    changed = translation.record(record, source.entity, sides, actor=actor, now=now)
    source.wrote(record, now)
    audit.record(
        actor,
        "translate",
        source.entity,
        str(record.public_id),
        now=now,
        chain=source.chain_of(record),
        texts=sorted(f"{name}_{language}" for name, language in changed),
        **facts,
    )
    return changed


def answer(unit: Unit, key: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Keep why a finding is no fault in a translation.  Raises ``FindingGone`` or ``AnswerMissing``."""
    if key not in {finding.key for finding in findings_of(unit)}:
        raise FindingGone
    keep_answer(place_of(unit), key, reason, actor=actor, now=now)


def answer_all(
    source: Source, record: Any, reasons: Mapping[str, Mapping[str, str]], *, actor: Actor, now: datetime
) -> None:
    """Keep the reasons that were typed, by field and finding, for those findings that are still there."""
    for unit in units_of_record(source, record):
        there = {finding.key for finding in findings_of(unit)} if reasons.get(unit.field) else set()
        for key, reason in reasons.get(unit.field, {}).items():
            if key in there:
                keep_answer(place_of(unit), key, reason, actor=actor, now=now)


def reopen(unit: Unit, key: str, *, actor: Actor, now: datetime) -> None:
    """Let a finding count again; where it counts already nothing happens."""
    take_back(place_of(unit), key, actor=actor, now=now)


def settle(source: Source, record: Any, deed: Deed, name: str, mark: str, *, actor: Actor, now: datetime) -> None:
    """Review a translation, or say that it is still right, as somebody else than who wrote it.

    Raises ``OwnTranslation``, and what ``forum.translation.operations.settle`` raises.
    """
    row = queries.states_of([record]).get((str(record.public_id), name, other(record.source_lang)))
    if deed == "review" and row is not None and row.origin is Origin.HUMAN and row.by == actor.reference:
        raise OwnTranslation
    translation.settle(record, deed, name, mark, actor=actor, now=now, chain=source.chain_of(record))
    source.wrote(record, now)
