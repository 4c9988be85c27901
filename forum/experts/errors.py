"""Why a profile can't be saved, or a nomination can't move."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the record after this editor had opened it."""


class NameMissing(Refusal):
    """An expert has a name."""

    message = N_("Write the name in at least one language.")
    field = "name_en"
    status = 422


class UnknownAccount(Refusal):
    """Nobody has an account with this address."""

    message = N_("Nobody has an account with this mail address. Leave the field empty for somebody without one.")
    field = "email"
    status = 422


class ProfileExists(Refusal):
    """An account has one profile."""

    message = N_("There is a profile for this account already. Change that one.")
    field = "email"


class UnknownUnit(Refusal):
    """The unit isn't known."""

    message = N_("Choose the unit from the list. A new unit is entered under places first.")
    field = "unit"
    status = 422


class UnitMissing(Refusal):
    """A unit stands behind a nomination."""

    message = N_("The profile names no unit. Enter the unit that proposes this expert, then nominate.")


class UnitForeign(Refusal):
    """A contact speaks for their own unit."""

    message = N_("As the contact of a unit you enter and nominate people of your own unit.")
    field = "unit"
    status = 422


class ConsentNotYours(Refusal):
    """Consent is given by oneself."""

    message = N_("Only the person themselves says in their account whether they are shown.")
    field = "consent"
    status = 422


class TargetMissing(Refusal):
    """A nomination is for a committee or for a project."""

    message = N_("Name either the committee or the project, one of the two.")
    field = "committee"
    status = 422


class UnknownCommittee(Refusal):
    """No such committee."""

    message = N_("No committee is called “%(reference)s”. Write it as it is printed, such as ISO/TC 268/SC 1.")
    field = "committee"
    status = 422


class UnknownProject(Refusal):
    """No such project."""

    message = N_("The catalogue holds no project called “%(reference)s”. Write its full reference.")
    field = "project"
    status = 422


class WrongTarget(Refusal):
    """The role isn't held for this kind of target."""

    message = N_("“%(role)s” is held for a committee or for a project, whichever it isn't here. Change role or target.")
    field = "role"
    status = 422


class CapacityWrong(Refusal):
    """Some roles speak for the country."""

    message = N_("Delegates, heads of delegation and voters speak for the country; experts don't. Change the capacity.")
    field = "capacity"
    status = 422


class InterestsMissing(Refusal):
    """The statement on conflicts of interest is part of a nomination."""

    message = N_("State possible conflicts of interest. Write “none” where there are none.")
    field = "interests"
    status = 422


class TermReversed(Refusal):
    """The end lies before the beginning."""

    message = N_("The last day lies before the first one.")
    field = "ends_on"
    status = 422


class OpenAlready(Refusal):
    """There are no two equal open nominations."""

    message = N_("This expert has an open nomination for the same role there. Follow that one, or end it first.")
    field = "role"


class MonitorMayNotVote(Refusal):
    """A document monitor has no vote."""

    message = N_("Whoever monitors documents of a committee may not vote there, and the other way round.")
    field = "role"


class CommitteeForeign(Refusal):
    """Nominations go through one's own mirror committee."""

    message = N_("Choose a national committee in which you hold a post.")
    field = "national"
    status = 422


class ReplacedForeign(Refusal):
    """A replacement takes the same place."""

    message = N_("Somebody is replaced in the same role and the same committee or project.")
    field = "replaces"
    status = 422


class OwnNomination(Refusal):
    """Nobody decides about themselves."""

    message = N_("This is your own nomination. Somebody else decides about it.")


class DecidedAlready(Refusal):
    """Every decision is made by another person."""

    message = N_("You proposed or decided about this nomination already. The next decision is somebody else’s.")


class EvidenceMissing(Refusal):
    """What happened outside is shown by evidence."""

    message = N_("Say by what this is shown: the letter, the receipt or the entry in the directory.")
    field = "evidence"
    status = 422


class ReasonOrReplacement(Refusal):
    """A role doesn't simply end."""

    message = N_("Give a reason, or nominate a replacement first. Nobody replaces this expert yet.")
    field = "reason"
    status = 422
