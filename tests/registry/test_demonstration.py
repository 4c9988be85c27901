"""The partnerships of the demonstration: every state, whole histories, and what the public reads of them."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.cooperation.queries import publishing
from forum.core.database import session
from forum.events.models import Forum
from forum.partnerships.models import AgreementVersion, CaseReview, Partnership, TransitionRecord
from forum.partnerships.neighbours import neighbours
from forum.partnerships.states import FINAL, PUBLIC, REVIEWING, ROW_OF, VersionState
from forum.registry import queries
from forum.registry.rules import day_of, published
from forum.registry.sessions import beginning
from tests.conftest import START


def _versions() -> list[AgreementVersion]:
    return list(session.scalars(select(AgreementVersion)).unique())


def test_forty_partnerships_stand_in_every_state_with_a_lawful_history(loaded: Flask) -> None:
    made = _versions()
    assert len(made) == 40
    assert set(VersionState) == set(Counter(each.state for each in made))
    for version in made:
        state, before = VersionState.DRAFT, version.created_at
        query = select(TransitionRecord).where(TransitionRecord.version_id == version.id).order_by(TransitionRecord.seq)
        for record in session.scalars(query):
            assert record.source is state
            assert before <= record.at <= START
            assert record.role in ROW_OF[record.source, record.action].actors
            state, before = record.target, record.at
            if record.action == "register":
                assert version.registered_on == day_of(record.at)
        assert state is version.state
        assert (version.partnership.closed_at is not None) is (state in FINAL)
        assert neighbours.text.all_matched(version) is (version.id != open_for_editing().id)


def open_for_editing() -> AgreementVersion:
    """The case whose text both liaisons can go on with."""
    query = select(AgreementVersion).where(
        AgreementVersion.text_id.is_not(None), AgreementVersion.state == VersionState.NEGOTIATING
    )
    return session.scalars(query).one()


def test_those_under_review_are_open_at_their_level_and_those_in_force_have_a_term(loaded: Flask) -> None:
    waiting = {review.version_id for review in session.scalars(select(CaseReview).filter_by(closed_at=None))}
    assert waiting == {each.id for each in _versions() if each.state in REVIEWING}
    for version in _versions():
        assert (version.registry_number is not None) is (version.state in PUBLIC)
        if version.state in {VersionState.ACTIVE, VersionState.RENEWAL, VersionState.SUSPENDED}:
            assert version.ends_on is not None
            assert version.ends_on > START.date()
        if version.state in {VersionState.EXPIRED, VersionState.COMPLETED}:
            assert version.ends_on is not None
            assert version.ends_on < START.date()


def test_every_one_says_in_both_languages_what_it_pursues(loaded: Flask) -> None:
    for one in session.scalars(select(Partnership)):
        assert one.text("objectives").en
        assert one.text("objectives").zh
        assert one.text("title").zh != one.text("title").en


def test_one_story_goes_from_a_session_of_the_forum_to_a_running_partnership(loaded: Flask) -> None:
    held = session.scalars(
        select(AgendaSession).filter_by(title_en="Two cities, one timetable: ISO 37101 side by side")
    )
    talk = held.one()
    one = session.scalars(select(Partnership).where(Partnership.origin_reference.contains(talk.public_id))).one()
    number = one.versions[0].registry_number or ""
    entry = queries.one(number)
    assert entry is not None
    assert [party.name.en for party in entry.parties] == ["Hangzhou", "Lyon"]
    assert len(published(queries.steps(one))) == 1
    began = beginning(one, now=START)
    assert began is not None
    assert began.session_id == talk.public_id
    workshop = session.get_one(Forum, talk.forum_id)
    assert workshop.slug == began.slug
    assert workshop.last_day < one.created_at.date()  # first the talk, then the proposal
    page = loaded.test_client().get(f"/en/partnerships/{number}/").text
    assert "Two cities, one timetable: ISO 37101 side by side" in page


def test_the_registry_shows_the_public_ones_alone_and_at_once(loaded: Flask) -> None:
    public = [each for each in _versions() if each.state in PUBLIC]
    begun = time.monotonic()
    page = loaded.test_client().get("/zh/partnerships/").text
    assert time.monotonic() - begun < 2
    for version in _versions():
        assert (f"/zh/partnerships/{version.registry_number}/" in page) is (version in public)
    assert timedelta() < START - max(each.created_at for each in public)


def test_most_summaries_are_shown_by_consent_and_some_are_not(loaded: Flask) -> None:
    public = [each for each in _versions() if each.state in PUBLIC]
    shown = publishing.public_of(public)
    summaries = Counter(shown[each.partnership_id].summary for each in public)
    assert summaries[True] > summaries[False] > 0
    for each in public:
        page = loaded.test_client().get(f"/en/partnerships/{each.registry_number}/").text
        assert (">Objectives<" in page) is shown[each.partnership_id].summary
