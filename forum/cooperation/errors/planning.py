"""The refusals of plans: activities, milestones, deliverables."""

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

    message = N_("Name the arrangement that takes the activity over: another one in force of one of these cities.")
    field = "there"
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


class ChangedMeanwhile(StaleEdit):
    """The form was opened on an earlier version."""
