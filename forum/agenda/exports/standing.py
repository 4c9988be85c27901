"""A programme for a file: the sides of its texts that may stand, and how many don't.

What a session says, from its title to its description, is translated and reviewed.  The names of the forum, its themes,
parts, rooms and people are settled by those who give them: of these, what a machine wrote doesn't stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forum.agenda.programme import Item, MaterialFacts, Programme, Speaker
from forum.core.bilingual import Text
from forum.translation.standing import Count, Texts, counted, limited


def standing(programme: Programme, texts: Texts) -> Programme:
    """Return the programme with the sides alone that may stand in a file; the same again when it is asked twice."""
    if texts == "machine":
        return programme
    forum = programme.forum
    return replace(
        programme,
        forum=replace(
            forum,
            title=_name(forum.title, texts),
            venue=_name(forum.venue, texts),
            city=_name(forum.city, texts),
            organiser=_name(forum.organiser, texts),
        ),
        rooms=tuple(replace(room, name=_name(room.name, texts)) for room in programme.rooms),
        tracks=tuple(replace(track, name=_name(track.name, texts)) for track in programme.tracks),
        segments=tuple(replace(segment, name=_name(segment.name, texts)) for segment in programme.segments),
        items=tuple(_item(item, texts) for item in programme.items),
    )


def count_of(programme: Programme, texts: Texts, languages: Iterable[str]) -> Count:
    """Count the translations that a file of the programme leaves out, and the machine drafts in it."""
    return counted(_texts(programme), texts, languages)


def _texts(programme: Programme) -> Iterator[tuple[Text, bool]]:
    """Yield each text that is printed, once however often its session is held, with whether it is a name."""
    yield programme.forum.title, True
    yield from ((track.name, True) for track in programme.tracks)
    yield from ((segment.name, True) for segment in programme.segments)
    sessions = {item.session_id: item for item in reversed(programme.items)}
    for item in sessions.values():
        yield from ((text, False) for text in (item.title, item.abstract))
        yield from ((each.name, True) for each in item.speakers if each.is_present)


def _name(text: Text, texts: Texts) -> Text:
    return limited(text, texts, settled=True)


def _item(item: Item, texts: Texts) -> Item:
    return replace(
        item,
        title=limited(item.title, texts),
        abstract=limited(item.abstract, texts),
        description=limited(item.description, texts),
        placeholder=limited(item.placeholder, texts),
        speakers=tuple(_speaker(each, texts) for each in item.speakers),
        materials=tuple(_paper(each, texts) for each in item.materials),
    )


def _speaker(speaker: Speaker, texts: Texts) -> Speaker:
    return replace(
        speaker,
        name=_name(speaker.name, texts),
        organisation=_name(speaker.organisation, texts),
        function=_name(speaker.function, texts),
    )


def _paper(paper: MaterialFacts, texts: Texts) -> MaterialFacts:
    return replace(paper, title=_name(paper.title, texts))
