"""Refusals while a partnership is proposed and answered."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit, Word


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


class CityUnclear(Refusal):
    """No city with a public profile has that name, or several have."""

    message = N_("No single city with a public profile has this name. Found: %(candidates)s.")
    field = "add_city"


class PartiesFixed(Refusal):
    """Somebody has seen the invitation, or a text names the parties."""

    message = N_(
        "The cities and the instrument can't be changed any more: the invitation has been sent before, "
        "or the text is begun. Withdraw this draft and propose anew."
    )
    field = "instrument"


class ProposalSent(Refusal):
    """A proposal is changed before it is sent, not afterwards."""

    message = N_("The proposal can be changed only before it is sent. The case is now in the state “%(state)s”.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class DraftChanged(StaleEdit):
    """Two people change one draft."""

    message = N_("Somebody has changed this draft since you opened it. Your entries are kept here; look at the draft.")


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
