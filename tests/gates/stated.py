"""Beside every box of a bilingual text that is kept stands in which state its side is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import translator
from tests.gates.pages import Page

STATES = ("Original", "Missing", "Machine draft", "Translated", "Reviewed", "Original has changed")
CHIPS: dict[str, frozenset[str]] = {
    language: frozenset(translator(language)(word) for word in STATES) for language in LANGUAGES
}
SIDES = re.compile(r"^(?:(?P<stem>.+)_)?(?:en|zh)$")
# What is only being written stands nowhere yet: a suggestion in its boxes has no state.
NEW = re.compile(r"/(new|incoming|propose|nominate|create|title|succession)(/new)?(\?.*)?$")
# Pairs of columns of which neither is the translation of the other: two wordings of a clause, two titles of a
# publisher, a comment and its English (whose own chip stands above it), the renderings of a term.
PLAIN = re.compile(
    r"/ballots/[^/]+/(enquiry|comments)\b|/clauses/|/text/|/desk/glossary/.*/words?/|/desk/committees/[^/]+/edit$|"
    r"/desk/standards/"
)


def pairs(page: Page) -> Iterator[tuple[str, list[HtmlElement]]]:
    """The boxes of a page for one text in both languages, with the name of the text."""
    for form in page.tree.iter("form"):
        found: dict[str, list[HtmlElement]] = {}
        for box in form.iter("input", "textarea"):
            if box.get("type") in {None, "text"} and (side := SIDES.match(box.get("name") or "")):
                found.setdefault(side["stem"] or "", []).append(box)
        yield from ((stem, boxes) for stem, boxes in found.items() if len(boxes) == 2)


def kept(page: Page) -> Iterator[tuple[str, list[HtmlElement]]]:
    """Those of a text that is kept."""
    if NEW.search(page.address) or PLAIN.search(page.address):
        return
    yield from ((stem, boxes) for stem, boxes in pairs(page) if any(_written(box).strip() for box in boxes))


def unstated(page: Page) -> Iterator[str]:
    """Every box of a text that is kept beside which no state stands."""
    chips = CHIPS[(page.tree.get("lang") or "en")[:2]]
    for _stem, boxes in kept(page):
        for box in boxes:
            field = next((each for each in box.iterancestors() if each.get("class") == "field"), None)
            told = [str(chip.text_content()).strip() for chip in field.find_class("state")] if field is not None else []
            if not chips.intersection(told):
                yield f"no state beside {box.get('name')}"


def _written(box: HtmlElement) -> str:
    return (box.text if box.tag == "textarea" else box.get("value")) or ""
