"""A case from the invitation to its end, and each condition on the way with its control."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from forum.audit.queries import broken_at, chains
from forum.cooperation.operations import reporting
from forum.cooperation.states import ReportState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.partnerships import errors
from forum.partnerships.models import (
    AgreementVersion,
    Approval,
    AttachmentKind,
    CaseReview,
    ConsentKind,
    Instrument,
    Level,
    TransitionRecord,
)
from forum.partnerships.neighbours import NoWork, neighbours
from forum.partnerships.operations import settle
from forum.partnerships.operations.calendar import turn_of_the_day
from forum.partnerships.operations.governing import Handing, block, delegate
from forum.partnerships.operations.reviewing import allow_new_points, close_point, take_up
from forum.partnerships.operations.taking_part import consent
from forum.partnerships.operations.texts import confirm_text, write_text
from forum.partnerships.queries.cases import open_review
from forum.partnerships.queries.timeline import records
from forum.partnerships.rules.case import Given, Point
from forum.partnerships.rules.dates import in_force
from forum.partnerships.states import VersionState
from forum.reminders.models import Notice, NoticeState, Reminder
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    POINT,
    ZHEJIANG,
    World,
    act,
    active,
    agreed,
    answer_all,
    approved,
    at_nation,
    at_province,
    by_system,
    drafted,
    favour,
    final_report,
    negotiating,
    points,
    reminded,
    renewing,
    scan,
    signed,
    standing,
    world,
    write,
)

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


RETURNED = Given(points=(POINT,))


# --- The whole way --------------------------------------------------------------------------------------


def test_a_case_goes_from_the_draft_to_the_register_and_every_step_is_written_down(of: World) -> None:
    version = active(of)
    assert version.state is VersionState.ACTIVE
    assert version.registry_number == "R-2027-0001"
    assert version.partnership.number == "P-2027-0001"
    story = records(version)
    assert [record.action for record in story] == [
        "invite",
        "express_interest",
        "agree_text",
        "endorse",
        "endorse",
        "approve",
        "record_signature",
        "register",
    ]
    assert [record.seq for record in story] == list(range(1, version.moves + 1))
    for before, after in itertools.pairwise(story):
        assert before.target == after.source
    assert all(record.role and record.actor and len(record.text_hash) == 64 for record in story)
    assert story[0].facts["match"] == {"formula": 1, "fit": 3210}
    assert len(story[5].facts["people"]) == 2
    assert all(broken_at(head) is None for head in chains())


def test_either_side_may_invite_and_the_review_runs_on_the_chinese_side(of: World) -> None:
    version = drafted(of, inviting="Nantes", counterparts=("Wenzhou",), by="other_liaison")
    with pytest.raises(NotFound):
        act(version, "invite", of["liaison"])
    act(version, "invite", of["other_liaison"])
    act(version, "express_interest", of["liaison"])
    write(version, of)
    act(version, "agree_text", of["other_liaison"])
    act(version, "agree_text", of["liaison"])
    favour(version, of)
    with pytest.raises(UnlawfulAction):
        act(version, "endorse", of["other_lead"])
    act(version, "endorse", of["lead"])
    assert version.state is VersionState.PROVINCE_REVIEW


def test_a_municipality_is_reviewed_by_its_own_reviewer_who_is_another_person(of: World) -> None:
    of.officers["liaison"] = of.officer(("city_liaison", "Beijing"))
    both = of.officer(("city_lead", "Beijing"), ("province_reviewer", "110000"))
    version = agreed(of, inviting="Beijing")
    act(version, "endorse", both)
    with pytest.raises(errors.ActedAlready):
        act(version, "endorse", both)
    act(version, "endorse", of["foreign_province"])
    assert version.state is VersionState.NATIONAL_REVIEW


def test_the_corps_acts_as_a_province(of: World) -> None:
    of.officers["liaison"] = of.officer(("city_liaison", "Shihezi"))
    lead, reviewer = of.officer(("city_lead", "Shihezi")), of.officer(("province_reviewer", "XPCC"))
    version = agreed(of, inviting="Shihezi")
    act(version, "endorse", lead)
    with pytest.raises(NotFound):
        act(version, "endorse", of["reviewer"])
    act(version, "endorse", reviewer)
    assert version.state is VersionState.NATIONAL_REVIEW


# --- Preparing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"counterparts": ()}, errors.NoCounterpart),
        ({"counterparts": ("Ningbo",)}, errors.BothSidesNeeded),
        ({"areas": ()}, errors.AreaNeeded),
        (
            {"invitation": Text("Only English", "")},
            errors.InvitationInBothLanguages,
        ),
    ],
)
def test_an_incomplete_invitation_says_what_is_missing(
    of: World, change: dict[str, Any], refusal: type[Exception]
) -> None:
    version = drafted(of, **change)
    with pytest.raises(refusal):
        act(version, "invite", of["liaison"])
    assert version.state is VersionState.DRAFT


def test_a_blocked_city_is_neither_invited_nor_asked_again_and_learns_no_reason(of: World) -> None:
    version = drafted(of)
    block(of.cities["Nantes"], of.cities["Wenzhou"], actor=of["other_liaison"].actor, now=NOW)
    with pytest.raises(errors.NotToBeInvited) as caught:
        act(version, "invite", of["liaison"])
    assert "block" not in str(caught.value)
    other = drafted(of, counterparts=("Kobe",))
    act(other, "invite", of["liaison"])
    act(other, "decline", of["kobe_liaison"])
    block(of.cities["Kobe"], of.cities["Wenzhou"], actor=of["kobe_liaison"].actor, now=NOW)
    with pytest.raises(errors.NotToBeInvited):
        act(other, "reopen", of["liaison"])


def test_reopening_needs_a_reason(of: World) -> None:
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "decline", of["other_liaison"])
    with pytest.raises(ReasonNeeded):
        act(version, "reopen", of["liaison"], reason=" ")
    act(version, "reopen", of["liaison"])
    assert version.state is VersionState.DRAFT


def test_these_cities_have_one_open_partnership_for_an_instrument(of: World) -> None:
    version = drafted(of)
    with pytest.raises(errors.OpenAlready):
        drafted(of)
    drafted(of, instrument=Instrument.ARRANGEMENT)
    act(version, "withdraw", of["liaison"])
    assert drafted(of).state is VersionState.DRAFT


def test_a_new_proposal_after_a_rejection_cites_it(of: World) -> None:
    version = at_province(of)
    act(version, "reject", of["province_lead"])
    assert version.state is VersionState.REJECTED
    with pytest.raises(errors.MustCiteRejection, match=version.partnership.number):
        drafted(of)
    again = drafted(of, cites=version.partnership)
    assert again.partnership.cites_id == version.partnership_id


def test_an_invitation_times_out_after_its_day_and_two_reminders(of: World) -> None:
    version = drafted(of)
    act(version, "invite", of["liaison"], given=Given(answer_by=date(2027, 3, 31)))
    late = datetime(2027, 4, 2, 3, tzinfo=UTC)
    assert settle(version, now=late) == ()  # nobody was reminded
    reminded(version, of["other_liaison"], -7)
    assert settle(version, now=late) == ()  # one reminder
    session.add(
        Notice(reminder_id=session.scalars(select(Reminder.id)).one(), offset_days=-1, tell_on=date(2027, 3, 30))
    )
    assert settle(version, now=late) == ()  # the second is planned, and nobody was told
    session.execute(update(Notice).values(state=NoticeState.TOLD, told_at=NOW))
    assert turn_of_the_day(now=datetime(2027, 3, 31, 3, tzinfo=UTC)) == 0  # there is still time to answer
    assert turn_of_the_day(now=late) == 1
    assert version.state == "declined"


# --- The text -------------------------------------------------------------------------------------------


def test_both_parties_agree_the_same_text(of: World) -> None:
    version = negotiating(of)
    assert not act(version, "agree_text", of["liaison"]).moved
    write(version, of, "Six years.", "为期六年。")
    assert not act(version, "agree_text", of["other_liaison"]).moved  # the first one confirmed another text
    assert act(version, "agree_text", of["liaison"]).moved
    assert version.state is VersionState.CITY_REVIEW


def test_a_side_edited_alone_blocks_the_agreement_until_it_is_matched(of: World) -> None:
    version = negotiating(of)
    who = of["liaison"]
    write_text(
        version, Text("Five long years.", "为期五年。"), standing=standing(version, who), actor=who.actor, now=NOW
    )
    with pytest.raises(errors.ClausesUnmatched):
        act(version, "agree_text", who)
    write(version, of, "Five long years.", "为期漫长的五年。")
    act(version, "agree_text", who)


def test_who_reads_an_older_text_does_not_confirm_the_newer(of: World) -> None:
    version = negotiating(of)
    with pytest.raises(errors.TextMovedMeanwhile):
        act(version, "agree_text", of["liaison"], given=Given(seen_hash="0" * 64))


def test_a_locked_text_is_not_edited(of: World) -> None:
    version, who = agreed(of), of["liaison"]
    with pytest.raises(errors.TextLocked):
        write_text(version, Text("a", "b"), standing=standing(version, who), actor=who.actor, now=NOW)


@pytest.mark.parametrize("column", ["text_en", "text_zh"])
def test_one_character_changed_by_any_path_voids_the_approval(of: World, column: str) -> None:
    version = approved(of)
    session.execute(
        text(f"UPDATE agreement_version SET {column} = {column} || '，' WHERE id = :id"),  # noqa: S608 - a column of ours
        {"id": version.id},
    )
    for language in ("en", "zh"):
        scan(version, AttachmentKind.SCAN, language)
    done = act(version, "record_signature", of["liaison"], given=Given(signed_on=date(2027, 3, 1)))
    assert (done.moved, done.by_itself) == (False, ("text_changed",))
    assert version.state is VersionState.NATIONAL_REVIEW
    assert version.approved_both == ""
    assert session.scalar(select(func.count()).select_from(Approval).where(Approval.void_at.is_(None))) == 0
    with pytest.raises(errors.TextDiffers):
        act(version, "approve", of["approver"])


def test_an_unchanged_text_keeps_its_approval(of: World) -> None:
    version = approved(of)
    assert settle(version, now=NOW) == ()
    with pytest.raises(errors.TextUnchanged):
        by_system(version, "text_changed")


# --- Review ---------------------------------------------------------------------------------------------


def test_sign_off_needs_a_valid_foreign_affairs_opinion(of: World) -> None:
    version = negotiating(of)
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    with pytest.raises(errors.OpinionNeeded):
        act(version, "endorse", of["lead"])
    favour(version, of, until=date(2027, 2, 28))
    with pytest.raises(errors.OpinionNeeded):
        act(version, "endorse", of["lead"])
    favour(version, of)
    assert act(version, "endorse", of["lead"]).moved


def test_who_drafted_does_not_sign_off(of: World) -> None:
    both = of.officer(("city_liaison", "Wenzhou"), ("city_lead", "Wenzhou"))
    of.officers["liaison"] = both
    version = agreed(of)
    with pytest.raises(errors.DraftedIt):
        act(version, "endorse", both)
    act(version, "endorse", of["lead"])


def test_one_person_in_three_offices_acts_once(of: World) -> None:
    everywhere = of.officer(
        ("city_lead", "Wenzhou"),
        ("province_reviewer", ZHEJIANG),
        ("national_approver", None),
        ("national_registrar", None),
    )
    version = agreed(of)
    act(version, "endorse", everywhere)
    with pytest.raises(errors.ActedAlready):
        act(version, "endorse", everywhere)
    act(version, "endorse", of["reviewer"])
    with pytest.raises(errors.ActedAlready):
        act(version, "approve", everywhere)
    act(version, "approve", of["approver"])
    act(version, "approve", of["second_approver"])
    assert version.state is VersionState.APPROVED


def test_two_people_approve_and_one_in_two_windows_counts_once(of: World) -> None:
    version = at_nation(of)
    seen = version.stamp
    assert not act(version, "approve", of["approver"], seen=seen).moved
    with pytest.raises(errors.ActedAlready):
        act(version, "approve", of["approver"], seen=seen)
    assert act(version, "approve", of["second_approver"], seen=seen).moved
    assert version.valid_until == date(2028, 3, 1)


def test_a_stale_form_is_told_the_newer_state(of: World) -> None:
    version = at_province(of)
    seen = version.stamp
    act(version, "endorse", of["reviewer"], seen=seen)
    with pytest.raises(errors.MovedMeanwhile, match="National review"):
        act(version, "return", of["reviewer"], seen=seen, given=RETURNED)


def test_the_counterpart_learns_no_state_from_a_refusal(of: World) -> None:
    version = at_province(of)
    with pytest.raises(UnlawfulAction) as unlawful:
        act(version, "endorse", of["other_lead"])
    with pytest.raises(errors.MovedMeanwhile) as moved:
        act(version, "endorse", of["other_lead"], seen="x")
    for refusal in (unlawful.value, moved.value):
        assert "Under review on the other side" in str(refusal)
        assert "Provincial" not in str(refusal)


def test_a_return_needs_points_and_each_its_answer(of: World) -> None:
    version = at_province(of)
    with pytest.raises(errors.PointsNeeded):
        act(version, "return", of["reviewer"])
    with pytest.raises(errors.PointIncomplete):
        act(version, "return", of["reviewer"], given=Given(points=(Point("clause:effect_term", POINT.category, " "),)))
    act(version, "return", of["reviewer"], given=RETURNED)
    with pytest.raises(errors.PointsUnanswered):
        act(version, "resubmit_same_level", of["liaison"])
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    assert version.state is VersionState.PROVINCE_REVIEW


def test_a_level_raises_a_point_once_and_new_ones_with_its_lead(of: World) -> None:
    version = at_province(of)
    act(version, "return", of["reviewer"], given=RETURNED)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    with pytest.raises(errors.PointRaisedBefore):
        act(version, "return", of["reviewer"], given=RETURNED)
    other = Given(points=(Point("clause:costs", POINT.category, "Who pays?"),))
    with pytest.raises(errors.LateNeedsLead):
        act(version, "return", of["reviewer"], given=other)
    lead = of["province_lead"]
    allow_new_points(version, "An inspector's finding.", standing=standing(version, lead), actor=lead.actor, now=NOW)
    act(version, "return", of["reviewer"], given=other)
    assert [point.late for point in points(version)] == [False, True]


def test_a_changed_text_may_have_the_same_point_again(of: World) -> None:
    version = at_province(of)
    act(version, "return", of["reviewer"], given=RETURNED)
    write(version, of, "Six years.", "为期六年。")
    answer_all(version, of)
    with pytest.raises(errors.NotConfirmedByAll):
        act(version, "resubmit", of["liaison"])
    for who in ("liaison", "other_liaison"):
        confirm_text(version, standing=standing(version, of[who]), actor=of[who].actor, now=NOW)
    with pytest.raises(errors.TextNotUnchanged):
        act(version, "resubmit_same_level", of["liaison"])
    act(version, "resubmit", of["liaison"])
    act(version, "endorse", of["lead"])
    act(version, "return", of["reviewer"], given=RETURNED)
    assert version.state is VersionState.RETURNED


def test_a_province_endorses_when_its_own_points_are_closed(of: World) -> None:
    version, who = at_province(of), of["reviewer"]
    act(version, "return", who, given=RETURNED)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    with pytest.raises(errors.PointsOpen):
        act(version, "endorse", who)
    close_point(points(version)[0], standing=standing(version, who), actor=who.actor, now=NOW)
    assert act(version, "endorse", who).moved


def test_a_file_returned_by_the_nation_unchanged_comes_back_to_the_same_reviewer_after_one_step(of: World) -> None:
    version = at_nation(of)
    act(version, "return", of["national"], given=RETURNED)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    act(version, "endorse", of["reviewer"])
    review = open_review(version)
    assert review is not None
    assert (version.state, review.reviewer_id) == (VersionState.NATIONAL_REVIEW, of["national"].account_id)


def test_a_file_returned_by_the_city_is_not_resubmitted_unchanged_to_the_province(of: World) -> None:
    version = agreed(of)
    act(version, "return", of["lead"], given=RETURNED)
    answer_all(version, of)
    with pytest.raises(errors.NotFromAbove):
        act(version, "resubmit_same_level", of["liaison"])


def test_one_open_review_stands_for_the_level_that_has_the_case(of: World) -> None:
    version = at_nation(of)
    rows = session.scalars(select(CaseReview).where(CaseReview.version_id == version.id).order_by(CaseReview.id)).all()
    assert [(row.level, row.closed_at is None) for row in rows] == [
        (Level.CITY, False),
        (Level.PROVINCE, False),
        (Level.NATION, True),
    ]
    assert rows[-1].due_on == date(2027, 3, 30)  # 20 working days after 1 March are 29 March, Easter Monday in Nantes


def test_a_file_is_recalled_until_its_reviewer_opens_it(of: World) -> None:
    version, who = at_province(of), of["reviewer"]
    take_up(version, standing=standing(version, who), actor=who.actor, now=NOW)
    with pytest.raises(errors.OpenedByReviewer):
        act(version, "recall", of["liaison"])
    second = at_province(of, counterparts=("Nantes",), instrument=Instrument.ARRANGEMENT)
    act(second, "recall", of["liaison"])
    assert second.state is VersionState.NEGOTIATING


def test_a_province_approves_what_is_delegated_to_it_today(of: World) -> None:
    version = at_province(of)
    with pytest.raises(errors.NotDelegated):
        act(version, "approve_delegated", of["reviewer"])
    handing = Handing("D-1", Instrument.MEMORANDUM, ZHEJIANG, date(2027, 1, 1), date(2027, 2, 28))
    delegate(handing, actor=of["national"].actor, now=NOW)
    with pytest.raises(errors.NotDelegated):
        act(version, "approve_delegated", of["reviewer"])
    handing = Handing("D-2", Instrument.MEMORANDUM, ZHEJIANG, date(2027, 1, 1), date(2027, 12, 31))
    delegate(handing, actor=of["national"].actor, now=NOW)
    act(version, "approve_delegated", of["reviewer"])
    assert (version.state, version.delegation_reference) == (VersionState.APPROVED, "D-2")


def test_a_lead_who_acted_before_does_not_reject(of: World) -> None:
    both = of.officer(("province_reviewer", ZHEJIANG), ("province_lead", ZHEJIANG))
    version = at_province(of)
    act(version, "return", both, given=RETURNED)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    with pytest.raises(errors.ActedAlready):
        act(version, "reject", both)
    act(version, "reject", of["province_lead"])
    assert version.state is VersionState.REJECTED


# --- Signing --------------------------------------------------------------------------------------------


def test_a_signature_made_in_time_is_reported_a_little_later_and_then_no_more(of: World) -> None:
    version = approved(of)
    assert version.valid_until == date(2028, 3, 1)
    for language in ("en", "zh"):
        scan(version, AttachmentKind.SCAN, language)
    day_after = datetime(2028, 3, 2, 3, tzinfo=UTC)
    with pytest.raises(errors.SigningDateOutside):
        act(version, "record_signature", of["liaison"], now=day_after, given=Given(signed_on=date(2028, 3, 2)))
    with session.begin_nested() as attempt:
        done = act(version, "record_signature", of["liaison"], now=day_after, given=Given(signed_on=date(2028, 3, 1)))
        assert done.moved
        attempt.rollback()
    session.refresh(version)
    too_late = datetime(2028, 3, 12, 3, tzinfo=UTC)
    done = act(version, "record_signature", of["liaison"], now=too_late, given=Given(signed_on=date(2028, 3, 1)))
    assert (done.moved, done.by_itself, version.state) == (False, ("validity_passed",), VersionState.LAPSED)
    with pytest.raises(UnlawfulAction):
        act(version, "record_signature", of["liaison"], now=too_late, given=Given(signed_on=date(2028, 3, 1)))


def test_a_signature_needs_the_scan_of_each_language(of: World) -> None:
    version = approved(of)
    scan(version, AttachmentKind.SCAN, "en")
    with pytest.raises(errors.ScansNeeded):
        act(version, "record_signature", of["liaison"], given=Given(signed_on=date(2027, 3, 1)))


def test_a_lapsed_case_applies_again_with_a_fresh_opinion_or_closes_after_a_year(of: World) -> None:
    version = approved(of)
    lapse = datetime(2028, 3, 12, 3, tzinfo=UTC)
    by_system(version, "validity_passed", now=lapse)
    with pytest.raises(errors.OpinionTooOld):
        act(version, "reapply", of["liaison"], now=lapse)
    assert settle(version, now=lapse + timedelta(days=360)) == ()
    with session.begin_nested() as attempt:
        favour(version, of, on=date(2028, 3, 10))
        act(version, "reapply", of["liaison"], now=lapse)
        assert version.state is VersionState.CITY_REVIEW
        attempt.rollback()
    session.refresh(version)
    assert settle(version, now=lapse + timedelta(days=367)) == ("auto_close",)


def test_the_registrar_compares_the_printed_digits(of: World) -> None:
    version = signed(of)
    with pytest.raises(errors.DigitsDiffer):
        act(version, "register", of["registrar"], given=Given(printed_digits="0" * 16))
    digits = version.approved_both[:16].upper()
    grouped = " ".join(digits[start : start + 4] for start in range(0, 16, 4))
    act(version, "register", of["registrar"], given=Given(printed_digits=grouped))
    assert version.state is VersionState.ACTIVE


def test_a_registrar_did_not_approve(of: World) -> None:
    both = of.officer(("national_approver", None), ("national_registrar", None))
    of.officers["second_approver"] = both
    version = signed(of)
    with pytest.raises(errors.ActedAlready):
        act(version, "register", both, given=Given(printed_digits=version.approved_both[:16]))


def test_a_wrong_scan_is_replaced_and_the_text_stays_approved(of: World) -> None:
    version = signed(of)
    wrong = Given(points=(Point("attachment:scan", POINT.category, "Page 3 is missing."),))
    act(version, "text_mismatch", of["registrar"], given=wrong)
    answer_all(version, of)
    act(version, "replace_scan", of["liaison"])
    assert version.state is VersionState.SIGNED
    act(version, "register", of["registrar"], given=Given(printed_digits=version.approved_both[:16]))


# --- In force -------------------------------------------------------------------------------------------


def test_a_term_is_in_force_until_it_is_over_in_the_west_as_well(of: World) -> None:
    version = active(of, ends_on=date(2030, 12, 31))
    zones = ("Asia/Shanghai", "Europe/Paris")
    evening = datetime(2030, 12, 31, 22, 30, tzinfo=UTC)  # 23:30 in Nantes, New Year's Day in Wenzhou
    assert in_force(version.effective_on, version.ends_on, zones, evening, registered=True)
    assert settle(version, now=evening) == ()
    after = evening + timedelta(hours=1)
    assert not in_force(version.effective_on, version.ends_on, zones, after, registered=True)
    assert settle(version, now=after) == ("term_ended",)
    assert version.state is VersionState.EXPIRED


def test_a_renewal_opens_near_the_end_of_the_term(of: World) -> None:
    version = active(of, ends_on=date(2030, 12, 31))
    with pytest.raises(errors.NotYetForRenewal):
        act(version, "open_renewal", of["liaison"])
    turn_of_the_day(now=datetime(2030, 7, 4, 3, tzinfo=UTC))
    assert version.state is VersionState.RENEWAL


def test_the_same_terms_go_on_with_a_letter_of_each_party(of: World) -> None:
    version, then = renewing(of)
    longer = Given(ends_on=date(2035, 12, 31))
    scan(version, AttachmentKind.RENEWAL_LETTER, party_id=version.partnership.parties[0].id)
    with pytest.raises(errors.LettersNeeded):
        act(version, "renewed_same_terms", of["registrar"], now=then, given=longer)
    scan(version, AttachmentKind.RENEWAL_LETTER, party_id=version.partnership.parties[1].id)
    act(version, "renewed_same_terms", of["registrar"], now=then, given=longer)
    assert (version.state, version.ends_on) == (VersionState.ACTIVE, date(2035, 12, 31))


def test_new_terms_open_a_successor_and_the_old_version_stays_in_force(of: World) -> None:
    version, then = renewing(of)
    assert not act(version, "new_terms", of["liaison"], now=then).moved
    done = act(version, "new_terms", of["other_liaison"], now=then)
    following = done.successor
    assert following is not None
    assert (following.number, following.state, following.predecessor_id) == (2, VersionState.NEGOTIATING, version.id)
    assert (version.state, version.ends_on) == (VersionState.RENEWAL, date(2030, 12, 31))
    assert records(following)[0].number_before == 1
    with pytest.raises(errors.SuccessorOpen):
        act(version, "new_terms", of["liaison"], now=then)
    act(following, "withdraw", of["liaison"], now=then)
    assert version.state is VersionState.RENEWAL
    assert version.partnership.closed_at is None
    assert not act(version, "new_terms", of["liaison"], now=then).moved  # the former consents are used up
    assert settle(version, now=datetime(2031, 1, 2, tzinfo=UTC)) == ("term_ended",)


def test_a_late_renewal_comes_within_a_year(of: World) -> None:
    version = active(of)
    settle(version, now=datetime(2031, 1, 2, tzinfo=UTC))
    with pytest.raises(errors.TooLateToRenew):
        act(version, "late_renewal", of["liaison"], now=datetime(2032, 1, 2, tzinfo=UTC))
    then = datetime(2031, 6, 1, tzinfo=UTC)
    act(version, "late_renewal", of["liaison"], now=then)
    following = act(version, "late_renewal", of["other_liaison"], now=then).successor
    assert following is not None
    assert version.state is VersionState.EXPIRED


class TwoTrainings(NoWork):
    """Two trainings run under every agreement."""

    def undecided(self, version: AgreementVersion, decisions: Mapping[str, str]) -> int:  # noqa: ARG002 - the protocol's
        return len({"first", "second"} - set(decisions))


def test_stopping_asks_a_decision_for_each_running_activity(of: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = active(of)
    monkeypatch.setattr(neighbours, "work", TwoTrainings())
    later = date(2027, 6, 1)
    for decisions in ({}, {"first": "finish"}, {"first": "finish", "second": "forget"}):
        with pytest.raises(errors.ActivitiesUndecided):
            act(version, "terminate", of["lead"], given=Given(stops_on=later, decisions=decisions))
    decided = {"first": "finish", "second": "transfer"}
    with pytest.raises(errors.NoticeTooShort, match="2027-06-01"):
        act(version, "terminate", of["lead"], given=Given(stops_on=date(2027, 5, 31), decisions=decided))
    act(version, "terminate", of["other_lead"], given=Given(stops_on=later, decisions=decided))
    assert (version.state, version.stopped_on) == (VersionState.TERMINATED, later)
    assert records(version)[-1].facts["decisions"] == decided


def test_resuming_needs_the_consent_of_every_party(of: World) -> None:
    version = active(of)
    act(version, "suspend", of["other_lead"])
    with pytest.raises(errors.NotEveryPartyAgrees):
        act(version, "resume", of["approver"])
    for who in ("lead", "other_lead"):
        consent(version, ConsentKind.RESUME, standing=standing(version, of[who]), actor=of[who].actor, now=NOW)
    act(version, "resume", of["approver"], now=NOW + timedelta(days=10))
    assert version.state is VersionState.ACTIVE
    assert records(version)[-1].facts["days_suspended"] == 10


def test_a_final_report_is_confirmed_by_the_counterpart(of: World) -> None:
    version = active(of)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    report = final_report(version, of, confirmed=False)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    who = of["other_liaison"]
    reporting.perform(report, "confirm", standing=standing(version, who), actor=who.actor, now=NOW)
    act(version, "close_with_final_report", of["national"])
    assert version.state is VersionState.COMPLETED
    assert version.partnership.closed_at is not None
    assert report.state is ReportState.ACCEPTED
    assert records(version)[-1].facts["report"] == report.public_id


def test_a_report_that_the_counterpart_disputes_closes_nothing(of: World) -> None:
    version = active(of)
    report = final_report(version, of, confirmed=False)
    who = of["other_liaison"]
    mine = standing(version, who)
    reporting.perform(report, "dissent", reason="No.", standing=mine, actor=who.actor, now=NOW)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    reporting.perform(report, "confirm", standing=mine, actor=who.actor, now=NOW)
    act(version, "close_with_final_report", of["national"])


def test_the_report_of_an_earlier_term_closes_no_later_one(of: World) -> None:
    version = active(of)
    report = final_report(version, of)
    report.period_from, report.period_to = date(2020, 1, 1), date(2020, 12, 31)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])


# --- The record -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deed", ["UPDATE partnership_transition SET reason = 'x'", "DELETE FROM partnership_transition"]
)
def test_the_record_refuses_to_be_altered(of: World, deed: str) -> None:
    active(of)
    with pytest.raises(Exception, match="append-only"), session.begin_nested():
        session.execute(text(deed))
    assert session.scalar(select(func.count()).select_from(TransitionRecord)) == 8
