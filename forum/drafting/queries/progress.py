"""How far the drafts are, and whether the engine is in order; never a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

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


def failures(scope: str | None = None) -> Sequence[TranslationJob]:
    """Return the drafts that failed last, of one scope or of all."""
    query = select(TranslationJob).where(TranslationJob.state == JobState.FAILED)
    if scope is not None:
        query = query.where(TranslationJob.scope == scope)
    return session.scalars(
        query.order_by(TranslationJob.settled_at.desc(), TranslationJob.id.desc()).limit(MOST_ERRORS)
    ).all()


@dataclass(frozen=True, slots=True)
class Round:
    """The drafts of a scope that were asked for since the first of those that still wait, or else last of all."""

    total: int = 0
    done: int = 0  # settled, in whatever way
    failed: int = 0

    @property
    def is_going(self) -> bool:
        """Whether any of them still waits."""
        return self.done < self.total


def round_of(scope: str) -> Round:
    """Return how far the drafts of a scope are, in two statements."""
    waits = TranslationJob.state.in_((JobState.QUEUED, JobState.RUNNING))
    waiting_since, asked_last = session.execute(
        select(func.min(case((waits, TranslationJob.asked_at))), func.max(TranslationJob.asked_at)).where(
            TranslationJob.scope == scope
        )
    ).one()
    since = waiting_since or asked_last
    if since is None:
        return Round()
    rows = session.execute(
        select(TranslationJob.state, func.count())
        .where(TranslationJob.scope == scope, TranslationJob.asked_at >= since)
        .group_by(TranslationJob.state)
    )
    known: dict[JobState, int] = {row[0]: row[1] for row in rows}
    total = sum(known.values())
    going = known.get(JobState.QUEUED, 0) + known.get(JobState.RUNNING, 0)
    return Round(total, total - going, known.get(JobState.FAILED, 0))


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
