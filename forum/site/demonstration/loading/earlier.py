"""An earlier day of the same hosts, at which the idea of the told story came up: a talk that has been held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession, Contribution, Slot
from forum.agenda.operations.releases import release
from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState
from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text, other
from forum.core.database import session
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum, ForumRole, ForumState, Role, Room, Venue
from forum.people.models import Person
from forum.site.demonstration.content import read
from forum.site.demonstration.facts import DemonstrationForum
from forum.site.demonstration.loading.house import city_ids, sides
from forum.translation.operations import review

AGE = timedelta(days=300)  # before the demonstration's day; the story begins some weeks later
NOTICE = timedelta(days=21)  # from the release to the day itself


def hold(
    content: DemonstrationForum, persons: Mapping[str, Person], organiser: Account, *, now: datetime, site: str
) -> Forum:
    """Write the working day with its sessions, release them, and put it away; return it."""
    told, zone = read("workshop.json"), zone_named(content.zone_name)
    day = (now - AGE).astimezone(zone).date()
    released = to_utc(datetime.combine(day - NOTICE, time(10)), zone, 0)
    forum = Forum(
        slug=told["slug"],
        code=told["code"],
        state=ForumState.ARCHIVED,
        zone_name=content.zone_name,
        first_day=day,
        last_day=day,
        contact_email=content.contact_email,
        host_city_id=city_ids()[content.city_code],
        demonstration=True,
        **_sides(told, "title", "theme", "summary", "organiser"),
    )
    session.add(forum)
    session.flush()
    hall = Room(
        forum_id=forum.id, code="hall", layouts={"theatre": 120}, layout="theatre", **sides(name=_text(told["hall"]))
    )
    session.add_all(
        [
            Venue(forum_id=forum.id, **sides(name=content.venue, address=content.venue_address)),
            ForumRole(forum_id=forum.id, account_id=organiser.id, role=Role.ORGANISER),
            hall,
        ]
    )
    session.flush()
    for number, each in enumerate(told["sessions"], start=1):
        held = _session(forum, hall, number, each, _slot(each, day, zone), persons)
        for field in ("title", "abstract"):
            review(held, field, other(held.source_lang), actor=SYSTEM, now=released, chain=forum.chain)
    forum.next_number = len(told["sessions"]) + 1
    session.flush()
    record(SYSTEM, "create", "forum", forum.public_id, now=released, chain=forum.chain)
    session.expire_all()
    note = _text(told["note"])
    release(forum, "Version 1", note.en, note.zh, {}, actor=organiser.actor("organiser"), now=released, site=site)
    return forum


def _sides(told: Mapping[str, Any], *names: str) -> dict[str, str | None]:
    return sides(**{name: _text(told[name]) for name in names})


def _text(pair: list[str]) -> Text:
    english, chinese = pair
    return Text(english, chinese)


def _slot(told: Mapping[str, Any], day: date, zone: ZoneInfo) -> Slot:
    start = datetime.combine(day, time(*told["start"]))
    begins = to_utc(start, zone, 0)
    return Slot(
        local_start=start,
        minutes=told["minutes"],
        starts_at=begins,
        ends_at=begins + timedelta(minutes=told["minutes"]),
    )


def _session(
    forum: Forum, hall: Room, number: int, told: Mapping[str, Any], slot: Slot, persons: Mapping[str, Person]
) -> AgendaSession:
    held = AgendaSession(
        forum_id=forum.id,
        state=SessionState.CONFIRMED,
        floor_language=told["language"],
        source_lang=told["language"],
        **_sides(told, "title", "abstract"),
    )
    session.add(held)
    session.flush()
    slot.forum_id, slot.session_id, slot.room_id, slot.number = forum.id, held.id, hall.id, number
    session.add(slot)
    session.add_all(
        Contribution(
            session_id=held.id,
            person_id=persons[key].id,
            role=SpeakerRole.KEYNOTE,
            state=SpeakerState.CONFIRMED,
            order=order,
            language=told["language"],
        )
        for order, key in enumerate(told["speakers"], start=1)
    )
    return held
