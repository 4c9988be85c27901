"""What signing in refuses."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class WrongCredentials(Refusal):
    """The same answer for known and unknown addresses."""

    message = N_("The address and the password don't fit. Check both, or ask for a link by mail.")
    status = 422


class WrongCode(Refusal):
    """The code of the second factor doesn't fit, or was used already."""

    message = N_("This code isn't right, or was used before. Wait for the next one in your app.")
    status = 422
    field = "code"


class LinkSpent(Refusal):
    """A one-time link was used or is older than ten minutes."""

    message = N_("This link was used already or is older than ten minutes. Ask for a new one.")
    status = 410


class WeakPassword(Refusal):
    """The password is too short or widely known."""

    message = N_("Choose a password of at least 8 characters that isn't widely known; 15 or more is better.")
    status = 422
    field = "password"


class LastAdministrator(Refusal):
    """Somebody must be able to run the site."""

    message = N_("You are the last site administrator. Name another one first.")
