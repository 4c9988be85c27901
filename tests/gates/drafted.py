"""A world in which machines wrote one language: an unmistakable word in each such text, and how a page must mark it.

What "marked" means is the rule of ``forum.web.marks``: a heading and a longer text have the mark directly with them;
short texts in lists, tables, navigation, titles of windows and choices have it there, or a notice of the page names
them; a box to type into has the chip of its state.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from lxml.html import HtmlElement
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from forum.adoptions.models import Adoption, AdoptionDifference
from forum.agenda.models import Slot
from forum.agenda.operations import releases
from forum.cooperation.models import Evidence, PublicationConsent, PublishedOutcome
from forum.cooperation.models.publishing import OutcomeKind
from forum.cooperation.queries.publishing import shown_version, things_of
from forum.cooperation.states import OutcomeState
from forum.core import revisions
from forum.core.bilingual import LANGUAGES, READER, Bilingual, Language, fingerprint, other
from forum.core.catalogue import translator
from forum.core.database import Base, begin_writing, session
from forum.drafting.neighbours import neighbours
from forum.events.models import Forum, ForumState
from forum.events.queries import bump_revision
from forum.partnerships.models import Partnership
from forum.translation.models import Origin, TranslationState
from forum.translation.reading import Reading
from forum.translation.rules import entity_id_of
from tests.furnishing import release
from tests.gates.embargo import words
from tests.gates.pages import SPOKEN, Page

# Beside what may be drafted today: what readers see and may be drafted tomorrow.
MORE = frozenset(
    {
        "activity",
        "adoption",
        "adoption_difference",
        "agreement_version",
        "board_clause",
        "board_result",
        "category",
        "city_contact",
        "city_need",
        "city_offer",
        "city_pilot",
        "city_use",
        "committee_succession",
        "cooperation_report",
        "contact_office",
        "deliverable",
        "idea",
        "match_round",
        "milestone",
        "outcome",
        "partnership",
        "published_outcome",
        "term_concept",
        "topic",
        "venue",
    }
)
# The notice and the chip of a side in the reader's language, and how the foot of a mail begins.
WORDS = ("Machine translation, not reviewed.", "Machine draft")
FOOT = "Machine translation, not reviewed: %(texts)s."
MARKS: dict[str, tuple[str, ...]] = {
    language: tuple(translator(language)(word) for word in WORDS) for language in LANGUAGES
}
FEET = tuple(translator(language)(FOOT).partition("%")[0] for language in LANGUAGES)
LONG = 80  # characters from which a text needs its own mark
# A list of letters shows the subjects as they left, and each letter has its own notice; the translation desk, where
# nothing else is spoken of, shows the state of every text in a form of its own.
APART = re.compile(r"/mail(\?|$)|/desk/translation/([^/?]+/){3,}")
WORD = re.compile("[bcdfghjklmnpqrstvwxz]{12}")
HEADINGS = frozenset({"h1", "h2"})  # smaller ones name the entries of a list
ROWS = frozenset({"li", "tr", "nav"})
BLOCKS = HEADINGS | frozenset(
    {"p", "li", "dd", "dt", "td", "th", "div", "blockquote", "summary", "label", "figcaption"}
)


@dataclass(frozen=True)
class Drafted:
    """The planted texts by their word: of which kind of record and which field each is."""

    language: Language
    texts: dict[str, str]
    long: set[str]
    plan: str
    """The address of the plan of a partnership at which much was done, without its language."""

    def kinds(self, pages: Iterable[Page]) -> set[str]:
        """Which of them these pages show."""
        return {self.texts[word] for page in pages for word in WORD.findall(page.text) if word in self.texts}

    def unmarked(self, page: Page) -> Iterator[str]:
        """Every place of a page at which such a text stands without a mark."""
        if not any(word in self.texts for word in WORD.findall(page.text)) or APART.search(page.address):
            return
        marks = MARKS[(page.tree.get("lang") or "en")[:2]]
        named = " ".join(str(each.text_content()) for each in page.tree.find_class("marks") if _says(each, marks))
        # A letter that was sent names at its foot what it holds; its subject is shown as it left.
        letters = [str(each.text_content()) for each in page.tree.find_class("letter")]
        quoted = {word for each in letters if any(foot in each for foot in FEET) for word in WORD.findall(each)}
        marked = set(WORD.findall(named))
        found = [each for each in _texts(page.tree) if WORD.search(each[1])]
        for element, text, _how in found:
            if _beside(element, marks):
                marked |= set(WORD.findall(text))
        for element, text, how in found:
            for word in WORD.findall(text):
                prose = word in self.long and len(text) >= LONG
                if (
                    word in self.texts
                    and word not in quoted
                    and not _marked(element, how, marks, named=word in marked, prose=prose)
                ):
                    yield f"unmarked {self.texts[word]} in {how}: {' '.join(text.split())[:60]}"


def _texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    """Every text of a page with the element in which it stands."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        if any(parent.get("class") == "marks" for parent in (element, *element.iterancestors())):
            continue
        yield element, element.text or "", element.tag
        parent = element.getparent()
        if parent is not None and element.tail:
            yield parent, element.tail, parent.tag
        for name in (*SPOKEN, "value", "content"):
            if element.get(name):
                yield element, element.get(name) or "", f"{element.tag} {name}"


