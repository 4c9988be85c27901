"""What running a forum refuses."""

from __future__ import annotations

from datetime import datetime

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the record after this editor had opened it."""

    def __init__(self, *, at: datetime) -> None:
        super().__init__()
        self.at = at


class SlugTaken(Refusal):
    """Another forum has this address."""

    message = N_("Another forum already has this address.")
    field = "slug"


class ForumCodeTaken(Refusal):
    """Another forum has this code, which files and calendars name."""

    message = N_("Another forum already has this code.")
    field = "code"


class CodeTaken(Refusal):
    """Two rooms, themes or segments of one forum with one code."""

    message = N_("This code is already in use in this forum.")
    field = "code"


class StillUsed(Refusal):
    """Sessions name it."""

    message = N_("Sessions still use this. Move them first.")


class DaysAreUsed(Refusal):
    """The days would leave sessions outside."""

    message = N_("The last day can't be before the first.")
    status = 422
    field = "last_day"


class UnknownAccount(Refusal):
    """Nobody signs in with this address."""

    message = N_("Nobody has an account with this mail address.")
    status = 422
    field = "email"


class LastOrganiser(Refusal):
    """A forum without an organiser could never get one again."""

    message = N_("A forum needs at least one organiser.")
