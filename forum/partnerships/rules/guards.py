"""The condition of each step, one function for each; a condition that isn't met says so in its own sentence.

Source: the transition table of the partnership procedure, column "guard".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from forum.partnerships import errors
from forum.partnerships.errors import listed
from forum.partnerships.models import ConsentKind, Level, Side
from forum.partnerships.rules.case import NEVER, Case, Point, Step
from forum.partnerships.rules.dates import months_after, months_before, over_everywhere
from forum.partnerships.states import APPROVING, DRAFTING, REVIEWING, VersionState

Guard = Callable[[Case, Step], None]
_S = VersionState
LEVEL_OF = {
    _S.CITY_REVIEW: Level.CITY,
    _S.PROVINCE_REVIEW: Level.PROVINCE,
    _S.NATIONAL_REVIEW: Level.NATION,
    _S.SIGNED: Level.NATION,
}
DECISIONS = frozenset({"finish", "transfer", "stop"})


# --- Above the table ------------------------------------------------------------------------------------


def one_capacity(case: Case, step: Step) -> None:
    """No self-approval at any level: one person has one capacity in a case, and decides once each time."""
    person = step.standing.account_id
    if person is None:
        return
    hand = case.hands.get(person)
    if step.action in APPROVING:
        if person in case.drafters or (hand is not None and hand.capacity == "drafter"):
            raise errors.DraftedIt
        if hand is not None and (hand.capacity != step.role or hand.moves == case.moves):
            raise errors.ActedAlready
    elif step.action in DRAFTING and hand is not None and hand.capacity != "drafter":
        raise errors.ActedAlready


def speaks_for_one(case: Case, step: Step) -> None:
    """Where each party has to say yes, one person says it for one of them."""
    if case.concerned(step.action) and len(step.standing.parties) > 1:
        raise errors.ActsForSeveral


def seen_text(case: Case, step: Step) -> None:
    """Who confirms or approves a text does so for the one that they read."""
    if step.given.seen_hash and step.given.seen_hash != case.hashes.both:
        raise errors.TextMovedMeanwhile


# --- Preparing ------------------------------------------------------------------------------------------


def invitation_complete(case: Case, step: Step) -> None:
    """Invite: counterpart chosen and not hard-filtered; a focus area; the invitation in both languages."""
    if all(party.inviting for party in case.parties):
        raise errors.NoCounterpart
    if not (case.side(Side.DOMESTIC) and case.side(Side.FOREIGN)):
        raise errors.BothSidesNeeded
    if case.filtered:
        raise errors.NotToBeInvited
    if not case.areas:
        raise errors.AreaNeeded
    if not all(text.strip() for text in case.invitation):
        raise errors.InvitationInBothLanguages
    if step.given.answer_by is not None and step.given.answer_by <= step.today:
        raise errors.AnswerDateNeeded


def invited_city(case: Case, step: Step) -> None:
    """Express interest: the answering city is an invited one."""
    if not any(not party.inviting and party.id in step.standing.liaison_of for party in case.parties):
        raise errors.NotTheInvitedCity


def no_answer(case: Case, step: Step) -> None:
    """The answer-by date has passed for the counterparts and two reminders were delivered."""
    zones = [party.zone_name for party in case.parties if not party.inviting]
    passed = case.answer_by is not None and over_everywhere(case.answer_by, zones, step.now)
    if not passed or case.reminders < case.terms.reminders_before_timeout:
        raise errors.StillTimeToAnswer


def not_blocked(case: Case, _step: Step) -> None:
    """Reopen: the counterpart hasn't blocked the city."""
    if case.filtered:
        raise errors.NotToBeInvited


def text_ready(case: Case, _step: Step) -> None:
    """Agree the text: every clause matched, and no blocker in the check."""
    if not case.matched:
        raise errors.ClausesUnmatched
    if case.blockers:
        raise errors.BlockersFound(count=case.blockers)


def text_confirmed(case: Case, _step: Step) -> None:
    """Every party confirmed this very text."""
    if not case.confirmed:
        raise errors.NotConfirmedByAll


# --- Review ---------------------------------------------------------------------------------------------


def opinion_valid(case: Case, step: Step) -> None:
    """A favourable foreign-affairs opinion is attached and valid today."""
    if case.opinion_valid_until is None or case.opinion_valid_until < step.today:
        raise errors.OpinionNeeded


