"""Refusals while an agreement is in force, and at its end."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class NotYetForRenewal(Refusal):
    """No fixed term, or its end is far."""

    message = N_("A renewal opens within %(days)s days before the end of a fixed term.")


class LettersNeeded(Refusal):
    """A letter of renewal is missing."""

    message = N_("Attach the letter of renewal of each party first.")
    field = "letters"


class TermsChanged(Refusal):
    """Same terms means no clause changed."""

    message = N_("A clause has changed. Open new terms instead.")


class EndMustBeLater(Refusal):
    """The new term isn't longer."""

    message = N_("The new end of the term must lie after the present one.")
    field = "ends_on"


class SuccessorOpen(Refusal):
    """A successor is on its way."""

    message = N_("A successor version is already open. Continue that one.")


class TermNotOver(Refusal):
    """The last day isn't over everywhere, or the agreement renews itself."""

    message = N_("The term is not over in the time zone of every party, or the agreement renews itself.")


class TermOver(Refusal):
    """Too late to resume."""

    message = N_("The term has ended, so the agreement can't be resumed.")


class NotEveryPartyAgrees(Refusal):
    """A party's consent is missing."""

    message = N_("Not every party has agreed yet.")


class ActivitiesUndecided(Refusal):
    """Running activities without a decision."""

    message = N_("Decide for each running activity: finish, transfer or stop. Without a decision: %(count)s.")
    field = "decisions"


class ActivitiesOpen(Refusal):
    """Activities are still open."""

    message = N_("Activities are still open: %(count)s. Close them first.")


class NoticeTooShort(Refusal):
    """The notice period isn't kept."""

    message = N_("The text asks for a notice of %(months)s months. The earliest day of effect is %(day)s.")
    field = "stops_on"


class ReportNotConfirmed(Refusal):
    """No joint final report."""

    message = N_(
        "The joint final report must be written in the plan and confirmed by the counterpart before the partnership is "
        "closed."
    )


class TooLateToRenew(Refusal):
    """More than a year after the end."""

    message = N_("More than %(months)s months have passed since the end. Propose a new partnership instead.")


class NotYetClosed(Refusal):
    """The year after the lapse isn't over."""

    message = N_("The case closes by itself only %(months)s months after the approval lapsed.")
