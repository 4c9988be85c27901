"""The programme book: a bilingual PDF with contents, days, rooms and an index of speakers.

This module prepares what is said; ``templates/typst/programme.typ`` says how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, Literal

from forum.agenda.exports.phrases import day_name, days_span, languages_listed, offset_name, short_day
from forum.agenda.exports.standing import count_of, standing
from forum.agenda.exports.wording import KINDS, ROLES, STATES, Choice, Wording, in_order, speakers_of
from forum.agenda.programme import Item, Programme, SessionState, Speaker, programme_day
from forum.agenda.rules.people import is_person
from forum.core.bilingual import HTML_TAGS, Language, Text
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.core.text import pinyin_key
from forum.events.kinds import SegmentKind
from forum.ports.documents.typeset import MEDIA_TYPE, typeset
from forum.translation.standing import Texts

__all__ = ["MEDIA_TYPE", "as_pdf", "book_facts"]

Sides = dict[str, Any]
_COLOURS = {SegmentKind.OPENING: "#a8322a", SegmentKind.SIGNING: "#a8322a"}
_INK = "#525b6e"


def as_pdf(
    programme: Programme,
    language: Choice,
    *,
    paper: Literal["a4", "a5"] = "a4",
    texts: Texts = "machine",
    abstracts: bool = True,
) -> bytes:
    """Return the programme book; raise FontMissing on a server without a Chinese font.

    Its date is that of the release, or of the last change of a draft, so two runs are identical.
    """
    facts = book_facts(programme, Wording(language, texts), abstracts=abstracts)
    return typeset("programme", facts | {"paper": paper}, dated=_dated(programme))


def _dated(programme: Programme) -> datetime:
    if programme.released_at:
        return programme.released_at
    first = datetime.combine(programme.forum.first_day, time(), tzinfo=UTC)
    return max((item.changed_at for item in programme.items), default=first)


def book_facts(programme: Programme, wording: Wording, *, abstracts: bool = True) -> dict[str, Any]:
    """Return everything that the template prints, as texts in each language of the book."""
    notice = wording.notice(count_of(programme, wording.texts, wording.languages))
    programme = standing(programme, wording.texts)
    forum = programme.forum
    items = in_order(programme)
    days: dict[date, list[Item]] = {}
    for item in items:
        days.setdefault(programme_day(item.starts_at, forum), []).append(item)
    opening = items[0].starts_at if items else datetime.combine(forum.first_day, time(12), tzinfo=forum.zone)
    book = _Book(programme, wording, abstracts=abstracts)
    return {
        "languages": list(wording.languages),
        "tags": {language: HTML_TAGS[language] for language in wording.languages},
        "title": book.sides(forum.title),
        "organiser": book.sides(forum.organiser),
        "place": book.each(lambda language: _place(wording, language, forum.venue, forum.city)),
        "dates": book.each(lambda language: days_span(forum.first_day, forum.last_day, language)),
        "version": book.each(book.version),
        "released": book.each(book.released),
        "zone_note": book.label(
            N_("All times are local times of the venue (%(zone)s, %(offset)s)."),
            zone=forum.zone_name,
            offset=offset_name(opening.astimezone(forum.zone)),
        ),
        "notice": notice,
        "contact": forum.contact_email,
        "labels": book.labels(),
        "days": [book.day(number, day, days) for number, day in enumerate(sorted(days), start=1)],
        "rooms": book.rooms(items),
        "speakers": book.index(items),
    }


class _Book:
    """One book in the making: the programme, its wording, and the pieces that pages are made of."""

    def __init__(self, programme: Programme, wording: Wording, *, abstracts: bool) -> None:
        self.programme = programme
        self.forum = programme.forum
        self.wording = wording
        self.abstracts = abstracts
        self._rooms = {room.guid: room for room in programme.rooms}
        self._tracks = {track.slug: track for track in programme.tracks}

    def each(self, write: Callable[[Language], object]) -> Sides:
        """Return what ``write`` gives for each language of the book."""
        return {language: write(language) for language in self.wording.languages}

    def label(self, message: str, **facts: object) -> Sides:
        """Return a sentence of the catalogue in each language."""
        return self.each(lambda language: translator(language)(message, **facts))

    def sides(self, text: Text) -> Sides:
        """Return a text for each language, with the language it is really in and what to say of it."""
        return self.each(lambda language: self._side(text, language))

    def _side(self, text: Text, language: Language) -> dict[str, str]:
        reading = self.wording.read(text, language)
        mark = reading.caution or reading.absence
        said = translator(language)(mark) if mark else ""
        # Beside its original, a missing side is only marked: nobody needs to read the same line twice.
        beside = reading.is_fallback and self.wording.choice == "both"
        return {"text": "" if beside else reading.text, "tag": reading.language, "mark": said}

    def name(self, text: Text, language: Language) -> str:
        """Return a short name for a reader of that language, falling back in silence; a machine's is marked."""
        return self.wording.marked(text, language)

    def short(self, text: Text, language: Language) -> dict[str, str]:
        """Return a short name with the language it is really in."""
        return {"text": self.name(text, language), "tag": self.wording.read(text, language).language}

    def names(self, text: Text) -> Sides:
        """Return a short name for each language, falling back in silence."""
        return self.each(lambda language: self.name(text, language))

    def languages(self, codes: Iterable[str]) -> Sides:
        """Return the names of languages for each language of the book, or a dash."""
        codes = tuple(codes)
        return self.each(lambda language: languages_listed(codes, language) or "–")

    def version(self, language: Language) -> str:
        """Return the version of the book, or that it is a draft."""
        _ = translator(language)
        return _(N_("Version %(number)s"), number=self.programme.number) if self.programme.number else _(N_("Draft"))

    def released(self, language: Language) -> str:
        """Return when the release was made, in venue time."""
        if not self.programme.released_at:
            return ""
        local = self.programme.released_at.astimezone(self.forum.zone)
        return translator(language)(
            N_("Released %(day)s, %(time)s (%(offset)s)"),
            day=day_name(local.date(), language),
            time=local.strftime("%H:%M"),
            offset=offset_name(local),
        )

    def labels(self) -> dict[str, Sides]:
        """Return the fixed words of the template."""
        return {
            "book": self.label(N_("Programme book")),
            "contents": self.label(N_("Contents")),
            "rooms": self.label(N_("Rooms and interpretation")),
            "room": self.label(N_("Room")),
            "seats": self.label(N_("Seats")),
            "interpretation": self.label(N_("Interpretation")),
            "access": self.label(N_("Step-free access")),
            "speakers": self.label(N_("Speakers")),
            "cancelled": self.label(STATES[SessionState.CANCELLED]),
            "tentative": self.label(STATES[SessionState.TENTATIVE]),
            "next_day": self.label(N_("next day")),
            "contact": self.label(N_("Contact")),
            "page": self.label(N_("p. %(page)s"), page="#"),  # the template knows the number
            "empty": self.label(N_("No session has been published yet.")),
        }

    def day(self, number: int, day: date, days: dict[date, list[Item]]) -> dict[str, Any]:
        """Return the header and the items of one programme day."""
        items = days[day]
        sessions = sum(item.kind is not SegmentKind.BREAK for item in items)
        rooms = len({item.room_guid for item in items if item.room_guid})
        first = min(item.starts_at for item in items).astimezone(self.forum.zone)
        last = max(item.ends_at for item in items).astimezone(self.forum.zone)
        return {
            "date": self.each(lambda language: day_name(day, language)),
            "short": self.each(lambda language: short_day(day, language)),
            "place": self.label(N_("Day %(number)s of %(total)s"), number=number, total=len(days)),
            "span": f"{first:%H:%M}–{last:%H:%M}",
            "counts": self.each(lambda language: _counts(language, sessions, rooms)),
            "parts": self._parts(items),
            "items": [self.item(item, day) for item in items],
        }

    def _parts(self, items: list[Item]) -> list[dict[str, Any]]:
        """Return the segments that the day has, each with the window that its items fill."""
        found = []
        for segment in self.programme.segments:
            inside = [item for item in items if item.segment_code == segment.code]
            if inside and segment.kind is not SegmentKind.BREAK:
                start = min(item.starts_at for item in inside).astimezone(self.forum.zone)
                end = max(item.ends_at for item in inside).astimezone(self.forum.zone)
                found.append(
                    {
                        "start": f"{start:%H:%M}",
                        "end": f"{end:%H:%M}",
                        "name": self.each(partial(self.short, segment.name)),
                    }
                )
        return sorted(found, key=lambda part: (part["start"], part["end"]))

    def item(self, item: Item, day: date) -> dict[str, Any]:
        """Return one item as the template prints it."""
        start, end = item.starts_at.astimezone(self.forum.zone), item.ends_at.astimezone(self.forum.zone)
        track = self._tracks.get(item.track_slug)
        return {
            "number": item.number,
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "starts_next_day": start.date() > day,
            "ends_next_day": end.date() > day >= start.date() and end.time() != time(),
            "is_break": item.kind is SegmentKind.BREAK,
            "is_cancelled": item.state is SessionState.CANCELLED,
            "is_tentative": item.state in (SessionState.TENTATIVE, SessionState.IDEA),
            "colour": track.colour if track else _COLOURS.get(item.kind, _INK),
            "sides": self.each(lambda language: self._item_side(item, language)),
        }

    def _item_side(self, item: Item, language: Language) -> dict[str, Any]:
        room, track = self._rooms.get(item.room_guid), self._tracks.get(item.track_slug)
        speakers = [] if item.is_placeholder else speakers_of(item)
        return {
            "title": self._side(item.title, language),
            "room": self.name(room.name, language) if room else "",
            "track": self.short(track.name, language)
            if track
            else _own(translator(language)(KINDS[item.kind]), language),
            "people": self._people(speakers, language),
            "abstract": self._side(item.abstract, language) if self.abstracts and item.abstract else None,
            "interpretation": self._interpretation(item, language),
        }

    def _people(self, speakers: list[Speaker], language: Language) -> list[dict[str, Any]]:
        """Return the speakers grouped by role, each with function and organisation."""
        groups: dict[str, list[dict[str, str]]] = {}
        comma = "，" if language == "zh" else ", "
        for speaker in speakers:
            place = [self.name(text, language) for text in (speaker.function, speaker.organisation) if text]
            groups.setdefault(translator(language)(ROLES[speaker.role]), []).append(
                {"name": self.name(speaker.name, language), "place": comma.join(filter(None, place))},
            )
        return [{"role": role, "people": people} for role, people in groups.items()]

    def _interpretation(self, item: Item, language: Language) -> str:
        """Return which languages are heard, in words; empty where there is no interpretation."""
        if not item.interpretation:
            return ""
        return languages_listed((item.language, *item.interpretation), language)

    def rooms(self, items: list[Item]) -> list[dict[str, Any]]:
        """Return the rooms that the programme uses."""
        used = {item.room_guid for item in items}
        rooms = sorted((room for room in self.programme.rooms if room.guid in used), key=lambda room: room.order)
        return [
            {
                "name": self.names(room.name),
                "seats": str(room.capacity or "–"),
                "languages": self.languages(room.languages),
                "access": self.label(N_("Yes") if room.step_free else N_("No")),
            }
            for room in rooms
        ]

    def index(self, items: list[Item]) -> list[dict[str, Any]]:
        """Return the speakers by name, each with the items they appear in."""
        people: dict[str, tuple[Speaker, list[Item]]] = {}
        for item in items:
            for speaker in [] if item.is_placeholder else filter(is_person, speakers_of(item)):
                people.setdefault(speaker.person_guid, (speaker, []))[1].append(item)
        leading = self.wording.languages[0] if self.wording.choice != "both" else "en"
        ordered = sorted(
            people.values(),
            key=lambda entry: (pinyin_key(self.name(entry[0].name, leading)), entry[0].person_guid),
        )
        return [
            {
                "name": self.names(speaker.name),
                "place": self.names(speaker.organisation),
                "items": [{"number": item.number, "when": self.when(item)} for item in dict.fromkeys(appearances)],
            }
            for speaker, appearances in ordered
        ]

    def when(self, item: Item) -> Sides:
        """Return programme day and start of an item, short."""
        day, local = programme_day(item.starts_at, self.forum), item.starts_at.astimezone(self.forum.zone)
        return self.each(lambda language: f"{short_day(day, language)} {local:%H:%M}")


def _own(words: str, language: Language) -> dict[str, str]:
    return {"text": words, "tag": language}


def _counts(language: Language, sessions: int, rooms: int) -> str:
    _ = translator(language)
    counts = [_.ngettext("%(num)s session", "%(num)s sessions", sessions)]
    if rooms:
        counts.append(_.ngettext("%(num)s room", "%(num)s rooms", rooms))
    return ("，" if language == "zh" else ", ").join(counts)


def _place(wording: Wording, language: Language, *names: Text) -> str:
    separator = "，" if language == "zh" else ", "
    return separator.join(dict.fromkeys(filter(None, (wording.read(name, language).text for name in names))))