def _marked(element: HtmlElement, how: str, marks: tuple[str, ...], *, named: bool, prose: bool) -> bool:
    if how == "textarea" or (how == "input value" and element.get("type") == "text"):
        field = next((each for each in element.iterancestors() if each.get("class") == "field"), element)
        return _says(field, marks)
    if how != element.tag or element.tag in {"title", "option"}:
        return named
    around = [element, *element.iterancestors()]
    heading = next((each for each in around if each.tag in HEADINGS), None)
    if any("also" in (each.get("class") or "").split() for each in around):
        return named
    if heading is not None and not any(each.tag in ROWS for each in around):
        return _beside(heading, marks)
    return _beside(element, marks) if prose else named


def _beside(element: HtmlElement, marks: tuple[str, ...]) -> bool:
    """Whether a mark stands within the block of an element, right before or right behind it, or round it."""
    block = next((each for each in (element, *element.iterancestors()) if each.tag in BLOCKS), element)
    if _says(block, marks):
        return True
    around = [block]
    if (parent := block.getparent()) is not None and parent.tag in {"div", "header", "blockquote"}:
        around.append(parent)
    near = [side for each in around for side in (each.getprevious(), each.getnext()) if side is not None]
    return any("text-note" in (each.get("class") or "") and _says(each, marks) for each in near)


def _says(element: HtmlElement, marks: tuple[str, ...]) -> bool:
    said = str(element.text_content())
    return any(mark in said for mark in marks)


# --- planting ---------------------------------------------------------------------------------------------------


def planted(app: Flask, language: Language) -> Drafted:
    """Let a machine have written one language of every such text of the demonstration; commits."""
    with app.app_context():
        begin_writing()
        now = app.extensions["forum.clock"]()
        plan = _shown_things(session(), now)
        fresh = iter(words(random.Random(7), 20_000))
        READER.set(Reading())  # what is mailed names what machines wrote
        texts: dict[str, str] = {}
        long: set[str] = set()
        for model in _kinds():
            for record in session.scalars(select(model).order_by(model.id)).unique():
                for word, field in _rewrite(record, language, fresh, now):
                    texts[word] = f"{model.__tablename__}.{field}"
                    long |= {word} if len(record.side(field, language)) >= LONG else set()
        session.flush()
        _consents(now)
        for forum in session.scalars(select(Forum).where(Forum.state != ForumState.DRAFT)):
            _release(forum, now)
            bump_revision(forum)
        for name in (revisions.CITIES, revisions.PARTNERSHIPS, revisions.STANDARDS):
            revisions.bump(name, now=now)
        session.commit()
        session.remove()
        READER.set(None)
    return Drafted(language, texts, long, plan)


