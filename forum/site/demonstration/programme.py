"""The demonstration's sessions as a ``Programme``, to be checked by the same rules as any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from forum.agenda.programme import (
    ForumFacts,
    Item,
    Programme,
    RoomFacts,
    SegmentFacts,
    Speaker,
    TrackFacts,
)
from forum.core.walltime import to_utc
from forum.places.reference import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forum.site.demonstration.facts import DemonstrationForum, RoleSeed, SessionSeed


def programme(content: DemonstrationForum, sessions: Iterable[SessionSeed], at: datetime) -> Programme:
    """Return the programme of those sessions, last changed ``at``; guids stand for public ids."""
    zone = ZoneInfo(content.zone_name)
    city = place("city", content.city_code)
    return Programme(
        forum=ForumFacts(
            code=content.code,
            slug=content.slug,
            title=content.title,
            venue=content.venue,
            city=city.name,
            zone_name=content.zone_name,
            first_day=content.first_day,
            last_day=content.last_day,
            organiser=content.organisers[0][1],
            contact_email=content.contact_email,
            latitude=city.latitude,
            longitude=city.longitude,
        ),
        rooms=tuple(
            RoomFacts(
                guid=room.guid,
                code=room.code,
                name=room.name,
                order=room.order,
                capacity=room.capacity[room.layout],
                hard_max=room.hard_max,
                booths=room.booths,
                languages=room.languages,
                turnaround_minutes=room.turnaround_minutes,
                step_free=room.step_free,
            )
            for room in content.rooms
        ),
        tracks=tuple(TrackFacts(track.slug, track.name, track.colour, track.order) for track in content.tracks),
        segments=tuple(
            SegmentFacts(
                segment.code,
                segment.kind,
                segment.name,
                to_utc(segment.local_start, zone),
                to_utc(segment.local_end, zone),
            )
            for segment in content.segments
        ),
        items=tuple(_item(content, session, zone, at) for session in sessions),
    )


def _item(content: DemonstrationForum, session: SessionSeed, zone: ZoneInfo, at: datetime) -> Item:
    rooms = {room.key: room.guid for room in content.rooms}
    kinds = {segment.code: segment.kind for segment in content.segments}
    begin = to_utc(session.local_start, zone)
    return Item(
        guid=session.guid,
        number=session.number,
        session_id=session.guid,
        title=session.title,
        abstract=session.abstract,
        local_start=session.local_start,
        minutes=session.minutes,
        starts_at=begin,
        ends_at=begin + timedelta(minutes=session.minutes),
        changed_at=at.astimezone(UTC),
        created_at=at.astimezone(UTC),
        room_guid=rooms.get(session.room_key, ""),
        track_slug=session.track_slug,
        segment_code=session.segment_code,
        kind=kinds[session.segment_code],
        state=session.state,
        language=session.language,
        interpretation=session.interpretation,
        visibility=session.visibility,
        embargo_until=session.embargo_until,
        placeholder=session.placeholder,
        speakers=tuple(_speaker(content, role) for role in session.roles),
        capacity=session.capacity,
    )


def _speaker(content: DemonstrationForum, role: RoleSeed) -> Speaker:
    person = next(speaker for speaker in content.speakers if speaker.key == role.speaker_key)
    return Speaker(
        person_guid=person.guid,
        name=person.name.shown,
        role=role.role,
        state=role.state,
        order=role.order,
        organisation=person.organisation,
        function=person.function,
        language=role.language,
        remote=role.remote,
    )
