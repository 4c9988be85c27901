"""How long a failed call waits, when an engine is paused, and in which words a text stays here.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forum.core.refusals import P_, Word
from forum.drafting.models import BreakerState

MOST_TRIES = 6
LONGEST_WAIT = timedelta(minutes=10)
FAILURES_ALLOWED = 5  # in a row
FIRST_PAUSE, LONGEST_PAUSE = 60, 15 * 60  # seconds
MOST_TEXTS, MOST_CHARACTERS = 20, 20_000  # of one call; a longer text goes alone
LEASE = timedelta(minutes=4)  # longer than two calls of an engine at their limit

# Why a text isn't handed to an engine.  The catalogue has them; a job keeps the English words.
UNRELEASED = P_("kept inside", "It isn’t public: no release shows this text, and nobody has cleared the programme.")
HIDDEN = P_("kept inside", "It isn’t public: it is under embargo, or not everybody may see it.")
NOT_ANNOUNCED = P_("kept inside", "The forum isn’t announced yet.")
PROFILE_HIDDEN = P_("kept inside", "The city’s profile is hidden.")
PARTIES_ONLY = P_("kept inside", "What the cities of a partnership write together stays with them.")
NOT_ENTERED = P_("kept inside", "It doesn’t stand in the public ledger.")
NOT_OPENED = P_("kept inside", "It isn’t public: the city or the national office hasn’t opened it.")
KEPT = P_("kept inside", "Somebody said that it is never sent outside.")
REASONS = (UNRELEASED, HIDDEN, NOT_ANNOUNCED, PROFILE_HIDDEN, PARTIES_ONLY, NOT_ENTERED, NOT_OPENED, KEPT)
# Why the words of a text may not be changed at the desk.
CONSENTED = P_(
    "fixed text", "The cities have consented to these very words. Change them on the page of the partnership."
)
# Why nothing has to be drafted.
NO_SOURCE = P_("machine draft", "The original is empty.")
BY_A_PERSON = P_("machine draft", "A person has written or reviewed the translation.")
UP_TO_DATE = P_("machine draft", "The draft is up to date.")
CHANGED = P_("machine draft", "The original was changed meanwhile.")
GONE = P_("machine draft", "The record isn’t there any more.")
# Why a draft failed.
NO_ANSWER = P_("machine draft", "The engine has no answer to this text.")
TOO_LONG = P_("machine draft", "The draft is longer than the field.")
WORKER_ENDED = P_("machine draft", "The worker ended again and again.")
LOST = "lost: "
ENGINE = "engine: "
DAMAGED = P_("machine draft", "Something protected was lost or damaged: a reference, a name, a placeholder or markup.")
AWAY = P_("machine draft", "The engine gave no usable answer (%(reason)s).")
_WORDS = {str(word): word for word in (*REASONS, CONSENTED, NO_SOURCE, BY_A_PERSON, UP_TO_DATE, CHANGED, GONE)}
_WORDS |= {str(word): word for word in (NO_ANSWER, TOO_LONG, WORKER_ENDED)}


def wait_after(tries: int) -> timedelta:
    """Return how long a call waits that was tried so often."""
    return min(timedelta(seconds=2**tries), LONGEST_WAIT)


def month_of(now: datetime) -> str:
    """Return the month to which a call counts."""
    return now.astimezone(UTC).strftime("%Y-%m")


def minute_of(now: datetime) -> datetime:
    """Return the beginning of the minute to which a call counts."""
    return now.astimezone(UTC).replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Breaker:
    """An engine's state: closed it is called, open it rests, half open one call tries it."""

    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    pause: int = 0
    until: datetime | None = None

    def may_call(self, now: datetime) -> bool:
        """Tell whether the engine may be called; after a pause, or a trial that never ended, by one worker."""
        return self.state is BreakerState.CLOSED or self.until is None or now >= self.until

    def called(self, now: datetime) -> Breaker:
        """Return the state while a call is made."""
        if self.state is BreakerState.CLOSED:
            return self
        return Breaker(BreakerState.HALF_OPEN, self.failures, self.pause, now + LEASE)

    def succeeded(self) -> Breaker:
        """Return the state after an answer."""
        return Breaker()

    def failed(self, now: datetime) -> Breaker:
        """Return the state after a failure; a failed trial doubles the pause."""
        failures = self.failures + 1
        if self.state is BreakerState.CLOSED and failures < FAILURES_ALLOWED:
            return Breaker(BreakerState.CLOSED, failures)
        if self.state is BreakerState.OPEN:  # a call that began before the others failed
            return Breaker(BreakerState.OPEN, failures, self.pause, self.until)
        pause = min(self.pause * 2, LONGEST_PAUSE) if self.pause else FIRST_PAUSE
        return Breaker(BreakerState.OPEN, failures, pause, now + timedelta(seconds=pause))


def told(error: str) -> tuple[Word, dict[str, str]]:
    """Return a job's error as a sentence of the catalogue and its facts; what of the text was lost isn't told."""
    if error.startswith(LOST):
        return DAMAGED, {}
    if error.startswith(ENGINE):
        return AWAY, {"reason": error.removeprefix(ENGINE)}
    return _WORDS.get(error, AWAY), {"reason": "-"}
