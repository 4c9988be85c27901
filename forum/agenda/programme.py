"""A programme as plain values: what a release freezes, what rules compare and what exports print.

Nothing here touches the database.  ``Programme`` is complete: it holds every item, whatever its
visibility.  Surfaces get their part of it through ``forum.agenda.visibility.visible`` and only so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from forum.core.bilingual import Text
from forum.events.kinds import SegmentKind


class Visibility(StrEnum):
    """Who may see an item, from the widest to the narrowest circle."""

    PUBLIC = "public"
    REGISTERED = "registered"
    HEADS = "heads"
    STAFF = "staff"


class SessionState(StrEnum):
    """How firm a session is."""

    IDEA = "idea"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class SpeakerRole(StrEnum):
    """What a person does in a session."""

    CHAIR = "chair"
    MODERATOR = "moderator"
    KEYNOTE = "keynote"
    REMARKS = "remarks"
    PANELLIST = "panellist"
    DISCUSSANT = "discussant"
    RAPPORTEUR = "rapporteur"
    SIGNATORY = "signatory"
    WITNESS = "witness"
    MC = "mc"


class SpeakerState(StrEnum):
    """How far an invitation to speak has come."""

    PROPOSED = "proposed"
    INVITED = "invited"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ForumFacts:
    """What every export says about the forum itself."""

    code: str  # ^[a-z0-9_]{4,}$, fits the three schedule schemas
    slug: str
    title: Text
    venue: Text
    city: Text
    zone_name: str  # IANA
    first_day: date
    last_day: date
    day_change: time = time(4, 0)  # local time at which a programme day begins
    organiser: Text = Text()
    contact_email: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The venue's time zone."""
        return ZoneInfo(self.zone_name)


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room of the venue."""

    guid: str
    code: str
    name: Text
    order: int = 0
    capacity: int | None = None  # seats in the layout in use
    hard_max: int | None = None  # fire limit, persons
    booths: int = 0  # interpretation booths
    languages: tuple[str, ...] = ()  # languages installed for interpretation
    turnaround_minutes: int = 10
    step_free: bool = True


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """A theme that sessions share."""

    slug: str
    name: Text
    colour: str = "#23407a"
    order: int = 0


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """A part of the forum with one window of time, such as the opening or the parallel forums."""

    code: str
    kind: SegmentKind
    name: Text
    starts_at: datetime | None = None  # aware, UTC
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person on a session; ``person_guid`` is random and never derived from an address."""

    person_guid: str
    name: Text
    role: SpeakerRole
    state: SpeakerState = SpeakerState.CONFIRMED
    order: int = 0
    organisation: Text = Text()
    function: Text = Text()  # title held, such as "Deputy Mayor"
    language: str = ""  # language of the speech, ISO 639-1
    remote: bool = False

    @property
    def is_present(self) -> bool:
        """Whether the person still belongs to the session: neither declined nor replaced."""
        return self.state not in (SpeakerState.DECLINED, SpeakerState.REPLACED)


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """A document tied to a session."""

    guid: str
    title: Text
    url: str
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Item:
    """One slot of one session: the thing that a calendar shows.  Identity is ``guid``, for ever."""

    guid: str
    number: int  # positive, unique in the forum, never reused
    session_id: str  # public id of the session, part of its address
    title: Text
    local_start: datetime  # naive wall time at the venue
    minutes: int
    starts_at: datetime  # aware, UTC
    ends_at: datetime  # aware, UTC
    changed_at: datetime  # aware, UTC: last change that the public can see
    created_at: datetime  # aware, UTC: first release
    fold: int = 0
    sequence: int = 0
    room_guid: str = ""
    track_slug: str = ""
    segment_code: str = ""
    kind: SegmentKind = SegmentKind.PARALLEL
    state: SessionState = SessionState.CONFIRMED
    abstract: Text = Text()
    description: Text = Text()
    language: str = "en"  # floor language, ISO 639-1
    interpretation: tuple[str, ...] = ()  # languages interpreted into
    visibility: Visibility = Visibility.PUBLIC
    embargo_until: datetime | None = None  # aware, UTC
    placeholder: Text = Text()  # shown to those who may not see the item; empty: nothing is shown
    cancelled_at: datetime | None = None
    speakers: tuple[Speaker, ...] = ()
    materials: tuple[MaterialFacts, ...] = ()
    capacity: int | None = None  # seats that can be booked; None: open seating
    is_placeholder: bool = False  # set by visible(): the reader sees the stand-in only


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme of a forum at one moment: a draft, or a release when ``number`` is set."""

    forum: ForumFacts
    rooms: tuple[RoomFacts, ...] = ()
    tracks: tuple[TrackFacts, ...] = ()
    segments: tuple[SegmentFacts, ...] = ()
    items: tuple[Item, ...] = ()
    number: str = ""  # "1", "2"; empty for a draft
    released_at: datetime | None = None
    note: Text = field(default_factory=Text)

    def room(self, guid: str) -> RoomFacts | None:
        """Return the room with that guid."""
        return next((room for room in self.rooms if room.guid == guid), None)

    def track(self, slug: str) -> TrackFacts | None:
        """Return the track with that slug."""
        return next((track for track in self.tracks if track.slug == slug), None)

    def item(self, guid: str) -> Item | None:
        """Return the item with that guid."""
        return next((item for item in self.items if item.guid == guid), None)


def programme_day(moment: datetime, facts: ForumFacts) -> date:
    """Return the programme day of an aware instant: 00:30 belongs to the evening before.

    A programme day begins at ``facts.day_change`` of the venue.
    """
    local = moment.astimezone(facts.zone)
    if local.time() < facts.day_change:
        return date.fromordinal(local.date().toordinal() - 1)
    return local.date()
