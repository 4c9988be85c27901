"""The refusals of this room."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class CommentRefused(Refusal):
    """Base of what is wrong with something typed or sent."""

    status = 422


class CommentEmpty(CommentRefused):
    """Nothing was said."""

    message = N_("Write the comment in Chinese or in English.")
    field = "text_zh"


class EnglishNeeded(CommentRefused):
    """A review of a text that isn't there."""

    message = N_("Write the English text before you mark it as reviewed.")
    field = "text_en"


class ChineseInEnglish(CommentRefused):
    """The English side holds Chinese."""

    message = N_("The English text holds Chinese characters. Translate them.")
    field = "text_en"


class ReasonNeeded(CommentRefused):
    """A comment isn't taken up without a word why."""

    message = N_("Say why the comment isn’t taken up. Its author reads it.")
    field = "reason"


class NotInEnquiry(Refusal):
    """The ballot takes no comments now."""

    message = N_("Comments can’t be written on this ballot now: the national enquiry isn’t open.")


class TextSettled(Refusal):
    """The text of a comment that was decided isn't its author's any more."""

    message = N_("This comment has been decided. Its text can’t be changed any more; write another one.")


class OwnComment(Refusal):
    """Support is for what others wrote."""

    message = N_("This is your own comment.")


class SupportedAlready(Refusal):
    """One person supports once."""

    message = N_("You support this comment already.")


class MergeIntoItself(CommentRefused):
    """A comment can't swallow itself, nor one that has been merged or dropped."""

    message = N_("Choose another comment of this ballot that is still open or kept.")
    field = "into"


class OtherMemberBody(CommentRefused):
    """What other countries say is grouped, never merged."""

    message = N_("Comments of different member bodies are never merged.")
    field = "into"


class NumberedAlready(Refusal):
    """What has a number keeps it, and isn't decided anew."""

    message = N_("This comment has its number already. Numbers are never given twice, so it stays as it is.")


class NotAllDecided(Refusal):
    """Numbers come last."""

    message = N_("Decide every comment first: %(open)s are still open.")


class NothingToNumber(Refusal):
    """Nothing was kept that has no number yet."""

    message = N_("Every kept comment has its number.")


class NotNumbered(Refusal):
    """What leaves has numbers."""

    message = N_("Number the comments first.")


class WouldBeRejected(Refusal):
    """The check before sending found something that the receiving secretariat sends back."""

    message = N_("The table would be rejected. Put right what the check names first.")


class CellTooLong(CommentRefused):
    """A text that the format can't hold."""

    message = N_("Row %(row)s, column %(column)s holds more text than a cell of this format can. Use another format.")


class WouldChange(CommentRefused):
    """A text that the format would bring back changed."""

    message = N_("Row %(row)s, column %(column)s holds signs that this format would change. Use another format.")


class NothingToImport(CommentRefused):
    """A table with rows of nothing, or faults that make its cells doubtful."""

    message = N_("Nothing was taken in: the table has faults that must be put right first.")
    field = "file"


class TakenInAlready(Refusal):
    """The same upload was confirmed before."""

    message = N_("This table has been taken in already.")


class UnknownDisposition(CommentRefused):
    """Somebody must say what each answer means."""

    message = N_("Say for %(code)s what was decided.")


class DispositionReasonNeeded(CommentRefused):
    """The secretariat owes a reason for everything but acceptance."""

    message = N_("The answer to %(code)s has no words. Only “Accepted” stands without a reason.")


class NothingOfOurs(CommentRefused):
    """A compiled table without one comment of this country."""

    message = N_("No row of this table carries a number of ours.")
    field = "file"


class AnotherBallotNeeded(CommentRefused):
    """Raised again means: in a later vote on the same project."""

    message = N_("Choose a later ballot that takes comments now.")
    field = "ballot"


class RaisedAlready(Refusal):
    """One comment is raised again once in a ballot."""

    message = N_("This comment has been raised again already.")


class StartsInThePast(CommentRefused):
    """What was in force on a past day stays so."""

    message = N_("Choose today or a later day. What was in force before stays as it was.")
    field = "effective_from"


class LikenessOutOfRange(CommentRefused):
    """Below one half everything is like everything."""

    message = N_("Write a share between 50 and 100.")
    field = "similarity_percent"


class HoursOutOfRange(CommentRefused):
    """Hours before closing."""

    message = N_("Write between 1 and 720 hours.")
    field = "near_hours"


class PatternUnclear(CommentRefused):
    """A line of the pattern list that says nothing."""

    message = N_(
        "Line %(line)s isn’t clear. Write the secretariat’s words, an equals sign, and one of the six decisions."
    )
    field = "patterns"


class ChangedMeanwhile(Refusal):
    """Two people worked on one comment."""

    message = N_("Someone changed this comment while you were looking at it. Read it again before you decide.")
