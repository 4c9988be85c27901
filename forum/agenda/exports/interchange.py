"""The agenda as the schedule files that other conference programmes read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from forum.agenda.exports.standing import standing
from forum.agenda.exports.wording import KINDS, STATES, Choice, Wording, in_order, speakers_of
from forum.agenda.programme import (
    ForumFacts,
    Item,
    Programme,
    SessionState,
    SpeakerRole,
    programme_day,
)
from forum.core.bilingual import Text
from forum.core.refusals import N_
from forum.events.kinds import SegmentKind
from forum.ports.documents.schedule import document as schedule
from forum.ports.documents.schedule import frab_xml, json_one, json_two
from forum.translation.standing import Texts

XML_MEDIA_TYPE = frab_xml.MEDIA_TYPE
JSON_MEDIA_TYPE = json_one.MEDIA_TYPE

_LONGEST_FORUM = 366  # days; a longer one has a mistyped date, and only its used days are listed
_ROLES: dict[SpeakerRole, schedule.PersonRole] = {
    SpeakerRole.CHAIR: schedule.PersonRole.MODERATOR,
    SpeakerRole.MODERATOR: schedule.PersonRole.MODERATOR,
    SpeakerRole.KEYNOTE: schedule.PersonRole.SPEAKER,
    SpeakerRole.REMARKS: schedule.PersonRole.SPEAKER,
    SpeakerRole.PANELLIST: schedule.PersonRole.SPEAKER,
    SpeakerRole.DISCUSSANT: schedule.PersonRole.CONTRIBUTOR,
    SpeakerRole.RAPPORTEUR: schedule.PersonRole.CONTRIBUTOR,
    SpeakerRole.SIGNATORY: schedule.PersonRole.GUEST,
    SpeakerRole.WITNESS: schedule.PersonRole.GUEST,
    SpeakerRole.MC: schedule.PersonRole.HOST,
}
_KINDS: dict[SegmentKind, schedule.EventKind] = {
    SegmentKind.OPENING: schedule.EventKind.OTHER,
    SegmentKind.PLENARY: schedule.EventKind.TALK,
    SegmentKind.PARALLEL: schedule.EventKind.TALK,
    SegmentKind.SIDE_EVENT: schedule.EventKind.TALK,
    SegmentKind.SITE_VISIT: schedule.EventKind.OTHER,
    SegmentKind.BANQUET: schedule.EventKind.OTHER,
    SegmentKind.BILATERAL: schedule.EventKind.MEETING,
    SegmentKind.SIGNING: schedule.EventKind.OTHER,
    SegmentKind.CLOSED: schedule.EventKind.MEETING,
    SegmentKind.PRESS: schedule.EventKind.OTHER,
    SegmentKind.BREAK: schedule.EventKind.BREAK,
}
_STATES: dict[SessionState, schedule.EventState] = {
    SessionState.IDEA: schedule.EventState.DRAFT,
    SessionState.TENTATIVE: schedule.EventState.ACCEPTED,
    SessionState.CONFIRMED: schedule.EventState.CONFIRMED,
    SessionState.CANCELLED: schedule.EventState.CANCELED,
}


def as_schedule_xml(programme: Programme, language: Choice, *, base_url: str, texts: Texts = "machine") -> bytes:
    """Return frab schedule XML; ``base_url`` is the forum's page, under which ``/sessions/<id>`` are."""
    return frab_xml.encode(_schedule(programme, Wording(language, texts), base_url))


def as_schedule_json(
    programme: Programme,
    language: Choice,
    *,
    base_url: str,
    version: Literal[1, 2] = 1,
    texts: Texts = "machine",
) -> bytes:
    """Return schedule JSON; ``base_url`` is the forum's page, under which ``/sessions/<id>`` are."""
    encode = json_one.encode if version == 1 else json_two.encode
    return encode(_schedule(programme, Wording(language, texts), base_url))


def _schedule(programme: Programme, wording: Wording, base_url: str) -> schedule.ScheduleDocument:
    programme = standing(programme, wording.texts)
    forum = programme.forum
    items = in_order(programme)
    return schedule.ScheduleDocument(
        title=wording.plain(forum.title),
        acronym=forum.code,
        version=programme.number or wording.say(N_("Draft")),
        zone_name=forum.zone_name,
        days=_days(forum, {programme_day(item.starts_at, forum) for item in items}),
        page_url=base_url,
        rooms=tuple(
            schedule.ScheduleRoom(room.guid, wording.plain(room.name), room.code, room.capacity)
            for room in sorted(programme.rooms, key=lambda room: room.order)
        ),
        tracks=tuple(
            schedule.ScheduleTrack(track.slug, wording.plain(track.name), track.colour)
            for track in sorted(programme.tracks, key=lambda track: track.order)
        ),
        events=tuple(_event(item, forum, wording, base_url) for item in items),
        no_room_name=wording.say(N_("Room to be announced")),
        general_track_name=wording.say(N_("General")),
        languages=wording.languages,
    )


def _days(forum: ForumFacts, used: set[date]) -> tuple[schedule.ScheduleDay, ...]:
    """Return every day of the forum and every further day that an item needs."""
    length = (forum.last_day - forum.first_day).days + 1
    if 1 <= length <= _LONGEST_FORUM:
        used = used | {forum.first_day + timedelta(days=number) for number in range(length)}
    return tuple(
        schedule.ScheduleDay(
            day,
            datetime.combine(day, forum.day_change, tzinfo=forum.zone),
            datetime.combine(day + timedelta(days=1), forum.day_change, tzinfo=forum.zone) - timedelta(minutes=1),
        )
        for day in sorted(used or {forum.first_day})
    )


def _event(item: Item, forum: ForumFacts, wording: Wording, base_url: str) -> schedule.ScheduleEvent:
    cancelled = item.state is SessionState.CANCELLED
    return schedule.ScheduleEvent(
        guid=item.guid,
        number=item.number,
        title=wording.title(item),
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        day=programme_day(item.starts_at, forum),
        url="" if item.is_placeholder else f"{base_url.rstrip('/')}/sessions/{item.session_id}",
        room_guid=item.room_guid,
        track_slug=item.track_slug,
        subtitle=wording.say(STATES[item.state]) if cancelled else "",
        kind=_KINDS[item.kind],
        kind_label=wording.say(KINDS[item.kind]),
        state=_STATES[item.state],
        language=item.language,
        abstract=_local(item.abstract, wording),
        description=_local(item.description, wording),
        persons=tuple(
            schedule.SchedulePerson(speaker.person_guid, wording.plain(speaker.name), _ROLES[speaker.role])
            for speaker in speakers_of(item)
        ),
        links=tuple(schedule.ScheduleLink(wording.plain(each.title), each.url) for each in item.materials),
    )


def _local(text: Text, wording: Wording) -> schedule.LocalText:
    return schedule.LocalText(
        wording.plain(text, separator="\n\n"),
        tuple((language, wording.marked(text, language)) for language in wording.languages if text.side(language)),
    )
