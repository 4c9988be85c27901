"""The guides to standards work name buttons and pages as the product shows them, in both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from forum.paths import TRANSLATIONS

GUIDES = TRANSLATIONS.parent / "docs" / "guide"
NAMES = ("expert", "standards-officer", "translator")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
QUOTED = re.compile("“(.+?)”", re.DOTALL)
pytestmark = pytest.mark.once


@lru_cache(maxsize=1)
def words() -> tuple[frozenset[str], frozenset[str]]:
    """Return what the product says in English and in Chinese."""
    english: set[str] = set()
    chinese: set[str] = set()
    for path in (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po", *sorted((TRANSLATIONS / "parts").glob("*.po"))):
        with path.open("rb") as source:
            for message in read_po(source, locale="zh"):
                english.update(_each(message.id))
                chinese.update(_each(message.string))
    return frozenset(english), frozenset(chinese)


def _each(said: object) -> set[str]:
    forms = said if isinstance(said, (tuple, list)) else (said,)
    return {str(form).rstrip(":：") for form in forms if form}


def unknown(text: str, pattern: re.Pattern[str], known: frozenset[str]) -> list[str]:
    """Return the names in a guide that the product doesn't show; a full stop may close the sentence."""
    found = (" ".join(name.split()) for name in pattern.findall(text))
    return [name for name in found if name not in known and name.rstrip(".:") not in known]


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_bold_is_shown_by_the_product(name: str) -> None:
    assert unknown((GUIDES / "en" / f"{name}.md").read_text(), BOLD, words()[0]) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_quotation_marks_is_shown_by_the_product(name: str) -> None:
    assert unknown((GUIDES / "zh" / f"{name}.md").read_text(), QUOTED, words()[1]) == []


def test_a_name_that_the_product_does_not_show_is_found() -> None:
    assert unknown("Press **Begin the\nenquiry of yore**.", BOLD, words()[0]) == ["Begin the enquiry of yore"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_guide_stands_in_both_languages_and_leads_only_to_what_is_there(language: str) -> None:
    pages = sorted((GUIDES / language).glob("*.md"))
    assert [page.name for page in pages] == [page.name for page in sorted((GUIDES / "en").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / Path(target)).exists(), (page.name, target)
