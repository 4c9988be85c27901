"""Writing bilingual texts: the one door through which a side is changed, reviewed or confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import delete

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Bilingual, Language, TextState, fingerprint, other
from forum.core.database import session
from forum.core.refusals import StaleEdit
from forum.translation import queries
from forum.translation.errors import NothingToReview, OriginalChanged
from forum.translation.models import Origin, TranslationState
from forum.translation.neighbours import Reviewed, neighbours
from forum.translation.rules import Side, entity_id_of

Deed = Literal["review", "confirm"]


def record(
    thing: Bilingual,
    entity: str,
    changed: Mapping[Side, str],
    *,
    actor: Actor,
    now: datetime,
    origin: Origin = Origin.HUMAN,
    engine: str = "",
) -> frozenset[Side]:
    """Write sides of bilingual fields and keep from which source each translation was made.

    ``entity`` is the table's name; ``changed`` may hold sides that are as they were, so that a form hands
    over all it has.  Both sides changed in one save: the translation is up to date.  Only the original
    changed: the other side is outdated.  Returns the sides that really changed.
    """
    name = _named(thing)
    before = {field: thing.side(field, thing.source_lang) for field, _ in changed}
    fresh = {side: text.strip() for side, text in changed.items() if thing.side(*side) != text.strip()}
    if not fresh:
        return frozenset()
    known = queries.states_of([thing])
    for (field, language), text in fresh.items():
        setattr(thing, f"{field}_{language}", text or None)
    target = other(thing.source_lang)
    for field in sorted({field for field, _ in fresh}):
        row = known.get((name, field, target))
        if (field, target) in fresh:
            _stamp(thing, entity, field, row, actor=actor, now=now, origin=origin, engine=engine)
        elif row is None and thing.side(field, target):
            # Typed before anything was kept of it: it was made from the source as that was until now.
            row = TranslationState(entity=entity, entity_id=name, field=field, lang=target, at=now)
            _from_source(row, thing, before[field])
            session.add(row)
    session.flush()
    return frozenset(fresh)


def review(
    thing: Bilingual, field: str, language: str, *, actor: Actor, now: datetime, chain: str = audit.SITE
) -> None:
    """Note that somebody compared the translation with the original and found it right.

    Raises ``NothingToReview`` and ``OriginalChanged``.
    """
    row = _reviewable(thing, field, language)
    if row.source_hash != fingerprint(thing.side(field, thing.source_lang)):
        raise OriginalChanged
    row.reviewed_by = actor.reference
    row.at = now
    session.flush()
    audit.record(
        actor,
        "review_translation",
        row.entity,
        row.entity_id,
        now=now,
        chain=chain,
        field=field,
        language=language,
    )
    _tell(thing, row, actor=actor, now=now)


def confirm_still_right(
    thing: Bilingual, field: str, language: str, *, actor: Actor, now: datetime, chain: str = audit.SITE
) -> None:
    """Note that the translation is right although the original has changed; raise ``NothingToReview``."""
    row = _reviewable(thing, field, language)
    _from_source(row, thing, thing.side(field, thing.source_lang))
    row.reviewed_by = actor.reference
    row.at = now
    session.flush()
    audit.record(
        actor,
        "confirm_translation",
        row.entity,
        row.entity_id,
        now=now,
        chain=chain,
        field=field,
        language=language,
    )
    _tell(thing, row, actor=actor, now=now)


def change_original(thing: Bilingual, language: Language, *, actor: Actor, now: datetime) -> None:
    """Say that the other language is the original: the states of every field turn round."""
    if thing.source_lang == language:
        return
    name, entity = _named(thing), queries.entity_of(thing)
    session.execute(
        delete(TranslationState).where(TranslationState.entity == entity, TranslationState.entity_id == name)
    )
    former = thing.source_lang
    thing.source_lang = language
    for field in type(thing).__bilingual__:
        if thing.side(field, former):
            _stamp(thing, entity, field, None, actor=actor, now=now, origin=Origin.HUMAN, engine="")
    session.flush()


def settle(
    thing: Bilingual, deed: Deed, field: str, mark: str, *, actor: Actor, now: datetime, chain: str = audit.SITE
) -> None:
    """Review a translation, or confirm that it is still right, as somebody has read both sides.

    ``mark`` is ``queries.mark_of`` as the page showed it.  Raises ``StaleEdit`` when either side was changed
    since, ``NothingToReview`` and ``OriginalChanged``.
    """
    if field not in type(thing).__bilingual__:
        raise NothingToReview
    session.refresh(thing, with_for_update={"of": type(thing)})
    if queries.mark_of(thing, field) != mark:
        raise StaleEdit
    stamp = review if deed == "review" else confirm_still_right
    stamp(thing, field, other(thing.source_lang), actor=actor, now=now, chain=chain)


def copy_texts(pairs: Iterable[tuple[Bilingual, Bilingual]]) -> None:
    """Give records the texts of others of their type, with all that is known of the translations.

    What was reviewed stays reviewed and what was outdated stays outdated: the texts are the same.  Each pair
    is (from, to); those that get the texts are flushed.
    """
    copied = list(pairs)
    known = queries.states_of([former for former, _ in copied])
    for former, thing in copied:
        thing.source_lang = former.source_lang
        for field in type(former).__bilingual__:
            for language in LANGUAGES:
                setattr(thing, f"{field}_{language}", getattr(former, f"{field}_{language}"))
    session.add_all([thing for _, thing in copied])
    session.flush()
    names = {entity_id_of(former): _named(thing) for former, thing in copied}
    session.add_all(_copy_of(row, row.entity, names[row.entity_id], row.field) for row in known.values())
    session.flush()


def _copy_of(row: TranslationState, entity: str, entity_id: str, field: str) -> TranslationState:
    """Return all that is known of a translation as that of another text."""
    return TranslationState(
        entity=entity,
        entity_id=entity_id,
        field=field,
        lang=row.lang,
        source_lang=row.source_lang,
        source_hash=row.source_hash,
        source_text=row.source_text,
        origin=row.origin,
        engine=row.engine,
        by=row.by,
        reviewed_by=row.reviewed_by,
        at=row.at,
    )


def carry(former: Bilingual, thing: Bilingual, fields: Mapping[str, str]) -> None:
    """Give a record of another type the texts of some fields, with all that is known of the translations.

    ``fields`` leads from the name of a field to its name in the other record.
    """
    known = queries.states_of([former])
    name, entity = _named(thing), queries.entity_of(thing)
    session.execute(
        delete(TranslationState).where(
            TranslationState.entity == entity,
            TranslationState.entity_id == name,
            TranslationState.field.in_(fields.values()),
        )
    )
    thing.source_lang = former.source_lang
    for field, new in fields.items():
        for language in LANGUAGES:
            setattr(thing, f"{new}_{language}", former.side(field, language) or None)
    held = (row for row in known.values() if row.field in fields)
    session.add_all(_copy_of(row, entity, name, fields[row.field]) for row in held)
    session.flush()


def tell_again(things: Iterable[Bilingual], *, actor: Actor, now: datetime) -> int:
    """Tell of every review of records of one type that holds now, for a memory that wasn't there; return how many."""
    told, records = 0, list(things)
    known = queries.states_of(records)
    named = {entity_id_of(thing): thing for thing in records}
    for (name, field, language), row in known.items():
        if queries.state(named[name], field, language, known) is TextState.REVIEWED:
            _tell(named[name], row, actor=actor, now=now)
            told += 1
    return told


