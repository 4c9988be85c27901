"""The drawings of the documentation are the tables', in both languages."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from forum.ballots import life_cycle
from forum.ballots.states import CASE_LIFE
from forum.core.catalogue import Translator
from forum.core.drawing import diagram, table
from forum.liaisons import life_cycles
from forum.liaisons.states import INCOMING_LIFE, OBLIGATION_LIFE, OUTGOING_LIFE, RELATION_LIFE
from forum.paths import TRANSLATIONS

DOCS = TRANSLATIONS.parent / "docs"
LIVES = (CASE_LIFE, INCOMING_LIFE, OBLIGATION_LIFE, OUTGOING_LIFE, RELATION_LIFE)
PART = TRANSLATIONS / "parts" / "t-guides.po"
pytestmark = pytest.mark.once


@lru_cache(maxsize=1)
def chinese() -> Translator:
    """Return the Chinese of the sources; the part is no longer there once it was merged."""
    merged = Translations()
    for path in (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po", PART):
        if path.exists():
            made = BytesIO()
            with path.open("rb") as source:
                write_mo(made, read_po(source, locale="zh"))
            merged.merge(Translations(BytesIO(made.getvalue())))
    return Translator(merged, "zh")


def test_the_pages_of_the_documentation_are_up_to_date() -> None:
    assert (DOCS / "ballot-life-cycle.md").read_text() == life_cycle.page(chinese())
    assert (DOCS / "liaison-life-cycle.md").read_text() == life_cycles.page(chinese())


@pytest.mark.parametrize("life", LIVES)
def test_a_drawing_has_every_way_once_and_every_state_that_is_reached(life) -> None:  # type: ignore[no-untyped-def]
    drawn = diagram(life, chinese()).splitlines()
    ways = [line for line in drawn if "-->" in line]
    assert len(ways) == len(set(ways)) == sum(len(row.sources) for row in life.rows)
    reached = {row.target for row in life.rows} | {source for row in life.rows for source in row.sources}
    for state in life.states:
        assert sum(line.strip().startswith((f'{state}["', f'{state}[["')) for line in drawn) == (state in reached)


def test_a_state_that_nothing_leaves_has_a_double_border() -> None:
    drawn = diagram(CASE_LIFE, chinese())
    assert 'missed[["Missed 逾期未投"]]' in drawn
    assert 'open["To be taken up 待办"]' in drawn


def test_a_table_names_who_takes_a_step_and_where_a_reason_is_needed() -> None:
    rows = table(RELATION_LIFE, life_cycles.ROLES, chinese()).splitlines()
    assert any("Begin the review 开始评审" in row and "Liaison officer or secretary concerned" in row for row in rows)
    assert any(
        "| End 终止 |" in row and row.endswith("| National office 国家主管部门 | required 必填 |") for row in rows
    )
    assert any("Put into force" in row and row.endswith("|  |") for row in rows), "the control: no reason"
