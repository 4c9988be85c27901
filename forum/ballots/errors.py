"""What the room refuses: which field, what is wrong, what to do."""

from __future__ import annotations

from typing import Any

from forum.ballots.rules.coherence import Finding, say
from forum.core.refusals import N_, Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else was quicker."""

    message = N_("Somebody changed this ballot while you were looking at it. Look at it again, then decide.")


class ClosedAlready(Refusal):
    """The closing instant is reached."""

    message = N_("The ballot has closed. Nothing can be submitted or changed any more.")


class NotClosedYet(Refusal):
    """A result before the end."""

    message = N_("The ballot is still open. Its result can be entered after it has closed.")


class StageWrong(Refusal):
    """A ballot of this kind belongs to another stage."""

    message = N_("A ballot of this kind belongs to stage %(stage)s; the standard is at %(now)s. Choose another kind.")
    field = "kind"


class RuleUnknown(Refusal):
    """No rule is in force for that kind on that day."""

    message = N_("No rule for this kind of ballot was in force on the day of opening. Enter the rule first.")
    field = "kind"


class ClosesBeforeItOpens(Refusal):
    """The days are in the wrong order."""

    message = N_("The closing day lies before the opening day. Correct one of them.")
    field = "closes_on"


class DaysTooFar(Refusal):
    """Days that no ballot has."""

    message = N_("A ballot lasts two years at most and opens within two years of today. Correct the days.")
    field = "closes_on"


class DeclaredAhead(Refusal):
    """A stage from a day that hasn’t come."""

    message = N_("A stage is declared from today or an earlier day. Correct the day.")
    field = "on"


class NotTheMirror(Refusal):
    """The national committee doesn't answer for that international one."""

    message = N_("This national committee is no mirror of the committee that opened the ballot. Choose another one.")
    field = "national"


class SubjectMissing(Refusal):
    """Neither a standard nor a title."""

    message = N_("Name the standard, or write a title in English and in Chinese.")
    field = "title_en"


class SummaryMissing(Refusal):
    """An enquiry without a summary in Chinese."""

    message = N_("The units that are asked need a summary in Chinese. Write it.")
    field = "summary_zh"


class DraftMissing(Refusal):
    """An enquiry without the draft."""

    message = N_("Attach the draft that the units are asked about.")
    field = "draft"


class NobodyAsked(Refusal):
    """An enquiry to nobody."""

    message = N_("Choose at least one person who is asked.")
    field = "people"


class AddressUnknown(Refusal):
    """An address without an account."""

    message = N_("Nobody with the address %(address)s has an account here. Correct it or take it out.")
    field = "others"


class CompressedUnsigned(Refusal):
    """The enquiry is shorter than it must be, and the chair hasn't signed."""

    message = N_("The enquiry has fewer than %(days)s working days. The chair has to sign for that first.")


class NothingToSign(Refusal):
    """The enquiry is as long as it must be."""

    message = N_("The enquiry is long enough, or was signed for already. There is nothing to sign.")


class CommentsUndecided(Refusal):
    """Comments are neither kept, merged nor dropped."""

    message = N_("Comments that aren’t decided yet: %(count)s. Keep, merge or drop each of them first.")


class PositionMissing(Refusal):
    """Nothing to approve or submit."""

    message = N_("There is no position yet. Write it first.")


class AnswerNotOffered(Refusal):
    """The rule doesn't know this answer."""

    message = N_("The rule of this ballot doesn’t offer this answer. Choose one of the answers shown.")
    field = "answer"


class AuthorCannotApprove(Refusal):
    """The author approves their own text."""

    message = N_("Whoever wrote the position can’t approve it. Ask somebody else to approve it.")


class ApprovedByYou(Refusal):
    """One person, two approvals."""

    message = N_("You have approved this wording already. The second approval has to come from somebody else.")


class ChairFirst(Refusal):
    """The office before the chair."""

    message = N_("The chair of the mirror committee approves first, then the national office.")


class GuardObjects(Refusal):
    """The coherence guard stands in the way."""

    message = N_("The coherence guard objects: %(sentence)s")

    def __init__(self, found: Finding) -> None:
        self.found = found
        super().__init__(sentence=say(found, str))

    def say(self, translate: Any) -> str:
        """Return the refusal with the objection in the reader's language."""
        self.facts["sentence"] = say(self.found, translate)
        return super().say(translate)


class NoSuchWarning(Refusal):
    """Nothing to sign for under this code."""

    message = N_("This objection isn’t there any more, or it can’t be overridden. Look at the position again.")
    field = "reason"


class PositionAltered(Refusal):
    """The text isn't the one that was approved."""

    message = N_("The position isn’t the one that was approved. Have it approved again.")


class VoterAlone(Refusal):
    """The voter would be the sole approver."""

    message = N_("You are the only one who approved this position. Somebody else has to submit it.")


class VoteStands(Refusal):
    """A vote was submitted, so there is a position."""

    message = N_("A vote has been submitted and stands until another one replaces it.")


class ReportNeeded(Refusal):
    """An empty incident report."""

    message = N_("Say how it came about, and what keeps it from happening again.")
    field = "report"


class CountsImpossible(Refusal):
    """Counts that can't be."""

    message = N_("Negative votes without technical reasons can’t be more than the negative votes. Correct the counts.")
    field = "p_unreasoned"


class DecisionUnlawful(Refusal):
    """A stage that doesn't follow from the result."""

    message = N_("This stage doesn’t follow from the result. Choose one of those offered.")
    field = "decision"


class DecidedAlready(Refusal):
    """The result was decided upon."""

    message = N_("The next stage has been declared already.")


class RuleBackdated(Refusal):
    """A new version that would change the past."""

    message = N_("A new version begins after the one before it, and not before today. Choose a later day.")
    field = "effective_from"


class TermsRefused(Refusal):
    """The terms of a rule make no sense."""

    message = N_("The terms can’t be read: %(what)s. Correct them.")
    field = "terms"
