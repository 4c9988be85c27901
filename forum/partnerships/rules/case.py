"""A case as the conditions see it: everything at one moment, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from forum.partnerships.models import ConsentKind, Instrument, Level, PointCategory, Severity, Side
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import PartyFacts, Standing
from forum.partnerships.rules.terms import Terms
from forum.partnerships.states import EVERY_DOMESTIC_PARTY, EVERY_PARTY, VersionState


class Hashes(NamedTuple):
    """SHA-256 of the English text, of the Chinese text, and of both together."""

    en: str
    zh: str
    both: str


NEVER = -1  # had a hand in a case, and hasn't decided about it


class Hand(NamedTuple):
    """In which capacity somebody had a hand in a case, and at which of its moves they last decided."""

    capacity: str
    moves: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point as a reviewer hands it in."""

    part: str
    category: PointCategory
    text: str
    severity: Severity = Severity.MUST
    rule_reference: str = ""


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A point as it stands."""

    level: Level
    part: str
    part_hash: str
    category: PointCategory
    answered: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody hands in with a step; each step asks for its own part of it."""

    answer_by: date | None = None
    contact: str = ""
    working_languages: tuple[str, ...] = ()
    seen_hash: str = ""  # of both texts as the person read them
    points: tuple[Point, ...] = ()
    conditions: str = ""
    valid_until: date | None = None
    signed_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    signatories: tuple[str, ...] = ()
    printed_digits: str = ""
    review_again_on: date | None = None
    stops_on: date | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)  # running activity: finish, transfer or stop


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Case:
    """A version with all that its conditions ask about."""

    state: VersionState
    instrument: Instrument
    moves: int
    parties: tuple[PartyFacts, ...]
    terms: Terms
    hashes: Hashes
    state_since: datetime
    areas: tuple[str, ...] = ()
    invitation: tuple[str, str] = ("", "")
    filtered: bool = False
    signed_off: str = ""
    approved: str = ""
    returned_from: VersionState | None = None
    matched: bool = False
    blockers: int = 0
    confirmed: bool = False
    drafters: frozenset[int] = frozenset()
    hands: Mapping[int, Hand] = field(default_factory=dict)
    opinion_valid_until: date | None = None  # of the favourable foreign-affairs opinion that lasts longest
    opinion_given_on: date | None = None
    consultations_open: int = 0
    points: tuple[PointFacts, ...] = ()
    part_hashes: Mapping[str, str] = field(default_factory=dict)  # of the parts that new points are about
    reviewed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # by level: what it last reviewed, by part
    late_allowed: bool = False
    review_opened: bool = False
    approvals: frozenset[int] = frozenset()  # the people who have approved
    approvals_made: int = 0  # those of people whose account is gone included
    delegation: str = ""
    answer_by: date | None = None
    reminders: int = 0
    approved_on: date | None = None
    valid_until: date | None = None
    scans: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"en", "zh"})
    effective_on: date | None = None
    ends_on: date | None = None
    auto_renew: bool = False
    notice_months: int = 0
    letters: frozenset[int] = frozenset()  # parties whose letter of renewal is there
    consents: Mapping[ConsentKind, frozenset[int]] = field(default_factory=dict)
    undecided: int = 0
    activities_open: int = 0
    report_confirmed: bool = False
    successor_open: bool = False

    @property
    def zones(self) -> tuple[str, ...]:
        """The time zones of all parties."""
        return tuple(party.zone_name for party in self.parties)

    def side(self, side: Side) -> frozenset[int]:
        """Return the parties of a side."""
        return frozenset(party.id for party in self.parties if party.side is side)

    @property
    def everybody(self) -> frozenset[int]:
        """All parties."""
        return frozenset(party.id for party in self.parties)

    def concerned(self, action: str) -> frozenset[int]:
        """Return the parties that must each take a step before the state moves; none if one act is enough."""
        if action in EVERY_PARTY:
            return self.everybody
        if (self.state, action) in EVERY_DOMESTIC_PARTY:
            return self.side(Side.DOMESTIC)
        if action == "express_interest":
            return frozenset(party.id for party in self.parties if not party.inviting)
        return frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """Who takes which step, when, with what."""

    action: str
    standing: Standing
    now: datetime
    role: str
    given: Given = NOTHING

    @property
    def today(self) -> date:
        """The day in Beijing, where the review runs."""
        return today_in("", self.now)
