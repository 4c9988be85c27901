"""What a statement's document says, line by line, before any format.

Layouts: the liaison statement of ITU-T (A.1, appendix II) and the cover of an ISO committee document (N-document).
Contacts are named only for readers inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_timezone_location

from forum.core.catalogue import Translator
from forum.core.refusals import N_, P_, spoken
from forum.liaisons.models import CONTACT_ROLES, Direction, Purpose, Statement
from forum.liaisons.states import StatementState
from forum.offices.rules import BEIJING
from forum.ports.documents.cleaning import clean
from forum.reminders.wording import LOCALES, day_words
from forum.web.formats import zone_words

PAGES = "#pages"  # each format counts its own pages


class Layout(StrEnum):
    """How a statement is laid out."""

    ITU = "itu"
    ISO = "iso"


LAYOUTS: dict[str, str] = {"itu": N_("ITU layout"), "iso": N_("ISO cover page")}
_SHORT: dict[Purpose, str] = {
    Purpose.ACTION: "ACT",
    Purpose.COMMENT: "COM",
    Purpose.INFORMATION: "INFO",
    Purpose.RESPONSE: "INFO",
}
_PURPOSE_LINES: dict[Purpose, str] = {
    Purpose.ACTION: P_("liaison", "For action to"),
    Purpose.COMMENT: P_("liaison", "For comment to"),
    Purpose.INFORMATION: P_("liaison", "For information to"),
    Purpose.RESPONSE: P_("liaison", "In response to"),
}
_HEADING = N_("Liaison statement")
_WORKING_COPY = N_("The Chinese text is a working copy; the English text is the one that was sent.")
_NOT_POSTED = N_("Not posted: this is how it reads now.")
_NO_TEXT = N_("The text is attached.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the head: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole document in one language."""

    layout: Layout
    language: str
    heading: str
    number: str
    title: str
    lines: tuple[Line, ...]
    paragraphs: tuple[str, ...]
    attachments_label: str
    attachments: tuple[str, ...]
    notes: tuple[str, ...]
    dated: datetime


def sheet(statement: Statement, layout: Layout, say: Translator, *, inside: bool, now: datetime) -> Sheet:
    """Return what a statement's document says to a reader, in the translator's language."""
    lines = _itu(statement, say, inside=inside) if layout is Layout.ITU else _iso(statement, say, inside=inside)
    body = statement.text("body").shown(say.language)
    notes = []
    if statement.state is not StatementState.POSTED:
        notes.append(say(_NOT_POSTED))
    if say.language == "zh" and body.language == "zh" and statement.side("body", "en"):
        notes.append(say(_WORKING_COPY))
    return Sheet(
        layout=layout,
        language=say.language,
        heading=say(_HEADING),
        number=statement.cited_number,
        title=statement.text("title").shown(say.language).text,
        lines=tuple(Line(label, clean(value)) for label, value in lines if value),
        paragraphs=tuple(part for part in clean(body.text or say(_NO_TEXT)).split("\n") if part.strip()),
        attachments_label=say(N_("Attachments")),
        attachments=tuple(clean(one.title) for one in statement.present_attachments),
        notes=tuple(notes),
        dated=(statement.posted_at or now).replace(microsecond=0),
    )


def _itu(statement: Statement, say: Translator, *, inside: bool) -> Iterable[tuple[str, str]]:
    yield say(N_("Question(s)")), _questions(statement, say)
    yield say(N_("Source")), _named((one.name for one in statement.from_groups), say, statement.from_name)
    yield say(N_("Meeting place and date")), _meeting(statement, say)
    yield say(N_("Subject")), statement.text("title").shown(say.language).text
    for purpose in Purpose:
        groups = [one.name for one in statement.to_groups if one.purpose is purpose]
        yield spoken(_PURPOSE_LINES[purpose], say), _named(groups, say)
    yield say(N_("Approval")), statement.approval
    yield say(N_("Deadline")), deadline_words(statement, say)
    if inside:
        yield say(N_("Contact")), _contacts(statement, say)


