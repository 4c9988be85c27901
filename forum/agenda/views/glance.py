"""The programme at a glance, for the first page of its forum."""

from __future__ import annotations

from flask import url_for

from forum.agenda.programme import Item, programme_day
from forum.agenda.queries.level import viewer_level
from forum.agenda.rules.people import is_person, present
from forum.agenda.rules.timetable import days_of
from forum.agenda.views.reading import read_as
from forum.core.bilingual import Text
from forum.events.kinds import SegmentKind
from forum.events.models import Forum
from forum.events.views.public import Glance, GlanceDay, glances
from forum.web.viewer import now, viewer

MOST_PARTS = 6


def glance(forum: Forum) -> Glance:
    """Return the days with their parts, and how much there is, as this reader may see it."""
    read = read_as(forum, viewer_level(viewer(), forum), now())
    programme = read.programme
    real = [item for item in programme.items if item.kind is not SegmentKind.BREAK]
    by_day: dict[object, list[Item]] = {}
    for item in real:
        by_day.setdefault(programme_day(item.starts_at, programme.forum), []).append(item)
    address = url_for("agenda.agenda", slug=forum.slug)
    names = {segment.code: segment.name for segment in programme.segments}
    return Glance(
        days=tuple(
            GlanceDay(day, f"{address}?day={day.isoformat()}", len(by_day[day]), _parts(by_day[day], names))
            for day in days_of(programme)
            if day in by_day
        ),
        version=programme.number,
        released_at=programme.released_at,
        sessions=len({item.session_id for item in real}),
        speakers=len({each.person_guid for item in real for each in present(item) if is_person(each)}),
        rooms=len({item.room_guid for item in real if item.room_guid}),
        until=read.until,
    )


def _parts(items: list[Item], names: dict[str, Text]) -> tuple[tuple[str, Text], ...]:
    """Return the segments of a day with the time at which each begins at the venue."""
    first: dict[str, Item] = {}
    for item in sorted(items, key=lambda each: each.starts_at):
        if item.segment_code in names:
            first.setdefault(item.segment_code, item)
    return tuple((f"{item.local_start:%H:%M}", names[code]) for code, item in first.items())[:MOST_PARTS]


glances.append(glance)
