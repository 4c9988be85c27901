"""Repeating a forum: the next one begins with the rooms, themes, segments and texts of the last one.

Sessions and people are not copied.  Rooms of the house above copy what is theirs: they join ``followers``
when they are imported, as readers of seats join the agenda's standing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import Bilingual
from forum.core.database import session
from forum.core.walltime import is_nonexistent, to_utc, to_wall, zone_named
from forum.events.models import Forum, PracticalSection, Room, Segment, Track
from forum.events.operations import Texts, create_forum
from forum.events.queries import bump_revision
from forum.translation import operations as translation

Kept = TypeVar("Kept", bound=Bilingual)
# What a new row gets of its own.
_OWN = frozenset({"id", "public_id", "guid", "forum_id", "version", "created_at", "updated_at", "source_lang"})


@dataclass(frozen=True, slots=True)
class Shift:
    """By how many days everything moves; the time of the day at the venue stays what it is."""

    days: timedelta
    zone: ZoneInfo

    def moment(self, at: datetime | None) -> datetime | None:
        """Return an instant moved; an hour later where the clocks jump over that time."""
        if at is None:
            return None
        local, fold = to_wall(at, self.zone)
        moved = local + self.days
        if is_nonexistent(moved, self.zone):
            moved += timedelta(hours=1)
        return to_utc(moved, self.zone, fold)


Follower = Callable[[Forum, Forum, Shift], Mapping[str, int]]
followers: list[Follower] = []


def repeat_forum(
    former: Forum,
    slug: str,
    code: str,
    first_day: date,
    texts: Texts,
    *,
    actor: Actor,
    now: datetime,
) -> Forum:
    """Make a forum in draft that is laid out as a former one, its dates moved to the new first day.

    ``texts`` holds what is new, such as the title; theme, summary and organiser come from the former forum
    where it says nothing of them.  Raises what ``create_forum`` raises.
    """
    length = former.last_day - former.first_day
    forum = create_forum(
        slug,
        code,
        former.zone_name,
        (first_day, first_day + length),
        {},
        actor=actor,
        now=now,
        day_change=former.day_change,
    )
    shift = Shift(first_day - former.first_day, zone_named(former.zone_name))
    forum.day_starts, forum.day_ends = former.day_starts, former.day_ends
    forum.host_city, forum.contact_email = former.host_city, former.contact_email
    forum.registration_opens_at = shift.moment(former.registration_opens_at)
    forum.registration_closes_at = shift.moment(former.registration_closes_at)
    translation.copy_texts([(former, forum)])
    translation.record(forum, "forum", texts, actor=actor, now=now)
    if former.venue is not None and forum.venue is not None:
        forum.venue.latitude, forum.venue.longitude = former.venue.latitude, former.venue.longitude
        translation.copy_texts([(former.venue, forum.venue)])
    counts = {model.__tablename__: _copy_all(former, forum, model) for model in (Room, Track, PracticalSection)}
    counts["segment"] = _copy_all(former, forum, Segment, shift)
    for follow in followers:
        counts |= follow(former, forum, shift)
    bump_revision(forum)
    audit.record(
        actor, "repeat", "forum", forum.public_id, now=now, chain=forum.chain, former=former.public_id, **counts
    )
    return forum


def copies(rows: list[Kept], forum: Forum, **changed: Callable[[Any], Any]) -> list[Kept]:
    """Return copies of rows for another forum, texts and what is known of their translations included.

    ``changed`` gives for a column the function that makes its new value out of the former one.
    """
    made: list[Kept] = []
    for row in rows:
        texts = {f"{field}_{code}" for field in type(row).__bilingual__ for code in ("en", "zh")}
        values = {
            each.key: changed.get(each.key, _same)(getattr(row, each.key))
            for each in inspect(type(row)).column_attrs
            if each.key not in _OWN | texts
        }
        kind: Any = type(row)
        made.append(kind(forum_id=forum.id, **values))
    translation.copy_texts(zip(rows, made, strict=True))
    return made


def _same(value: Any) -> Any:
    return list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value


def _copy_all(former: Forum, forum: Forum, model: type[Any], shift: Shift | None = None) -> int:
    rows = list(session.scalars(select(model).where(model.forum_id == former.id).order_by(model.order, model.id)))
    moved = {} if shift is None else {"starts_at": shift.moment, "ends_at": shift.moment}
    return len(copies(rows, forum, **moved))
