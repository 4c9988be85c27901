"""Editing what is ours about a deliverable: Chinese titles with their status, topics, track and target dates.

What is edited here is written down (``edited_fields``), so that an import asks before it touches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import delete, select

from forum.audit.operations import record
from forum.committees.models import TitleStatus
from forum.committees.operations.locking import hold
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.standards.errors import StandardChanged, TargetsReversed
from forum.standards.models import Standard, StandardTopic, Topic, Track
from forum.standards.rules.clocks import TARGETS


@dataclass(frozen=True, slots=True)
class ChineseTitle:
    """A Chinese title as somebody writes it, and where it comes from."""

    text: str
    status: TitleStatus
    source: str = ""


def _locked(standard: Standard, seen: int) -> None:
    hold(standard)
    if standard.version != seen:
        raise StandardChanged(at=standard.updated_at)


def _edited(standard: Standard, names: Iterable[str], action: str, *, actor: Actor, now: datetime) -> None:
    changed = sorted(names)
    standard.edited_fields = sorted({*standard.edited_fields, *changed})
    session.flush()
    record(actor, action, "standard", standard.public_id, now=now, fields=changed)
    revisions.bump(revisions.STANDARDS, now=now)


def set_chinese_title(standard: Standard, seen: int, title: ChineseTitle, *, actor: Actor, now: datetime) -> Standard:
    """Set the Chinese title with its status; raise ``StandardChanged``."""
    _locked(standard, seen)
    standard.title_zh = title.text
    standard.zh_status = title.status if title.text else TitleStatus.NONE
    standard.zh_source = title.source if title.text else ""
    _edited(standard, ("title_zh", "zh_status"), "set_title", actor=actor, now=now)
    return standard


def plan(
    standard: Standard, seen: int, track: Track | None, due: Mapping[str, date | None], *, actor: Actor, now: datetime
) -> Standard:
    """Set the development track and target dates; raise ``StandardChanged`` or ``TargetsReversed``."""
    given = [(label, day) for label in TARGETS if (day := due.get(label)) is not None]
    for (first, before), (second, after) in pairwise(given):
        if before > after:
            raise TargetsReversed(first=first, second=second, field=f"due_{second}")
    _locked(standard, seen)
    standard.track = track
    standard.targets = {label: day.isoformat() for label, day in given}
    _edited(standard, ("track", "targets"), "plan", actor=actor, now=now)
    return standard


def set_topics(standard: Standard, seen: int, slugs: Sequence[str], *, actor: Actor, now: datetime) -> Standard:
    """Put a deliverable under these topics and no other; raise ``StandardChanged``."""
    _locked(standard, seen)
    wanted = session.scalars(select(Topic.id).where(Topic.slug.in_(list(slugs)))).all()
    session.execute(delete(StandardTopic).where(StandardTopic.standard_id == standard.id))
    session.add_all(StandardTopic(standard_id=standard.id, topic_id=key) for key in wanted)
    standard.updated_at = now
    _edited(standard, ("topics",), "set_topics", actor=actor, now=now)
    return standard
