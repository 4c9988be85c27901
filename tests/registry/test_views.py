"""The public registry: what has come into force and nothing before, as many lines as rows, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.partnerships.models import AgreementVersion, Instrument, Partnership, PartnershipParty, Side
from forum.partnerships.states import PUBLIC, VersionState
from forum.places.models import City
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.statements import counted_statements

WHERE = {"Hangzhou": (30.29, 120.16), "Lyon": (45.75, 4.84), "Osaka": (34.69, 135.5)}


def _city(name: str) -> City:
    city = session.scalars(select(City).filter_by(name_en=name)).one()
    city.latitude, city.longitude = WHERE[name]
    return city


def _register(number: int, partner: str, state: VersionState, clock: FixedClock) -> None:
    made = Partnership(number=f"P-2027-{number:04}", instrument=Instrument.MEMORANDUM)
    session.add(made)
    session.flush()
    for name, side in (("Hangzhou", Side.DOMESTIC), (partner, Side.FOREIGN)):
        order = 0 if side is Side.DOMESTIC else 1
        session.add(PartnershipParty(partnership_id=made.id, city_id=_city(name).id, side=side, order=order))
    session.add(
        AgreementVersion(
            partnership_id=made.id,
            instrument=Instrument.MEMORANDUM,
            state=state,
            state_since=clock(),
            shared_since=clock(),
            effective_on=date(2027, 1, 1),
            ends_on=date(2031, 12, 31),
            registered_on=date(2027, 1, 1),
            registry_number=f"R-{number}" if state in PUBLIC else None,
        )
    )
    session.flush()


@pytest.fixture
def registered(cast: Cast, clock: FixedClock) -> Cast:
    """Every state once, by turns with Lyon and Osaka."""
    with cast.app.app_context():
        begin_writing()
        for number, state in enumerate(VersionState):
            _register(number, ("Lyon", "Osaka")[number % 2], state, clock)
        session.commit()
    return cast


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_map_has_a_line_for_each_row_of_the_table(registered: Cast, language: str) -> None:
    answer = registered.client().get(f"/{language}/partnerships/map")
    assert answer.status_code == 200
    page: Any = html.fromstring(answer.text)
    rows = page.xpath("//table[contains(@class, 'worklist')]/tbody/tr")
    lines = page.xpath("//div[contains(@class, 'table-frame')]/*[local-name()='svg']/*[contains(@class, 'link')]")
    assert len(rows) == len(lines) == len(PUBLIC)


def test_nothing_is_public_before_it_is_registered_and_a_renewal_reads_as_in_force(registered: Cast) -> None:
    page: Any = html.fromstring(registered.client().get("/en/partnerships/map").text)
    states = [
        each.text_content()
        for each in page.xpath("//table[contains(@class, 'worklist')]//*[contains(@class, 'state')]")
    ]
    assert len(states) == len(PUBLIC)
    assert not any("enewal" in state for state in states)
    assert "style=" not in registered.client().get("/en/partnerships/map").text


def test_an_empty_registry_says_so(cast: Cast) -> None:
    answer = cast.client().get("/en/partnerships/map")
    assert "No partnership is registered yet" in answer.text
    assert '<svg class="world"' not in answer.text


def test_the_statements_don_t_grow_with_the_rows(registered: Cast, clock: FixedClock) -> None:
    def asked() -> int:
        with registered.app.app_context(), counted_statements() as seen:
            registered.client().get("/en/partnerships/map")
        return len(seen)

    before = asked()
    with registered.app.app_context():
        begin_writing()
        for number in range(100, 140):
            _register(number, "Lyon", VersionState.ACTIVE, clock)
        session.commit()
    assert asked() == before
    second = registered.client().get("/en/partnerships/map?page=2")
    assert second.status_code == 200
    assert registered.client().get("/en/partnerships/map?page=99999999999999999999").status_code == 200
