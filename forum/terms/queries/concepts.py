"""Concepts as they are listed, opened and found by a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from forum.core.database import session
from forum.core.text import clean_line, search_pattern
from forum.terms.models import TermConcept, TermIntake, TermRendering
from forum.terms.rules.matching import folded_word
from forum.terms.states import Certainty, TermSubject


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the glossary."""

    text: str = ""
    letter: str = ""
    subject: str = ""

    def conditions(self, language: str) -> list[ColumnElement[bool]]:
        """Return the conditions; letters are those of the reader's language."""
        found: list[ColumnElement[bool]] = []
        if self.text:
            found.append(TermConcept.search.like(search_pattern(self.text), escape="\\"))
        if self.letter:
            found.append((TermConcept.letter_zh if language == "zh" else TermConcept.letter_en) == self.letter)
        if self.subject:
            found.append(TermConcept.subject == TermSubject(self.subject))
        return found


def _order(language: str) -> tuple[ColumnElement[str], ColumnElement[int]]:
    return (TermConcept.sort_zh if language == "zh" else TermConcept.sort_en).asc(), TermConcept.id.asc()


def _listed(wanted: Wanted, language: str) -> Select[TermConcept]:
    query = select(TermConcept).where(*wanted.conditions(language)).order_by(*_order(language))
    return query.options(selectinload(TermConcept.renderings))


def page(wanted: Wanted, language: str, number: int, size: int) -> Sequence[TermConcept]:
    """Return one page of what was looked for, in the order of the reader's language."""
    return session.scalars(_listed(wanted, language).offset((number - 1) * size).limit(size)).all()


def every(wanted: Wanted, language: str = "en") -> Sequence[TermConcept]:
    """Return all that was looked for, with the words."""
    return session.scalars(_listed(wanted, language)).all()


def count(wanted: Wanted, language: str) -> int:
    """Return how many concepts were found."""
    return session.scalar(select(func.count(TermConcept.id)).where(*wanted.conditions(language))) or 0


def letters(language: str) -> list[str]:
    """Return the letters under which something stands."""
    column = TermConcept.letter_zh if language == "zh" else TermConcept.letter_en
    return sorted(session.scalars(select(column).distinct()), key=lambda each: (each == "#", each))


def subjects() -> frozenset[str]:
    """Return the subjects that hold a concept."""
    return frozenset(str(each) for each in session.scalars(select(TermConcept.subject).distinct()))


def one(public_id: str) -> TermConcept | None:
    """Return a concept with its words."""
    query = select(TermConcept).where(TermConcept.public_id == public_id)
    return session.scalar(query.options(selectinload(TermConcept.renderings)))


def word_of(concept: TermConcept, public_id: str) -> TermRendering | None:
    """Return a word of a concept."""
    return next((row for row in concept.renderings if row.public_id == public_id), None)


def called(name: str) -> Sequence[TermConcept]:
    """Return the concepts of that id, or with that word."""
    asked = clean_line(name)
    by_word = select(TermRendering.concept_id).where(TermRendering.folded == folded_word(asked))
    query = select(TermConcept).where((TermConcept.public_id == asked) | TermConcept.id.in_(by_word))
    return session.scalars(query.options(selectinload(TermConcept.renderings)).limit(2)).all()


def unconfirmed(number: int, size: int) -> Sequence[TermRendering]:
    """Return one page of the words that nobody has confirmed, the oldest first."""
    query = select(TermRendering).where(TermRendering.certainty == Certainty.TO_CONFIRM).order_by(TermRendering.id)
    return session.scalars(
        query.options(selectinload(TermRendering.concept)).offset((number - 1) * size).limit(size)
    ).all()


def counts() -> tuple[int, int, int]:
    """Return how many concepts and words there are, and how many words nobody has confirmed."""
    concepts = session.scalar(select(func.count(TermConcept.id))) or 0
    words, sure = session.execute(
        select(
            func.count(TermRendering.id),
            func.count(TermRendering.id).filter(TermRendering.certainty == Certainty.VERIFIED),
        )
    ).one()
    return concepts, words, words - sure


def intake(public_id: str) -> TermIntake | None:
    """Return a file that was handed in."""
    return session.scalar(select(TermIntake).where(TermIntake.public_id == public_id))
