"""A part of a programme: a day, a track, a room, a person, or chosen items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from forum.agenda.programme import Item, Programme, programme_day


def select(
    programme: Programme,
    *,
    day: date | None = None,
    track: str | None = None,
    room: str | None = None,
    person: str | None = None,
    guids: Collection[str] | None = None,
) -> Programme:
    """Return the programme with only the items that meet every condition given.

    ``day`` is a programme day, ``track`` a slug, ``room`` a guid or code, ``person`` a person's guid.
    """
    rooms = {each.guid for each in programme.rooms if room in (each.guid, each.code)}

    def wanted(item: Item) -> bool:
        return (
            (day is None or programme_day(item.starts_at, programme.forum) == day)
            and (track is None or item.track_slug == track)
            and (room is None or item.room_guid in rooms)
            and (person is None or any(speaker.person_guid == person for speaker in item.speakers))
            and (guids is None or item.guid in guids)
        )

    return replace(programme, items=tuple(item for item in programme.items if wanted(item)))
