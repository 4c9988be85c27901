"""Finding titles that stand somewhere as if they were official: in pages, data and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

MARKS = ("Unofficial translation", "非官方译名")


def on_page(text: str, titles: set[str]) -> Iterator[str]:
    """Every unofficial title of a page beside which no mark stands, and none in what only machines read."""
    tree = html.document_fromstring(text)
    for element in tree.iter("*"):
        for said in ("content", "title", "aria-label", "alt", "value"):
            if (element.get(said) or "") in titles:
                yield f"{element.tag}[{said}]"
        own = (element.text or "").strip()
        if own in titles and element.tag not in {"textarea", "option"} and not _marked(element):
            yield own


def _marked(element: HtmlElement) -> bool:
    """Whether the mark follows the words: as the next thing beside them, or as the first one after them within."""
    beside = [element.getnext(), *element[:1]]
    return any(mark in each.text_content() for each in beside if each is not None for mark in MARKS)


def in_data(value: Any, titles: set[str]) -> Iterator[str]:
    """Every unofficial title in plain data that doesn't say what it is in the same object."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and inner in titles:
                if value.get("official") is not False or value.get("status") not in {"unofficial", "recheck"}:
                    yield inner
            else:
                yield from in_data(inner, titles)
    elif isinstance(value, list):
        for inner in value:
            yield from in_data(inner, titles)
    elif value in titles:
        yield value


def in_feed(text: str, titles: set[str]) -> Iterator[str]:
    """Every unofficial title of a feed without a mark in the same element."""
    for element in etree.fromstring(text.encode()).iter():
        words = (element.text or "").strip()
        if words.partition(" [")[0] in titles and not any(mark in words for mark in MARKS):
            yield words