def _iso(statement: Statement, say: Translator, *, inside: bool) -> Iterable[tuple[str, str]]:
    yield say(N_("N number")), statement.cited_number
    yield say(N_("Document type")), say(_HEADING)
    yield say(N_("Date")), _date(statement, say)
    yield say(N_("Source committee")), _named((one.name for one in statement.from_groups), say, statement.from_name)
    yield say(N_("Title")), statement.text("title").shown(say.language).text
    yield say(N_("Sent to")), _named((one.name for one in statement.to_groups), say)
    asked = dict.fromkeys(_SHORT[one.purpose] for one in statement.to_groups if one.purpose is not None)
    yield say(N_("Expected action")), ", ".join(asked)
    yield say(N_("Due date")), deadline_words(statement, say)
    yield say(N_("Number of pages")), PAGES
    if inside:
        yield say(N_("Contact")), _contacts(statement, say)


def _named(names: Iterable[str], say: Translator, person: str = "") -> str:
    said = ("、" if say.language == "zh" else ", ").join(names)
    return said + (f"（{person}）" if say.language == "zh" else f" ({person})") if person else said


def _questions(statement: Statement, say: Translator) -> str:
    joined = "、" if say.language == "zh" else ", "
    ours, theirs = joined.join(statement.questions_from), joined.join(statement.questions_to)
    return f"{ours} → {theirs}" if ours and theirs else ours or theirs


def _meeting(statement: Statement, say: Translator) -> str:
    parts = [statement.meeting, statement.meeting_place]
    if statement.meeting_from is not None:
        first = day_words(statement.meeting_from, say.language)
        same = statement.meeting_to in {None, statement.meeting_from}
        last = day_words(statement.meeting_to or statement.meeting_from, say.language)
        parts.append(first if same else f"{first} – {last}")
    return ("，" if say.language == "zh" else ", ").join(part for part in parts if part)


def _date(statement: Statement, say: Translator) -> str:
    at = statement.posted_at or statement.state_since
    return day_words(statement.dated_on or at.astimezone(ZoneInfo(BEIJING)).date(), say.language)


def _contacts(statement: Statement, say: Translator) -> str:
    lines = []
    for one in statement.contacts:
        role = spoken(CONTACT_ROLES[one.role], say)
        rest = ", ".join(part for part in (one.name, one.organisation, one.email) if part)
        lines.append(f"{role}：{rest}" if say.language == "zh" else f"{role}: {rest}")
    return "\n".join(lines)


def deadline_words(statement: Statement, say: Translator) -> str:
    """Return the deadline by the clock of its own zone, and by Beijing's where that is another one."""
    if statement.deadline_at is None:
        return ""
    there = _moment(statement.deadline_at, statement.deadline_zone, say.language)
    offset = zone_words(statement.deadline_zone, statement.deadline_at)
    place = get_timezone_location(statement.deadline_zone, locale=LOCALES[say.language], return_city=True)
    said = f"{there}（{place}，{offset}）" if say.language == "zh" else f"{there} in {place} ({offset})"
    if statement.deadline_zone == BEIJING:
        return said
    here = _moment(statement.deadline_at, BEIJING, say.language)
    return say(N_("%(there)s; %(here)s in Beijing"), there=said, here=here)


def _moment(at: datetime, zone_name: str, language: str) -> str:
    local = at.astimezone(ZoneInfo(zone_name)).replace(tzinfo=None)
    return f"{format_skeleton('yMMMEd', local, locale=LOCALES[language])} {local:%H:%M}"


def file_name(statement: Statement, layout: Layout, language: str, ending: str) -> str:
    """Return what the document is called when it is saved: ASCII alone."""
    number = "".join(char if char.isascii() and char.isalnum() else "-" for char in statement.cited_number).strip("-")
    arrow = "in" if statement.direction is Direction.IN else "out"
    return f"liaison-{number or f'{arrow}-{statement.public_id}'}-{layout}-{language}.{ending}".lower()
