"""The demonstration leaves something to do in each collection of the desk."""

from __future__ import annotations

import pytest

from forum.core.bilingual import TextState
from forum.translating import queries
from forum.translating.collections import COLLECTIONS

WAITING = {TextState.MISSING, TextState.OUTDATED, TextState.MACHINE}


def waits(collection: str) -> set[tuple[str, str]]:
    """The kinds of records and states of what isn't settled in a collection."""
    units = queries.units_of_all(list(COLLECTIONS[collection].whole()))
    return {
        (unit.source.entity, str(unit.state)) for found in units.values() for unit in found if unit.state in WAITING
    }


@pytest.mark.usefixtures("loaded")
def test_forums_and_partnerships_have_texts_that_wait() -> None:
    assert waits("forums")
    assert waits("partnerships") == {("activity", "missing"), ("milestone", "machine")}


@pytest.mark.usefixtures("loaded")
def test_standards_and_cases_have_texts_that_wait() -> None:
    assert ("adoption", "outdated") in waits("standards")
    assert ("city_use", "outdated") in waits("cases")
