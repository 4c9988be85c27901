"""A document of this platform, read back as rows like those of any other file."""

from __future__ import annotations

from forum.agenda.imports import texts
from forum.agenda.imports.gathering import Gathering
from forum.agenda.imports.values import (
    MOST_ITEMS,
    ImportedItem,
    ImportedLink,
    ImportedProgramme,
    ImportedSpeaker,
    TooManyItems,
)
from forum.agenda.programme import Item, Programme
from forum.core.walltime import zone_named


def read_programme(programme: Programme) -> ImportedProgramme:
    """Return a programme of ours as an imported one; guids stay what they are.

    Raises ``TooManyItems`` as every reader does.
    """
    facts = programme.forum
    zone = zone_named(facts.zone_name)
    if len(programme.items) > MOST_ITEMS:
        raise TooManyItems(limit=MOST_ITEMS)
    gathering = Gathering("document", zone, facts.day_change)
    gathering.title = facts.title
    gathering.source = f"document:{facts.code}"
    gathering.days = [facts.first_day, facts.last_day]
    for room in programme.rooms:
        gathering.room(room.name, key=room.guid, guid=room.guid, capacity=room.capacity)
    for track in programme.tracks:
        gathering.track(track.name, key=track.slug, slug=track.slug, colour=track.colour)
    for number, item in enumerate(programme.items):
        _row(gathering, item, f"items[{number}]")
    return gathering.done()


def _row(gathering: Gathering, item: Item, place: str) -> None:
    foreign_id = gathering.unique(item.guid, place)
    minutes = gathering.length_of(item.minutes, str(item.minutes), item.title.joined(), (place, foreign_id))
    if minutes is None:
        return
    languages = tuple(dict.fromkeys(code for code in (item.language, *item.interpretation) if code))
    gathering.add(
        ImportedItem(
            foreign_id=foreign_id,
            title=item.title,
            local_start=item.local_start,
            minutes=minutes,
            starts_at=item.starts_at,
            fold=item.fold,
            source_guid=gathering.guid(item.guid, foreign_id, place),
            number=item.number,
            abstract=item.abstract,
            description=item.description,
            room=item.room_guid,
            track=item.track_slug,
            kind=item.kind,
            state=item.state,
            visibility=item.visibility,
            languages=languages,
            speakers=tuple(
                ImportedSpeaker(f"guid:{each.person_guid}", each.name, each.person_guid, each.role)
                for each in item.speakers
            ),
            links=tuple(
                ImportedLink(address, paper.title.joined())
                for paper in item.materials
                if (address := texts.safe_address(paper.url))
            ),
            place=place,
        )
    )
