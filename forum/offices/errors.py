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


class UnknownAccount(Refusal):
    """Offices are held by accounts."""

    message = N_("Nobody has an account with this mail address. Ask the person to sign in once first.")
    field = "email"
    status = 422


class UnclearPlace(Refusal):
    """The name means no place, or several."""

    message = N_("This name doesn't mean exactly one place. Close to it: %(candidates)s.")
    field = "place"
    status = 422


class OwnOffice(Refusal):
    """Nobody appoints themselves."""

    message = N_("Nobody gives an office to themselves. Ask another registrar or a site administrator.")
    field = "email"
    status = 422
