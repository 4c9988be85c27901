"""What leaves the house: nothing without an engine, and with one only what the public reads or somebody has cleared."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from forum import schedule
from forum.agenda.models import AgendaSession, Contribution
from forum.agenda.programme import SessionState, SpeakerRole, Visibility
from forum.audit.models import AuditEntry
from forum.cities.models import CityProfile
from forum.cities.words import CityLevel
from forum.cities.words import Visibility as ProfileVisibility
from forum.core.bilingual import Bilingual, fingerprint
from forum.core.database import Base, begin_writing, session
from forum.drafting import errors
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import neighbours
from forum.drafting.operations.asking import ask, by_reason
from forum.drafting.operations.keeping import clear_programme, close_programme
from forum.drafting.rules import HIDDEN, NOT_ANNOUNCED, PROFILE_HIDDEN, UNRELEASED
from forum.events.models import Forum, ForumState, PracticalSection, Track
from forum.places.models import City
from tests.agenda.programme_of import planned
from tests.cast import Cast
from tests.conftest import START
from tests.drafting.scene import ASKER, KEY, SET, asked, at_work, chinese, cleared, jobs, quiet_forum, release, worked
from tests.translation.libre import libre
from tests.translation.silence import trapped

SECRET = "Canary of the inner circle"


@pytest.fixture
def trap() -> Iterator[list[Any]]:
    """Every attempt of this process to reach anything over a network."""
    with trapped() as tried:
        yield tried


def test_without_an_engine_nothing_is_asked_for_and_nothing_is_sent(app: Flask, cast: Cast, trap: list[Any]) -> None:
    with at_work(app):
        quiet_forum(cast)
        [made] = cleared(cast, ["Opening"])
        begin_writing()
        with pytest.raises(errors.EngineOff):
            ask("agenda_session", made, "title", engine=None, actor=ASKER, now=START)
        asked(cast)  # an engine was set once, and what was asked for then still waits
        assert schedule.draft_translations(START) == 0
        assert {job.state for job in jobs()} == {JobState.QUEUED}
    assert trap == []


def test_the_trap_catches_an_engine_that_is_set(app: Flask, cast: Cast, trap: list[Any]) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, ["Opening"])
        asked(cast)
        worked(server)
        assert trap
        assert jobs()[0].state is JobState.QUEUED


def _session(cast: Cast, number: int, **facts: Any) -> AgendaSession:
    start = (START + timedelta(days=50)).strftime("%Y-%m-%d")
    held, _slot = planned(cast, f"{SECRET} {number}", "", start=f"{start}T{8 + number:02}:00", minutes=30, **facts)
    return held


def test_what_is_not_public_stays_here_even_in_a_cleared_programme(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, ["Opening"])
        begin_writing()
        _session(cast, 1, embargo_until=START + timedelta(days=1))
        _session(cast, 2, visibility=Visibility.STAFF)
        _session(cast, 3, visibility=Visibility.REGISTERED)
        _session(cast, 4, visibility=Visibility.HEADS)
        _session(cast, 5).state = SessionState.IDEA
        _session(cast, 6).state = SessionState.TENTATIVE
        session.commit()
        found = asked(cast)
        assert (found.queued, by_reason(found.left_out)) == (1, {HIDDEN: 5, UNRELEASED: 1})
        force(cast)
        assert worked(server) == 1
        assert server.texts == ["Opening"]
        assert sum(job.state is JobState.DROPPED for job in jobs()) == 6
        begin_writing()
        session.execute(update(AgendaSession).values(embargo_until=START - timedelta(days=1)))
        session.commit()
        assert asked(cast).queued == 1, "the embargo has ended"


def force(cast: Cast) -> None:
    """Put a job for every text into the queue, past all that asking looks at; commits."""
    begin_writing()
    missing = [
        (source.entity, record.public_id, field, fingerprint(record.side(field, "en")))
        for source in neighbours.sources.values()
        for record in session.scalars(select(source.model))
        for field in source.fields
        if record.side(field, "en") and not record.side(field, "zh")
    ]
    rows = [
        {"entity": entity, "entity_id": name, "field": field, "source_hash": made, "lang": "zh"}
        | {"state": JobState.QUEUED, "next_at": START, "asked_by": "x", "asked_at": START}
        for entity, name, field, made in missing
    ]
    known = {(job.entity_id, job.field) for job in session.scalars(select(TranslationJob))}
    session.execute(insert(TranslationJob), [row for row in rows if (row["entity_id"], row["field"]) not in known])
    session.commit()


def test_an_unreleased_programme_that_nobody_cleared_stays_here(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        begin_writing()
        held = _session(cast, 1)
        session.add(Track(forum_id=cast.forum_id, slug="secret", name_en=SECRET))
        session.add(Contribution(session_id=held.id, role=SpeakerRole.CHAIR, placeholder_en=SECRET))
        session.commit()
        found = asked(cast)
        assert found.queued == 0
        assert {(left.entity, left.reason) for left in found.left_out} == {
            ("agenda_session", UNRELEASED),
            ("contribution", UNRELEASED),
            ("track", UNRELEASED),
        }
        force(cast)
        assert (worked(server), server.got) == (0, [])
        begin_writing()
        assert clear_programme(cast.forum, actor=ASKER, now=START)
        assert not clear_programme(cast.forum, actor=ASKER, now=START)
        session.commit()
        assert asked(cast).queued == 3
        begin_writing()
        assert close_programme(cast.forum, actor=ASKER, now=START)
        session.commit()
        assert (worked(server), server.got) == (0, [])


def test_a_release_lets_out_what_it_shows_and_no_later_word(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        begin_writing()
        held, _slot = planned(cast, "Opening", "开幕式")
        held.abstract_en = "All cities are welcome."
        name = held.public_id
        session.flush()
        release(cast)
        session.commit()
        assert asked(cast, "abstract").queued == 1
        begin_writing()
        session.scalars(select(AgendaSession)).one().abstract_en = SECRET
        session.commit()
        assert worked(server) == 0
        found = asked(cast, "abstract")
        assert (found.queued, by_reason(found.left_out)) == (0, {UNRELEASED: 1})
        begin_writing()
        session.scalars(select(AgendaSession)).one().abstract_en = "All cities are welcome."
        session.commit()
        assert asked(cast, "abstract").queued == 1, "what was dropped may be asked for again"
        assert worked(server) == 1
        assert server.texts == ["All cities are welcome."]
        session.rollback()
        assert session.scalars(select(AgendaSession)).one().side("abstract", "zh") == "译文All cities are welcome."
        assert chinese(name) == "开幕式"


def test_a_forum_in_draft_and_a_hidden_city_stay_here(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        begin_writing()
        forum = cast.forum
        forum.summary_en, forum.state = SECRET, ForumState.DRAFT
        session.add(PracticalSection(forum_id=forum.id, title_en=SECRET, body_en=SECRET))
        lyon = session.scalars(select(City).where(City.__table__.c.name_en == "Lyon")).one()
        profile = CityProfile(city_id=lyon.id, slug="lyon", level=next(iter(CityLevel)), summary_en=SECRET)
        session.add(profile)
        session.commit()
        found = asked(cast)
        assert (found.queued, by_reason(found.left_out)) == (0, {NOT_ANNOUNCED: 3})
        begin_writing()
        with pytest.raises(errors.NotToBeDrafted) as refused:
            ask("city_profile", profile.public_id, "summary", engine=SET, actor=ASKER, now=START)
        assert PROFILE_HIDDEN in str(refused.value)
        force(cast)
        assert (worked(server), server.got) == (0, [])
        begin_writing()
        session.execute(update(Forum).where(Forum.id == cast.forum_id).values(state=ForumState.ANNOUNCED))
        session.get_one(CityProfile, profile.id).visibility = ProfileVisibility.PUBLIC
        session.commit()
        assert asked(cast).queued == 3
        begin_writing()
        assert ask("city_profile", profile.public_id, "summary", engine=SET, actor=ASKER, now=START)
        session.commit()
        assert worked(server) == 4
        assert set(server.texts) == {SECRET}


def test_what_may_be_drafted_is_a_short_list_and_everything_else_is_denied() -> None:
    assert {name: source.fields for name, source in neighbours.sources.items()} == {
        "forum": ("title", "theme", "summary"),
        "agenda_session": ("title", "abstract", "description", "placeholder"),
        "contribution": ("placeholder",),
        "track": ("name",),
        "segment": ("name",),
        "practical_section": ("title", "body"),
        "city_profile": ("summary", "population_source"),
        "city_offer": ("text",),
        "city_need": ("text",),
        "city_pilot": ("title",),
        "city_certificate": ("body",),
        "published_outcome": ("title", "summary"),
        "contact_office": ("name",),
        "activity": ("title", "agenda", "outputs"),
        "deliverable": ("title",),
        "milestone": ("title",),
        "board_clause": ("title", "difference"),
        "outcome": ("indicator", "unit", "source"),
        "adoption": ("note",),
        "adoption_difference": ("change", "reason"),
        "topic": ("name",),
        "city_use": ("title", "result"),
        "idea": ("title", "problem", "proposer"),
    }
    tables = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    bilingual = {name for name, model in tables.items() if issubclass(model, Bilingual)}
    inner = {"person", "participation", "partnership", "agreement_version", "cooperation_report", "board_result"}
    inner |= {"assessment_mark", "handover_note", "position", "standard"}
    assert inner & set(neighbours.sources) == set()
    assert len(bilingual - set(neighbours.sources)) > 10


@pytest.mark.parametrize("mode", ["ok", "403", "error-200", "html", "redirect"])
def test_neither_key_nor_text_shows_in_logs_audit_jobs_or_pages(
    app: Flask, cast: Cast, mode: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    title = "Canary text with ISO 37101"
    with at_work(app), libre(mode) as server:
        quiet_forum(cast)
        cleared(cast, [title])
        asked(cast)
        worked(server)
        assert KEY in server.got[0].said["api_key"]
        assert all(got.path == "/translate" for got in server.got)
        written = [
            json.dumps([str(getattr(row, column.key)) for column in type(row).__table__.columns], ensure_ascii=False)
            for model in (AuditEntry, TranslationJob)
            for row in session.scalars(select(model).where(model.__table__.c.id > 0))
            if getattr(row, "action", "") != "create"
        ]
        session.rollback()
    page = cast.client("admin").get("/en/desk/translation/engine").text
    said = capfd.readouterr()
    everywhere = "\n".join((*written, page, caplog.text, said.out, said.err))
    assert KEY not in everywhere
    assert "Canary text" not in everywhere
    assert written
