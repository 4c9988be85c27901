"""Lists of arrangements, public and at the desk: with every filter, the statements don't grow with the rows."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from forum.places.models import City
from tests.bench.arrangements import Filled, arrange, fill, lists
from tests.conftest import FixedClock
from tests.statements import counted_statements

MOST = 20  # statements of one page, with those of who is asking and of what waits for them
PAGE = 60  # rows that fill a page of every list


@pytest.fixture
def filled(app: Flask, clock: FixedClock) -> Filled:
    return fill(app, 2 * PAGE, clock())


def asked(filled: Filled) -> list[tuple[str, int]]:
    counts = []
    for who, address in lists(filled):
        client = filled.client(who)
        filled.app.extensions["forum.public_bodies"].forget()
        with filled.app.app_context(), counted_statements() as seen:
            assert client.get(address).status_code == 200
        counts.append((address.partition("=")[0], len(seen)))
    return counts


@pytest.mark.slow
def test_the_statements_of_no_list_and_no_filter_grow_with_the_rows(filled: Filled, clock: FixedClock) -> None:
    few = asked(filled)
    with filled.app.app_context():
        begin_writing()
        home = session.query(City).filter_by(country_iso2="CN").all()
        abroad = session.query(City).filter(City.country_iso2 != "CN").all()
        arrange(home, abroad, range(1_000, 1_000 + 6 * PAGE), clock(), random.Random(2))
        session.commit()
        session.remove()
    many = asked(filled)
    assert [name for name, _count in few] == [name for name, _count in many]
    grown = [(name, before, after) for (name, before), (_name, after) in zip(few, many, strict=True) if after > before]
    assert all(after <= before + 2 for _name, before, after in grown), grown  # a page that had been empty
    assert max(count for _name, count in many) <= MOST
    assert len(many) > 12
