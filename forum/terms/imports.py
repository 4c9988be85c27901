"""Reading lists of terms that others send: TBX in two forms, the table that this glossary writes, and a plain table.

The plain table has the columns ``en`` and ``zh``, perhaps ``source``; “ / ” in a cell separates parallel terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from forum.core.bilingual import LANGUAGES, Language
from forum.core.catalogue import translator
from forum.core.refusals import spoken
from forum.core.text import clean_line
from forum.ports.documents import delimited
from forum.ports.documents.table import UnreadableTable
from forum.ports.exchange import tbx
from forum.ports.exchange.tbx import TbxConcept, TbxTerm, UnreadableTbx
from forum.ports.files.kinds import MEGABYTE, Kind, kind_named
from forum.terms import errors
from forum.terms.exports import HEADINGS
from forum.terms.operations.writing import LONGEST
from forum.terms.states import SUBJECTS, USES

MOST_TERMS = tbx.MOST_TERMS
_NAMES = (
    "concept",
    "subject",
    "language",
    "term",
    "use",
    "certainty",
    "owner",
    "source",
    "reason",
    "keeper",
    "definition_en",
    "definition_zh",
    "definition_source",
    "note_en",
    "note_zh",
)


def read(content: bytes, filename: str) -> tuple[TbxConcept, ...]:
    """Return the concepts of a file; raise an ``UnreadableTerms`` that says what is wrong and where."""
    kind = kind_named(filename)
    if kind is Kind.TBX:
        found = _tbx(content)
    elif kind is Kind.CSV:
        found = _csv(content)
    else:
        raise errors.OddFile
    concepts = tuple(_sound(concept) for concept in found)
    if not concepts:
        raise errors.NothingNew(field="file")
    return concepts


def _too_large() -> errors.TooLarge:
    return errors.TooLarge(megabytes=tbx.MOST_BYTES // MEGABYTE, terms=f"{MOST_TERMS:,}")


def _tbx(content: bytes) -> Sequence[TbxConcept]:
    try:
        return tbx.read(content)
    except UnreadableTbx as refused:
        if refused.reason == UnreadableTbx.TOO_LARGE:
            raise _too_large() from refused
        if refused.reason == UnreadableTbx.DECLARATIONS:
            raise errors.Declarations from refused
        if refused.reason == UnreadableTbx.LANGUAGE:
            raise errors.OddLanguage(place=refused.place, language=refused.detail) from refused
        raise errors.BrokenTerms(place=refused.place or "TBX") from refused


def _sound(concept: TbxConcept) -> TbxConcept:
    for term in concept.terms:
        if len(term.text) > LONGEST:
            raise errors.LongWord(place=f"{concept.id} {term.text[:40]}…".strip(), limit=LONGEST)
    return concept


def _words(labels: Mapping[str, str]) -> dict[str, str]:
    """Return how the states of a table are read: by code, or by the word of either language."""
    found = {code.casefold(): code for code in labels}
    for language in LANGUAGES:
        say = translator(language)
        found |= {str(spoken(word, say)).casefold(): code for code, word in labels.items()}
    return found


def _headings() -> dict[str, str]:
    found = {name: name for name in (*_NAMES, "en", "zh", "note")}
    for language in LANGUAGES:
        say = translator(language)
        found |= {spoken(heading, say).casefold(): name for heading, name in zip(HEADINGS, _NAMES, strict=True)}
    return found


def _csv(content: bytes) -> Sequence[TbxConcept]:
    if len(content) > tbx.MOST_BYTES:
        raise _too_large()
    try:
        rows = [row for row in delimited.read(content) if not row.is_blank]
    except UnreadableTable as refused:
        if refused.reason in {UnreadableTable.TOO_LARGE, UnreadableTable.TOO_MANY_CELLS}:
            raise _too_large() from refused
        raise errors.UnreadableTerms from refused
    if len(rows) > MOST_TERMS:
        raise _too_large()
    known = _headings()
    names = [known.get(cell.text.casefold(), "") for cell in rows[0].cells] if rows else []
    lines = [
        (row.number, dict(reversed([*zip(names, (clean_line(cell.text) for cell in row.cells), strict=False)])))
        for row in rows[1:]
    ]
    if {"language", "term"} <= set(names):
        return [*_own_table(lines)]
    if {"en", "zh"} & set(names):
        return [concept for number, line in lines if (concept := _plain(number, line)).terms]
    raise errors.NoHeadings


Line = Mapping[str, str]


def _own_table(lines: Sequence[tuple[int, Line]]) -> Iterator[TbxConcept]:
    """Read the table that the glossary writes: the rows of one concept follow one another, or share its id."""
    uses, subjects = _words(USES), _words(SUBJECTS)
    groups: dict[str, list[tuple[int, Line]]] = {}
    for number, line in lines:
        if line.get("term"):
            groups.setdefault(line.get("concept") or f"row {number}", []).append((number, line))
    for name, rows in groups.items():
        first = rows[0][1]
        yield TbxConcept(
            id="" if name.startswith("row ") else name,
            subject=subjects.get(first.get("subject", "").casefold(), ""),
            owner=first.get("keeper", ""),
            definitions=_sides(first, "definition"),
            definition_source=first.get("definition_source", ""),
            notes=_sides(first, "note"),
            terms=tuple(_row_term(number, line, uses) for number, line in rows),
        )


def _sides(line: Line, name: str) -> tuple[tuple[Language, str], ...]:
    return tuple((lang, text) for lang in LANGUAGES if (text := line.get(f"{name}_{lang}", "")))


def _row_term(number: int, line: Line, uses: Mapping[str, str]) -> TbxTerm:
    place, word = str(number), line.get("use", "")
    if word and word.casefold() not in uses:
        raise errors.OddUse(place=place, word=word[:40])
    try:
        lang = tbx.language_of(line.get("language", ""), place)
    except UnreadableTbx as refused:
        raise errors.OddLanguage(place=place, language=refused.detail) from refused
    cell: Callable[[str], str] = lambda name: line.get(name, "")  # noqa: E731
    return TbxTerm(lang, cell("term"), uses.get(word.casefold(), ""), cell("owner"), cell("source"), cell("reason"))


def _plain(number: int, line: Line) -> TbxConcept:
    terms = [
        TbxTerm(lang, part.strip(), source=line.get("source", ""))
        for lang in LANGUAGES
        for part in line.get(lang, "").split(" / ")
        if part.strip()
    ]
    del number
    return TbxConcept(id="", subject=line.get("subject", ""), terms=tuple(dict.fromkeys(terms)))
