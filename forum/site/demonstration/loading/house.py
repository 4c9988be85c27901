"""The forum itself: its venue, rooms, tracks, segments and practical information."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum, ForumState, PracticalSection, Room, Segment, Track, Venue
from forum.places.models import City
from forum.site.demonstration.facts import DemonstrationForum


def sides(**texts: Text) -> dict[str, str | None]:
    """Return the columns of bilingual fields."""
    return {
        f"{field}_{language}": text.side(language) or None for field, text in texts.items() for language in LANGUAGES
    }


def city_ids() -> Mapping[str, int]:
    """Return the city of each code of the reference data."""
    return {code: key for code, key in session.execute(select(City.code, City.id)) if code}


def build(content: DemonstrationForum) -> Forum:
    """Write the forum with everything that stands still."""
    zone = zone_named(content.zone_name)
    host = next((name for role, name in content.organisers if role == "host"), Text())
    forum = Forum(
        slug=content.slug,
        code=content.code,
        state=ForumState.OPEN,
        zone_name=content.zone_name,
        first_day=content.first_day,
        last_day=content.last_day,
        contact_email=content.contact_email,
        host_city_id=city_ids()[content.city_code],
        registration_opens_at=content.registration_opens,
        registration_closes_at=content.registration_closes,
        demonstration=True,
        **sides(title=content.title, theme=content.theme, summary=content.introduction, organiser=host),
    )
    session.add(forum)
    session.flush()
    session.add(Venue(forum_id=forum.id, **sides(name=content.venue, address=content.venue_address)))
    session.add_all(
        Room(
            forum_id=forum.id,
            guid=room.guid,
            code=room.code,
            order=room.order,
            layouts=dict(room.capacity),
            layout=room.layout,
            hard_max=room.hard_max,
            booths=room.booths,
            languages=list(room.languages),
            turnaround_minutes=room.turnaround_minutes,
            step_free=room.step_free,
            hearing_loop=room.hearing_loop,
            **sides(name=room.name),
        )
        for room in content.rooms
    )
    session.add_all(
        Track(forum_id=forum.id, slug=each.slug, colour=each.colour, order=each.order, **sides(name=each.name))
        for each in content.tracks
    )

    def instant(local: datetime) -> datetime:
        return to_utc(local, zone, 0)

    session.add_all(
        Segment(
            forum_id=forum.id,
            code=each.code,
            kind=each.kind,
            order=order,
            starts_at=instant(each.local_start),
            ends_at=instant(each.local_end),
            **sides(name=each.name),
        )
        for order, each in enumerate(content.segments)
    )
    session.add_all(
        PracticalSection(forum_id=forum.id, order=order, **sides(title=each.title, body=each.body))
        for order, each in enumerate(content.practical)
    )
    session.flush()
    record(SYSTEM, "create", "forum", forum.public_id, now=content.registration_opens, chain=forum.chain)
    return forum
