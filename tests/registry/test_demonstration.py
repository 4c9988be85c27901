"""The partnerships of the demonstration: every state, whole histories, and what the public reads of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.agreements import queries as texts
from forum.audit import queries as audit
from forum.audit.models import AuditEntry
from forum.cooperation.models import (
    AssessmentAnswer,
    EvidenceVerdict,
    Outcome,
    Report,
    SessionLink,
    SessionTie,
    StandardLink,
)
from forum.cooperation.queries.plan import progress_of
from forum.cooperation.states import ReportState
from forum.core.database import session
from forum.events.models import Forum
from forum.partnerships.errors import DigitsDiffer
from forum.partnerships.library_text import text_of
from forum.partnerships.models import (
    AgreementVersion,
    AttachmentKind,
    CaseAttachment,
    CaseReview,
    Partnership,
    ReturnPoint,
    Side,
    TransitionRecord,
)
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations import perform
from forum.partnerships.rules.case import Given
from forum.partnerships.states import FINAL, PUBLIC, REVIEWING, ROW_OF, VersionState
from forum.registry import queries
from forum.registry.rules import day_of, published
from forum.registry.sessions import beginning
from forum.site.demonstration import loading
from forum.site.demonstration.loading.partnerships.people import officers
from tests.conftest import START


@pytest.fixture
def loaded(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        loading.load(app, now=START)
        yield app
        session.rollback()


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


def written(state: VersionState) -> AgreementVersion:
    """The case in that state whose text comes from the clause library."""
    query = select(AgreementVersion).where(AgreementVersion.text_id.is_not(None), AgreementVersion.state == state)
    return session.scalars(query).one()


@pytest.mark.usefixtures("loaded")
def test_one_text_is_negotiated_and_holds_work_for_both_sides() -> None:
    version = open_for_editing()
    text = text_of(version)
    assert text is not None
    by_party = {party.city.name_en: party.public_id for party in version.partnership.parties}
    waiting = texts.open_proposals(text)
    assert {key: each.party_key for key, each in waiting.items()} == {
        "costs": by_party["Hangzhou"],  # answers what Lyon proposed
        "contacts": by_party["Lyon"],
    }
    assert waiting["costs"].answers_id is not None
    assert all(each.en and each.zh for each in waiting.values())
    out_of_step = [clause.key for clause in texts.agreement(text).clauses if not clause.matched]
    assert out_of_step == ["forms"]
    assert "publicity" in {clause.key for clause in text.clauses}
    assert not text.is_frozen


@pytest.mark.usefixtures("loaded")
def test_texts_under_review_are_sealed_and_what_was_returned_has_three_points() -> None:
    for state in (VersionState.CITY_REVIEW, VersionState.APPROVED, VersionState.SIGNED, VersionState.ACTIVE):
        text = text_of(written(state))
        assert text is not None
        assert texts.unaltered(text), state
    returned = written(VersionState.RETURNED)
    points = session.scalars(select(ReturnPoint).where(ReturnPoint.version_id == returned.id)).all()
    assert len(points) == 3
    assert {point.part_hash for point in points}.isdisjoint({""})
    assert {point.level for point in points} == {2}
    scans = session.scalars(select(CaseAttachment).where(CaseAttachment.version_id == written(VersionState.SIGNED).id))
    assert {scan.language for scan in scans if scan.kind is AttachmentKind.SCAN} == {"en", "zh"}


@pytest.mark.usefixtures("loaded")
def test_the_audit_holds_each_step_of_a_text_that_was_taken_through_the_house() -> None:
    for state in (VersionState.NEGOTIATING, VersionState.RETURNED, VersionState.SIGNED):
        version = written(state)
        query = select(TransitionRecord).where(TransitionRecord.version_id == version.id)
        steps = {record.action for record in session.scalars(query)}
        told = set(session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == version.public_id)))
        assert steps <= told
        assert {"propose", "start_text"} <= told
    assert [head.chain for head in audit.chains() if audit.broken_at(head) is not None] == []


@pytest.mark.usefixtures("loaded")
def test_the_registrar_registers_the_signed_copies_and_nothing_else() -> None:
    version, registrar = written(VersionState.SIGNED), officers()["registrar"]
    with pytest.raises(DigitsDiffer):
        perform(version, "register", given=Given(printed_digits="0" * 16), **registrar.towards(version, START))
    given = Given(printed_digits=version.approved_both[:16])
    assert perform(version, "register", given=given, **registrar.towards(version, START)).moved
    assert version.state is VersionState.ACTIVE
    assert version.registry_number


@pytest.mark.usefixtures("loaded")
def test_the_story_runs_from_the_talk_to_an_outcome_on_accepted_evidence() -> None:
    version = written(VersionState.ACTIVE)
    one = version.partnership
    ties = session.scalars(select(SessionLink).where(SessionLink.partnership_id == one.id)).all()
    assert {link.tie for link in ties} == {SessionTie.ORIGIN, SessionTie.SIGNING}
    assert one.origin_parts["total"] > 0  # what the suggestion rested on
    standards = session.scalars(select(StandardLink).where(StandardLink.partnership_id == one.id)).all()
    assert [link.reference for link in standards] == ["ISO 37101:2016"]
    plan = progress_of(one.id)
    assert [reached.done for reached in plan.milestones] == [True, True, False]
    (report,) = session.scalars(select(Report).where(Report.partnership_id == one.id))
    assert report.state is ReportState.ACCEPTED
    assert [answer.confirms for answer in report.answers] == [True]
    answers = session.scalars(select(AssessmentAnswer.side)).all()
    assert set(answers) == {Side.DOMESTIC, Side.FOREIGN}
    (outcome,) = session.scalars(select(Outcome).where(Outcome.partnership_id == one.id))
    assert "ISO 37101:2016" in outcome.text("indicator").en
    assert [value.evidence.verdict for value in outcome.values] == [EvidenceVerdict.ACCEPTED]


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
    held = session.scalars(select(AgendaSession).filter_by(title_en="ISO 37101 from the mayor’s desk to the districts"))
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
    assert session.get_one(Forum, talk.forum_id).slug == began.slug
    page = loaded.test_client().get(f"/en/partnerships/{number}/").text
    assert "ISO 37101 from the mayor’s desk to the districts" in page


def test_the_registry_shows_the_public_ones_alone_and_at_once(loaded: Flask) -> None:
    public = [each for each in _versions() if each.state in PUBLIC]
    begun = time.monotonic()
    page = loaded.test_client().get("/zh/partnerships/").text
    assert time.monotonic() - begun < 2
    for version in _versions():
        assert (f"/zh/partnerships/{version.registry_number}/" in page) is (version in public)
    assert timedelta() < START - max(each.created_at for each in public)
