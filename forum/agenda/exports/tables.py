"""The agenda as tables: a workbook of three sheets, and one table of delimited text."""

from __future__ import annotations

from datetime import datetime, time

from forum.agenda.exports.standing import count_of, standing
from forum.agenda.exports.wording import (
    KINDS,
    ROLES,
    STATES,
    Choice,
    Wording,
    in_order,
    speakers_of,
)
from forum.agenda.programme import Item, Programme, programme_day
from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.ports.documents import delimited, spreadsheet
from forum.ports.documents.table import Value
from forum.translation.standing import Texts

XLSX_MEDIA_TYPE = spreadsheet.MEDIA_TYPE
CSV_MEDIA_TYPE = delimited.MEDIA_TYPE


def as_xlsx(programme: Programme, language: Choice, *, texts: Texts = "machine") -> bytes:
    """Return a workbook: programme, speakers, rooms."""
    wording = Wording(language, texts)
    notice = " / ".join(filter(None, wording.notice(count_of(programme, texts, wording.languages)).values()))
    programme = standing(programme, texts)
    forum = programme.forum
    changed = [programme.released_at] if programme.released_at else [item.changed_at for item in programme.items]
    return spreadsheet.encode(
        [
            _programme_sheet(programme, wording),
            _speaker_sheet(programme, wording),
            _room_sheet(programme, wording),
        ],
        spreadsheet.Properties(
            title=wording.plain(forum.title),
            created=max(changed, default=datetime.combine(forum.first_day, time())),
            author=wording.plain(forum.organiser),
            subject=wording.say(N_("Programme")),
            notice=notice,
        ),
    )


def as_csv(programme: Programme, language: Choice, *, texts: Texts = "machine") -> bytes:
    """Return the programme sheet alone as delimited text."""
    sheet = _programme_sheet(standing(programme, texts), Wording(language, texts))
    return delimited.encode([column.heading for column in sheet.columns], sheet.rows)


def _programme_sheet(programme: Programme, wording: Wording) -> spreadsheet.Sheet:
    zone = programme.forum.zone_name
    starts = wording.say(N_("Starts (%(zone)s)"), zone=zone)
    ends = wording.say(N_("Ends (%(zone)s)"), zone=zone)
    changed = wording.say(N_("Changed (%(zone)s)"), zone=zone)
    columns = [
        _column(wording, "number", N_("No."), 7),
        _column(wording, "day", N_("Day"), 12),
        spreadsheet.Column("starts", starts, 17),
        spreadsheet.Column("ends", ends, 17),
        _column(wording, "minutes", N_("Minutes"), 9),
        *_text_columns(wording, "title", N_("Title"), 48),
        _column(wording, "room", N_("Room"), 20),
        _column(wording, "track", N_("Track"), 20),
        _column(wording, "kind", N_("Kind"), 16),
        _column(wording, "state", N_("State"), 12),
        _column(wording, "language", N_("Language"), 10),
        _column(wording, "interpretation", N_("Interpretation"), 18),
        _column(wording, "speakers", N_("Speakers"), 48),
        *_text_columns(wording, "abstract", N_("Abstract"), 60),
        spreadsheet.Column("changed", changed, 17),
        _column(wording, "guid", N_("Identifier"), 38),
    ]
    rows = [_item_row(item, programme, wording) for item in in_order(programme)]
    return spreadsheet.Sheet(wording.say(N_("Programme")), tuple(columns), rows)