def opinion_fresh(case: Case, step: Step) -> None:
    """The foreign-affairs opinion was renewed, if it is older than twelve months."""
    oldest = months_before(step.today, case.terms.opinion_months)
    if case.opinion_given_on is None or case.opinion_given_on < oldest:
        raise errors.OpinionTooOld(months=case.terms.opinion_months)


def as_signed_off(case: Case, _step: Step) -> None:
    """The text is still the one that the city signed off."""
    if not case.signed_off or case.signed_off != case.hashes.both:
        raise errors.TextDiffers


def as_approved(case: Case, _step: Step) -> None:
    """The text is still the one that was approved."""
    if not case.approved or case.approved != case.hashes.both:
        raise errors.TextDiffers


def points_named(case: Case, step: Step) -> None:
    """Return: at least one itemised point, none that this level raised before on the same text."""
    if not step.given.points:
        raise errors.PointsNeeded
    level = LEVEL_OF[case.state]
    mine = [point for point in case.points if point.level is level]
    for point in step.given.points:
        if not (point.part.strip() and point.text.strip()):
            raise errors.PointIncomplete
        present = case.part_hashes.get(point.part, case.hashes.both)
        if any((p.part, p.category, p.part_hash) == (point.part, point.category, present) for p in mine):
            raise errors.PointRaisedBefore
    if not case.late_allowed and any(is_late(case, point) for point in step.given.points):
        raise errors.LateNeedsLead


def is_late(case: Case, point: Point) -> bool:
    """Tell whether a new point is about something that this level has reviewed before, unchanged since."""
    before = case.reviewed.get(LEVEL_OF[case.state]) if case.state in REVIEWING else None
    if before is None:
        return False
    if before.get("text") == case.hashes.both and not point.part.startswith("attachment:"):
        return True
    present = case.part_hashes.get(point.part, case.hashes.both)
    return before.get(point.part) == present


def earlier_points_closed(case: Case, _step: Step) -> None:
    """Endorse: what the city and the province raised earlier is closed."""
    still_open = sum(1 for point in case.points if point.level <= Level.PROVINCE and not point.closed)
    if still_open:
        raise errors.PointsOpen(count=still_open)


def delegated(case: Case, _step: Step) -> None:
    """The national office has delegated this class to the province, and the delegation runs today."""
    if not case.delegation:
        raise errors.NotDelegated


def lead_did_not_act(case: Case, step: Step) -> None:
    """The provincial lead who refuses has not acted in this case before."""
    hand = case.hands.get(step.standing.account_id or 0)
    # To have allowed new points as the lead was no decision about the case.
    if hand is not None and (hand.capacity != step.role or hand.moves != NEVER):
        raise errors.ActedAlready


def lines_answered(case: Case, _step: Step) -> None:
    """Consulted authorities have answered, or are marked as overdue."""
    if case.consultations_open:
        raise errors.ConsultationsOpen(count=case.consultations_open)


def validity_ahead(_case: Case, step: Step) -> None:
    """An approval is valid until a day in the future."""
    if step.given.valid_until is not None and step.given.valid_until <= step.today:
        raise errors.ValidityNeeded


def points_answered(case: Case, _step: Step) -> None:
    """Every open point has an answer."""
    unanswered = sum(1 for point in case.points if not point.answered and not point.closed)
    if unanswered:
        raise errors.PointsUnanswered(count=unanswered)


def from_above_unchanged(case: Case, _step: Step) -> None:
    """Resubmit unchanged: returned by the province or the nation, the text as signed off."""
    if case.returned_from not in {_S.PROVINCE_REVIEW, _S.NATIONAL_REVIEW}:
        raise errors.NotFromAbove
    if case.signed_off != case.hashes.both:
        raise errors.TextNotUnchanged


def not_opened(case: Case, _step: Step) -> None:
    """Recall: the reviewer hasn't opened the case yet."""
    if case.review_opened:
        raise errors.OpenedByReviewer


# --- Signing --------------------------------------------------------------------------------------------


def signature_in_time(case: Case, step: Step) -> None:
    """Signed within the approval; effective on that day or later."""
    first, last = case.approved_on or step.today, case.valid_until or step.today
    signed = step.given.signed_on
    if signed is None or not first <= signed <= min(last, max(step.today, first)):
        raise errors.SigningDateOutside(**listed(first=first, last=last))
    effective, ends = step.given.effective_on or signed, step.given.ends_on
    if effective < signed or (ends is not None and ends < effective):
        raise errors.EffectBeforeSigning


