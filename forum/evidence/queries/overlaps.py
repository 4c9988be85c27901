"""The overlap radar 交叉重叠雷达: topics on which several committees have work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.committees.models import Committee
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.queries.ends import own_title
from forum.standards.models import Standard, StandardTopic, Standing, Topic

LIVING = (Standing.UNDER_DEVELOPMENT, Standing.PUBLISHED, Standing.UNDER_REVIEW)
MOST = 600  # deliverables under topics that are read at once


@dataclass(frozen=True, slots=True)
class Work:
    """A deliverable as the radar shows it."""

    standard: Standard
    title: Text

    @property
    def is_moving(self) -> bool:
        """Whether it isn't published yet."""
        return self.standard.standing is Standing.UNDER_DEVELOPMENT


@dataclass(frozen=True, slots=True)
class Overlap:
    """A topic with the work of each committee on it."""

    topic: Topic
    shares: tuple[tuple[Committee, tuple[Work, ...]], ...]

    @property
    def moving(self) -> int:
        """How many committees have a project that isn't published yet: there a word between them helps most."""
        return sum(
            any(one.standard.standing is Standing.UNDER_DEVELOPMENT for one in works)
            for _committee, works in self.shares
        )


def overlaps() -> Sequence[Overlap]:
    """Return the topics with living work of two committees or more, those with most first; three statements."""
    several = (
        select(StandardTopic.topic_id)
        .join(Standard, Standard.id == StandardTopic.standard_id)
        .where(Standard.standing.in_(LIVING), Standard.committee_id.is_not(None))
        .group_by(StandardTopic.topic_id)
        .having(func.count(Standard.committee_id.distinct()) > 1)
    )
    rows = session.execute(
        select(Topic, Standard, Committee)
        .join(StandardTopic, StandardTopic.topic_id == Topic.id)
        .join(Standard, Standard.id == StandardTopic.standard_id)
        .join(Committee, Committee.id == Standard.committee_id)
        .where(Topic.id.in_(several), Standard.standing.in_(LIVING))
        .order_by(Topic.slug, Committee.sort_key, Standard.sort_key, Standard.id)
        .limit(MOST)
    )
    topics: dict[int, Topic] = {}
    shares: dict[int, dict[int, tuple[Committee, list[Work]]]] = {}
    for topic, standard, committee in rows:
        topics[topic.id] = topic
        mine = shares.setdefault(topic.id, {}).setdefault(committee.id, (committee, []))
        mine[1].append(Work(standard, own_title(standard)))
    found = [
        Overlap(topic, tuple((committee, tuple(works)) for committee, works in shares[key].values()))
        for key, topic in topics.items()
    ]
    return sorted(found, key=lambda one: (-one.moving, -len(one.shares), one.topic.slug))
