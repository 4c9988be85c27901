"""What stands beside each box of the editor: suggestions, terms, findings with their answers, how far it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from forum.core.bilingual import TextState
from forum.core.refusals import P_
from forum.memory import queries as memory
from forum.memory.queries import Suggestion
from forum.memory.rules.aligning import Pair, put_together, side_by_side
from forum.memory.rules.segmenting import segments
from forum.terms.models import TermAnswer
from forum.terms.operations.answering import TextPlace
from forum.terms.queries.checking import answers_of, glossary
from forum.terms.rules.checking import Spelling, Term
from forum.terms.rules.findings import Finding
from forum.terms.rules.wording import look_over
from forum.translating.queries import Unit
from forum.translating.rules import STATES

MOST_LOOKED_UP = 40  # boxes of a page for which the memory is asked
KEPT = "kept"  # of a segment: its original is as it was, although the text around it has changed
BOX_STATES: dict[str, str] = {**STATES, KEPT: P_("translation", "Original as it was")}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, and what somebody answered to it."""

    finding: Finding
    answer: TermAnswer | None


@dataclass(frozen=True, slots=True)
class Known:
    """A term of the original, with the words that are right in the other language."""

    found: str
    term: Term
    words: Sequence[Spelling]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a whole text, or a segment of it."""

    name: str  # of the field of the form
    source: str
    text: str  # as it is kept
    state: str
    suggestions: Sequence[Suggestion] = ()
    terms: Sequence[Known] = ()
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as it is laid out for work: in one box, or segment by segment."""

    unit: Unit
    boxes: Sequence[Box]
    pairs: Sequence[Pair] = ()  # as many as boxes, where the text is cut
    uneven: bool = False  # it was to be cut, and its sides don't fit
    said: Sequence[Said] = field(default=())  # findings that speak of the whole text

    @property
    def cut(self) -> str:
        """The number of segments that a form was made for; empty: the whole text."""
        return str(len(self.pairs)) if self.pairs else ""

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody has to look at it."""
        return self.unit.state is TextState.REVIEWED

    def text_of(self, texts: Sequence[str]) -> str:
        """Return what was typed as one text."""
        return put_together(self.pairs, texts) if self.pairs else texts[0].strip()

    def all_said(self) -> list[Said]:
        """Return every finding of the text."""
        return [*self.said, *(each for box in self.boxes for each in box.said)]


def place_of(unit: Unit) -> TextPlace:
    """Return by which name answers to findings of a text are kept."""
    return TextPlace(unit.source.entity, unit.entity_id, unit.field, unit.language)


def sheets_of(units: Sequence[Unit], by_segments: Collection[str] = ()) -> list[Sheet]:
    """Return the texts of one record as they are worked on; ``by_segments`` names the fields that are to be cut."""
    answers = answers_of(units[0].source.entity, [units[0].entity_id]) if units else {}
    made = [_laid_out(unit, by_segments=unit.field in by_segments) for unit in units]
    return [sheet if sheet.is_settled else _checked(sheet, answers) for sheet in made]


def helped(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets with terms and suggestions beside their boxes; asking the memory takes two statements a box."""
    left, made = MOST_LOOKED_UP, []
    for sheet in sheets:
        if sheet.is_settled:
            made.append(sheet)
            continue
        boxes = [_helped(sheet.unit, box, look=place < left) for place, box in enumerate(sheet.boxes)]
        left = max(0, left - len(boxes))
        made.append(replace(sheet, boxes=boxes))
    return made


def findings_of(unit: Unit) -> tuple[Finding, ...]:
    """Return what somebody should look at in a translation as it is kept."""
    source = unit.record.source_lang
    return (*glossary().check(unit.words, unit.text, source), *look_over(unit.words, unit.text, source))


def _laid_out(unit: Unit, *, by_segments: bool) -> Sheet:
    if by_segments and len(segments(unit.words)) > 1:
        pairs = side_by_side(unit.words, unit.text, unit.language)
        if len(pairs) > 1:
            before = _before(unit)
            boxes = [
                Box(f"{unit.field}_{place}", pair.source, pair.target, _state(unit, pair, before))
                for place, pair in enumerate(pairs)
            ]
            return Sheet(unit, boxes, pairs)
        return Sheet(unit, [_whole(unit)], uneven=True)
    return Sheet(unit, [_whole(unit)])


def _whole(unit: Unit) -> Box:
    return Box(unit.field, unit.words, unit.text, str(unit.state))


def _before(unit: Unit) -> frozenset[str]:
    """Return the segments of the original as it was when the translation was made."""
    text = "".join(text for kind, text in unit.changed if kind != "new")
    return frozenset(pair.source for pair in side_by_side(text, "", unit.language))


def _state(unit: Unit, pair: Pair, before: frozenset[str]) -> str:
    if not pair.target:
        return str(TextState.MISSING)
    return KEPT if unit.state is TextState.OUTDATED and pair.source in before else str(unit.state)


def _checked(sheet: Sheet, answers: Mapping[Any, TermAnswer]) -> Sheet:
    """Return the sheet with each finding at the box of which it speaks."""
    unit = sheet.unit
    said: dict[int, list[Said]] = {}
    for finding in {each.key: each for each in findings_of(unit)}.values():
        answer = answers.get((unit.entity_id, unit.field, unit.language, finding.key))
        said.setdefault(_place(sheet, finding), []).append(Said(finding, answer))
    boxes = [replace(box, said=said.get(place, ())) for place, box in enumerate(sheet.boxes)]
    return replace(sheet, boxes=boxes, said=said.get(-1, ()))


def _place(sheet: Sheet, finding: Finding) -> int:
    """Return the number of the box in which a finding stands; -1: it speaks of the whole text."""
    if not sheet.pairs:
        return 0
    ends = [pair.source_end if finding.side == "source" else pair.target_end for pair in sheet.pairs]
    if finding.span.start == 0 and finding.span.end >= ends[-1]:
        return -1
    return next((place for place, end in enumerate(ends) if finding.span.start < end), len(ends) - 1)


def _helped(unit: Unit, box: Box, *, look: bool) -> Box:
    language, context = unit.record.source_lang, f"{unit.source.entity}.{unit.field}"
    wanted = look and box.state != KEPT
    found = memory.suggest(box.source, language, unit.language, context=context) if wanted else ()
    return replace(box, suggestions=found, terms=list(_terms(box.source, language, unit.language)))


def _terms(text: str, language: str, other_language: str) -> Iterable[Known]:
    told: set[str] = set()
    for span, terms in glossary().in_text(text, language):
        for term in terms:
            words = term.good_spellings(other_language)
            if words and term.name not in told:
                told.add(term.name)
                yield Known(text[span.start : span.end], term, words)


def used(unit: Unit, text: str) -> frozenset[str]:
    """Return the segments of the memory whose translation stands in a new text word for word, and not in the former."""
    language, context = unit.record.source_lang, f"{unit.source.entity}.{unit.field}"
    former = {(pair.source, pair.target) for pair in side_by_side(unit.words, unit.text, unit.language)}
    former.add((unit.words, unit.text))
    fresh = {(pair.source, pair.target) for pair in side_by_side(unit.words, text, unit.language)}
    fresh.add((unit.words, text))
    found: set[str] = set()
    for source, target in sorted(fresh - former)[:MOST_LOOKED_UP]:
        offered = memory.suggest(source, language, unit.language, context=context) if target else ()
        found |= {each.segment_id for each in offered if each.target == target}
    return frozenset(found)
