"""What leaves of partnerships, standards and cases: what somebody has opened to everybody, and nothing of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.adoptions.models import Adoption
from forum.adoptions.states import EntryState
from forum.cities.models import CityProfile
from forum.cities.words import Visibility
from forum.cooperation.models import PublishedOutcome
from forum.core.database import begin_writing, session
from forum.drafting import errors
from forum.drafting.models import JobState
from forum.drafting.neighbours import neighbours
from forum.drafting.operations.asking import ask, ask_for, by_reason
from forum.drafting.rules import CONSENTED, NOT_ENTERED, NOT_OPENED, PARTIES_ONLY
from forum.evidence.models import CityUse, Idea
from forum.evidence.states import UseConsent
from forum.translating.collections import COLLECTIONS
from tests.cast import Cast
from tests.conftest import START
from tests.drafting.scene import ASKER, SET, at_work, jobs, quiet_forum, worked
from tests.drafting.test_leaving import force
from tests.translating.rooms import INNER, OPEN, House, furnish_house, show_offices
from tests.translation.libre import Server, libre


@pytest.fixture
def engine(app: Flask, cast: Cast) -> Iterator[tuple[House, Server]]:
    """The house, with nothing of its forum to draft, and an engine on loopback."""
    with at_work(app), libre() as server:
        quiet_forum(cast)
        begin_writing()
        house = furnish_house(cast)
        session.commit()
        yield house, server


def sent(server: Server) -> set[str]:
    """What arrived there, without what is the same for all of the house."""
    return {text for text in server.texts if text.startswith((INNER, OPEN))}


def asked_of_all(collection: str) -> dict[str, int]:
    """Ask for drafts of every scope of a collection, past who may; commits; returns why texts were left out."""
    begin_writing()
    left = []
    for scope in COLLECTIONS[collection].whole():
        left += ask_for(scope, engine=SET, actor=ASKER, now=START).left_out
    session.commit()
    return dict(by_reason(left))


def test_standards_send_what_is_entered_and_no_proposal(engine: tuple[House, Server]) -> None:
    _house, server = engine
    assert asked_of_all("standards") == {NOT_ENTERED: 2}
    worked(server)
    public = {f"{OPEN} of an entry", f"{OPEN} of an entry, difference", f"{OPEN} of a topic"}
    assert sent(server) == public
    force(_house.cast)
    worked(server)
    assert not any(text.startswith(INNER) for text in server.texts)
    assert not any("CANARY" in text for text in server.texts)


def test_cases_send_what_a_city_and_the_office_have_opened(engine: tuple[House, Server]) -> None:
    house, server = engine
    assert asked_of_all("cases") == {NOT_OPENED: 7}
    worked(server)
    public = {"case public", "result public", "idea screened", "problem screened", "proposer"}
    assert sent(server) == {f"{OPEN} {name}" for name in public}
    force(house.cast)
    worked(server)
    assert not any(text.startswith(INNER) for text in server.texts)


@pytest.mark.parametrize("entity", ["adoption", "adoption_difference", "city_use", "idea", "activity", "milestone"])
def test_the_server_would_see_it_if_a_gate_stood_open(
    engine: tuple[House, Server], entity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _house, server = engine
    source = neighbours.sources[entity]
    monkeypatch.setitem(neighbours.sources, entity, replace(source, gate=lambda _now: lambda _record, _field: None))
    asked_of_all(source.collection)
    worked(server)
    assert any(text.startswith(INNER) for text in server.texts)


@pytest.mark.parametrize("closing", ["consent", "city", "entry", "idea"])
def test_what_is_closed_while_a_draft_waits_stays_here(engine: tuple[House, Server], closing: str) -> None:
    _house, server = engine
    asked_of_all("cases")
    asked_of_all("standards")
    begin_writing()
    closed: dict[str, Any] = {
        "consent": update(CityUse).values(consent=UseConsent.PACK),
        "city": update(CityProfile).values(visibility=Visibility.HIDDEN),
        "entry": update(Adoption).values(entry=EntryState.RETURNED),
        "idea": update(Idea).values(published_at=None),
    }
    session.execute(closed[closing].execution_options(synchronize_session=False))
    session.commit()
    worked(server)
    gone = {"consent": "case", "city": "case", "entry": "of an entry", "idea": "idea"}[closing]
    assert sent(server)
    assert not any(text.startswith(f"{OPEN} {gone}") for text in server.texts)
    dropped = [job.error for job in jobs() if job.state is JobState.DROPPED]
    assert set(dropped) == {NOT_ENTERED if closing == "entry" else NOT_OPENED}


def test_nothing_of_a_partnership_is_sent_not_even_what_everybody_reads(engine: tuple[House, Server]) -> None:
    house, server = engine
    begin_writing()
    show_offices(house)
    session.commit()
    assert asked_of_all("partnerships") == {PARTIES_ONLY: 8}
    force(house.cast)
    worked(server)
    ours = {source.entity for source in neighbours.of("partnerships")}
    inside = [job for job in jobs() if job.entity in ours]
    assert len(inside) > 8
    assert {job.state for job in inside} == {JobState.DROPPED}
    assert {job.error for job in inside} == {CONSENTED, PARTIES_ONLY}
    assert not any(text.startswith((INNER, f"{OPEN} of a webinar")) for text in server.texts)


def test_a_draft_from_inside_the_house_never_changes_words_that_were_consented_to(app: Flask, cast: Cast) -> None:
    with at_work(app):
        begin_writing()
        house = furnish_house(cast)
        session.commit()
        begin_writing()
        inner: Any = type("Inside", (), {"outside": False})()
        for entity, name in (("published_outcome", "outcome"), ("activity", "shown_activity")):
            with pytest.raises(errors.NotToBeDrafted):
                ask(entity, house[name], "title", engine=inner, actor=ASKER, now=START)
        assert ask("activity", house["activity"], "title", engine=inner, actor=ASKER, now=START)
        row = session.scalars(select(PublishedOutcome)).one()
        assert row.side("title", "zh") == "联合指标表"
