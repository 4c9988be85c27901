"""Lists of people as files: the desk's filtered list, and the list of participants in two orders.

Every cell is text or a date; nothing sealed is ever in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.events.models import Forum
from forum.ports.documents import delimited, spreadsheet
from forum.ports.documents.spreadsheet import Column, Properties, Sheet
from forum.ports.documents.table import Value
from forum.registration.columns import COLUMNS, Speech
from forum.registration.models import Participation

XLSX, CSV = "xlsx", "csv"
MEDIA_TYPES = {XLSX: spreadsheet.MEDIA_TYPE, CSV: delimited.MEDIA_TYPE}
LIST_COLUMNS = ("name", "function", "organisation", "country", "delegation")


def speech_of(forum: Forum, language: str) -> Speech:
    """Return how values are written for one forum."""
    return Speech(language, translator(language), ZoneInfo(forum.zone_name))


def participations(
    forum: Forum, rows: Sequence[Participation], columns: Sequence[str], *, form: str, language: str, now: datetime
) -> bytes:
    """Return the list with the chosen columns; instants are written as wall time at the venue."""
    speech = speech_of(forum, language)
    sheet = _sheet(speech.say(N_("Registrations")), forum, rows, columns, speech)
    return _encoded([sheet], forum, speech, form, now)


def list_of_participants(
    forum: Forum,
    by_latin: Sequence[Participation],
    by_pinyin: Sequence[Participation],
    *,
    form: str,
    language: str,
    now: datetime,
) -> bytes:
    """Return the list of participants: a workbook holds both orders, delimited text that of its language."""
    speech = speech_of(forum, language)
    latin = _sheet(speech.say(N_("By family name")), forum, by_latin, LIST_COLUMNS, speech)
    pinyin = _sheet(speech.say(N_("By pinyin")), forum, by_pinyin, LIST_COLUMNS, speech)
    both = [pinyin, latin] if language == "zh" else [latin, pinyin]
    return _encoded(both, forum, speech, form, now)


def _sheet(name: str, forum: Forum, rows: Sequence[Participation], columns: Sequence[str], speech: Speech) -> Sheet:
    heads = tuple(Column(key, _heading(key, forum, speech)) for key in columns)
    cells: list[list[Value]] = [[COLUMNS[key].value(one, speech) for key in columns] for one in rows]
    return Sheet(name, heads, cells)


def _heading(key: str, forum: Forum, speech: Speech) -> str:
    label = speech.say(COLUMNS[key].label)
    if key != "since":
        return label
    return speech.say(N_("%(label)s (%(zone)s)"), label=label, zone=forum.zone_name)


def _encoded(sheets: list[Sheet], forum: Forum, speech: Speech, form: str, now: datetime) -> bytes:
    if form == CSV:
        first = sheets[0]
        return delimited.encode([column.heading for column in first.columns], first.rows)
    properties = Properties(
        title=forum.tr("title", speech.language).text,
        created=now,
        author=forum.tr("organiser", speech.language).text,
        subject=sheets[0].name,
    )
    return spreadsheet.encode(sheets, properties)


def note_export(
    forum: Forum, what: str, number: int, columns: Sequence[str], *, purpose: str, actor: Actor, now: datetime
) -> None:
    """Record in the audit that a list of people left the house: who, for what, how many, which columns."""
    record(
        actor,
        "export",
        "forum",
        forum.public_id,
        now=now,
        chain=forum.chain,
        what=what,
        rows=number,
        columns=list(columns),
        purpose=purpose.strip()[:200],
    )
