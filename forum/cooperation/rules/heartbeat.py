"""How alive a partnership is 活跃度: computed from accepted evidence alone, never a state.

Logins, edits, comments and uploads don't count; the flag is internal.
Source: partnership procedure, section on dormancy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from forum.core.refusals import N_, P_
from forum.reminders.rules import within_reach


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

    @property
    def stages(self) -> tuple[int, int, int]:
        """The days after which each of the three ways to wake a partnership up is proposed, evenly apart."""
        return self.amber, (self.amber + self.red) // 2, self.red


@dataclass(frozen=True, slots=True)
class Revival:
    """A way to wake a partnership up, proposed once while nothing happens."""

    kind: str
    next_step: str
    on: date


REVIVAL_SENTENCE = N_("The partnership %(number)s has had no activity with accepted evidence since %(since)s.")
REVIVAL_STEPS: dict[str, str] = {
    "cooperation_revival_webinar": N_("Plan a webinar, in a slot that both calendars allow."),
    "cooperation_revival_review": N_("Agree with the other side on a mutual review of a case."),
    "cooperation_revival_close": N_("Talk with the other side about renewal, or an honourable close."),
}
REVIVAL_KINDS: dict[str, str] = {
    "cooperation_revival_webinar": P_("cooperation", "A partnership slows down: a webinar"),
    "cooperation_revival_review": P_("cooperation", "A partnership still slows down: a mutual review"),
    "cooperation_revival_close": P_("cooperation", "A partnership falls asleep: renewal or close"),
}
REVIVAL_DAYS: dict[str, tuple[int, ...]] = dict.fromkeys(REVIVAL_STEPS, (0,))


def revivals(
    pulse: Heartbeat, today: date, *, limits: Limits, days: Mapping[str, tuple[int, ...]]
) -> tuple[Revival, ...]:
    """Return what is proposed now or soon: each way until the next one takes its place, none while suspended."""
    if pulse.since is None or pulse.red_on is None:
        return ()
    begins = [pulse.since + timedelta(days=number) for number in limits.stages]
    ends = [*begins[1:], date.max]
    return tuple(
        Revival(kind, step, begin)
        for (kind, step), begin, end in zip(REVIVAL_STEPS.items(), begins, ends, strict=True)
        if within_reach(begin, days[kind], today) and today < end
    )


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
