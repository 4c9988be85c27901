"""The life of a case: who may do what, when, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from forum.audit.models import AuditEntry
from forum.ballots import errors
from forum.ballots.models import (
    BallotEvent,
    BallotIncident,
    BallotKind,
    BallotRule,
    Enquired,
    StepKind,
    Vote,
)
from forum.ballots.models.handling import RuleFixed
from forum.ballots.neighbours import neighbours
from forum.ballots.operations import enquiring, opening, performing, positions, turning, voting
from forum.ballots.queries import cases, configured
from forum.ballots.rules.coherence import CommentFacts
from forum.ballots.states import CASE_LIFE
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.ports.mail.models import OutboxMail
from forum.workdays import operations as workdays
from forum.workdays.models import DayKind
from forum.workdays.operations import Special
from forum.workdays.rules.calendars import Region
from tests.ballots import house as making
from tests.ballots.house import CHAIR, CLOSES, OFFICE, SECRETARY, SUBMITTER, House
from tests.conftest import START

SECOND = timedelta(seconds=1)


def test_a_case_goes_from_its_opening_to_a_vote_and_is_closed_by_the_clock(house: House) -> None:
    ballot = making.submitted(house)
    assert ballot.state == "submitted"
    assert turning.turn_of_the_hour(now=ballot.closes_at - SECOND) == 0
    assert turning.turn_of_the_hour(now=ballot.closes_at) == 1
    assert ballot.state == "closed"
    assert [row.action for row in reversed(cases.events(ballot.id))] == [
        "open", "begin_enquiry", "close_enquiry", "begin_position", "draft", "pass_on", "approve", "submit", "close",
    ]  # fmt: skip
    performing.perform(ballot, "disposition", **house.as_(SECRETARY, ballot.closes_at))  # type: ignore[arg-type]
    assert ballot.state == "dispositioned"


def test_every_step_is_in_the_audit_and_the_history(house: House) -> None:
    ballot = making.submitted(house)
    audited = session.scalars(
        select(AuditEntry.action).where(AuditEntry.object_id == ballot.public_id).order_by(AuditEntry.id)
    ).all()
    told = session.scalars(select(BallotEvent.action).where(BallotEvent.ballot_id == ballot.id)).all()
    assert set(told) <= set(audited)
    assert "submit" in told


def test_those_asked_get_mail_in_their_language_with_the_due_day(house: House) -> None:
    house.cast.account("delegate").language = "zh"
    ballot = making.asked(house, making.opened(house), "delegate")
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "ballot_enquiry")).one()
    enquiry = next(row for row in ballot.steps if row.kind is StepKind.ENQUIRY)
    assert mail.recipient == "delegate@forum.test"
    assert f"{enquiry.due_on.month}月{enquiry.due_on.day}日" in mail.body
    assert "ISO/DIS 90001" in mail.subject
    assert ballot.public_id in mail.body


def test_an_enquiry_needs_a_chinese_summary_a_draft_and_somebody_to_ask(house: House) -> None:
    ballot = making.opened(house, summary=Text("English alone"))
    people = (house.cast.accounts["delegate"],)
    asking = house.as_(SECRETARY)
    with pytest.raises(errors.SummaryMissing):
        enquiring.begin(ballot, enquiring.Enquiry(people, draft=making.upload()), **asking)  # type: ignore[arg-type]
    with pytest.raises(errors.DraftMissing):
        enquiring.begin(ballot, enquiring.Enquiry(people, summary_zh="摘要"), **asking)  # type: ignore[arg-type]
    with pytest.raises(errors.NobodyAsked):
        enquiring.begin(ballot, enquiring.Enquiry((), summary_zh="摘要"), **asking)  # type: ignore[arg-type]
    there = enquiring.Enquiry(people, ("nobody@forum.test",), "摘要")
    with pytest.raises(errors.AddressUnknown, match="nobody@"):
        enquiring.begin(ballot, there, **asking)  # type: ignore[arg-type]
    assert ballot.state == "open"


def test_somebody_of_another_mirror_committee_is_not_asked_by_number(house: House) -> None:
    ballot = making.opened(house)
    foreign = (house.cast.accounts["neighbour"],)
    with pytest.raises(errors.NobodyAsked):
        enquiring.begin(ballot, enquiring.Enquiry(foreign, draft=making.upload()), **house.as_(SECRETARY))  # type: ignore[arg-type]


def test_an_answer_after_the_enquiry_is_taken_and_marked_as_late(house: House) -> None:
    ballot = making.asked(house, making.opened(house))
    mine = cases.enquired(ballot.id, house.cast.accounts["delegate"])
    late = cases.enquired(ballot.id, house.cast.accounts["focal"])
    assert mine is not None
    assert late is not None
    enquiring.answer(mine, "approve", "好", **house.as_("delegate"))  # type: ignore[arg-type]
    performing.perform(ballot, "close_enquiry", **house.as_(SECRETARY))  # type: ignore[arg-type]
    enquiring.answer(late, "disapprove", **house.as_("focal"))  # type: ignore[arg-type]
    assert (mine.late, late.late) == (False, True)
    with pytest.raises(errors.AnswerNotOffered):
        enquiring.answer(mine, "confirm", **house.as_("delegate"))  # type: ignore[arg-type]
    with pytest.raises(errors.ClosedAlready):
        enquiring.answer(mine, "approve", **house.as_("delegate", ballot.closes_at))  # type: ignore[arg-type]


def test_the_enquiry_closes_by_itself_the_day_after_its_due_day(house: House) -> None:
    ballot = making.asked(house, making.opened(house))
    due = next(row.due_on for row in ballot.steps if row.kind is StepKind.ENQUIRY)
    on_the_day = START.replace(year=due.year, month=due.month, day=due.day, hour=15)  # still that day in Beijing
    assert turning.turn_of_the_hour(now=on_the_day) == 0
    assert turning.turn_of_the_hour(now=on_the_day + timedelta(hours=2)) == 1
    assert ballot.state == "consolidating"


def test_the_position_waits_until_every_comment_is_decided(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = making.asked(house, making.opened(house))
    performing.perform(ballot, "close_enquiry", **house.as_(SECRETARY))  # type: ignore[arg-type]
    monkeypatch.setattr(neighbours, "comments", lambda _ballot: CommentFacts(undecided=2))
    with pytest.raises(errors.CommentsUndecided, match="2"):
        performing.perform(ballot, "begin_position", **house.as_(SECRETARY))  # type: ignore[arg-type]
    monkeypatch.setattr(neighbours, "comments", lambda _ballot: CommentFacts())
    performing.perform(ballot, "begin_position", **house.as_(SECRETARY))  # type: ignore[arg-type]


def test_the_author_never_approves_and_the_chair_comes_before_the_office(house: House) -> None:
    ballot = making.worded(house, making.drafting(house, making.opened(house)), who=CHAIR)
    with pytest.raises(errors.AuthorCannotApprove):
        performing.perform(ballot, "pass_on", **house.as_(CHAIR))  # type: ignore[arg-type]
    with pytest.raises(errors.ChairFirst):
        performing.perform(ballot, "approve", **house.as_(OFFICE))  # type: ignore[arg-type]
    making.approved(house, making.worded(house, ballot))
    assert ballot.state == "position_approved"


def test_one_person_with_two_posts_approves_once(house: House) -> None:
    ballot = making.worded(house, making.drafting(house, making.opened(house)))
    both = house.cast.account(CHAIR).actor("chair", "office")
    performing.perform(ballot, "pass_on", actor=both, now=START)
    with pytest.raises(errors.ApprovedByYou):
        performing.perform(ballot, "approve", actor=both, now=START)


def test_a_new_wording_loses_the_approvals_of_the_one_before(house: House) -> None:
    ballot = making.worded(house, making.drafting(house, making.opened(house)))
    performing.perform(ballot, "pass_on", **house.as_(CHAIR))  # type: ignore[arg-type]
    making.worded(house, ballot, "abstain", "No expertise here.")
    with pytest.raises(errors.ChairFirst):
        performing.perform(ballot, "approve", **house.as_(OFFICE))  # type: ignore[arg-type]


def test_a_position_changed_past_the_product_is_not_submitted(house: House) -> None:
    ballot = making.approved(house, making.worded(house, making.drafting(house, making.opened(house))))
    wording = cases.position(ballot.id)
    assert wording is not None
    wording.answer = "disapprove"
    with pytest.raises(errors.PositionAltered):
        making.voted(house, ballot)


def test_a_disapproval_without_a_technical_reason_is_blocked(house: House) -> None:
    ballot = making.worded(house, making.drafting(house, making.opened(house)), "disapprove")
    with pytest.raises(errors.GuardObjects, match="technical"):
        performing.perform(ballot, "pass_on", **house.as_(CHAIR))  # type: ignore[arg-type]
    with pytest.raises(errors.NoSuchWarning):  # a block is not overridden
        positions.sign_warning(ballot, "VG-01", "We insist.", **house.as_(CHAIR))  # type: ignore[arg-type]
    making.approved(house, making.worded(house, ballot, "disapprove", "Clause 4 can’t be measured."))


def test_a_warning_needs_a_signed_reason_and_keeps_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "comments", lambda _ballot: CommentFacts(kept=3, technical_kept=1, must_change=1))
    ballot = making.worded(house, making.drafting(house, making.opened(house)))
    with pytest.raises(errors.GuardObjects):
        performing.perform(ballot, "pass_on", **house.as_(CHAIR))  # type: ignore[arg-type]
    with pytest.raises(ReasonNeeded):
        positions.sign_warning(ballot, "VG-02", "  ", **house.as_(CHAIR))  # type: ignore[arg-type]
    positions.sign_warning(ballot, "VG-02", "The convenor agreed to it.", **house.as_(CHAIR))  # type: ignore[arg-type]
    making.approved(house, ballot)
    assert [row.reason for row in cases.events(ballot.id) if row.action == "sign_warning"] == [
        "The convenor agreed to it."
    ]


def test_a_vote_one_second_before_the_closing_counts_and_none_at_it(house: House) -> None:
    ballot = making.approved(house, making.worded(house, making.drafting(house, making.opened(house))))
    with pytest.raises(errors.ClosedAlready):
        making.voted(house, ballot, now=ballot.closes_at)
    making.voted(house, ballot, now=ballot.closes_at - SECOND)
    assert len(cases.votes(ballot.id)) == 1


def test_the_latest_of_two_votes_counts_and_both_stay(house: House) -> None:
    ballot = making.submitted(house)
    performing.perform(ballot, "reopen", reason="New facts.", **house.as_(OFFICE))  # type: ignore[arg-type]
    assert cases.latest_vote(ballot.id) is not None  # it stands until replaced
    making.voted(house, making.approved(house, making.worded(house, ballot, "abstain", "No expertise.")))
    assert [(vote.number, vote.answer) for vote in cases.votes(ballot.id)] == [(2, "abstain"), (1, "approve")]
    latest = cases.latest_vote(ballot.id)
    assert latest is not None
    assert latest.answer == "abstain"


def test_a_vote_is_never_changed_or_removed(house: House) -> None:
    making.submitted(house)
    for statement in (update(Vote).values(answer="disapprove"), delete(Vote), delete(BallotEvent)):
        with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
            session.execute(statement)


def test_a_rule_is_never_changed_and_a_ballot_never_gets_another(house: House) -> None:
    ballot = making.opened(house)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(update(BallotRule).values(certainty="verified"))
    other = configured.rule_on(BallotKind.FDIS, making.OPENS)
    assert other is not None
    ballot.rule = other
    with pytest.raises(RuleFixed):
        session.flush()
    session.rollback()


def test_a_provisional_timetable_is_planned_again_when_the_working_days_are_announced(house: House) -> None:
    ballot = making.opened(house)
    assert ballot.provisional  # nobody knows the holidays of 2027 in the story's beginning
    submit = next(row for row in ballot.steps if row.kind is StepKind.SUBMIT)
    before = submit.due_on
    for first, kind in ((before, DayKind.CLOSED), (date(2027, 5, 8), DayKind.WORKING)):
        workdays.enter(Special(Region("CN"), first, first, kind, Text("Day", "日")), actor=SYSTEM, now=START)
    turning.turn_of_the_hour(now=START)
    assert submit.ballot.provisional is False
    assert submit.due_on < before
    assert "replan" in {row.action for row in cases.events(ballot.id)}


def test_the_voter_is_never_the_only_one_who_approved(house: House) -> None:
    ballot = making.approved(house, making.worded(house, making.drafting(house, making.opened(house))))
    making.voted(house, ballot, who=OFFICE)  # the chair approved as well
    wording = cases.position(ballot.id)
    assert wording is not None
    assert {one.account_id for one in wording.approvals} - {house.cast.accounts[OFFICE]}


def test_a_submitted_vote_stands_when_the_position_was_taken_up_again(house: House) -> None:
    ballot = making.submitted(house)
    performing.perform(ballot, "reopen", reason="Another look.", **house.as_(CHAIR))  # type: ignore[arg-type]
    turning.turn_of_the_hour(now=ballot.closes_at)
    assert ballot.state == "closed"


def test_an_unvoted_mandatory_ballot_is_missed_and_asks_for_a_report(house: House) -> None:
    ballot = making.opened(house)
    turning.turn_of_the_hour(now=ballot.closes_at)
    assert ballot.state == "missed"
    incident = session.scalars(select(BallotIncident)).one()
    assert incident.state_before == "open"
    assert turning.turn_of_the_hour(now=ballot.closes_at + timedelta(hours=1)) == 0
    with pytest.raises(errors.ReportNeeded):
        performing.report_incident(ballot, " ", **house.as_(SECRETARY, ballot.closes_at))  # type: ignore[arg-type]
    performing.report_incident(ballot, "Nobody took it up.", **house.as_(SECRETARY, ballot.closes_at))  # type: ignore[arg-type]
    assert incident.reported_at == ballot.closes_at


def test_a_consultation_without_a_vote_is_closed_and_not_missed(house: House) -> None:
    ballot = making.opened(house, mandatory=False)
    turning.turn_of_the_hour(now=ballot.closes_at)
    assert ballot.state == "closed"


def test_no_position_needs_a_reason_and_somebody_who_may(house: House) -> None:
    ballot = making.opened(house)
    with pytest.raises(ReasonNeeded):
        performing.perform(ballot, "take_no_position", **house.as_(CHAIR))  # type: ignore[arg-type]
    with pytest.raises(UnlawfulAction):
        performing.perform(ballot, "take_no_position", reason="Dull.", **house.as_(SECRETARY))  # type: ignore[arg-type]
    performing.perform(ballot, "take_no_position", reason="No expertise.", **house.as_(CHAIR))  # type: ignore[arg-type]
    signed = cases.events(ballot.id)[0]
    assert (signed.reason, signed.account_id) == ("No expertise.", house.cast.accounts[CHAIR])
    turning.turn_of_the_hour(now=ballot.closes_at)
    assert ballot.state == "no_position"


def test_two_who_decide_on_one_version_dont_both_win(house: House) -> None:
    ballot = making.opened(house)
    seen = ballot.version
    making.asked(house, ballot)
    with pytest.raises(errors.ChangedMeanwhile):
        performing.perform(ballot, "take_no_position", reason="x", seen=seen, **house.as_(CHAIR))  # type: ignore[arg-type]


def test_a_short_enquiry_waits_for_the_signature_of_the_chair(house: House) -> None:
    ballot = making.opened(house, closes_on=START.date() + timedelta(days=14))
    assert ballot.compressed
    with pytest.raises(errors.CompressedUnsigned, match="10"):
        making.asked(house, ballot)
    performing.sign_compressed(ballot, reason="Learned late.", **house.as_(CHAIR))  # type: ignore[arg-type]
    making.asked(house, ballot)
    with pytest.raises(errors.NothingToSign):
        performing.sign_compressed(ballot, reason="Again.", **house.as_(CHAIR))  # type: ignore[arg-type]


def test_moving_the_closing_day_plans_undone_steps_alone_and_raises_the_sequence(house: House) -> None:
    ballot = making.asked(house, making.opened(house))
    before = {row.kind: row.due_on for row in ballot.steps}
    changed = opening.redate(ballot, CLOSES + timedelta(days=28), reason="Extended.", **house.as_(OFFICE))  # type: ignore[arg-type]
    after = {row.kind: row.due_on for row in ballot.steps}
    assert StepKind.TRIAGE not in {one.step for one in changed}
    assert after[StepKind.TRIAGE] == before[StepKind.TRIAGE]
    assert after[StepKind.SUBMIT] > before[StepKind.SUBMIT]
    assert ballot.sequence == 1
    assert session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == "ballot_redated")).all()


def test_a_report_is_not_voted_on_at_the_committee_stage(house: House) -> None:
    draft = making.standard(house.committee("ISO/TC 900"), "90002", "A report", "报告", stage="30.20")
    with pytest.raises(errors.StageWrong, match=r"50\.20"):
        making.opened(house, standard=draft, kind=BallotKind.DTR)
    draft.stage = draft.stage_equivalent = "50.20"
    making.opened(house, standard=draft, kind=BallotKind.DTR)


def test_no_walk_of_strangers_leads_anywhere(house: House) -> None:
    ballot = making.opened(house)
    for row in CASE_LIFE.rows:
        with pytest.raises(UnlawfulAction):
            performing.perform(ballot, row.action, reason="x", **house.as_("viewer"))  # type: ignore[arg-type]
    assert not session.scalars(select(Enquired)).all()
    with pytest.raises(UnlawfulAction):
        voting.submit(ballot, making.upload(), **house.as_(SUBMITTER))  # type: ignore[arg-type]
    assert SYSTEM.roles == {"system"}
