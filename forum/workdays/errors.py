"""Why a working day can't be found, or a special day not be entered."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class NoSharedWorkday(Refusal):
    """The places never work on the same day."""

    message = N_("From %(day)s on, these places share no working day for more than a year. Check the special days.")
    status = 422


class DayTaken(Refusal):
    """There is an entry for this place and day."""

    message = N_("%(day)s is entered already for this place. Remove that entry first.")
    field = "first_day"
    status = 422


class DaysReversed(Refusal):
    """The last day lies before the first."""

    message = N_("The last day lies before the first one. Exchange them, or leave the last day empty.")
    field = "last_day"
    status = 422


class TooManyDays(Refusal):
    """A long range is most likely a slip."""

    message = N_("At most %(most)s days can be entered at once. Enter a shorter time, then the rest.")
    field = "last_day"
    status = 422


class ProvinceElsewhere(Refusal):
    """Provinces are China's."""

    message = N_("Provinces belong to China. Choose China, or leave the province empty.")
    field = "province"
    status = 422
