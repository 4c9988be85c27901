"""A small programme to test with: made through the real operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.operations import contributions, sessions, slots
from forum.agenda.operations.contributions import PartFacts
from forum.agenda.operations.sessions import SessionFacts
from forum.agenda.operations.slots import Place
from forum.agenda.programme import SpeakerRole, SpeakerState
from forum.core.actor import Actor
from forum.core.database import session
from forum.events.models import Room
from forum.people.models import Person
from tests.cast import Cast

NOW = datetime.fromisoformat("2027-03-01T09:00:00+00:00")


def editor(cast: Cast, who: str = "agenda") -> Actor:
    """Return somebody who edits the agenda."""
    return cast.account(who).actor(who)


def texts(english: str, chinese: str) -> dict[tuple[str, str], str]:
    """Return a title in both languages, as forms hand it over."""
    return {("title", "en"): english, ("title", "zh"): chinese}


def room(cast: Cast, code: str) -> Room:
    """Return a room of the cast's forum."""
    return session.get_one(Room, cast.rooms[code])


def planned(
    cast: Cast,
    english: str = "Opening",
    chinese: str = "开幕式",
    *,
    code: str = "hall",
    start: str = "2027-04-20T09:00",
    minutes: int = 60,
    **facts: Any,
) -> tuple[AgendaSession, Slot]:
    """Make a confirmed session with one slot."""
    actor = editor(cast)
    held = sessions.create_session(
        cast.forum, SessionFacts(texts=texts(english, chinese), **facts), actor=actor, now=NOW
    )
    sessions.act(cast.forum, held, "confirm", actor=actor, now=NOW)
    place = Place(room(cast, code), datetime.fromisoformat(start), minutes)
    slot = slots.add_slot(cast.forum, held, place, actor=actor, now=NOW)
    return held, slot


def speaking(
    cast: Cast, held: AgendaSession, english: str = "Marie Durand", chinese: str = "玛丽·杜兰德", **person: Any
) -> Person:
    """Put a confirmed speaker on a session."""
    given, _, family = english.partition(" ")
    somebody = Person(given_latin=given, family_latin=family, name_zh=chinese, **person)
    session.add(somebody)
    session.flush()
    contributions.add_part(
        cast.forum,
        held,
        PartFacts(somebody, SpeakerRole.KEYNOTE, SpeakerState.CONFIRMED),
        actor=editor(cast),
        now=NOW,
    )
    return somebody
