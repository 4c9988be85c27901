"""How far the drafts are, and whether the engine is in order; never a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.core.database import session
from forum.drafting.models import BreakerState, EngineBreaker, EngineUse, JobState, TranslationJob
from forum.drafting.rules import Breaker, month_of

MOST_ERRORS = 20


def counts(scope: str | None = None) -> Mapping[JobState, int]:
    """Return how many drafts are in which state, of one scope or of all."""
    query = select(TranslationJob.state, func.count()).group_by(TranslationJob.state)
    if scope is not None:
        query = query.where(TranslationJob.scope == scope)
    known: dict[JobState, int] = {row[0]: row[1] for row in session.execute(query)}
    return {state: known.get(state, 0) for state in JobState}


def failures() -> Sequence[TranslationJob]:
    """Return the drafts that failed last."""
    return session.scalars(
        select(TranslationJob)
        .where(TranslationJob.state == JobState.FAILED)
        .order_by(TranslationJob.settled_at.desc(), TranslationJob.id.desc())
        .limit(MOST_ERRORS)
    ).all()


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine as staff see it."""

    breaker: Breaker
    last_error: str = ""
    last_error_at: datetime | None = None
    calls: int = 0  # in this month
    characters: int = 0

    @property
    def state(self) -> BreakerState:
        """Whether it is called."""
        return self.breaker.state


def engine_state(name: str, now: datetime) -> EngineState:
    """Return how an engine is, and what it was sent in this month."""
    row = session.get(EngineBreaker, name)
    use = session.get(EngineUse, (name, month_of(now)))
    calls, characters = (use.calls, use.characters) if use is not None else (0, 0)
    if row is None:
        return EngineState(Breaker(), calls=calls, characters=characters)
    return EngineState(
        Breaker(row.state, row.failures, row.pause, row.until), row.last_error, row.last_error_at, calls, characters
    )
