"""The refusals of this room: which condition isn't met, and what to do."""

from __future__ import annotations

from typing import Any

from forum.core.refusals import N_, Refusal, StaleEdit, Word


class MovedMeanwhile(StaleEdit):
    """The form was opened in another state of the case."""

    message = N_("The case has moved on since you opened this page. It is now in the state “%(state)s”. Look again.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class TextMovedMeanwhile(StaleEdit):
    """The text that somebody confirms isn't the one that they read."""

    message = N_("The text was changed while you were reading it. Read the present text, then confirm it.")


# --- Proposing ------------------------------------------------------------------------------------------


class NoCounterpart(Refusal):
    """Nobody is invited."""

    message = N_("Choose the city that you invite.")
    field = "counterpart"


class BothSidesNeeded(Refusal):
    """All parties are on one side."""

    message = N_("A partnership needs at least one Chinese and one foreign city. Add a city of the other side.")
    field = "counterpart"


class CityTwice(Refusal):
    """A city would be a party twice."""

    message = N_("This city is a party already. Choose another one.")
    field = "counterpart"


class NotToBeInvited(Refusal):
    """A hard filter; a block names no reason."""

    message = N_("An invitation to this city isn't possible at present. Choose another city.")
    field = "counterpart"


class AreaNeeded(Refusal):
    """No focus area."""

    message = N_("Choose at least one focus area.")
    field = "areas"


class InvitationInBothLanguages(Refusal):
    """The invitation lacks a language."""

    message = N_("Write the invitation in both languages. One of them is missing.")
    field = "invitation"


class AnswerDateNeeded(Refusal):
    """The answer-by date is missing or past."""

    message = N_("Give a day in the future by which you ask for an answer.")
    field = "answer_by"


class OpenAlready(Refusal):
    """There is an open partnership of these cities with this instrument."""

    message = N_("These cities already have an open partnership with this instrument. Continue that one.")


class MustCiteRejection(Refusal):
    """An earlier proposal wasn't approved."""

    message = N_("An earlier proposal of these cities (%(number)s) was not approved. Name it in the new proposal.")
    field = "cites"


class NotTheInvitedCity(Refusal):
    """Somebody else answers."""

    message = N_("Only the invited city can answer this invitation.")


class StillTimeToAnswer(Refusal):
    """The answer-by date or the reminders are missing."""

    message = N_("The day for the answer has not passed yet, or fewer than two reminders were delivered.")


# --- The text -------------------------------------------------------------------------------------------


class TextStarted(Refusal):
    """There is a text already."""

    message = N_("This version has its text already. Open it and change it clause by clause.")


class TextLocked(Refusal):
    """The text may not be edited in this state."""

    message = N_("The text can't be changed while the case is in the state “%(state)s”.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class NotConfirmedByAll(Refusal):
    """A party hasn't confirmed this text."""

    message = N_("Not every party has confirmed this version of the text. Ask the others to confirm it.")


class ClausesUnmatched(Refusal):
    """The two languages are out of step."""

    message = N_("At least one clause is not matched between the two languages. Match every clause first.")


class BlockersFound(Refusal):
    """The clause checker stops the text."""

    message = N_("The check of the text shows findings that must be resolved first: %(count)s.")


class TextDiffers(Refusal):
    """The text isn't the one that was signed off or approved."""

    message = N_("The text is not the one that the city signed off. Return the case, so that it is signed off again.")


# --- Review ---------------------------------------------------------------------------------------------


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


class ValidityNeeded(Refusal):
    """The end of validity isn't in the future."""

    message = N_("The approval must be valid until a day in the future.")
    field = "valid_until"


class OpenedByReviewer(Refusal):
    """Too late to take it back."""

    message = N_("The reviewer has already opened the case. Ask for its return instead.")


# --- Signing and registering ----------------------------------------------------------------------------


class SigningDateOutside(Refusal):
    """Signed before the approval, after its validity, or in the future."""

    message = N_("The day of signing must lie within the approval, between %(first)s and %(last)s.")
    field = "signed_on"


class EffectBeforeSigning(Refusal):
    """Effective before signed, or over before effective."""

    message = N_("The agreement takes effect on the day of signing or later, and ends after that.")
    field = "effective_on"


class ScansNeeded(Refusal):
    """A scan is missing."""

    message = N_("Upload the scan of the signed copy in each language first.")
    field = "scan"


class StillValid(Refusal):
    """The approval hasn't expired."""

    message = N_("The approval and the time for reporting a signature have not passed.")


class TextUnchanged(Refusal):
    """The text is the approved one."""

    message = N_("The text is unchanged.")


class DigitsDiffer(Refusal):
    """The signed copies bear other digits."""

    message = N_("The digits printed on the signed copies are not those of the approved text. Compare them again.")
    field = "printed_digits"


class EndNeeded(Refusal):
    """An agreement without end that doesn't renew itself."""

    message = N_("Give the last day of the term; only an agreement that renews itself has none.")
    field = "ends_on"


class NotReturnedFromSigning(Refusal):
    """Only a wrong scan is replaced this way."""

    message = N_("A scan can only be replaced after the registrar has returned the signed copies.")


# --- In force -------------------------------------------------------------------------------------------


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
        "The joint final report must be written in the plan and confirmed by the counterpart before the partnership "
        "is closed."
    )


class TooLateToRenew(Refusal):
    """More than a year after the end."""

    message = N_("More than %(months)s months have passed since the end. Propose a new partnership instead.")


class NotYetClosed(Refusal):
    """The year after the lapse isn't over."""

    message = N_("The case closes by itself only %(months)s months after the approval lapsed.")


class NotYours(Refusal):
    """Somebody acts for a party that isn't theirs."""

    message = N_("You don't act for this party.")
    status = 404


class EmptyRemark(Refusal):
    """A comment without words."""

    message = N_("Write something first.")
    field = "text"


def listed(**facts: Any) -> dict[str, Any]:
    """Return facts of a sentence; days are told as ISO dates, the same in both languages."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
