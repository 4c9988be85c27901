"""The refusals of this room."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class TitleNeeded(Refusal):
    """No subject in either language."""

    message = N_("Give the statement a title in at least one language.")
    field = "title_en"
    status = 422


class BodyOrFileNeeded(Refusal):
    """Neither text nor file."""

    message = N_("Write the text, or attach a file that holds it.")
    field = "body_en"


class SenderNeeded(Refusal):
    """It comes from nobody."""

    message = N_("Name at least one group that the statement comes from.")
    field = "senders"
    status = 422


class AddresseeNeeded(Refusal):
    """It goes to nobody."""

    message = N_("Name at least one group that the statement goes to.")
    field = "receivers"
    status = 422


class GroupTwice(Refusal):
    """One group stands twice on the same side."""

    message = N_("%(group)s is named twice. Name each group once on a side.")
    field = "receivers"
    status = 422


class PurposeNeeded(Refusal):
    """An addressee without what it is asked for."""

    message = N_("Say for each group that the statement goes to what it is asked for.")
    field = "receivers"
    status = 422


class DeadlineNeeded(Refusal):
    """For action or comment without a deadline."""

    message = N_("A statement for action or for comment needs a deadline.")
    field = "deadline_on"
    status = 422


class DeadlinePassed(Refusal):
    """The deadline of an outgoing statement lies behind."""

    message = N_("This deadline has passed already. Name a later one.")
    field = "deadline_on"


class BadTime(Refusal):
    """Not a time of day."""

    message = N_("Write the time with hours and minutes, such as 17:30.")
    field = "deadline_time"
    status = 422


class NotYourGroups(Refusal):
    """Somebody writes for groups that aren't theirs."""

    message = N_("You may write only for groups that your national committee answers for.")
    field = "senders"
    status = 422


class NotEntitledForAll(Refusal):
    """An approver who isn't entitled for each of the groups."""

    message = N_("Only somebody entitled for every group that this statement comes from may approve it.")


class ApproverWrote(Refusal):
    """Nobody approves what they wrote."""

    message = N_("You wrote this statement. Somebody else must approve it.")


class TextClosed(Refusal):
    """An approved or posted text is changed no more."""

    message = N_("The text can’t be changed any more. A posted statement is superseded by a new one.")


class ChangedMeanwhile(Refusal):
    """Somebody else was first."""

    message = N_("Someone changed this statement meanwhile. Read it again before you go on.")


class OwnerNeeded(Refusal):
    """Nobody would owe the answer."""

    message = N_("Name the person who owes the answer. A group can’t own it.")
    field = "owner"
    status = 422


class ReplyNotPosted(Refusal):
    """Only what was posted or received is answered."""

    message = N_("Only a statement that was received or posted can be answered or superseded.")


class NobodyToSendTo(Refusal):
    """No contact with an address."""

    message = N_("No contact of this statement has a mail address. Post it without sending.")


class PreviewChanged(Refusal):
    """Another preview than the one that was read."""

    message = N_("The mails have changed since you read them. Read the preview again.")


class NotPosted(Refusal):
    """Only a posted statement is sent again."""

    message = N_("Post the statement first. Only a posted statement can be sent.")


class FileOut(Refusal):
    """Taken out twice."""

    message = N_("This file has been taken out already.")


class NoFilesAfterPosting(Refusal):
    """Nothing is added to a posted statement."""

    message = N_("Nothing can be added to a posted statement. Write a new one that supersedes it.")


class ReasonNeeded(Refusal):
    """Something is taken out without a word."""

    message = N_("Please give a reason. It stays on record.")
    field = "reason"
    status = 422


class PartnerNeeded(Refusal):
    """A relation with nobody."""

    message = N_("Name the committee or the organisation on the other side.")
    field = "partner"
    status = 422


class UnknownCommittee(Refusal):
    """No committee is known by this name."""

    message = N_("No committee is known by this name. Write its reference, such as ISO/TC 268.")
    field = "committee"
    status = 422


class RelationThere(Refusal):
    """The relation stands already."""

    message = N_("This relation is listed already in this direction.")
    field = "partner"


class NextReviewNeeded(Refusal):
    """Renewed without a next date."""

    message = N_("Name the day of the next review. It must lie ahead.")
    field = "next_due_on"
    status = 422


class RepresentativeNeeded(Refusal):
    """A term of nobody."""

    message = N_("Choose an account or write a name.")
    field = "name"
    status = 422


class TermReversed(Refusal):
    """Ends before it begins."""

    message = N_("The term ends before it begins.")
    field = "ends_on"
    status = 422


class TermOverlaps(Refusal):
    """Somebody else represents already."""

    message = N_("Another representative’s term runs on these days. End that one first.")
    field = "starts_on"


class RuleOutside(Refusal):
    """A number out of bounds."""

    message = N_("Choose a number between %(least)s and %(most)s.")
    status = 422


class DaysUnreadable(Refusal):
    """Days that aren't a list of numbers."""

    message = N_("Write the days as numbers between 0 and 400, separated by commas; at most %(most)s of them.")
    status = 422


class RuleMeanwhile(Refusal):
    """Two people set numbers at once."""

    message = N_("Someone set other numbers meanwhile. Read them again.")
