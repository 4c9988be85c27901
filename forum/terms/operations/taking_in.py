"""Files of terms: handed in, compared with the glossary, taken in once.

What the glossary has stays as it is; what it lacks is added and waits until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.text import clean, clean_line
from forum.ports.exchange.tbx import TbxConcept, TbxTerm
from forum.ports.files import keeping
from forum.ports.files.kinds import TERMS
from forum.terms import errors
from forum.terms.models import TermConcept, TermIntake, TermRendering
from forum.terms.operations.settling import settle
from forum.terms.rules.matching import folded_word
from forum.terms.states import Certainty, TermSubject, Use
from forum.translation import operations as translation

_Word = tuple[str, str, str]  # language, folded text, owner
_AT_ONCE = 500


@dataclass
class Match:
    """A concept of the file: which one of the glossary it is, if any, and what would be added."""

    offered: TbxConcept
    concept_id: int | None
    fresh: list[TbxTerm] = field(default_factory=list)


@dataclass
class Plan:
    """What taking a file in would come to."""

    matches: list[Match] = field(default_factory=list)
    same: int = 0  # words that are there as the file has them
    kept: int = 0  # words of which the file says another use: ours stays

    @property
    def new_concepts(self) -> int:
        """How many concepts would be added."""
        return sum(match.concept_id is None for match in self.matches if match.fresh)

    @property
    def new_words(self) -> int:
        """How many words would be added."""
        return sum(len(match.fresh) for match in self.matches)


def hand_in(stream: BinaryIO | None, filename: str | None, *, actor: Actor, now: datetime) -> TermIntake:
    """Keep a file to be looked at.  Raises a ``FileRefused``."""
    stored = keeping.store(stream, filename, f"terms:{actor.reference}", TERMS, field="file")
    row = TermIntake(file_id=stored.id, file=stored, by=actor.reference)
    session.add(row)
    session.flush()
    record(actor, "hand_in", "term_intake", row.public_id, now=now, digest=stored.sha256)
    return row


def plan(offered: Iterable[TbxConcept]) -> Plan:
    """Compare concepts with the glossary; a concept is the same by its id, else by a shared English word.

    Concepts of the file that share a word with an earlier one of it are taken together.
    """
    known, made = _Known(), Plan()
    matches: dict[int, Match] = {}
    for concept in offered:
        found = known.place_of(concept)
        place = found if found is not None else -1 - len(matches)
        match = matches.get(place)
        if match is None:
            match = matches[place] = Match(concept, place if place > 0 else None)
            made.matches.append(match)
        for term in concept.terms:
            key = _key(term)
            use = known.words.setdefault(place, {}).get(key)
            if use is None:
                match.fresh.append(term)
                known.learn(place, key, term.use)
            elif term.use and use and term.use != use:
                made.kept += 1
            else:
                made.same += 1
    return made


def _key(term: TbxTerm) -> _Word:
    return term.lang, folded_word(clean_line(term.text)), clean_line(term.owner)


class _Known:
    """What the glossary has, by words; concepts that only the file has get negative places."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.words: dict[int, dict[_Word, str]] = {}
        self.by_word: dict[tuple[str, str], list[int]] = {}
        for number, public_id in session.execute(select(TermConcept.id, TermConcept.public_id)):
            self.ids[public_id] = self.ids[f"c{public_id}"] = number
        columns = (
            TermRendering.concept_id,
            TermRendering.lang,
            TermRendering.folded,
            TermRendering.owner,
            TermRendering.use,
        )
        for number, lang, folded, owner, use in session.execute(select(*columns).order_by(TermRendering.id)):
            self.learn(number, (lang, folded, owner), str(use))

    def learn(self, place: int, key: _Word, use: str) -> None:
        """Note a word of a concept."""
        self.words.setdefault(place, {})[key] = use
        found = self.by_word.setdefault(key[:2], [])
        if place not in found:
            found.append(place)

    def place_of(self, concept: TbxConcept) -> int | None:
        """Return which concept it is: by its id, else the one with which it shares most words."""
        if concept.id in self.ids:
            return self.ids[concept.id]
        leading = "en" if any(term.lang == "en" for term in concept.terms) else "zh"
        shared: dict[int, int] = {}
        leads: set[int] = set()
        for term in concept.terms:
            for place in self.by_word.get(_key(term)[:2], ()):
                shared[place] = shared.get(place, 0) + 1
                if term.lang == leading:
                    leads.add(place)
        return max(leads, key=lambda place: (shared[place], place > 0, -abs(place))) if leads else None


