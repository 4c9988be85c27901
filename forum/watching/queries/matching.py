"""What fits something that is followed: the same conditions for the preview and for the mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from forum.committees.models import Succession, SuccessionKind
from forum.core.database import session
from forum.core.text import fold
from forum.standards.events import WatchEvent
from forum.standards.models import ImportRun, StageEvent, StageKind, Standard, StandardIcs, StandardTopic
from forum.watching.models import Level, Watch, WatchExclusion, WatchKind
from forum.watching.neighbours import neighbours
from forum.watching.rules import SIGNIFICANT_STAGES, family

LOOKING_BACK = timedelta(days=90)
PREVIEWED = 20
MOST = 500  # of one thing that is followed, in one round

_LEADING_ON = frozenset(SuccessionKind) - {SuccessionKind.CREATED, SuccessionKind.DISBANDED}


def families(now: datetime) -> list[tuple[int, int, Any]]:
    """Return which committee's work went to which, and since when; one statement."""
    rows = session.execute(
        select(Succession.from_id, Succession.to_id, Succession.effective_on).where(
            Succession.from_id.is_not(None),
            Succession.to_id.is_not(None),
            Succession.kind.in_(sorted(_LEADING_ON)),
            or_(Succession.effective_on.is_(None), Succession.effective_on <= now.date()),
        )
    )
    return [(row.from_id or 0, row.to_id or 0, row.effective_on) for row in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What fits, as conditions in a statement: on a deliverable, on its stage, and on a committee alone."""

    standard: ColumnElement[bool]
    stage: ColumnElement[bool]
    committee: ColumnElement[bool]


def wanted(watch: Watch, moves: Sequence[tuple[int, int, Any]], now: datetime) -> Wanted:
    """Return what fits something that is followed; a rule that names nothing fits nothing."""
    parts: list[ColumnElement[bool]] = []
    committees = sorted(family(watch.committee_id, moves, now.date())) if watch.committee_id is not None else []
    if watch.standard_id is not None:
        parts.append(or_(Standard.id == watch.standard_id, Standard.base_id == watch.standard_id))
    if committees:
        parts.append(Standard.committee_id.in_(committees))
    if watch.topic_id is not None:
        parts.append(
            select(StandardTopic.topic_id)
            .where(StandardTopic.standard_id == Standard.id, StandardTopic.topic_id == watch.topic_id)
            .exists()
        )
    parts += _of_rule(watch)
    standard = and_(*parts, *_not_left_out(watch)) if parts else false()
    alone = watch.kind is WatchKind.COMMITTEE and committees
    return Wanted(standard, _stages(watch), WatchEvent.committee_id.in_(committees) if alone else false())


def _of_rule(watch: Watch) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if watch.ics:
        parts.append(
            select(StandardIcs.code)
            .where(StandardIcs.standard_id == Standard.id, StandardIcs.code.startswith(watch.ics, autoescape=True))
            .exists()
        )
    if watch.type:
        parts.append(Standard.kind == watch.type)
    if watch.word:
        word = fold(watch.word)
        parts.append(
            or_(
                func.lower(Standard.title_en).contains(word, autoescape=True),
                Standard.title_zh.contains(watch.word, autoescape=True),
            )
        )
    if watch.adopted and neighbours.adopted is not None:
        parts.append(Standard.id.in_(neighbours.adopted()))
    if watch.stage_from or watch.stage_to:
        parts.append(Standard.stage_equivalent != "")
    return parts


def _not_left_out(watch: Watch) -> list[ColumnElement[bool]]:
    out = select(WatchExclusion.standard_id).where(WatchExclusion.watch_id == watch.id)
    return [Standard.id.not_in(out)]


def _stages(watch: Watch) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [StageEvent.id.is_not(None)]
    if watch.stage_from:
        parts.append(StageEvent.code >= watch.stage_from)
    if watch.stage_to:
        parts.append(StageEvent.code <= watch.stage_to)
    if watch.level is Level.SIGNIFICANT:
        parts.append(StageEvent.code.in_(sorted(SIGNIFICANT_STAGES)))
    return and_(*parts)


def is_news() -> ColumnElement[bool]:
    """Return the condition that a stage is news.

    A stage that somebody declared is.  An imported one is, unless its import was the first that knew of the
    committee: the catalogue that is laid out for the first time moves nothing.
    """
    older = select(Standard.id).where(
        Standard.committee_id == _concerned.c.committee_id, Standard.created_at < ImportRun.started_at
    )
    known = (
        select(_concerned.c.id)
        .join(ImportRun, ImportRun.id == StageEvent.run_id)
        .where(
            _concerned.c.id == StageEvent.standard_id,
            or_(_concerned.c.created_at < ImportRun.started_at, older.exists()),
        )
        .correlate(StageEvent)
    )
    return or_(StageEvent.kind == StageKind.DECLARED, known.exists())


_concerned = Standard.__table__.alias("concerned")


def stage_news(want: Wanted, begin: datetime) -> Select[StageEvent]:
    """Return the stages that became known from an instant on and fit."""
    return (
        select(StageEvent)
        .join(Standard, Standard.id == StageEvent.standard_id)
        .where(StageEvent.created_at >= begin, want.standard, want.stage, is_news())
        .order_by(StageEvent.id)
    )


def other_news(want: Wanted, level: Level, begin: datetime) -> Select[WatchEvent]:
    """Return what other rooms noted from an instant on and fits."""
    query = (
        select(WatchEvent)
        .outerjoin(Standard, Standard.id == WatchEvent.standard_id)
        .where(
            WatchEvent.at >= begin,
            or_(
                and_(WatchEvent.standard_id.is_not(None), want.standard),
                and_(WatchEvent.standard_id.is_(None), want.committee),
            ),
        )
        .order_by(WatchEvent.id)
    )
    return query.where(WatchEvent.significant) if level is Level.SIGNIFICANT else query


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule fits now, and what it would have told in the last ninety days."""

    count: int
    first: Sequence[Standard]
    stages: Sequence[StageEvent]
    others: Sequence[WatchEvent]
    told: int


def preview(watch: Watch, now: datetime) -> Preview:
    """Return what something that is or might be followed fits; a fixed number of statements."""
    want = wanted(watch, families(now), now)
    fits = select(Standard).where(want.standard)
    if watch.stage_from:
        fits = fits.where(Standard.stage_equivalent >= watch.stage_from)
    if watch.stage_to:
        fits = fits.where(Standard.stage_equivalent <= watch.stage_to)
    count = session.scalar(select(func.count()).select_from(fits.with_only_columns(Standard.id).subquery())) or 0
    stages, others = stage_news(want, now - LOOKING_BACK), other_news(want, watch.level, now - LOOKING_BACK)
    told = sum(
        session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        for query in (stages.with_only_columns(StageEvent.id), others.with_only_columns(WatchEvent.id))
    )
    return Preview(
        count,
        session.scalars(fits.order_by(Standard.sort_key, Standard.id).limit(PREVIEWED)).all(),
        session.scalars(
            stages.order_by(None)
            .order_by(StageEvent.id.desc())
            .limit(PREVIEWED)
            .options(joinedload(StageEvent.standard))
        ).all(),
        session.scalars(
            others.order_by(None)
            .order_by(WatchEvent.id.desc())
            .limit(PREVIEWED)
            .options(joinedload(WatchEvent.standard), joinedload(WatchEvent.committee))
        ).all(),
        told,
    )
