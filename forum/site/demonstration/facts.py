"""What the demonstration forum is made of, as frozen values that know no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from forum.agenda.programme import SegmentKind, SessionState, SpeakerRole, SpeakerState, Visibility
from forum.core.bilingual import Language, Text

Day = Literal[1, 2, 3]
PlaceKind = Literal["country", "city", "organisation"]
Chain = Literal["focal_and_secretariat", "secretariat", "straight"]
ChangeKind = Literal[
    "added",
    "moved_time",
    "moved_room",
    "lengthened",
    "renamed",
    "speaker_changed",
    "cancelled",
]


@dataclass(frozen=True, slots=True)
class RoomSeed:
    """A room of the venue; ``capacity`` maps a layout (theatre, classroom, u_shape, rounds) to seats."""

    key: str
    guid: str
    code: str
    name: Text
    capacity: dict[str, int]
    layout: str                     # the layout in use
    hard_max: int
    booths: int
    languages: tuple[str, ...]
    receivers: int
    hearing_loop: bool
    step_free: bool
    turnaround_minutes: int
    order: int


@dataclass(frozen=True, slots=True)
class TrackSeed:
    """A theme, from the task areas of the action plan."""

    slug: str
    name: Text
    description: Text
    colour: str
    order: int


@dataclass(frozen=True, slots=True)
class SegmentSeed:
    """A part of the forum; its window is in the venue's wall time and may span days."""

    code: str
    kind: SegmentKind
    name: Text
    local_start: datetime           # naive
    local_end: datetime             # naive
    capacity: int | None
    waiting_list: bool
    dress_code: Text


@dataclass(frozen=True, slots=True)
class RoleSeed:
    """A person on a session."""

    speaker_key: str
    role: SpeakerRole
    state: SpeakerState
    language: str                   # language of the speech, ISO 639-1
    remote: bool
    order: int


@dataclass(frozen=True, slots=True)
class SessionSeed:
    """A session with its one slot."""

    key: str
    guid: str
    number: int
    title: Text
    abstract: Text
    source_language: Language
    day: Day
    local_start: datetime           # naive wall time at the venue
    minutes: int
    room_key: str                   # empty: outside the rooms
    track_slug: str
    segment_code: str
    language: str
    interpretation: tuple[str, ...]
    state: SessionState
    visibility: Visibility
    embargo_until: datetime | None  # aware, UTC
    placeholder: Text
    capacity: int | None            # seats that can be booked
    cancel_reason: Text
    roles: tuple[RoleSeed, ...]


@dataclass(frozen=True, slots=True)
class SpeakerSeed:
    """An invented speaker.  ``name.en`` is the display form with the family name in capitals."""

    key: str
    guid: str
    name: Text
    passport_surname: str
    passport_given: str
    family_latin: str
    given_latin: str
    family_first: bool
    native: str                     # own script other than Latin and Chinese
    honorific: str
    country: str                    # ISO 3166-1 alpha-2
    function: Text
    organisation: Text
    biography: Text
    language: str                   # language of the speech


@dataclass(frozen=True, slots=True)
class PracticalSection:
    """One section of the practical information; bodies are Markdown without HTML."""

    slug: str
    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class CategorySeed:
    """A category of participation with its chain of approval."""

    code: str
    name: Text
    description: Text
    required_documents: tuple[str, ...]
    quota: int | None               # per delegation where it needs one, else of the category
    chain: Chain
    needs_delegation: bool
    self_registration: bool
    in_list_of_participants: bool


@dataclass(frozen=True, slots=True)
class DelegationSeed:
    """A delegation of a real country, city or organisation; its members are invented."""

    key: str
    kind: PlaceKind
    place_code: str                 # a code of forum.places.reference
    name: Text
    state: str
    quotas: dict[str, int]          # category code -> seats
    note_verbale: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a journey, in local time; carriers are invented."""

    direction: Literal["arrival", "departure"]
    mode: Literal["flight", "train"]
    number: str
    station: Text
    local_time: datetime            # naive, at the station
    self_arranged: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """An invented person and their participation in the forum."""

    key: str
    speaker_key: str                # not empty: the same person as that speaker
    name: Text
    passport_surname: str
    passport_given: str
    family_latin: str
    given_latin: str
    family_first: bool
    native: str
    honorific: str
    email: str
    country: str
    category: str
    delegation_key: str             # empty: registered alone
    is_head: bool
    is_focal_point: bool
    is_alternate: bool
    order: int                      # within the delegation
    function: Text
    organisation: Text
    language: Language              # of the letters that the person receives
    state: str
    reason: Text                    # given with returned, refused, withdrawn, revoked
    attendance: Literal["onsite", "remote", "unknown"]
    segments: tuple[str, ...]
    starred: tuple[str, ...]        # session keys
    diet: tuple[str, ...]
    access: tuple[str, ...]
    prayer_room: bool
    needs_letter: bool
    journey: tuple[Leg, ...]
    first_time: bool
    registered_at: datetime         # aware, UTC
    in_list_of_participants: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of release 2 against release 1.

    ``before`` holds the values that release 1 had, by the names of ``SessionSeed``'s fields;
    it is empty for ``added``, for then release 1 had nothing.
    """

    session_key: str
    kind: ChangeKind
    before: dict[str, object]


@dataclass(frozen=True, slots=True)
class ReleaseSeed:
    """When a release was made, and what its editor said of it."""

    number: str
    released_at: datetime           # aware, UTC
    note: Text


@dataclass(frozen=True, slots=True)
class AccountSeed:
    """A demonstration account; ``roles`` are roles on the forum, ``participant_key`` ties it to a person."""

    email: str
    name: Text
    language: Language
    roles: tuple[str, ...]
    is_administrator: bool
    participant_key: str
    delegation_key: str


@dataclass(frozen=True, slots=True)
class DemonstrationForum:
    """The whole content of the demonstration."""

    slug: str
    code: str
    title: Text
    theme: Text
    introduction: Text
    organisers: tuple[tuple[str, Text], ...]  # role (host, organiser, co_organiser, supporter) and name
    venue: Text
    venue_address: Text
    city_code: str
    zone_name: str
    first_day: date
    last_day: date
    contact_email: str
    registration_opens: datetime    # aware, UTC
    registration_closes: datetime   # aware, UTC
    rooms: tuple[RoomSeed, ...]
    tracks: tuple[TrackSeed, ...]
    segments: tuple[SegmentSeed, ...]
    sessions: tuple[SessionSeed, ...]
    speakers: tuple[SpeakerSeed, ...]
    practical: tuple[PracticalSection, ...]
    categories: tuple[CategorySeed, ...]
    delegations: tuple[DelegationSeed, ...]
    releases: tuple[ReleaseSeed, ...]
    differences: tuple[Difference, ...]
    draft_edits: tuple[Difference, ...]
    accounts: tuple[AccountSeed, ...]
