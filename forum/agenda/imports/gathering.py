"""What every reader shares: collecting rooms, tracks, people and rows, and noting what is odd about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from forum.agenda.imports import texts
from forum.agenda.imports.values import (
    MOST_ITEMS,
    Finding,
    FindingLevel,
    ImportedItem,
    ImportedProgramme,
    ImportedRoom,
    ImportedSpeaker,
    ImportedTrack,
    TooManyItems,
)
from forum.agenda.rules.sentences import LanguageName
from forum.core.bilingual import Text
from forum.core.refusals import N_
from forum.core.walltime import DAY_CHANGE, day_of, to_wall
from forum.events.kinds import SegmentKind

LONGEST_ITEM = 7 * 24 * 60  # minutes
MOST_FOREIGN_ID = 200  # characters

_UNDONE = {
    "no_identity": N_("This entry has no id, so it can't be recognised again and is left out."),
    "no_time": N_("This entry has no time that can be read: %(value)s."),
    "no_length": N_("“%(title)s” has no length that can be read: %(value)s."),
    "no_title": N_("This entry has no title."),
    "recurring": N_("“%(title)s” repeats itself. Enter each occurrence as an entry of its own."),
    "unknown_zone": N_("“%(title)s” names a time zone that is not known: %(value)s."),
}
_ODD = {
    "repeated_id": N_("The id %(value)s occurs more than once. This entry is kept under an id of its own."),
    "repeated_guid": N_("The guid %(value)s occurs more than once. This entry gets a guid of its own."),
    "foreign_guid": N_("%(value)s is not a UUID. It is kept as a foreign id beside a guid of our own."),
    "named_only": N_("%(person)s is known by name alone. Make sure that it is the same person everywhere."),
    "double_meaning": N_("The length %(value)s can be read in two ways. It was read as %(minutes)s minutes."),
    "unknown_language": N_("The language %(value)s is not known."),
    "several_rooms": N_("“%(title)s” names several rooms. It is placed in the first: %(value)s."),
    "break_proposed": N_("“%(title)s” looks like a break and is proposed as one."),
    "filler": N_("“%(value)s” stands for a missing text and is left out."),
    "day_mismatch": N_("“%(title)s” is listed under %(listed)s, its time belongs to %(actual)s."),
    "start_mismatch": N_("“%(title)s” begins at %(listed)s, but its date says %(actual)s. The date wins."),
    "same_title": N_("“%(title)s” is the same in both languages: it is not translated."),
    "same_text": N_("“%(title)s” has the same description in both languages: it is not translated."),
    "traditional": N_("%(count)s texts are in traditional Chinese. They are drafts to be converted."),
    "other_language": N_(
        "%(count)s entries are held in other languages: %(value)s. Their texts are on the English side."
    ),
    "all_day": N_("“%(title)s” lasts whole days. It frames the programme and is no entry of it."),
    "unknown_room": N_("“%(title)s” names a room that the file does not list: %(value)s."),
    "unknown_person": N_("“%(title)s” names a person that the file does not list: %(value)s."),
    "text_cut": N_("A text of “%(title)s” was too long and has been cut."),
    "unread": N_("“%(title)s” has properties that cannot be read: %(value)s."),
    "unusual": N_("The file holds keys that are not in the format; they are left out: %(value)s."),
}


class Gathering:
    """Collects one file.  Rows are checked for identity here, so that no reader forgets it."""

    def __init__(self, form: str, zone: ZoneInfo, day_change: time = DAY_CHANGE) -> None:
        self.form = form
        self.zone = zone
        self.day_change = day_change
        self.title = Text()
        self.source = form
        self.rooms: dict[str, ImportedRoom] = {}
        self.tracks: dict[str, ImportedTrack] = {}
        self.items: list[ImportedItem] = []
        self.findings: list[Finding] = []
        self.unknown: dict[str, None] = {}
        self.days: list[date] = []
        self._ids: Counter[str] = Counter()
        self._guids: set[str] = set()

    def note(self, code: str, place: str = "", foreign_id: str = "", **facts: object) -> None:
        """Note something odd that needs no decision."""
        self.findings.append(Finding(FindingLevel.NOTE, code, _ODD[code], facts, place, foreign_id))

    def doubt(self, code: str, place: str = "", foreign_id: str = "", **facts: object) -> None:
        """Note something a person should look at."""
        self.findings.append(Finding(FindingLevel.DOUBTFUL, code, _ODD[code], facts, place, foreign_id))

    def refuse(self, code: str, place: str = "", foreign_id: str = "", **facts: object) -> None:
        """Note that a row is left out, and why."""
        self.findings.append(Finding(FindingLevel.REFUSED, code, _UNDONE[code], facts, place, foreign_id))

    def identity(self, *candidates: object) -> str:
        """Return the first candidate that can serve as a foreign id."""
        for candidate in candidates:
            found = texts.one_line(candidate, longest=MOST_FOREIGN_ID)
            if found:
                return found
        return ""

    def unique(self, foreign_id: str, place: str) -> str:
        """Return the id of a row, made distinct and reported when the file used it before."""
        self._ids[foreign_id] += 1
        if (times := self._ids[foreign_id]) == 1:
            return foreign_id
        own = f"{foreign_id}#{times}"
        self.doubt("repeated_id", place, own, value=foreign_id)
        return own

    def guid(self, raw: object, foreign_id: str, place: str) -> str:
        """Return a UUID of the source in its usual form, or nothing when it is none or was used before."""
        text = texts.one_line(raw, longest=MOST_FOREIGN_ID)
        found = as_uuid(text)
        if text and not found:
            self.note("foreign_guid", place, foreign_id, value=text)
        elif found in self._guids:
            self.doubt("repeated_guid", place, foreign_id, value=text)
            return ""
        self._guids.add(found)
        return found

    def room(self, name: Text, *, key: str = "", guid: str = "", capacity: int | None = None) -> str:
        """Return the key of a room, adding it when it is new; nothing for a nameless one."""
        key = key or name.joined()
        if not key:
            return ""
        known = self.rooms.get(key)
        if known is None:
            self.rooms[key] = ImportedRoom(key, name, as_uuid(guid), capacity)
        elif guid and not known.guid:
            self.rooms[key] = replace(known, guid=as_uuid(guid))
        return key

    def track(self, name: Text, *, key: str = "", slug: str = "", colour: str = "") -> str:
        """Return the key of a track, adding it when it is new; nothing for a nameless one."""
        key = key or name.joined()
        if key and key not in self.tracks:
            self.tracks[key] = ImportedTrack(key, name, slug, colour)
        return key

    def languages(self, raw: object, place: str, foreign_id: str) -> tuple[str, ...]:
        """Return the language codes of a row and note the words nobody understood."""
        codes, unknown = texts.language_codes(raw)
        for word in unknown:
            self.doubt("unknown_language", place, foreign_id, value=word)
        return codes

    def text(self, raw: object, place: str, foreign_id: str, title: str) -> str:
        """Return a long text as plain text; fillers are empty, what is too long is cut and reported."""
        found = texts.plain(raw)
        if texts.is_filler(found):
            self.note("filler", place, foreign_id, value=found)
            return ""
        if len(found) >= texts.LONGEST_TEXT - 1:
            self.doubt("text_cut", place, foreign_id, title=title)
        return found

    def length_of(self, minutes: int | None, raw: object, title: str, where: tuple[str, str]) -> int | None:
        """Return a usable length in minutes, or None after refusing the row."""
        if minutes is not None and 0 < minutes <= LONGEST_ITEM:
            return minutes
        self.refuse("no_length", *where, title=title, value=texts.one_line(raw, longest=60))
        return None

    def by_name(self, speakers: Iterable[ImportedSpeaker], place: str, foreign_id: str) -> None:
        """Report the people of a row who are known by name alone."""
        for speaker in speakers:
            if speaker.doubtful:
                self.doubt("named_only", place, foreign_id, person=speaker.name)

    def add(self, item: ImportedItem) -> None:
        """Take a row in; an unusual number of rows is refused."""
        if len(self.items) >= MOST_ITEMS:
            raise TooManyItems(limit=MOST_ITEMS)
        if item.kind is SegmentKind.PARALLEL and texts.looks_like_break(item.title.en, item.title.zh):
            item = replace(item, kind=SegmentKind.BREAK)
            self.note("break_proposed", item.place, item.foreign_id, title=item.title)
        self.items.append(item)

    def retype_last(self, kind: SegmentKind) -> None:
        """Give the row taken in last the kind its file says."""
        self.items[-1] = replace(self.items[-1], kind=kind)

    def wall(self, instant: datetime) -> tuple[datetime, int]:
        """Return the wall time of an instant at the venue and its fold."""
        return to_wall(instant, self.zone)

    def done(self) -> ImportedProgramme:
        """Return the file as read, with findings about the whole of it."""
        if self.unknown:
            self.note("unusual", value=tuple(sorted(self.unknown)))
        self._other_languages()
        traditional = sum(item.traditional for item in self.items)
        if traditional:
            self.note("traditional", count=traditional)
        days = [day_of(item.local_start, self.day_change) for item in self.items] or self.days
        if not days:
            days = [date(1970, 1, 1)]
        return ImportedProgramme(
            format=self.form,
            source=self.source,
            title=self.title,
            zone=self.zone.key,
            first_day=min(days),
            last_day=max(days),
            day_change=self.day_change,
            rooms=tuple(self.rooms.values()),
            tracks=tuple(self.tracks.values()),
            items=tuple(self.items),
            findings=tuple(self.findings),
            unknown_keys=tuple(sorted(self.unknown)),
            traditional=traditional > 0,
        )

    def _other_languages(self) -> None:
        foreign = [item.language for item in self.items if item.language not in ("", "en", "zh")]
        if foreign:
            self.note("other_language", count=len(foreign), value=tuple(map(LanguageName, sorted(set(foreign)))))


def as_uuid(raw: object) -> str:
    """Return a UUID in its usual form, or nothing."""
    try:
        return str(UUID(str(raw)))
    except ValueError:
        return ""


def people(entries: Iterable[tuple[object, object, object]]) -> tuple[ImportedSpeaker, ...]:
    """Return speakers from (guid, id, name): known by guid, else by id, else by name, which is doubtful."""
    found: dict[str, ImportedSpeaker] = {}
    for guid, number, raw_name in entries:
        name = texts.one_line(raw_name, longest=200)
        if not name:
            continue
        guid_text, number_text = texts.one_line(guid, longest=100), texts.one_line(number, longest=100)
        if guid_text:
            key, doubtful = f"guid:{as_uuid(guid_text) or guid_text}", False
        elif number_text:
            key, doubtful = f"id:{number_text}", False
        else:
            key, doubtful = f"name:{name.casefold()}", True
        found.setdefault(key, ImportedSpeaker(key, texts.by_script(name), as_uuid(guid_text), doubtful=doubtful))
    return tuple(found.values())
