"""Finding sessions: by track, room, language and person, and by words in either language or in pinyin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from forum.agenda.programme import Item, Programme
from forum.core.text import clean_line, fold, search_forms

MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for; an empty field asks for nothing."""

    track: str = ""
    room: str = ""  # code of a room
    language: str = ""  # spoken or interpreted into
    person: str = ""  # guid
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.track or self.room or self.language or self.person or self.words)


def found(programme: Programme, wish: Wish) -> frozenset[str]:
    """Return the guids of the items that meet every part of the wish.

    ``programme`` is what the reader may see: a word of a hidden item finds nothing.
    """
    words = fold(clean_line(wish.words)).replace("’", "").replace("'", "").split()[:MOST_WORDS]
    names = {room.guid: search_forms(room.name.en, room.name.zh) for room in programme.rooms} if words else {}
    themes = {track.slug: search_forms(track.name.en, track.name.zh) for track in programme.tracks} if words else {}
    room = next((each.guid for each in programme.rooms if each.code == wish.room), "") if wish.room else ""

    def meets(item: Item) -> bool:
        if wish.track and item.track_slug != wish.track:
            return False
        if wish.room and item.room_guid != room:
            return False
        if wish.language and wish.language not in (item.language, *item.interpretation):
            return False
        if wish.person and all(speaker.person_guid != wish.person for speaker in item.speakers):
            return False
        if not words:
            return True
        line = " | ".join((search_line(item), names.get(item.room_guid, ""), themes.get(item.track_slug, "")))
        return all(word in line for word in words)

    return frozenset(item.guid for item in programme.items if meets(item))


@lru_cache(maxsize=4096)
def search_line(item: Item) -> str:
    """Return the folded text under which an item is found: titles and people also in pinyin and initials."""
    parts = [search_forms(item.title.en, item.title.zh)]
    parts += (
        search_forms(each.name.en, each.name.zh, each.organisation.en, each.organisation.zh) for each in item.speakers
    )
    parts.append(fold(f"{item.abstract.en} {item.abstract.zh} {item.description.en} {item.description.zh}"))
    return " | ".join(parts)
