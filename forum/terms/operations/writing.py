"""Entering concepts and words, and correcting them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Language, Text
from forum.core.database import session
from forum.core.text import clean, clean_line
from forum.terms import errors
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations.settling import settle
from forum.terms.rules.matching import folded_word
from forum.terms.states import Certainty, TermSubject, Use
from forum.translation import operations as translation

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a concept itself."""

    subject: TermSubject = TermSubject.GENERAL
    owner: str = ""
    definition: Text = field(default_factory=Text)
    definition_source: str = ""
    note: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Saying:
    """A word as it is typed."""

    lang: Language
    text: str
    use: Use = Use.ADMITTED
    owner: str = ""
    source: str = ""


def as_seen(version: int, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version of the record."""
    if seen is not None and seen != version:
        raise errors.TermChangedMeanwhile


def enter(facts: Facts, words: Iterable[Saying], *, actor: Actor, now: datetime) -> TermConcept:
    """Enter a concept with its first words; each waits until somebody confirms it.  Raises ``WordMissing``."""
    said = [word for word in words if clean_line(word.text)]
    if not said:
        raise errors.WordMissing
    concept = TermConcept()
    session.add(concept)
    _write(concept, facts, actor=actor, now=now)
    for word in said:
        add_word(concept, word, actor=actor)
    settle(concept)
    _flush(said[0])
    record(actor, "enter", "term", concept.public_id, now=now, words=len(said))
    return concept


def change(concept: TermConcept, facts: Facts, *, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Correct what is said of a concept; raise ``TermChangedMeanwhile``."""
    as_seen(concept.version, seen)
    _write(concept, facts, actor=actor, now=now)
    session.flush()
    record(actor, "change", "term", concept.public_id, now=now)


def _write(concept: TermConcept, facts: Facts, *, actor: Actor, now: datetime) -> None:
    concept.subject, concept.owner = facts.subject, clean_line(facts.owner)
    concept.definition_source = clean_line(facts.definition_source)
    texts = {"definition": facts.definition, "note": facts.note}
    changed: dict[tuple[str, str], str] = {
        (name, lang): clean(text.side(lang)) for name, text in texts.items() for lang in LANGUAGES
    }
    translation.record(concept, TermConcept.__tablename__, changed, actor=actor, now=now)


def add_word(concept: TermConcept, word: Saying, *, actor: Actor) -> TermRendering:
    """Put a word beside the others of a concept; the caller settles and flushes."""
    row = TermRendering(entered_by=actor.reference, use=word.use, certainty=Certainty.TO_CONFIRM)
    _say(row, word)
    _check(concept, row)
    concept.renderings.append(row)
    return row


def _say(row: TermRendering, word: Saying) -> None:
    row.lang, row.text = word.lang, clean_line(word.text)
    row.folded = folded_word(row.text)[:LONGEST]
    row.owner, row.source = clean_line(word.owner), clean_line(word.source)


def _check(concept: TermConcept, row: TermRendering) -> None:
    if not row.text:
        raise errors.WordMissing(field="text")
    for each in concept.renderings:
        if each is row or (each.lang, each.owner) != (row.lang, row.owner):
            continue
        if each.folded == row.folded:
            raise errors.WordKnown(text=row.text)
        if row.use is Use.PREFERRED and each.use is Use.PREFERRED:
            raise errors.PreferredTaken(text=each.text)


def _flush(word: Saying) -> None:
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as taken:  # somebody else was faster with the same word
        raise errors.WordKnown(text=clean_line(word.text)) from taken


def write_word(
    concept: TermConcept,
    row: TermRendering | None,
    word: Saying,
    *,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> TermRendering:
    """Write a word, a new one where none is given; what it is used for stays as it is in one that is there.

    A confirmed word whose text, language or owner changes has to be confirmed again.
    Raises ``WordMissing``, ``WordKnown``, ``PreferredTaken`` or ``TermChangedMeanwhile``.
    """
    if row is None:
        row = add_word(concept, word, actor=actor)
    else:
        as_seen(row.version, seen)
        before = (row.lang, row.text, row.owner)
        with session.no_autoflush:
            _say(row, word)
            _check(concept, row)
        if (row.lang, row.text, row.owner) != before:
            row.certainty, row.entered_by = Certainty.TO_CONFIRM, actor.reference
            row.confirmed_by, row.confirmed_at = "", None
    settle(concept)
    _flush(word)
    record(actor, "write_word", "term", concept.public_id, now=now, word=row.public_id, use=str(row.use))
    return row