def _item_row(item: Item, programme: Programme, wording: Wording) -> list[Value]:
    forum = programme.forum
    room, track = programme.room(item.room_guid), programme.track(item.track_slug)
    return [
        item.number,
        programme_day(item.starts_at, forum),
        _wall(item.starts_at, programme),
        _wall(item.ends_at, programme),
        int((item.ends_at - item.starts_at).total_seconds() // 60),
        *_text_cells(item.title, wording),
        wording.plain(room.name) if room else "",
        wording.plain(track.name) if track else "",
        wording.say(KINDS[item.kind]),
        wording.say(STATES[item.state]),
        item.language,
        ", ".join(item.interpretation),
        "\n".join(
            f"{role}{wording.colon()}{wording.person(speaker)}"
            for role, speakers in wording.people(item)
            for speaker in speakers
        ),
        *_text_cells(item.abstract, wording),
        _wall(item.changed_at, programme),
        item.guid,
    ]


def _speaker_sheet(programme: Programme, wording: Wording) -> spreadsheet.Sheet:
    columns = (
        *_side_columns(wording, "name", N_("Name"), 26),
        *_side_columns(wording, "function", N_("Function"), 28),
        *_side_columns(wording, "organisation", N_("Organisation"), 34),
        _column(wording, "role", N_("Role"), 16),
        _column(wording, "number", N_("No."), 7),
        spreadsheet.Column("starts", wording.say(N_("Starts (%(zone)s)"), zone=programme.forum.zone_name), 17),
        _column(wording, "session", N_("Session"), 48),
        _column(wording, "person", N_("Identifier"), 38),
    )
    rows: list[list[Value]] = [
        [
            *_side_cells(speaker.name, wording),
            *_side_cells(speaker.function, wording),
            *_side_cells(speaker.organisation, wording),
            wording.say(ROLES[speaker.role]),
            item.number,
            _wall(item.starts_at, programme),
            wording.title(item),
            speaker.person_guid,
        ]
        for item in in_order(programme)
        for speaker in speakers_of(item)
    ]
    return spreadsheet.Sheet(wording.say(N_("Speakers")), columns, rows)


def _room_sheet(programme: Programme, wording: Wording) -> spreadsheet.Sheet:
    columns = (
        _column(wording, "code", N_("Code"), 12),
        *_side_columns(wording, "name", N_("Name"), 28),
        _column(wording, "capacity", N_("Seats"), 10),
        _column(wording, "languages", N_("Interpretation"), 20),
        _column(wording, "step_free", N_("Step-free access"), 16),
        _column(wording, "guid", N_("Identifier"), 38),
    )
    rows: list[list[Value]] = [
        [
            room.code,
            *_side_cells(room.name, wording),
            room.capacity,
            ", ".join(room.languages),
            wording.say(N_("Yes")) if room.step_free else wording.say(N_("No")),
            room.guid,
        ]
        for room in sorted(programme.rooms, key=lambda room: room.order)
    ]
    return spreadsheet.Sheet(wording.say(N_("Rooms")), columns, rows)


def _column(wording: Wording, key: str, heading: str, width: float) -> spreadsheet.Column:
    return spreadsheet.Column(key, wording.say(heading), width)


def _side_columns(wording: Wording, key: str, heading: str, width: float) -> list[spreadsheet.Column]:
    """Return one column, or one for each language with the heading in that language."""
    if wording.choice != "both":
        return [_column(wording, key, heading, width)]
    names = {"zh": "中文", "en": "English"}  # a language is named in itself
    return [
        spreadsheet.Column(f"{key}_{language}", f"{translator(language)(heading)} ({names[language]})", width)
        for language in wording.languages
    ]


def _text_columns(wording: Wording, key: str, heading: str, width: float) -> list[spreadsheet.Column]:
    """Return the columns of a text and of what may be trusted of it."""
    state = spreadsheet.Column(
        f"{key}_state",
        wording.say(N_("%(column)s: translation"), column=wording.say(heading)),
        16,
    )
    return [*_side_columns(wording, key, heading, width), state]


def _side_cells(text: Text, wording: Wording) -> list[Value]:
    """Return the sides; alone, a missing side is replaced by the other, in a pair it stays empty."""
    if wording.choice != "both":
        return [wording.read(text, wording.choice).text]
    return [
        "" if reading.is_fallback else reading.text
        for reading in (wording.read(text, language) for language in wording.languages)
    ]


def _text_cells(text: Text, wording: Wording) -> list[Value]:
    """Return the sides and their state in words: marks would otherwise come back on re-import."""
    if not text:
        return [*_side_cells(text, wording), ""]
    said = [(each, wording.state_of(text, each)) for each in wording.languages]
    return [*_side_cells(text, wording), " / ".join(translator(each)(state) for each, state in said if state)]


def _wall(moment: datetime, programme: Programme) -> datetime:
    return moment.astimezone(programme.forum.zone).replace(tzinfo=None)
