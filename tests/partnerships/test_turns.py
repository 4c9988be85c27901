"""Whose turn it is."""

from __future__ import annotations

import pytest

from forum.partnerships.models import Level
from forum.partnerships.rules.seeing import OTHER_SIDE, Standing
from forum.partnerships.rules.turns import awaited
from forum.partnerships.states import FINAL, REVIEWING, VersionState

INSIDE = Standing(domestic=Level.CITY)
QUIET = FINAL | {VersionState.ACTIVE}


@pytest.mark.parametrize("state", sorted(set(VersionState) - QUIET))
def test_every_state_that_waits_names_a_step_that_it_has_and_who_takes_it(state: VersionState) -> None:
    row = awaited(state, INSIDE)
    assert row is not None
    assert row.sources[0] == state
    assert row.actors - {"system"}


@pytest.mark.parametrize("state", sorted(QUIET))
def test_nothing_is_awaited_where_the_work_goes_on_or_is_over(state: VersionState) -> None:
    assert awaited(state, INSIDE) is None


@pytest.mark.parametrize("state", sorted(set(VersionState) - QUIET))
def test_the_other_side_learns_no_step_of_the_review(state: VersionState) -> None:
    hidden = state in {*REVIEWING, VersionState.RETURNED}
    assert (awaited(state, OTHER_SIDE) is None) == hidden
