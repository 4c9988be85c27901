"""A programme for a file: the sides of its texts that may stand, and how many don't.

Titles, abstracts, themes and parts are translated at the desk and stand as they were reviewed.  The names of people,
organisations, rooms and places are settled by those who give them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forum.agenda.programme import Item, MaterialFacts, Programme, Speaker
from forum.agenda.rules.people import is_person
from forum.core.bilingual import Text
from forum.translation.standing import Count, Texts, counted, limited

_TRANSLATED = ("title", "abstract", "description", "placeholder")


def standing(programme: Programme, texts: Texts) -> Programme:
    """Return the programme with the sides alone that may stand in a file; the same again when it is asked twice."""
    if texts == "machine":
        return programme
    forum = programme.forum
    return replace(
        programme,
        forum=replace(
            forum,
            title=limited(forum.title, texts),
            venue=limited(forum.venue, texts, settled=True),
            city=limited(forum.city, texts, settled=True),
            organiser=limited(forum.organiser, texts, settled=True),
        ),
        rooms=tuple(replace(room, name=limited(room.name, texts, settled=True)) for room in programme.rooms),
        tracks=tuple(replace(track, name=limited(track.name, texts)) for track in programme.tracks),
        segments=tuple(replace(segment, name=limited(segment.name, texts)) for segment in programme.segments),
        items=tuple(_item(item, texts) for item in programme.items),
    )


def count_of(programme: Programme, texts: Texts, languages: Iterable[str]) -> Count:
    """Count the translations that a file of the whole programme leaves out, and the machine drafts in it."""
    return counted(_translated(programme), texts, languages)


def _translated(programme: Programme) -> Iterator[tuple[Text, bool]]:
    """Yield each text that is translated at the desk, once however often its session is held."""
    yield programme.forum.title, False
    yield from ((each.name, False) for each in (*programme.tracks, *programme.segments))
    sessions = {item.session_id: item for item in reversed(programme.items)}
    for item in sessions.values():
        yield from ((text, False) for text in (item.title, item.abstract, item.description))
        yield from ((each.name, False) for each in item.speakers if each.is_present and not is_person(each))


def _item(item: Item, texts: Texts) -> Item:
    return replace(
        item,
        **{field: limited(getattr(item, field), texts) for field in _TRANSLATED},
        speakers=tuple(_speaker(each, texts) for each in item.speakers),
        materials=tuple(_paper(each, texts) for each in item.materials),
    )


def _speaker(speaker: Speaker, texts: Texts) -> Speaker:
    return replace(
        speaker,
        name=limited(speaker.name, texts, settled=is_person(speaker) or speaker.person_guid.startswith("withheld-")),
        organisation=limited(speaker.organisation, texts, settled=True),
        function=limited(speaker.function, texts, settled=True),
    )


def _paper(paper: MaterialFacts, texts: Texts) -> MaterialFacts:
    return replace(paper, title=limited(paper.title, texts, settled=True))
