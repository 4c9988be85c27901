"""A case under review and before its signature: who signs off, returns and approves, each with its control."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.core.database import session
from forum.core.workflow import UnlawfulAction
from forum.partnerships import errors
from forum.partnerships.models import (
    AttachmentKind,
    CaseReview,
    Instrument,
    Level,
)
from forum.partnerships.operations import settle
from forum.partnerships.operations.governing import Handing, delegate
from forum.partnerships.operations.reviewing import allow_new_points, close_point, take_up
from forum.partnerships.operations.texts import confirm_text
from forum.partnerships.queries.cases import open_review
from forum.partnerships.rules.case import Given, Point
from forum.partnerships.states import VersionState
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    POINT,
    ZHEJIANG,
    World,
    act,
    agreed,
    answer_all,
    approved,
    at_nation,
    at_province,
    by_system,
    favour,
    negotiating,
    points,
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