def scans_there(case: Case, _step: Step) -> None:
    """The scan of each language copy is there."""
    if not case.languages <= case.scans:
        raise errors.ScansNeeded


def approval_over(case: Case, step: Step) -> None:
    """The validity and the time for reporting a signature have passed."""
    last = case.valid_until
    if last is None or step.today <= last + timedelta(days=case.terms.reporting_days):
        raise errors.StillValid


def text_differs(case: Case, _step: Step) -> None:
    """The text isn't the approved one."""
    if case.approved == case.hashes.both:
        raise errors.TextUnchanged


def digits_agree(case: Case, step: Step) -> None:
    """The digits printed on the signed copies are those of the approved text."""
    digits = "".join(step.given.printed_digits.split()).replace("-", "").lower()
    if not case.approved or digits != case.approved[:16]:
        raise errors.DigitsDiffer


def end_known(case: Case, step: Step) -> None:
    """The term has an end, or renews itself; it doesn't end before it begins."""
    ends = step.given.ends_on or case.ends_on
    if ends is None and not case.auto_renew:
        raise errors.EndNeeded
    if ends is not None and case.effective_on is not None and ends < case.effective_on:
        raise errors.EffectBeforeSigning


def returned_from_signing(case: Case, _step: Step) -> None:
    """The registrar returned the signed copies."""
    if case.returned_from is not _S.SIGNED:
        raise errors.NotReturnedFromSigning


# --- In force -------------------------------------------------------------------------------------------


def near_the_end(case: Case, step: Step) -> None:
    """A fixed term, within the days before its end."""
    days = case.terms.renewal_days
    if case.ends_on is None or step.today < case.ends_on - timedelta(days=days):
        raise errors.NotYetForRenewal(days=days)


def letters_there(case: Case, _step: Step) -> None:
    """A letter of renewal from each party."""
    if not case.everybody <= case.letters:
        raise errors.LettersNeeded


def terms_unchanged(case: Case, step: Step) -> None:
    """No clause changed except the term, which becomes longer."""
    if case.approved != case.hashes.both:
        raise errors.TermsChanged
    ends = step.given.ends_on
    if ends is None or (case.ends_on is not None and ends <= case.ends_on):
        raise errors.EndMustBeLater


def no_successor(case: Case, _step: Step) -> None:
    """No successor version is on its way."""
    if case.successor_open:
        raise errors.SuccessorOpen


def term_over(case: Case, step: Step) -> None:
    """The last day of the term is over in every party's time zone, and the agreement doesn't renew itself."""
    if case.ends_on is None or case.auto_renew or not over_everywhere(case.ends_on, case.zones, step.now):
        raise errors.TermNotOver


def term_running(case: Case, step: Step) -> None:
    """The term hasn't ended."""
    if case.ends_on is not None and over_everywhere(case.ends_on, case.zones, step.now):
        raise errors.TermOver


def all_agree_to_resume(case: Case, _step: Step) -> None:
    """Every party has agreed to resume."""
    if not case.everybody <= case.consents.get(ConsentKind.RESUME, frozenset()):
        raise errors.NotEveryPartyAgrees


def activities_decided(case: Case, step: Step) -> None:
    """Each running activity is marked finish, transfer or stop."""
    wrong = sum(1 for decision in step.given.decisions.values() if decision not in DECISIONS)
    if case.undecided or wrong:
        raise errors.ActivitiesUndecided(count=case.undecided + wrong)


def notice_kept(case: Case, step: Step) -> None:
    """The notice that the text asks for lies between today and the day of effect."""
    earliest = months_after(step.today, case.notice_months)
    if step.given.stops_on is None or step.given.stops_on < earliest:
        raise errors.NoticeTooShort(**listed(months=case.notice_months, day=earliest))


def report_confirmed(case: Case, _step: Step) -> None:
    """The joint final report is confirmed by the counterpart."""
    if not case.report_confirmed:
        raise errors.ReportNotConfirmed


def nothing_running(case: Case, _step: Step) -> None:
    """No activity is left open."""
    if case.activities_open:
        raise errors.ActivitiesOpen(count=case.activities_open)


