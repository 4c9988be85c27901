"""The cases of the demonstration that were negotiated clause by clause: whole, and ready to be gone on with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

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
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.partnerships.errors import DigitsDiffer
from forum.partnerships.library_text import text_of
from forum.partnerships.models import (
    AgreementVersion,
    AttachmentKind,
    CaseAttachment,
    ReturnPoint,
    Side,
    TransitionRecord,
)
from forum.partnerships.operations import perform
from forum.partnerships.rules.case import Given
from forum.partnerships.states import VersionState
from forum.site.demonstration.loading.partnerships.people import officers


@pytest.fixture
def opened(demonstration: Flask) -> Iterator[None]:
    """The demonstration, left as it was."""
    with demonstration.app_context():
        begin_writing()
        yield
        session.rollback()


def written(state: VersionState) -> AgreementVersion:
    """The case in that state whose text comes from the clause library."""
    query = select(AgreementVersion).where(AgreementVersion.text_id.is_not(None), AgreementVersion.state == state)
    return session.scalars(query).one()


@pytest.mark.usefixtures("opened")
def test_one_text_is_negotiated_and_holds_work_for_both_sides() -> None:
    version = written(VersionState.NEGOTIATING)
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


@pytest.mark.usefixtures("opened")
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


@pytest.mark.usefixtures("opened")
def test_the_audit_holds_each_step_of_a_text_that_was_taken_through_the_house() -> None:
    for state in (VersionState.NEGOTIATING, VersionState.RETURNED, VersionState.SIGNED):
        version = written(state)
        query = select(TransitionRecord).where(TransitionRecord.version_id == version.id)
        steps = {record.action for record in session.scalars(query)}
        told = set(session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == version.public_id)))
        assert steps <= told
        assert {"propose", "start_text"} <= told
    assert [head.chain for head in audit.chains() if audit.broken_at(head) is not None] == []


@pytest.mark.usefixtures("opened")
def test_the_registrar_registers_the_signed_copies_and_nothing_else() -> None:
    version, registrar = written(VersionState.SIGNED), officers()["registrar"]
    with pytest.raises(DigitsDiffer):
        perform(version, "register", given=Given(printed_digits="0" * 16), **registrar.towards(version, system_clock()))
    given = Given(printed_digits=version.approved_both[:16])
    assert perform(version, "register", given=given, **registrar.towards(version, system_clock())).moved
    assert version.state is VersionState.ACTIVE
    assert version.registry_number


@pytest.mark.usefixtures("opened")
def test_the_story_runs_from_the_talk_to_an_outcome_on_accepted_evidence() -> None:
    version = written(VersionState.ACTIVE)
    one = version.partnership
    ties = session.scalars(select(SessionLink).where(SessionLink.partnership_id == one.id)).all()
    assert [link.tie for link in ties] == [SessionTie.ORIGIN]
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
