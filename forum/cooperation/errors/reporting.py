"""The refusals of reports, indicators and assessments."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


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
