"""The refusals of evidence."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


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