def _kinds() -> list[Any]:
    entities = MORE | set(neighbours.sources)
    found: list[Any] = [each.class_ for each in Base.registry.mappers if issubclass(each.class_, Bilingual)]
    return sorted((each for each in found if each.__tablename__ in entities), key=lambda each: str(each.__tablename__))


def _rewrite(record: Any, language: Language, fresh: Iterator[str], now: datetime) -> Iterator[tuple[str, str]]:
    """Make a machine the author of one side: everything that stands in both languages."""
    fields = type(record).__bilingual__
    if any(record.side(field, language) and not record.side(field, other(language)) for field in fields):
        return  # of these the language is the original
    record.source_lang = other(language)
    for field, kind in type(record).__bilingual__.items():
        source = record.side(field, other(language))
        if not source or not record.side(field, language):
            continue
        word = next(fresh)
        short = isinstance(kind, String) and (kind.length or 1000) <= 400
        text = f"机译{word}" if language == "zh" else f"Drafted {word}"
        if not short:
            text += (
                "，这是一段由机器翻译的较长文字" * 8 if language == "zh" else " as machines write at some length" * 4
            )
        setattr(record, f"{field}_{language}", text)
        named = {"entity": type(record).__tablename__, "entity_id": entity_id_of(record), "field": field}
        for row in session.scalars(select(TranslationState).filter_by(**named)):
            session.delete(row)
        session.flush()
        made = TranslationState(**named, lang=language, source_lang=other(language), source_hash=fingerprint(source))
        made.source_text, made.origin, made.engine, made.at = source, Origin.MACHINE, "trial", now
        session.add(made)
        yield word, field


def _shown_things(at: Session, now: datetime) -> str:
    """Add a published outcome and a difference of an adopted standard; return the address of the plan."""
    evidence = at.scalars(select(Evidence).order_by(Evidence.id)).first()
    assert evidence is not None
    outcome = PublishedOutcome(
        partnership_id=evidence.party.partnership_id,
        party_id=evidence.party_id,
        kind=OutcomeKind.CASE,
        happened_on=now.date(),
        evidence_id=evidence.id,
        state=OutcomeState.PUBLISHED,
        proposed_at=now,
        published_at=now,
        title_en="A joint case",
        title_zh="联合案例",
        summary_en="What was done.",
        summary_zh="所做的工作。",
    )
    adoption = at.scalars(select(Adoption).order_by(Adoption.id)).first()
    assert adoption is not None
    said = {
        "change_en": "Another wording.",
        "change_zh": "措辞不同。",
        "reason_en": "Local law.",
        "reason_zh": "当地法律。",
    }
    adoption.note_en, adoption.note_zh = "A note.", "说明。"
    at.add_all([outcome, AdoptionDifference(adoption_id=adoption.id, clause="4.2", **said)])
    at.flush()
    version = shown_version(evidence.party.partnership_id)
    assert version is not None
    return f"desk/partnerships/{version.public_id}/plan"


def _release(forum: Forum, now: datetime) -> None:
    """Release the draft once more; of two sessions in one room at the same time one gives way."""
    for conflict in releases.candidate(forum, now).stopping:
        at = session.scalars(select(Slot).where(Slot.guid == conflict.guids[-1])).one()
        at.room_id = None
    session.flush()
    release(forum, now)


def _consents(now: datetime) -> None:
    """Each party consents to what it may show, in the words that stand there now."""
    given = {(row.party_id, row.thing): row for row in session.scalars(select(PublicationConsent))}
    for partnership in session.scalars(select(Partnership)).unique():
        for thing in things_of(partnership):
            for party, mark in thing.fingerprints.items():
                row = given.get((party, thing.key)) or PublicationConsent(
                    partnership_id=partnership.id, party_id=party, thing=thing.key, given_at=now
                )
                row.fingerprint = mark
                session.add(row)
    session.flush()
