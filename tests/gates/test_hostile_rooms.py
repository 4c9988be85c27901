"""Hostile texts in every field of every form of the rooms of partnerships and of standards, as fits every run."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import FixedClock
from tests.gates.rooms import LANGUAGES_WRITERS, STANDARDS_WRITERS, WRITERS
from tests.gates.world import World
from tests.proof.hostile import Outcome, into_languages, into_partnerships, into_standards

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(240)]
EACH = 25


def judged(outcome: Outcome) -> None:
    assert not outcome.unreached, "say in tests/gates/partnering.py, inside.py or languages.py what opens these"
    assert not outcome.faults, "\n".join(outcome.examples.values())
    assert outcome.refused > 50
    assert outcome.accepted > 20, "and some hostile texts are only texts"


def test_every_form_of_the_rooms_is_reached_and_no_field_gives_way(app: Flask, world: World) -> None:
    judged(into_partnerships(app, world, EACH * len(WRITERS), 1))


def test_every_form_of_international_work_is_reached_and_no_field_gives_way(
    app: Flask, world: World, clock: FixedClock
) -> None:
    judged(into_standards(app, world, clock(), EACH * len(STANDARDS_WRITERS), 1))


def test_every_form_of_the_rooms_of_languages_is_reached_and_no_field_gives_way(
    app: Flask, world: World, clock: FixedClock
) -> None:
    judged(into_languages(app, world, clock(), EACH * len(LANGUAGES_WRITERS), 1))
