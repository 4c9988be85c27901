"""What the demonstration forum is made of, as frozen values that know no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState, Visibility
from forum.core.bilingual import Language, Text
from forum.events.kinds import SegmentKind
from forum.people.models import NameOrder
from forum.registration.models import Attendance, Chain, DelegationKind
from forum.registration.states import DelegationState, ParticipationState

Day = Literal[1, 2, 3]
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
    layout: str  # the layout in use
    hard_max: int
    booths: int
    languages: tuple[str, ...]
    hearing_loop: bool
    step_free: bool
    turnaround_minutes: int
    order: int


@dataclass(frozen=True, slots=True)
class TrackSeed:
    """A theme, from the task areas of the action plan."""

    slug: str
    name: Text
    colour: str
    order: int


@dataclass(frozen=True, slots=True)
class SegmentSeed:
    """A part of the forum; its window is in the venue's wall time and may span days."""

    code: str
    kind: SegmentKind
    name: Text
    local_start: datetime  # naive
    local_end: datetime  # naive


@dataclass(frozen=True, slots=True)
class RoleSeed:
    """A person on a session."""

    speaker_key: str
    role: SpeakerRole
    state: SpeakerState
    language: str  # language of the speech, ISO 639-1
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
    local_start: datetime  # naive wall time at the venue
    minutes: int
    room_key: str  # empty: outside the rooms
    track_slug: str
    segment_code: str
    language: str
    interpretation: tuple[str, ...]
    state: SessionState
    visibility: Visibility
    embargo_until: datetime | None  # aware, UTC
    placeholder: Text
    capacity: int | None  # seats that can be booked
    cancel_reason: Text
    roles: tuple[RoleSeed, ...]


@dataclass(frozen=True, slots=True)
class NameSeed:
    """The forms of an invented person's name."""

    family_latin: str
    given_latin: str
    name_order: NameOrder
    name_zh: str  # own characters, or a rendering that the person has confirmed
    native_name: str  # own script other than Latin and Chinese
    passport_surname: str  # as in the machine-readable zone; one of the two may be empty
    passport_given: str
    honorific: str

    @property
    def shown(self) -> Text:
        """The name for each language: the family name in capitals, in the person's own order."""
        parts = [self.family_latin.upper(), self.given_latin]
        if self.name_order is NameOrder.GIVEN_FIRST:
            parts.reverse()
        return Text(" ".join(part for part in parts if part), self.name_zh)


@dataclass(frozen=True, slots=True)
class SpeakerSeed:
    """An invented speaker."""

    key: str
    guid: str
    name: NameSeed
    country: str  # ISO 3166-1 alpha-2
    city_code: str  # a city of forum.places.reference, or empty
    organisation_code: str  # an organisation of forum.places.reference, or empty
    function: Text
    organisation: Text
    biography: Text
    language: str  # language of the speech, ISO 639-1


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
    quota: int | None  # per delegation where it needs one, else of the category
    chain: Chain
    needs_delegation: bool
    self_registration: bool
    in_list_of_participants: bool


@dataclass(frozen=True, slots=True)
class DelegationSeed:
    """A delegation of a real country, city or organisation; its members are invented."""

    key: str
    kind: DelegationKind
    place_code: str  # a code of forum.places.reference
    name: Text
    state: DelegationState
    size: int  # members that the generator makes
    quotas: dict[str, int]  # category code -> seats
    note_verbale: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a journey, in local time; carriers are invented."""

    direction: Literal["arrival", "departure"]
    mode: Literal["flight", "train"]
    number: str
    station: Text
    local_time: datetime  # naive, at the station
    self_arranged: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """An invented person and their participation in the forum."""

    key: str
    speaker_key: str  # not empty: the same person as that speaker
    name: NameSeed
    email: str
    country: str
    category: str
    delegation_key: str  # empty: registered alone
    is_head: bool
    is_focal_point: bool
    is_alternate: bool
    order: int  # within the delegation
    function: Text
    organisation: Text
    language: Language  # of the letters that the person receives
    state: ParticipationState
    reason: Text  # given with returned, refused, withdrawn and revoked
    replaces: str  # key of the participant whose place this person took
    attendance: Attendance
    segments: tuple[str, ...]  # codes of the segments wanted
    starred: tuple[str, ...]  # session keys
    diet: tuple[str, ...]
    access: tuple[str, ...]
    needs_letter: bool
    journey: tuple[Leg, ...]
    first_time: bool
    registered_at: datetime  # aware, UTC
    in_list_of_participants: bool  # consent to be named


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of a session between release 2 and another version of the programme.

    ``values`` holds what the other version has, by the names of ``SessionSeed``'s fields; it is empty for
    ``added``: release 1 didn't have the session at all.
    """

    session_key: str
    kind: ChangeKind
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReleaseSeed:
    """When a release was made, and what its editor said of it."""

    number: str
    released_at: datetime  # aware, UTC
    note: Text


@dataclass(frozen=True, slots=True)
class AccountSeed:
    """A demonstration account; ``roles`` are roles on the forum, ``participant_key`` ties it to a person.

    An empty name is that of the participant.
    """

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
    registration_opens: datetime  # aware, UTC
    registration_closes: datetime  # aware, UTC
    rooms: tuple[RoomSeed, ...]
    tracks: tuple[TrackSeed, ...]
    segments: tuple[SegmentSeed, ...]
    sessions: tuple[SessionSeed, ...]
    speakers: tuple[SpeakerSeed, ...]
    practical: tuple[PracticalSection, ...]
    categories: tuple[CategorySeed, ...]
    delegations: tuple[DelegationSeed, ...]
    releases: tuple[ReleaseSeed, ...]
    release_1_differences: tuple[Difference, ...]
    draft_edits: tuple[Difference, ...]
    accounts: tuple[AccountSeed, ...]
