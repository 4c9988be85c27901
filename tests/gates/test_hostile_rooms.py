"""Hostile texts in every field of every form of the rooms of partnerships and of standards, as fits every run."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import FixedClock
from tests.evidence.scene import SECRETS
from tests.gates.hostile import attack
from tests.gates.inside import released
from tests.gates.rooms import STANDARDS_WRITERS, WRITERS, forms_by_map, taking
from tests.gates.standing import ROOMS_OF_STANDARDS
from tests.gates.world import World

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(240)]


def test_every_form_of_the_rooms_is_reached_and_no_field_gives_way(app: Flask, world: World) -> None:
    reached: set[str] = set()
    faults: list[str] = []
    refused = accepted = 0
    for number, role in enumerate(WRITERS):
        language = ("en", "zh")[number % 2]
        client = world.client(role)
        forms = forms_by_map(app, world, client, language)
        reached |= {endpoint for endpoint, _address, _form in forms}
        tally = attack(app, client, forms, number=25, seed=number)
        faults += tally.faults
        refused += tally.refused
        accepted += tally.accepted
    assert taking(app) - reached == set(), "say in tests/gates/partnering.py what opens these"
    assert not faults, "\n".join(faults)
    assert refused > 50
    assert accepted > 20, "and some hostile texts are only texts"


def test_every_form_of_international_work_is_reached_and_no_field_gives_way(
    app: Flask, world: World, clock: FixedClock
) -> None:
    inside = released(app, world, clock())
    reached: set[str] = set()
    faults: list[str] = []
    refused = accepted = 0
    for number, role in enumerate(STANDARDS_WRITERS):
        language = ("zh", "en")[number % 2]
        client = world.client(role)
        beside = [*inside.addresses(language), f"/{language}/watching/link/{SECRETS['own']}"]
        forms = forms_by_map(app, world, client, language, ROOMS_OF_STANDARDS, beside)
        reached |= {endpoint for endpoint, _address, _form in forms}
        tally = attack(app, client, forms, number=25, seed=number)
        faults += tally.faults
        refused += tally.refused
        accepted += tally.accepted
    assert taking(app, ROOMS_OF_STANDARDS) - reached == set(), "say in tests/gates/inside.py what opens these"
    assert not faults, "\n".join(faults)
    assert refused > 50
    assert accepted > 20, "and some hostile texts are only texts"
