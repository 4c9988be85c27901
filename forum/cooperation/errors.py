"""The refusals of this room."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class NotInForce(Refusal):
    """No agreement is in force."""

    message = N_(
        "Activities and plans belong to a registered agreement. Wait until the agreement is registered, or resume it."
    )


class TitleNeeded(Refusal):
    """Neither side of the title is there."""

    message = N_("Give a title in English or in Chinese, better in both.")
    field = "title_en"
    status = 422


class EndsBeforeItBegins(Refusal):
    """The planned end isn't after the beginning."""

    message = N_("The end lies before the beginning. Correct one of the two.")
    field = "planned_to"
    status = 422


class PlaceOrLinkNeeded(Refusal):
    """Nobody would find it."""

    message = N_("Say where the activity takes place, or give the link of the meeting.")
    field = "place"
    status = 422


class LinkUnsafe(Refusal):
    """The link isn't one of the web."""

    message = N_("The link must begin with https://. Copy it from the invitation of the meeting.")
    field = "link"
    status = 422


class TravelApprovalNeeded(Refusal):
    """A visit or staff exchange begins without the reference of its approval."""

    message = N_("Travel is approved elsewhere. Enter the reference of the approval before the activity begins.")
    field = "travel_approval"


class NotParallel(Refusal):
    """Only a parallel implementation has a board."""

    message = N_("Clauses are compared under an activity of the kind “Parallel implementation”. Plan one first.")


class BoardClosed(Refusal):
    """The activity was cancelled."""

    message = N_("This activity was cancelled, so its board stays as it is.")


class ClauseNumberNeeded(Refusal):
    """Not the number of a clause."""

    message = N_("Enter the number of the clause as the standard counts it, such as 4.6.2 or A.3.")
    field = "number"
    status = 422


class ClauseThere(Refusal):
    """The board has this clause."""

    message = N_("This clause is on the board already. Open it there.")
    field = "number"


class RemarkNeeded(Refusal):
    """A result that must be explained."""

    message = N_("Say what is missing, or why the clause doesn't apply, in English or in Chinese, better in both.")
    field = "remark_en"
    status = 422


class ClauseHasResults(Refusal):
    """Results are never thrown away."""

    message = N_("A side has given its result here already, so the clause stays on the board.")


class DatesNeeded(Refusal):
    """Held, without saying when."""

    message = N_("Enter the first and the last day on which it took place; the last one can't lie ahead.")
    field = "actual_to"
    status = 422


class NotAnAmount(Refusal):
    """The amount, the currency or the rate has the wrong shape."""

    message = N_("Enter an amount such as 12500.00 and a currency of three letters, such as CNY or EUR.")
    field = "amount"
    status = 422


class RateNeedsItsDay(Refusal):
    """A rate without a date, or a date without a rate."""

    message = N_("A rate counts only with its day and the currency it leads to. Enter all three, or none of them.")
    field = "rate_on"
    status = 422


class NotACount(Refusal):
    """A number of participants that can't be."""

    message = N_("Enter whole numbers from 0 to 100,000; there can't be more women than participants.")
    field = "number"
    status = 422


class SatisfactionOutOfRange(Refusal):
    """Not 1 to 5."""

    message = N_("Choose a mark from 1 to 5.")
    field = "mark"
    status = 422


class DecisionMissing(Refusal):
    """A running activity has no decision."""

    message = N_("Decide for each open activity whether it is finished, transferred or stopped. Still open: %(count)s.")
    field = "decisions"


class SuccessorMissing(Refusal):
    """Transferred to nobody."""

    message = N_("Name the office that takes the activity over.")
    field = "transferred_to"
    status = 422


class WeightOutOfRange(Refusal):
    """A weight that can't be."""

    message = N_("Enter a whole number from 1 to 1,000 as the weight.")
    field = "weight"
    status = 422


class ConditionsMissing(Refusal):
    """A milestone without a completion rule that could ever hold."""

    message = N_("Say by which evidence, deliverable or activity the milestone is done; “at least” can't ask for more.")
    field = "conditions"
    status = 422


class ConditionIncomplete(Refusal):
    """A condition that doesn't say of what."""

    message = N_("Choose the activity, or the deliverable with its state, that the condition is about.")
    field = "conditions"
    status = 422


class UnknownStage(Refusal):
    """Not an ISO stage code."""

    message = N_("This is no ISO stage code. Enter one from 00.00 to 95.99, such as 40.20 or 60.60.")
    field = "iso_stage"
    status = 422


class UnknownProject(Refusal):
    """Not a national project number."""

    message = N_("This is no national project number. Enter it in the form 20231234-T-469.")
    field = "national_project"
    status = 422


