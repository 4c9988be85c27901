"""What a linter can't see in a template: a form that a macro opens is closed by the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forum.paths import TEMPLATES

PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
OPENED = re.compile(r"<form\b|\{\{-? *form_start\(")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def forms_left_open(source: str) -> int:
    """Return how many forms are opened and not closed; negative: closed and not opened."""
    markup = COMMENT.sub("", source)
    return len(OPENED.findall(markup)) - markup.count("</form>")


@pytest.mark.once
@pytest.mark.parametrize("name", [page for page in PAGES if page != "components/forms.html"])
def test_every_form_that_is_opened_is_closed(name: str) -> None:
    assert forms_left_open((TEMPLATES / Path(name)).read_text(encoding="utf-8")) == 0


@pytest.mark.parametrize(("source", "left"), [("{{ form_start() }}x", 1), ("</form>", -1), ("<form></form>", 0)])
def test_a_form_that_is_left_open_is_noticed(source: str, left: int) -> None:
    assert forms_left_open(source) == left


def test_only_the_macro_that_opens_a_form_leaves_it_open() -> None:
    assert forms_left_open((TEMPLATES / "components/forms.html").read_text(encoding="utf-8")) == 1
