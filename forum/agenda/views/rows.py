"""Items as pages list them, and what every page of the agenda needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from forum.agenda.exports.wording import ROLES, Wording
from forum.agenda.programme import Item, Speaker, programme_day
from forum.agenda.queries import released, stars
from forum.agenda.rules.change_kinds import ChangeKind
from forum.agenda.rules.changes import Change, told
from forum.agenda.rules.people import names_of, present
from forum.agenda.rules.timetable import Placed
from forum.agenda.views.reading import Reading
from forum.agenda.views.wording import chips, languages_heard, marks
from forum.agenda.visibility import visible_changes
from forum.core.bilingual import Language
from forum.events.kinds import SegmentKind
from forum.web.language import current_language
from forum.web.limits import network
from forum.web.marks import marked
from forum.web.viewer import viewer

TRACK_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the agenda shows it."""

    item: Item
    day: date
    place: str
    track: int
    track_name: str
    room: str
    room_code: str
    people: list[str]
    spoken: tuple[str, ...]
    tongues: str
    chips: Markup
    changed: bool
    is_pause: bool
    is_hidden: bool
    url: str


def reader() -> str:
    """Return whom a limit counts: the account, else the network; a whole venue may share one network."""
    return viewer().public_id or network()


def my_stars(read: Reading) -> frozenset[str]:
    """Return the guids that this reader has starred."""
    return stars.starred(read.forum, viewer().account_id or 0) if viewer().signed_in else frozenset()


def change_marks(read: Reading, changes: tuple[Change, ...] | None = None) -> Mapping[str, ChangeKind]:
    """Return the change that each item's chip tells; nothing is marked as new in a first version."""
    if read.programme.number in {"", "1"}:
        return {}
    return marks(latest_changes(read) if changes is None else changes)


def in_list(items: tuple[Item, ...]) -> tuple[Placed, ...]:
    """Return items for a plain list, where places in a grid mean nothing."""
    return tuple(Placed(item, 0, 1, 1) for item in items)


def frame(read: Reading) -> dict[str, object]:
    """Return what every page of the agenda needs."""
    return {
        "forum": read.forum,
        "programme": read.programme,
        "release": read.release,
        "zone": read.programme.forum.zone,
        "sees_more": read.is_staff,
        "kinds": SegmentKind,
    }


def latest_changes(read: Reading) -> tuple[Change, ...]:
    """Return what the latest release changed, as this reader may know it."""
    if read.release is None or (earlier := released.before(read.release)) is None:
        return ()
    stored = released.changes(read.release)
    return told(visible_changes(stored, released.content(earlier), released.content(read.release), read.level, read.at))


def rows(
    read: Reading, placed: tuple[Placed, ...], changed: Mapping[str, ChangeKind], hits: frozenset[str] | None = None
) -> list[Row]:
    """Return items as pages list them."""
    programme, language = read.programme, current_language()
    rooms = {room.guid: (room.name.shown(language).text, room.code) for room in programme.rooms}
    tracks = {
        track.slug: (1 + number % TRACK_COLOURS, track.name.shown(language).text)
        for number, track in enumerate(sorted(programme.tracks, key=lambda each: each.order))
    }
    address = _addresses(read)
    heard: dict[tuple[str, ...], str] = {}
    made = []
    for place in placed:
        item = place.item
        number, theme = tracks.get(item.track_slug, (0, ""))
        room, code = rooms.get(item.room_guid, ("", ""))
        spoken = tuple(code for code in (item.language, *item.interpretation) if code)
        if spoken not in heard:
            heard[spoken] = languages_heard(item, language)
        mark = changed.get(item.guid)
        made.append(
            Row(
                item=item,
                day=programme_day(item.starts_at, programme.forum),
                place=place.classes,
                track=number,
                track_name=theme,
                room=room,
                room_code=code,
                people=names_of(present(item), language),
                spoken=spoken,
                tongues=heard[spoken],
                chips=chips(item, programme, mark),
                changed=mark is not None and mark is not ChangeKind.ADDED,
                is_pause=item.kind is SegmentKind.BREAK,
                is_hidden=hits is not None and item.guid not in hits,
                url="" if item.is_placeholder or item.kind is SegmentKind.BREAK else address(item),
            )
        )
    return made


def _addresses(read: Reading) -> Callable[[Item], str]:
    """Return how items are addressed: one call of the router for the whole list."""
    root = url_for("agenda.session", slug=read.forum.slug, session_id="x").removesuffix("x")
    return lambda item: root + item.session_id


def by_role(item: Item) -> list[tuple[str, list[Speaker]]]:
    """Return who takes part, grouped under the catalogue key of each role."""
    groups: dict[str, list[Speaker]] = {}
    for speaker in present(item):
        groups.setdefault(ROLES[speaker.role], []).append(speaker)
    return list(groups.items())


def person_lines(speakers: list[Speaker]) -> list[str]:
    """Return each person with the organisation they speak for, in brackets, as a printed programme names them."""
    language: Language = "zh" if current_language() == "zh" else "en"
    wording = Wording(language)
    lines = []
    for each in speakers:
        place = each.organisation.shown(language).text
        brackets = "（{}）" if language == "zh" else " ({})"
        marked(each.name.shown(language))  # ``Wording`` writes the mark behind it
        lines.append(wording.plain(each.name) + (brackets.format(place) if place else ""))
    return lines
