"""Terms as TBX (ISO 30042): TBX-Basic of 2019 is written; that and the older MARTIF form are read.

Declarations of document types and entities are refused, and so is a file above the limit.  What an element means is
told by its own name or by its ``type`` attribute, so that both styles of the 2019 edition are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

from forum.core.bilingual import HTML_TAGS, LANGUAGES
from forum.ports.documents.cleaning import clean

if TYPE_CHECKING:
    from forum.core.bilingual import Language

MEDIA_TYPE = "application/x-tbx; charset=utf-8"
NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MOST_BYTES = 10 * 1024 * 1024
MOST_TERMS = 50_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ENTRIES = frozenset({"conceptEntry", "termEntry"})
_SECTIONS = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
_LANGUAGE = re.compile(r"(?P<base>[A-Za-z]{2,3})(?P<rest>(?:[-_][A-Za-z0-9]{1,8})*)\Z")
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_ID = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)

# The four uses of the house in the picklist of TBX-Basic: what was right once is superseded, what is wrong deprecated.
STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_USES = {status.casefold(): use for use, status in STATUSES.items()} | {
    "preferred": "preferred",
    "preferredterm": "preferred",
    "standardizedterm-admn-sts": "preferred",
    "legalterm-admn-sts": "preferred",
    "regulatedterm-admn-sts": "preferred",
    "admitted": "admitted",
    "admittedterm": "admitted",
    "superseded": "deprecated",
    "supersededterm": "deprecated",
    "deprecated": "forbidden",
    "deprecatedterm": "forbidden",
}


class UnreadableTbx(ValueError):
    """A file that isn't taken; ``reason`` is one of the constants, ``place`` says where."""

    TOO_LARGE = "too large"
    DECLARATIONS = "declarations"
    BROKEN = "broken"
    NOT_TBX = "not tbx"
    LANGUAGE = "language"

    def __init__(self, reason: str, place: str = "", detail: str = "") -> None:
        super().__init__(": ".join(part for part in (reason, place, detail) if part))
        self.reason, self.place, self.detail = reason, place, detail


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """A term with what is said of it; ``use`` is empty where the file says nothing."""

    lang: Language
    text: str
    use: str = ""
    owner: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TbxConcept:
    """A concept with its terms; definitions and notes by language, such as ``(("en", "…"),)``."""

    id: str
    subject: str = ""
    owner: str = ""
    definitions: tuple[tuple[Language, str], ...] = ()
    definition_source: str = ""
    notes: tuple[tuple[Language, str], ...] = ()
    terms: tuple[TbxTerm, ...] = field(default_factory=tuple)


def write(concepts: Iterable[TbxConcept], title: str, description: str) -> bytes:
    """Return a TBX-Basic file; ids that XML doesn't allow are made into such by a letter in front."""
    root = Element("tbx", {"xmlns": NAMESPACE, "type": "TBX-Basic", "style": "dca", f"{_XML}lang": "en"})
    file = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    _said(SubElement(SubElement(file, "titleStmt"), "title"), title)
    _said(SubElement(SubElement(file, "sourceDesc"), "p"), description)
    body = SubElement(SubElement(root, "text"), "body")
    for concept in concepts:
        _write_concept(body, concept)
    indent(root)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _said(element: Element, text: str) -> None:
    element.text = clean(text)


def _typed(parent: Element, name: str, kind: str, text: str) -> None:
    _said(SubElement(parent, name, {"type": kind}), text)


def _write_concept(body: Element, concept: TbxConcept) -> None:
    entry = SubElement(body, "conceptEntry", {"id": concept.id if _ID.match(concept.id) else f"c{concept.id}"})
    if concept.subject:
        _typed(entry, "descrip", "subjectField", concept.subject)
    if concept.owner:
        _typed(entry, "admin", "customerSubset", concept.owner)
    for lang, text in concept.notes:
        note = SubElement(entry, "note", {f"{_XML}lang": HTML_TAGS[lang]})
        _said(note, text)
    definitions = dict(concept.definitions)
    for lang in LANGUAGES:
        terms = [term for term in concept.terms if term.lang == lang]
        if not terms and lang not in definitions:
            continue
        section = SubElement(entry, "langSec", {f"{_XML}lang": HTML_TAGS[lang]})
        if lang in definitions:
            group = SubElement(section, "descripGrp")
            _typed(group, "descrip", "definition", definitions[lang])
            if concept.definition_source:
                _typed(group, "admin", "source", concept.definition_source)
        for term in terms:
            _write_term(section, term)


def _write_term(section: Element, term: TbxTerm) -> None:
    made = SubElement(section, "termSec")
    _said(SubElement(made, "term"), term.text)
    if term.use:
        _typed(made, "termNote", "administrativeStatus", STATUSES[term.use])
    if term.owner:
        _typed(made, "admin", "customerSubset", term.owner)
    if term.source:
        _typed(made, "admin", "source", term.source)
    if term.note:
        _said(SubElement(made, "note"), term.note)


