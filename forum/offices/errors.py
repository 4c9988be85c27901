"""Why an office can't be given or ended."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class WrongPlace(Refusal):
    """The role is held for another kind of place."""

    message = N_("This role is held for a city, for a province or for the whole country; choose the place that fits.")
    field = "place"
    status = 422


class HeldAlready(Refusal):
    """The same office runs already."""

    message = N_("This person holds this office already. End it first, or change its last day.")
    status = 409


class TermReversed(Refusal):
    """The last day lies before the first."""

    message = N_("The last day lies before the first one.")
    field = "ends_on"
    status = 422
