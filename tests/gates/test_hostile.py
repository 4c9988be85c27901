"""Hostile texts in every field of every form that anybody is offered, at the size that fits every run."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.demonstration import browser_of, starts_in
from tests.gates.hostile import attack, forms_of, reflections
from tests.gates.pages import Page
from tests.gates.payloads import EVERY, FAMILIES

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(240)]
SEED = 20270420


def test_the_texts_are_as_many_as_promised() -> None:
    assert {name: len(texts) for name, texts in FAMILIES.items()} == {
        "markup": 60, "templates": 25, "statements": 40, "paths": 40, "line breaks": 20, "calendars": 20,
        "formulas": 40, "Unicode": 60,
    }  # fmt: skip
    assert len(set(EVERY)) == 305


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("who", [None, "delegate", "focalpoint", "organiser", "admin"])
def test_no_field_of_any_form_gives_way(demonstration: Flask, who: str | None, language: str) -> None:
    client = browser_of(demonstration, who)
    forms = forms_of(demonstration, client, language, starts_in(language))
    assert forms
    tally = attack(demonstration, client, forms, number=60, seed=SEED)
    assert tally.sent == 60
    assert not tally.faults, "\n".join(tally.faults)
    assert tally.refused, "none of the hostile texts was refused"


def test_markup_that_came_through_is_found() -> None:
    spoiled = Page("/", '<html lang="en"><body><h1>x</h1><input value=""><zq7 zq7=1></body></html>')
    assert list(reflections(spoiled, "<zq7>")) == ["became markup: <zq7>"]


def test_an_attribute_that_came_through_is_found() -> None:
    spoiled = Page("/", '<html lang="en"><body><input value="" zq7=1 onfocus=alert(1)></body></html>')
    assert list(reflections(spoiled, '" zq7=1')) == ["became markup: <input>"]


def test_a_sum_that_was_done_is_found() -> None:
    spoiled = Page("/", '<html lang="en"><body><p>zq71337</p></body></html>')
    assert list(reflections(spoiled, "zq7{{7*191}}")) == ["was evaluated"]