def within_a_year(case: Case, step: Step) -> None:
    """Not more than twelve months after the end."""
    months = case.terms.late_renewal_months
    if case.ends_on is None or step.today > months_after(case.ends_on, months):
        raise errors.TooLateToRenew(months=months)


def lapsed_for_a_year(case: Case, step: Step) -> None:
    """The approval lapsed twelve months ago."""
    months = case.terms.lapsed_close_months
    if step.today < months_after(case.state_since.date(), months):
        raise errors.NotYetClosed(months=months)


_STOPPING: dict[tuple[VersionState, str], tuple[Guard, ...]] = {
    (_S.ACTIVE, "suspend"): (activities_decided,),
    (_S.RENEWAL, "suspend"): (activities_decided,),
    (_S.ACTIVE, "terminate"): (notice_kept, activities_decided),
    (_S.RENEWAL, "terminate"): (notice_kept, activities_decided),
    (_S.SUSPENDED, "terminate"): (notice_kept, activities_decided),
}

GUARDS: dict[tuple[VersionState, str], tuple[Guard, ...]] = {
    (_S.DRAFT, "invite"): (invitation_complete,),
    (_S.INVITED, "express_interest"): (invited_city,),
    (_S.INVITED, "no_answer_timeout"): (no_answer,),
    (_S.DECLINED, "reopen"): (not_blocked,),
    (_S.NEGOTIATING, "agree_text"): (seen_text, text_ready),
    (_S.CITY_REVIEW, "endorse"): (seen_text, opinion_valid),
    (_S.CITY_REVIEW, "return"): (points_named,),
    (_S.PROVINCE_REVIEW, "endorse"): (seen_text, earlier_points_closed, as_signed_off),
    (_S.PROVINCE_REVIEW, "approve_delegated"): (
        seen_text,
        delegated,
        earlier_points_closed,
        as_signed_off,
        validity_ahead,
    ),
    (_S.PROVINCE_REVIEW, "return"): (points_named,),
    (_S.PROVINCE_REVIEW, "reject"): (lead_did_not_act,),
    (_S.NATIONAL_REVIEW, "approve"): (seen_text, as_signed_off, lines_answered, validity_ahead),
    (_S.NATIONAL_REVIEW, "return"): (points_named,),
    (_S.RETURNED, "resubmit"): (points_answered, text_ready, text_confirmed),
    (_S.RETURNED, "resubmit_same_level"): (from_above_unchanged, points_answered),
    (_S.APPROVED, "record_signature"): (signature_in_time, as_approved, scans_there),
    (_S.APPROVED, "validity_passed"): (approval_over,),
    (_S.APPROVED, "text_changed"): (text_differs,),
    (_S.LAPSED, "reapply"): (opinion_fresh,),
    (_S.SIGNED, "register"): (as_approved, digits_agree, scans_there, end_known),
    (_S.SIGNED, "text_mismatch"): (points_named,),
    (_S.ACTIVE, "open_renewal"): (near_the_end,),
    (_S.RENEWAL, "renewed_same_terms"): (no_successor, letters_there, terms_unchanged),
    (_S.RENEWAL, "new_terms"): (no_successor,),
    (_S.RENEWAL, "term_ended"): (term_over,),
    (_S.SUSPENDED, "resume"): (term_running, all_agree_to_resume),
    (_S.ACTIVE, "term_ended"): (term_over,),
    (_S.ACTIVE, "close_with_final_report"): (report_confirmed, nothing_running),
    (_S.EXPIRED, "final_report"): (report_confirmed,),
    (_S.EXPIRED, "late_renewal"): (no_successor, within_a_year),
    **_STOPPING,
    (_S.CITY_REVIEW, "recall"): (not_opened,),
    (_S.PROVINCE_REVIEW, "recall"): (not_opened,),
    (_S.NATIONAL_REVIEW, "recall"): (not_opened,),
    (_S.LAPSED, "auto_close"): (lapsed_for_a_year,),
    (_S.RETURNED, "replace_scan"): (returned_from_signing, as_approved, points_answered, scans_there),
    (_S.SUSPENDED, "term_ended"): (term_over,),
}


def hold(case: Case, step: Step) -> None:
    """Raise the refusal of the first condition that this step doesn't meet."""
    one_capacity(case, step)
    speaks_for_one(case, step)
    for guard in GUARDS.get((case.state, step.action), ()):
        guard(case, step)