def read(content: bytes) -> tuple[TbxConcept, ...]:
    """Return the concepts of a file; raise ``UnreadableTbx`` with the place."""
    if len(content) > MOST_BYTES:
        raise UnreadableTbx(UnreadableTbx.TOO_LARGE)
    root = _root(content)
    if _name(root) not in {"tbx", "martif"}:
        raise UnreadableTbx(UnreadableTbx.NOT_TBX, _name(root))
    found, terms = [], 0
    for number, element in enumerate((each for each in root.iter() if _name(each) in _ENTRIES), start=1):
        concept = _concept(element, number)
        terms += len(concept.terms)
        if terms > MOST_TERMS:
            raise UnreadableTbx(UnreadableTbx.TOO_LARGE)
        if concept.terms:
            found.append(concept)
    return tuple(found)


def _root(content: bytes) -> Element:
    try:
        root: Element = Safe.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as refused:
        raise UnreadableTbx(UnreadableTbx.DECLARATIONS) from refused
    except ParseError as broken:
        line, column = broken.position
        raise UnreadableTbx(UnreadableTbx.BROKEN, f"{line}:{column + 1}") from broken
    except (ValueError, LookupError) as broken:  # an encoding that nobody knows
        raise UnreadableTbx(UnreadableTbx.BROKEN, "1:1") from broken
    return root


def _name(element: Element) -> str:
    tag = element.tag
    return str(tag).rpartition("}")[2]


def _kind(element: Element) -> str:
    return element.get("type") or _name(element)


def _text(element: Element) -> str:
    return clean(" ".join("".join(element.itertext()).split()))


def _own(element: Element, *stops: frozenset[str]) -> Iterator[Element]:
    """Yield what lies inside an element, without what belongs to a part of it."""
    for child in element:
        if any(_name(child) in stop for stop in stops):
            continue
        yield child
        yield from _own(child, *stops)


def _first(elements: Sequence[Element], kind: str) -> str:
    return next((_text(each) for each in elements if _kind(each) == kind), "")


def _concept(entry: Element, number: int) -> TbxConcept:
    name = entry.get("id") or entry.get(f"{_XML}id") or ""
    place = f"{_name(entry)} {number}" + (f" ({name})" if name else "")
    own = list(_own(entry, _SECTIONS))
    definitions: dict[Language, str] = {}
    notes: dict[Language, str] = {}
    terms: list[TbxTerm] = []
    source = ""
    for each in own:
        if _kind(each) == "definition" and _text(each):
            definitions.setdefault(_tongue(each, place), _text(each))
        elif _name(each) == "note" and _text(each):
            notes.setdefault(_tongue(each, place), _text(each))
    for section in (each for each in entry.iter() if _name(each) in _SECTIONS):
        lang = language_of(section.get(f"{_XML}lang") or section.get("lang") or "", place)
        said = list(_own(section, _TERMS))
        if text := _first(said, "definition"):
            definitions.setdefault(lang, text)
        source = source or _first(said, "source")
        terms += [term for each in section.iter() if _name(each) in _TERMS if (term := _term(each, lang)).text]
    return TbxConcept(
        id=name,
        subject=_first(own, "subjectField"),
        owner=_first(own, "customerSubset"),
        definitions=_ordered(definitions),
        definition_source=source,
        notes=_ordered(notes),
        terms=tuple(terms),
    )


def _ordered(texts: dict[Language, str]) -> tuple[tuple[Language, str], ...]:
    return tuple((lang, texts[lang]) for lang in LANGUAGES if lang in texts)


def _tongue(element: Element, place: str) -> Language:
    given = element.get(f"{_XML}lang")
    return language_of(given, place) if given else "en"


def _term(element: Element, lang: Language) -> TbxTerm:
    inside = [each for each in element.iter() if each is not element]
    status = (_first(inside, "administrativeStatus") or _first(inside, "normativeAuthorization")).casefold()
    return TbxTerm(
        lang=lang,
        text=_first(inside, "term"),
        use=_USES.get(status, ""),
        owner=_first(inside, "customerSubset"),
        source=_first(inside, "source"),
        note=next((_text(each) for each in inside if _name(each) == "note"), ""),
    )


def language_of(tag: str, place: str) -> Language:
    """Return the language of the house that a tag names, in any of its spellings; raise ``UnreadableTbx``.

    Traditional Chinese is another writing of official terms, not the same one: it isn't taken.
    """
    match = _LANGUAGE.match(tag.strip())
    base = match.group("base").casefold() if match else ""
    parts = frozenset(re.split(r"[-_]", match.group("rest").casefold())) if match else frozenset()
    if base in {"en", "eng"}:
        return "en"
    if base in {"zh", "zho", "chi", "cmn"} and not parts & _TRADITIONAL:
        return "zh"
    raise UnreadableTbx(UnreadableTbx.LANGUAGE, place, tag[:40])
