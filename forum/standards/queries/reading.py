"""Reading single deliverables: by address, with everything that their page shows, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from forum.committees.models import Committee
from forum.core.database import session
from forum.standards.models import (
    Assignment,
    FormerSlug,
    ReferenceRecord,
    StageEvent,
    Standard,
    StandardIcs,
    StandardRelation,
    StandardTopic,
    Standing,
    Topic,
)
from forum.standards.references import folded
from forum.standards.rules.progress import later

WORKS = 60  # deliverables of a committee on its own page; the list of standards shows the rest


def chosen(slug: str) -> Standard | None:
    """Return a deliverable by its address, with its committee and what it supplements."""
    return session.scalar(
        select(Standard)
        .where(Standard.slug == slug)
        .options(
            joinedload(Standard.committee).selectinload(Committee.names),
            joinedload(Standard.base),
        )
    )


def former(slug: str) -> str | None:
    """Return the present address of what an old address, or a reference in any spelling, means."""
    key = folded(slug)
    moved = session.scalar(
        select(Standard.slug).join(FormerSlug, FormerSlug.standard_id == Standard.id).where(FormerSlug.slug == slug)
    )
    if moved is not None or not key:
        return moved
    # One after the other: each has an index, and together they would need to read every row.
    newest = (Standard.published_on.desc().nulls_last(), Standard.id.desc())
    present = session.scalar(select(Standard.slug).where(Standard.folded_reference == key).order_by(*newest).limit(1))
    if present is not None:
        return present
    return session.scalar(
        select(Standard.slug)
        .join(ReferenceRecord, ReferenceRecord.standard_id == Standard.id)
        .where(ReferenceRecord.folded == key)
        .order_by(*newest)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A deliverable with everything that its page shows."""

    standard: Standard
    events: Sequence[StageEvent]  # newest first
    references: Sequence[ReferenceRecord]
    onward: Sequence[StandardRelation]  # as it relates to others
    backward: Sequence[StandardRelation]  # as others relate to it
    assignments: Sequence[Assignment]
    topics: Sequence[Topic]
    ics: Sequence[str]
    supplements: Sequence[Standard]


def entry(standard: Standard) -> Entry:
    """Return a deliverable with what belongs to it."""
    key = standard.id
    relations = select(StandardRelation).options(
        joinedload(StandardRelation.standard), joinedload(StandardRelation.other)
    )
    return Entry(
        standard,
        events=events_of(key),
        references=session.scalars(
            select(ReferenceRecord)
            .where(ReferenceRecord.standard_id == key)
            .order_by(ReferenceRecord.seen_on, ReferenceRecord.id)
        ).all(),
        onward=session.scalars(
            relations.where(StandardRelation.standard_id == key).order_by(StandardRelation.kind, StandardRelation.id)
        ).all(),
        backward=session.scalars(
            relations.where(StandardRelation.other_id == key).order_by(StandardRelation.kind, StandardRelation.id)
        ).all(),
        assignments=assignments_of(key),
        topics=session.scalars(
            select(Topic)
            .join(StandardTopic, StandardTopic.topic_id == Topic.id)
            .where(StandardTopic.standard_id == key)
            .order_by(Topic.slug)
        ).all(),
        ics=session.scalars(
            select(StandardIcs.code).where(StandardIcs.standard_id == key).order_by(StandardIcs.code)
        ).all(),
        supplements=session.scalars(
            select(Standard).where(Standard.base_id == key).order_by(Standard.sort_key, Standard.id)
        ).all(),
    )


def events_of(standard_id: int) -> list[StageEvent]:
    """Return the stages of a deliverable, the present one first: by date, and by code where a date is missing."""
    rows = list(
        session.scalars(select(StageEvent).where(StageEvent.standard_id == standard_id).order_by(StageEvent.id))
    )
    ordered: list[StageEvent] = []
    for row in rows:
        place = next(
            (number for number, other in enumerate(ordered) if later((other.on, other.code), (row.on, row.code))),
            len(ordered),
        )
        ordered.insert(place, row)
    return ordered