class CheckerUploaded(Refusal):
    """Nobody checks their own evidence."""

    message = N_("You handed this file in yourself. Somebody else must check it.")


class CheckedAlready(Refusal):
    """A verdict was given."""

    message = N_("This file has been checked already. Hand in a new one that replaces it.")


class VerdictReasonNeeded(Refusal):
    """Weak or rejected without a reason."""

    message = N_("Say why the evidence isn't accepted, so that better evidence can be handed in.")
    field = "reason"
    status = 422


class SupersededAlready(Refusal):
    """Another file has replaced it."""

    message = N_("This file has been replaced already. Replace the newest one.")
    field = "supersedes"


class NotYours(Refusal):
    """The other side's file can't be replaced."""

    message = N_("Only the side that handed a file in can replace it.")
    field = "supersedes"


class DatedAhead(Refusal):
    """Evidence of something that hasn't happened."""

    message = N_("Evidence can't be dated in the future. Enter the day it was made.")
    field = "dated_on"
    status = 422


class CountedHereAlready(Refusal):
    """The same file for the same thing twice."""

    message = N_("This file supports the same thing here already; it counts once.")
    field = "counted"


class UnknownTarget(Refusal):
    """What the evidence is meant for isn't part of this partnership."""

    message = N_("Choose an activity, a milestone, a deliverable or an outcome of this partnership.")
    field = "target"
    status = 422


class PeriodReversed(Refusal):
    """The period ends before it begins."""

    message = N_("The period ends before it begins. Correct one of the two days.")
    field = "period_to"
    status = 422


class ReportThere(Refusal):
    """The same report exists."""

    message = N_("Your side has written a report for this period already. Open that one.")
    field = "period_from"


class ReportIncomplete(Refusal):
    """Nothing said about what was promised or done."""

    message = N_("Say what was promised and what was done, each in at least one language.")
    field = "done_en"
    status = 422


class ReportClosed(Refusal):
    """The text is with the counterpart or accepted."""

    message = N_("The report is with the counterpart or accepted, so its text stays as it is.")


class FinalNotConfirmed(Refusal):
    """The joint final report is confirmed by both sides before it is accepted."""

    message = N_("The joint final report must be confirmed by the counterpart before it is accepted.")


class NotAFigure(Refusal):
    """Not a number, or not a year."""

    message = N_("Enter a plain number such as 12.5, and a year from 1990 to 2100.")
    field = "value"
    status = 422


class SourceNeeded(Refusal):
    """A baseline without its source."""

    message = N_("Name the source of the baseline.")
    field = "source_en"
    status = 422


class EvidenceNotAccepted(Refusal):
    """A value rests on evidence that nobody accepted."""

    message = N_("A value needs evidence that has been accepted. Have the file checked first.")
    field = "evidence"


class ValueThere(Refusal):
    """One value a year."""

    message = N_("There is a value for this year already.")
    field = "year"


class AssessmentThere(Refusal):
    """One assessment a year."""

    message = N_("The assessment of this year has been opened already.")
    field = "year"


class DeadlineBehind(Refusal):
    """The deadline of a new assessment has passed."""

    message = N_("The last day must lie ahead.")
    field = "due_on"
    status = 422


class AnswerIncomplete(Refusal):
    """Not all ten marks with a reason."""

    message = N_("Give each of the ten principles a mark from 1 to 5 and a reason in at least one language.")
    field = "territorial"
    status = 422


class AnsweredAlready(Refusal):
    """A side answers once."""

    message = N_("Your side has answered already. An answer stays as it was given.")


class AssessmentOver(Refusal):
    """The deadline passed, so the other side's answer is open."""

    message = N_("The last day for answers is over, and the answers are open. Take part again next year.")


class ReferenceNeeded(Refusal):
    """No standard was named."""

    message = N_("Enter the reference number of a standard, such as ISO 37101:2016 or GB/T 36749-2018.")
    field = "standard"
    status = 422


class LinkedAlready(Refusal):
    """The link exists."""

    message = N_("This is linked already.")


class StandardLinkedAlready(LinkedAlready):
    """The same number, however it was typed."""

    field = "standard"


class NoteEmpty(Refusal):
    """A note without words."""

    message = N_("Write what your successor must know: promises, dates, people, open points.")
    field = "note_en"
    status = 422


class HandoverNeeded(Refusal):
    """The only liaison of a city with open partnerships goes without a note."""

    message = N_(
        "The city has open partnerships (%(count)s) and no other liaison. "
        "Write the hand-over note first, or have another liaison appointed."
    )


class ChangedMeanwhile(StaleEdit):
    """The form was opened on an earlier version."""
