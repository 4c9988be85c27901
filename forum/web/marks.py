"""Which translations on a page nobody answers for, told to whoever reads it.

The rule: no machine translation is shown unmarked, and none whose original has changed since.

- A heading, and a text of some length (a paragraph, a note, a description), has its mark directly with it:
  ``text_note`` or ``note_of`` of ``components/bilingual.html``.
- Names in lists, tables, navigation, breadcrumbs, titles of windows and options of a choice, and the other language
  that stands quietly beside a text, need none of their own: one notice at the top of the page names every such text
  that has no mark elsewhere on the page.
- A mail names at its foot the machine texts that it holds.
- Beside a box that somebody types into stands the chip of its state.

The layout asks for the notice when all above it has been written, so that it costs at most one statement a page and
names only what really stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any, Protocol

from flask import Flask, g
from markupsafe import Markup, escape
from wtforms import Field

from forum.core.bilingual import HTML_TAGS, READER, Reader, Shown, TextState

_TAGS = re.compile(r"<[^>]*>")
_ENOUGH = 40  # letters of a line: lists cut longer ones
SHORTENED = 90  # letters of a text in the notice
# Where the notice goes: no text can hold it, for the page escapes what people wrote.
HERE = Markup("<!--marks-->")


class Reading(Reader, Protocol):
    """A reader that answers for a single side, too."""

    def state(self, record: Any, field: str, language: str) -> TextState:
        """Return the state of one side of a record."""
        ...


@dataclass(frozen=True, slots=True)
class Doubts:
    """The texts of a page that have no mark of their own, by what is doubtful about them, each with its tag."""

    machine: tuple[tuple[str, str], ...] = ()
    outdated: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.machine or self.outdated)


def begin(reading: Callable[[], Reading]) -> None:
    """Begin to take note."""
    g.reading, g.marked = reading(), set()
    READER.set(g.reading)


def forget() -> None:
    """Take note no longer, and let go of what was noted: its records may be gone."""
    g.pop("reading", None)
    READER.set(None)


def marked(shown: Shown) -> str:
    """Note that this text has its mark; writes nothing."""
    if "marked" in g:
        g.marked.add(shown.text)
    return ""


def with_marks(page: Markup, notice: Callable[[Doubts], str]) -> Markup:
    """Put the notice of a page in its place."""
    found = doubts(page)
    return page.replace(HERE, notice(found) if found else "", 1)


def doubts(page: str) -> Doubts:
    """Return the doubtful texts that stand on a page and have no mark there."""
    if "reading" not in g:
        return Doubts()
    found = {text: facts for text, facts in g.reading.doubtful().items() if text not in g.marked}
    if not found:
        return Doubts()
    plain = " ".join(unescape(_TAGS.sub(" ", page)).split())
    there = [(text, *facts) for text, facts in found.items() if _stands_in(text, page, plain)]
    return Doubts(
        *(
            tuple((text, HTML_TAGS[language]) for text, language, state in there if state is wanted)
            for wanted in (TextState.MACHINE, TextState.OUTDATED)
        )
    )


def _stands_in(text: str, markup: str, plain: str) -> bool:
    lines = [" ".join(line.split())[:_ENOUGH] for line in text.splitlines()]
    return any(line in plain or str(escape(line)) in markup for line in lines if line)


def side_of(field: Field) -> TextState | None:
    """Return the state of the side of a stored record that a box holds; None for any other box, and for empty pairs."""
    held = getattr(field, "holds", None)
    if held is None or "reading" not in g:
        return None
    record, name, language = held
    if not (record.side(name, "en") or record.side(name, "zh")):
        return None
    state: TextState = g.reading.state(record, name, language)
    return state


def init_marks(app: Flask, reading: Callable[[], Reading]) -> None:
    """Take note during each request, and give the marks to the templates."""

    @app.before_request
    def take_note() -> None:
        begin(reading)

    @app.teardown_request
    def done(_fault: BaseException | None) -> None:
        forget()

    app.extensions["forum.reading"] = reading
    app.jinja_env.filters["with_marks"] = with_marks
    app.jinja_env.globals.update(marked=marked, side_of=side_of, marks_here=HERE, SHORTENED=SHORTENED)