def _tell(thing: Bilingual, row: TranslationState, *, actor: Actor, now: datetime) -> None:
    """Tell of a review, in the same transaction: the memory learns from it."""
    source, text = thing.side(row.field, thing.source_lang), thing.side(row.field, row.lang)
    neighbours.reviewed(
        Reviewed(
            row.entity,
            row.entity_id,
            row.field,
            thing.source_lang,
            row.lang,
            source,
            text,
            by_machine=row.origin == Origin.MACHINE,
        ),
        actor=actor,
        now=now,
    )


def _named(thing: Bilingual) -> str:
    name = entity_id_of(thing)
    if name is None:
        session.add(thing)
        session.flush()
        name = entity_id_of(thing)
    return name or ""


def _from_source(row: TranslationState, thing: Bilingual, source: str) -> None:
    row.source_lang = thing.source_lang
    row.source_hash = fingerprint(source)
    row.source_text = source


def _stamp(
    thing: Bilingual,
    entity: str,
    field: str,
    row: TranslationState | None,
    *,
    actor: Actor,
    now: datetime,
    origin: Origin,
    engine: str,
) -> None:
    """Keep that the translation of a field was written just now, from the source as it is."""
    target = other(thing.source_lang)
    if not thing.side(field, target):
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = TranslationState(entity=entity, entity_id=_named(thing), field=field, lang=target)
        session.add(row)
    _from_source(row, thing, thing.side(field, thing.source_lang))
    row.origin, row.engine = origin, engine
    row.by, row.reviewed_by, row.at = actor.reference, None, now


def _reviewable(thing: Bilingual, field: str, language: str) -> TranslationState:
    """Return what is known of a translation; a row is made for one that was typed before we kept any."""
    known = queries.states_of([thing])
    if queries.state(thing, field, language, known) in {TextState.MISSING, TextState.SOURCE}:
        raise NothingToReview
    name = _named(thing)
    row = known.get((name, field, language))
    if row is None:
        row = TranslationState(
            entity=queries.entity_of(thing), entity_id=name, field=field, lang=language, origin=Origin.HUMAN
        )
        _from_source(row, thing, thing.side(field, thing.source_lang))
        session.add(row)
    return row