def assignments_of(standard_id: int) -> Sequence[Assignment]:
    """Return which committees owned a deliverable, the present one first."""
    return session.scalars(
        select(Assignment)
        .where(Assignment.standard_id == standard_id)
        .options(joinedload(Assignment.committee))
        .order_by(Assignment.ends_on.is_not(None), Assignment.ends_on.desc(), Assignment.id.desc())
    ).all()


def owner_on(standard_id: int, day: date) -> Committee | None:
    """Return the committee that owned a deliverable on a day."""
    return session.scalar(
        select(Committee)
        .join(Assignment, Assignment.committee_id == Committee.id)
        .where(
            Assignment.standard_id == standard_id,
            or_(Assignment.starts_on.is_(None), Assignment.starts_on <= day),
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= day),
        )
        .order_by(Assignment.starts_on.desc(), Assignment.id.desc())
        .limit(1)
    )


def all_topics() -> Sequence[Topic]:
    """Return every topic."""
    return session.scalars(select(Topic).order_by(Topic.slug)).all()


@dataclass(frozen=True, slots=True)
class Programme:
    """What a committee works on and has published."""

    counts: dict[Standing, int]
    works: Sequence[Standard]  # what is on its way first; at most ``WORKS``

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def programme(committee_id: int) -> Programme:
    """Return the work of a committee by its standing, in two statements."""
    rows = session.execute(
        select(Standard.standing, func.count()).where(Standard.committee_id == committee_id).group_by(Standard.standing)
    )
    order = {standing: number for number, standing in enumerate(Standing)}
    return Programme(
        {Standing(standing): count for standing, count in sorted(rows, key=lambda row: order[row[0]])},
        session.scalars(
            select(Standard)
            .where(Standard.committee_id == committee_id)
            .order_by(
                (Standard.standing == Standing.UNDER_DEVELOPMENT).desc(),
                (Standard.standing == Standing.UNDER_REVIEW).desc(),
                (Standard.standing == Standing.PUBLISHED).desc(),
                Standard.sort_key,
                Standard.id,
            )
            .limit(WORKS)
        ).all(),
    )


def open_work(committee_id: int) -> Sequence[Standard]:
    """Return what a committee still works on, to be handed over."""
    return session.scalars(
        select(Standard)
        .where(
            Standard.committee_id == committee_id,
            Standard.standing.in_([Standing.UNDER_DEVELOPMENT, Standing.UNDER_REVIEW, Standing.PUBLISHED]),
        )
        .order_by(Standard.sort_key, Standard.id)
    ).all()


def on_the_way(*, offset: int, limit: int) -> tuple[Sequence[Standard], int]:
    """Return what is under development or under review, with its committee, and how many there are."""
    moving = Standard.standing.in_([Standing.UNDER_DEVELOPMENT, Standing.UNDER_REVIEW])
    count = session.scalar(select(func.count()).select_from(Standard).where(moving)) or 0
    rows = session.scalars(
        select(Standard)
        .where(moving)
        .options(joinedload(Standard.committee))
        .order_by(Standard.sort_key, Standard.id)
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, count


def registered_on(ids: Sequence[int]) -> dict[int, date]:
    """Return since when projects are registered (20.00, or approved at 10.99), by deliverable."""
    rows = session.execute(
        select(StageEvent.standard_id, func.min(StageEvent.on))
        .where(StageEvent.standard_id.in_(ids), StageEvent.code.in_(["10.99", "20.00"]), StageEvent.on.is_not(None))
        .group_by(StageEvent.standard_id)
    )
    return {int(key): day for key, day in rows if day is not None}


def named(text: str) -> Standard | None:
    """Return the deliverable that somebody means by a reference, in any spelling."""
    slug = former(text) if text else None
    return chosen(slug) if slug is not None else None
