"""An imported file as a programme, so that the report can show its conflicts before anything is imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from forum.agenda.imports.plans import PlanRow, Verdict, own_guid, plan
from forum.agenda.imports.values import ImportedItem, ImportedProgramme
from forum.agenda.programme import ForumFacts, Item, Programme, RoomFacts, Speaker, TrackFacts
from forum.agenda.rules.changes import item_key
from forum.core.bilingual import Text

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def as_programme(imported: ImportedProgramme, facts: ForumFacts | None = None) -> Programme:
    """Return the file as a programme of its own, or of the forum whose facts are given.

    Rooms get no turnaround: a file that doesn't say how long a room needs gives no reason to warn.
    """
    forum = facts or ForumFacts(
        code="imported",
        slug="imported",
        title=imported.title,
        venue=Text(),
        city=Text(),
        zone_name=imported.zone,
        first_day=imported.first_day,
        last_day=imported.last_day,
        day_change=imported.day_change,
    )
    rooms = {
        room.key: RoomFacts(
            room.guid or own_guid(imported.source, f"room {room.key}"),
            code=room.key[:40],
            name=room.name,
            order=order,
            capacity=room.capacity,
            turnaround_minutes=0,
        )
        for order, room in enumerate(imported.rooms)
    }
    rows = [row for row in plan(imported, {}).rows if row.verdict is not Verdict.REFUSED]
    items = (_item(row, row.item, number, rooms) for number, row in enumerate(rows, start=1) if row.item is not None)
    programme = Programme(
        forum,
        rooms=tuple(rooms.values()),
        tracks=tuple(TrackFacts(track.key, track.name) for track in imported.tracks),
    )
    return replace(programme, items=tuple(sorted(items, key=item_key)))


def _item(row: PlanRow, item: ImportedItem, number: int, rooms: dict[str, RoomFacts]) -> Item:
    room = rooms.get(item.room)
    return Item(
        guid=row.guid,
        number=item.number or number,
        session_id=row.guid,
        title=item.title,
        local_start=item.local_start,
        minutes=item.minutes,
        starts_at=item.starts_at,
        ends_at=item.starts_at + timedelta(minutes=item.minutes),
        changed_at=_NEVER,
        created_at=_NEVER,
        fold=item.fold,
        room_guid=room.guid if room is not None else "",
        track_slug=item.track,
        kind=item.kind,
        state=item.state,
        abstract=item.abstract,
        description=item.description,
        language=item.language or "en",
        visibility=item.visibility,
        speakers=tuple(
            Speaker(speaker.guid or speaker.key, speaker.name, speaker.role, order=order)
            for order, speaker in enumerate(item.speakers)
        ),
    )
