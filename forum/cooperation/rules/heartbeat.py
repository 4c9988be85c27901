"""How alive a partnership is 活跃度: computed from accepted evidence alone, never a state.

Logins, edits, comments and uploads don't count; the flag is internal.
Source: partnership procedure, section on dormancy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from forum.core.refusals import P_


class Colour(StrEnum):
    """What the days since the last evidenced activity say."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


COLOURS: dict[str, str] = {
    "green": P_("cooperation", "Lively"),
    "amber": P_("cooperation", "Slowing down"),
    "red": P_("cooperation", "Asleep"),
    "grey": P_("cooperation", "Suspended, not counted"),
}

REVIVALS: tuple[str, ...] = (
    P_("cooperation", "A webinar, in a slot that both calendars allow"),
    P_("cooperation", "A mutual review of a case"),
    P_("cooperation", "Renewal, or an honourable close"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many days on a partnership slows down, and sleeps."""

    amber: int = 180
    red: int = 365


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The flag with the days behind it."""

    colour: Colour
    days: int | None  # since the last evidenced activity, or since the effective date
    since: date | None
    red_on: date | None  # the day on which it turns red if nothing happens; None while suspended


DEFAULT_LIMITS = Limits()


def heartbeat(
    last_evidenced: date | None,
    effective_on: date | None,
    today: date,
    *,
    suspended: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Heartbeat:
    """Return how alive a partnership is.

    ``last_evidenced``: the last day of the latest activity whose evidence was accepted.  Before there is any, the
    days count from the effective date; without that, nothing is counted.
    """
    since = last_evidenced or effective_on
    if since is None:
        return Heartbeat(Colour.GREY, None, None, None)
    days = max(0, (today - since).days)
    if suspended:
        return Heartbeat(Colour.GREY, days, since, None)
    red_on = since + timedelta(days=limits.red)
    if days >= limits.red:
        return Heartbeat(Colour.RED, days, since, red_on)
    return Heartbeat(Colour.AMBER if days >= limits.amber else Colour.GREEN, days, since, red_on)
