"""Why something about a deliverable can't be done."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class StandardChanged(StaleEdit):
    """Somebody else changed the deliverable meanwhile."""

    message = N_("Somebody else changed this standard meanwhile. Look at it, then send your entries again.")


class UnlawfulStage(Refusal):
    """The matrix doesn't lead there."""

    message = N_("From %(present)s the next stage can only be one of these: %(lawful)s.")
    field = "code"
    status = 409


class LastStage(Refusal):
    """Nothing follows."""

    message = N_("%(present)s is the end: nothing follows it.")
    field = "code"
    status = 409


class UnknownStage(Refusal):
    """The scheme has no such code."""

    message = N_("This publisher has no such stage.")
    field = "code"
    status = 422


class ReasonMissing(Refusal):
    """A declared stage says why it is known."""

    message = N_("Say how this is known: the notice, the page or the letter.")
    field = "reason"
    status = 422


class DayAhead(Refusal):
    """Nothing is entered before it happens."""

    message = N_("This day lies ahead. Enter it when it has come.")
    field = "on"
    status = 422


class DayBefore(Refusal):
    """A stage follows the one before it."""

    message = N_("The stage before began on %(day)s; this one can’t have begun earlier.")
    field = "on"
    status = 422


class BallotStageWrong(Refusal):
    """Specifications and reports are balloted at stage 50."""

    message = N_("A %(kind)s is put to the vote at stage 50, not at %(code)s.")
    field = "code"
    status = 409


class TargetsReversed(Refusal):
    """Targets follow one another."""

    message = N_("The target dates don’t follow one another: %(first)s comes after %(second)s.")
    field = "due_IS"
    status = 422


class NothingChosen(Refusal):
    """A transfer moves something."""

    message = N_("Choose at least one work item to be handed over, or say that none is.")
    field = "works"
    status = 422
