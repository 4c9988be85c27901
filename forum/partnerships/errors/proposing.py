"""Refusals while a partnership is proposed and answered."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


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
