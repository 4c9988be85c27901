"""What is internal to international work appears nowhere outside: no page, file, feed or mail holds a word of it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import FixedClock
from tests.gates.channels import told
from tests.gates.inside import Inside, opened, released
from tests.gates.world import World

# Nobody of these has anything to do with SAC/TC 567: the public, people of other mirror committees, somebody whose
# post there ended yesterday, the liaisons of two cities. The cases of use are those of Hangzhou, the neighbour's city.
OUTSIDE = ("visitor", "stranger", "other_secretary", "other_member", "former_secretary", "focal", "other_focal")
INSIDE = (("standards", "zh"), ("standards", "en"), ("secretary", "zh"), ("member", "en"), ("neighbour", "en"))
pytestmark = [pytest.mark.once, pytest.mark.timeout(240)]


@pytest.fixture
def inside(app: Flask, world: World, clock: FixedClock) -> Inside:
    return released(app, world, clock())


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_reads_a_word_of_it(app: Flask, world: World, inside: Inside, role: str) -> None:
    language = "zh" if OUTSIDE.index(role) % 2 else "en"
    assert told(opened(app, world, inside, role, language), inside.secrets) == {}


@pytest.mark.slow
def test_each_word_is_read_by_somebody_inside(app: Flask, world: World, inside: Inside) -> None:
    found: dict[str, str] = {}
    for role, language in INSIDE:
        found |= told(opened(app, world, inside, role, language), inside.secrets)
    assert sorted(set(inside.secrets) - set(found)) == []
