"""The drawing of the life cycle is the table's, in both languages."""

from __future__ import annotations

import pytest

from forum.partnerships.exports import diagram, page
from forum.partnerships.states import PROPOSED, SETTLED, VersionState
from forum.paths import TRANSLATIONS
from tests.partnerships.words import chinese

PAGE = TRANSLATIONS.parent / "docs" / "partnership-life-cycle.md"
pytestmark = pytest.mark.once


def test_the_page_of_the_documentation_is_up_to_date() -> None:
    assert PAGE.read_text() == page(chinese())


def test_the_drawing_has_every_state_and_every_way_once() -> None:
    drawn = diagram(chinese()).splitlines()
    assert sum("-->" in line for line in drawn) == len(SETTLED) == 40
    assert sum("-.->" in line for line in drawn) == len(PROPOSED)
    for state in VersionState:
        assert sum(line.strip().startswith(f"{state}[") for line in drawn) == 1


def test_a_name_stands_in_both_languages() -> None:
    assert 'city_review["City sign-off 市级审签"]' in diagram(chinese())
    assert '|"Express interest 表示有意"|' in diagram(chinese())