def take_in(offered: Sequence[TbxConcept], *, intake: TermIntake | None = None, actor: Actor, now: datetime) -> Plan:
    """Add what the glossary lacks; raise ``NothingNew`` or ``TakenAlready``."""
    if intake is not None:
        _once(intake, now)
    made = plan(offered)
    matches = [match for match in made.matches if match.fresh]
    if not matches:
        raise errors.NothingNew
    for start in range(0, len(matches), _AT_ONCE):
        _add(matches[start : start + _AT_ONCE], actor=actor, now=now)
        session.flush()
    record(
        actor,
        "take_in",
        "term_intake",
        intake.public_id if intake is not None else "file",
        now=now,
        concepts=made.new_concepts,
        words=made.new_words,
    )
    return made


def _once(intake: TermIntake, now: datetime) -> None:
    moved = session.execute(
        update(TermIntake).where(TermIntake.id == intake.id, TermIntake.taken_at.is_(None)).values(taken_at=now),
        execution_options={"synchronize_session": False},
    )
    if getattr(moved, "rowcount", 0) != 1:
        raise errors.TakenAlready
    session.refresh(intake)


def _add(matches: Sequence[Match], *, actor: Actor, now: datetime) -> None:
    ids = [match.concept_id for match in matches if match.concept_id is not None]
    query = select(TermConcept).where(TermConcept.id.in_(ids)).options(selectinload(TermConcept.renderings))
    known = {row.id: row for row in session.scalars(query)} if ids else {}
    for match in matches:
        if match.concept_id is None:
            concept = _fresh(match.offered)
            session.add(concept)
        else:
            concept = known[match.concept_id]
            _fill(concept, match.offered, actor=actor, now=now)
        for term in match.fresh:
            concept.renderings.append(_word(concept, term, actor=actor, is_new=match.concept_id is None))
        settle(concept)


def _fresh(offered: TbxConcept) -> TermConcept:
    subject = TermSubject(offered.subject) if offered.subject in set(TermSubject) else TermSubject.GENERAL
    made = TermConcept(
        subject=subject,
        owner=clean_line(offered.owner)[:160],
        definition_source=clean_line(offered.definition_source)[:300],
    )
    for field_name, texts in (("definition", offered.definitions), ("note", offered.notes)):
        for lang, text in texts:
            setattr(made, f"{field_name}_{lang}", clean(text))
    return made


def _fill(concept: TermConcept, offered: TbxConcept, *, actor: Actor, now: datetime) -> None:
    """Write definition and note where the glossary has none in any language."""
    changed: dict[tuple[str, str], str] = {
        (name, lang): clean(text)
        for name, texts in (("definition", offered.definitions), ("note", offered.notes))
        if not any(concept.side(name, lang) for lang in LANGUAGES)
        for lang, text in texts
    }
    if changed:
        translation.record(concept, TermConcept.__tablename__, changed, actor=actor, now=now)


def _word(concept: TermConcept, term: TbxTerm, *, actor: Actor, is_new: bool) -> TermRendering:
    owner = clean_line(term.owner)[:160]
    led = any(row.use is Use.PREFERRED and (row.lang, row.owner) == (term.lang, owner) for row in concept.renderings)
    wanted = Use(term.use) if term.use else Use.PREFERRED if is_new else Use.ADMITTED
    use = Use.ADMITTED if wanted is Use.PREFERRED and led else wanted
    text = clean_line(term.text)
    return TermRendering(
        lang=term.lang,
        text=text,
        folded=folded_word(text)[:200],
        use=use,
        owner=owner,
        source=clean_line(term.source)[:300],
        reason=clean(term.note),
        certainty=Certainty.TO_CONFIRM,
        entered_by=actor.reference,
    )
