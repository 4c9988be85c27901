"""What a programme lacks in one of its languages, counted for whoever is about to release it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forum.agenda.programme import Item, Programme, SessionState, Visibility
from forum.agenda.rules.people import is_person
from forum.core.bilingual import LANGUAGES, Language, Text, TextState

# Kinds of text: the table whose records hold them, and the field.
SESSION_TEXTS = ("title", "abstract", "description", "placeholder")
NAMES = frozenset({("forum", "title"), ("track", "name"), ("segment", "name"), ("contribution", "placeholder")})
_ORDER = (TextState.MISSING, TextState.OUTDATED, TextState.MACHINE, TextState.HUMAN)


@dataclass(frozen=True, slots=True)
class Lack:
    """Texts of one kind whose one side is in one state."""

    entity: str
    field: str
    language: Language
    state: TextState
    count: int


def lacks(programme: Programme) -> tuple[Lack, ...]:
    """Return what is missing, out of date, drafted by a machine or not reviewed, gravest first.

    Ideas and what staff alone see don't count, and a session counts once however often it is held.  A name that a
    person wrote needs no review.
    """
    found: Counter[tuple[str, str, Language, TextState]] = Counter()
    for entity, field, text in _texts(programme):
        for language in LANGUAGES if text else ():
            state = text.state(language)
            if state in _ORDER and not (state is TextState.HUMAN and (entity, field) in NAMES):
                found[entity, field, language, state] += 1
    made = [Lack(*what, count) for what, count in found.items()]
    return tuple(sorted(made, key=lambda each: (_ORDER.index(each.state), -each.count)))


def _texts(programme: Programme) -> Iterator[tuple[str, str, Text]]:
    sessions = {item.session_id: item for item in reversed(programme.items) if _counts(item)}
    for item in sessions.values():
        yield from (("agenda_session", field, getattr(item, field)) for field in SESSION_TEXTS)
        yield from (
            ("contribution", "placeholder", each.name)
            for each in item.speakers
            if each.is_present and not is_person(each)
        )
    yield "forum", "title", programme.forum.title
    yield from (("track", "name", track.name) for track in programme.tracks)
    yield from (("segment", "name", segment.name) for segment in programme.segments)


def _counts(item: Item) -> bool:
    return item.state is not SessionState.IDEA and item.visibility is not Visibility.STAFF
