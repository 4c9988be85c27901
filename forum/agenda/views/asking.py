"""What an address asks for: read strictly, refused in a clear sentence, unknown things not found."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from flask import request

from forum.agenda.errors import UnreadableChoice, UnreadableDay, UnreadableWord
from forum.agenda.programme import Programme
from forum.agenda.rules.finding import Wish
from forum.agenda.rules.timetable import days_of
from forum.core.refusals import NotFound
from forum.core.text import clean_line

MOST_OF_A_WORD = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLAIN = re.compile(r"[^\x00-\x1f\x7f<>\"]{1,100}")


def asked_day(programme: Programme) -> date | None:
    """Return the day asked for; raise ``UnreadableDay``, or ``NotFound`` for a day without sessions."""
    text = request.args.get("day", "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise UnreadableDay
    if day not in days_of(programme):
        raise NotFound
    return day


def asked_choice(name: str, values: Collection[str], default: str) -> str:
    """Return one of a few values; raise ``UnreadableChoice`` for another."""
    text = request.args.get(name, "") or default
    if text not in values:
        raise UnreadableChoice(name=name, values=", ".join(values))
    return text


def asked_word(name: str, known: Collection[str]) -> str:
    """Return a code that must be among the known ones; raise ``UnreadableWord`` or ``NotFound``."""
    text = request.args.get(name, "")
    if not text:
        return ""
    if not _PLAIN.fullmatch(text):
        raise UnreadableWord(name=name)
    if text not in known:
        raise NotFound
    return text


def asked_wish(programme: Programme) -> Wish:
    """Return what the filters ask for; only what the reader may see is known."""
    words = request.args.get("q", "")
    if len(words) > 4 * MOST_OF_A_WORD:
        raise UnreadableWord(name="q")
    return Wish(
        track=asked_word("track", {track.slug for track in programme.tracks}),
        room=asked_word("room", {room.code for room in programme.rooms}),
        language=asked_word("language", languages_of(programme)),
        person=asked_word("person", people_of(programme)),
        words=clean_line(words)[:MOST_OF_A_WORD],
    )


def languages_of(programme: Programme) -> set[str]:
    """Return the languages that are heard somewhere."""
    return {code for item in programme.items for code in (item.language, *item.interpretation) if code}


def people_of(programme: Programme) -> set[str]:
    """Return the guids of the people on the programme."""
    return {speaker.person_guid for item in programme.items for speaker in item.speakers}
