"""Refusals of the review: opinions, points, delegations."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class DraftedIt(Refusal):
    """No self-approval."""

    message = N_("You had a hand in this text, so another person must decide about it.")


class ActedAlready(Refusal):
    """One person acts once on the approving side, in one capacity."""

    message = N_("You have already acted in this case. Another person must take this step.")


class OpinionNeeded(Refusal):
    """The foreign-affairs opinion is missing, negative or has expired."""

    message = N_("A favourable foreign-affairs opinion that is still valid must be attached first.")


class OpinionTooOld(Refusal):
    """The foreign-affairs opinion has to be renewed."""

    message = N_("The foreign-affairs opinion is older than %(months)s months. Ask for a new one first.")


class PointsNeeded(Refusal):
    """A return without points."""

    message = N_("Name at least one point: what has to be corrected, and where.")
    field = "points"


class PointIncomplete(Refusal):
    """A point without its place or its text."""

    message = N_("Each point needs the clause or attachment that it is about, a category and a text.")
    field = "points"


class PointRaisedBefore(Refusal):
    """The same level can't raise the same point again."""

    message = N_("Your level has raised this point before and the clause has not changed since. Leave it out.")
    field = "points"


class LateNeedsLead(Refusal):
    """A new point on unchanged text."""

    message = N_("This point is new, but the clause has not changed since your last review. Your lead must allow it.")
    field = "points"


class LateReasonNeeded(Refusal):
    """New points are allowed for a reason."""

    message = N_("Say why new points on a text that has not changed are needed.")
    field = "reason"


class NothingLate(Refusal):
    """The level reviews the case for the first time."""

    message = N_("Your level reviews this case for the first time. Its points need no consent.")


class PointsOpen(Refusal):
    """Earlier points aren't closed."""

    message = N_("Points that were raised earlier are still open: %(count)s. Close them or return the case.")


class PointsUnanswered(Refusal):
    """The city hasn't answered each point."""

    message = N_("Points without an answer: %(count)s. Answer each one: changed, explained or attached.")
    field = "points"


class AnswerMissing(Refusal):
    """An answer to a point has no words."""

    message = N_("Say what was changed, explained or attached.")
    field = "answer"


class PointUnanswered(Refusal):
    """A point is closed after it was answered."""

    message = N_("The city has not answered this point yet.")


class NotFromAbove(Refusal):
    """Returned by the city or for the scans."""

    message = N_("Only a case that the province or the national office returned can go back there unchanged.")


class TextNotUnchanged(Refusal):
    """Something was changed since the sign-off."""

    message = N_("The text has changed since the city signed it off. Use “Resubmit corrected text”.")


class NotDelegated(Refusal):
    """No valid delegation."""

    message = N_("The national office has not delegated this kind of agreement to the province for today.")


class ConsultationsOpen(Refusal):
    """Consulted lines haven't answered."""

    message = N_("Consulted authorities have not answered yet: %(count)s. Wait, or mark them as overdue.")


class NotYetOverdue(Refusal):
    """An opinion that still has time."""

    message = N_("This opinion is due on %(due)s. It can be marked as overdue after that day.")


class NobodyToAsk(Refusal):
    """The authority has no reviewer, or the expert holds the office no longer."""

    message = N_("Nobody can answer for this choice at present. Choose another authority or expert.")
    field = "whom"


class QuestionNeeded(Refusal):
    """An opinion is asked for without a question."""

    message = N_("Write what you want to know.")
    field = "question"


class AskedAlready(Refusal):
    """The same opinion is still awaited."""

    message = N_("This opinion has been asked for already and is still awaited.")
    field = "whom"


class DueInThePast(Refusal):
    """A due date that has passed."""

    message = N_("The opinion must be due on a day in the future.")
    field = "due_on"


class OpinionMissing(Refusal):
    """An answer without words."""

    message = N_("Write your opinion.")
    field = "text"


class AnsweredAlready(Refusal):
    """An opinion is given once."""

    message = N_("This opinion has been given already. It stays as it is.")


class ValidityNeeded(Refusal):
    """The end of validity isn't in the future."""

    message = N_("The approval must be valid until a day in the future.")
    field = "valid_until"


class OpenedByReviewer(Refusal):
    """Too late to take it back."""

    message = N_("The reviewer has already opened the case. Ask for its return instead.")
