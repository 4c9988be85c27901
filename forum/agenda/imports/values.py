"""What a foreign programme is once it has been read: plain values, with everything odd noted beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from forum.agenda.programme import SessionState, SpeakerRole, Visibility
from forum.core.bilingual import Text
from forum.core.refusals import N_, Refusal
from forum.core.walltime import DAY_CHANGE
from forum.events.kinds import SegmentKind

MOST_BYTES = 20 * 1024 * 1024
MOST_ITEMS = 5_000
MOST_LEVELS = 20


class ImportRefused(Refusal):
    """The file can't be read as a programme."""

    message = N_("This file cannot be read as a programme.")
    status = 422


class FileTooLarge(ImportRefused):
    """More bytes than we read."""

    message = N_("The file is larger than %(limit)s MB.")
    status = 413


class TooManyItems(ImportRefused):
    """More items, or more parts, than any programme has."""

    message = N_("The file has more entries than the %(limit)s that an import may have.")


class TooDeep(ImportRefused):
    """Nested more deeply than any programme is."""

    message = N_("The file is nested more than %(limit)s levels deep.")


class Malformed(ImportRefused):
    """Not well-formed."""

    message = N_("The file is damaged or not in the format it claims to be (line %(line)s).")


class ForbiddenXml(ImportRefused):
    """XML with a document type or entities, which can hide a bomb or reach for other files."""

    message = N_("The file declares a document type or entities. Such XML files are not accepted.")


class UnknownFormat(ImportRefused):
    """None of the formats we read."""

    message = N_(
        "The format is not known. A programme is imported from schedule XML or JSON, iCalendar, "
        "bilingual session JSON, or a document of this platform."
    )


class ZoneNeeded(ImportRefused):
    """The file names no time zone, and nobody has chosen one."""

    message = N_("The file names no time zone. Choose the time zone of its venue.")


class FindingLevel(StrEnum):
    """How much a finding asks of the person who imports."""

    NOTE = "note"  # told, nothing to decide
    DOUBTFUL = "doubtful"  # imported as well as could be; look at it
    REFUSED = "refused"  # this row is not imported


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in the file, about one row or about the whole; ``foreign_id`` is empty for the whole.

    ``place`` is where it stands in the file, in signs that need no translation: "event:17" is the event that
    begins on line 17, "sessions[3]" the fourth of the sessions, "VEVENT 2" the second entry of a calendar.
    """

    level: FindingLevel
    code: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    place: str = ""
    foreign_id: str = ""

    @property
    def params(self) -> Mapping[str, object]:
        """The facts, under the name that sentences use for them."""
        return self.facts


@dataclass(frozen=True, slots=True)
class ImportedRoom:
    """A room of the file; items name it by ``key``."""

    key: str
    name: Text
    guid: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedTrack:
    """A track of the file; items name it by ``key``."""

    key: str
    name: Text
    slug: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class ImportedSpeaker:
    """A person of the file; the key decides identity, never the name alone where an id is given."""

    key: str
    name: Text
    guid: str = ""
    role: SpeakerRole = SpeakerRole.PANELLIST
    doubtful: bool = False  # known by name alone


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """An address the file gives for an item; it is shown, never fetched."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One row of the file, normalised."""

    foreign_id: str
    title: Text
    local_start: datetime  # naive wall time in the programme's zone
    minutes: int
    starts_at: datetime  # aware, UTC
    fold: int = 0
    source_guid: str = ""  # a UUID of the source
    number: int | None = None
    abstract: Text = Text()
    description: Text = Text()
    room: str = ""  # key of the first room
    more_rooms: tuple[str, ...] = ()  # where the entry names several
    track: str = ""
    kind: SegmentKind = SegmentKind.PARALLEL
    state: SessionState = SessionState.CONFIRMED
    visibility: Visibility = Visibility.PUBLIC
    languages: tuple[str, ...] = ()  # ISO 639-1, the floor language first
    speakers: tuple[ImportedSpeaker, ...] = ()
    links: tuple[ImportedLink, ...] = ()
    traditional: bool = False  # its Chinese is in traditional characters
    place: str = ""

    @property
    def language(self) -> str:
        """The floor language, or empty when the file doesn't say."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class ImportedProgramme:
    """A whole file as read; nothing is in the database yet."""

    format: str
    source: str  # names where it comes from: half of the key of a row
    title: Text
    zone: str  # IANA
    first_day: date
    last_day: date
    day_change: time = DAY_CHANGE
    rooms: tuple[ImportedRoom, ...] = ()
    tracks: tuple[ImportedTrack, ...] = ()
    items: tuple[ImportedItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    traditional: bool = False  # Chinese texts are in traditional characters: a draft to convert

    def local(self, moment: datetime) -> datetime:
        """Return the wall time of an instant in the programme's zone."""
        return moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)

    def findings_of(self, foreign_id: str) -> tuple[Finding, ...]:
        """Return what was found about one row."""
        return tuple(finding for finding in self.findings if finding.foreign_id == foreign_id)
