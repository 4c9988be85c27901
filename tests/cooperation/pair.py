"""A partnership in force between Hangzhou and Lyon, with the people of both sides and of the nation."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.cooperation.models import (
    Activity,
    ActivityKind,
    Evidence,
    EvidenceKind,
    EvidenceVerdict,
)
from forum.cooperation.operations import activities, proving
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.offices.models import Office, OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.partnerships.models import AgreementVersion, Instrument, Partnership
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.queries.standing import standing_of
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState
from forum.places.models import City
from tests.cast import Cast
from tests.conftest import START

EFFECTIVE = date(2027, 1, 1)
PEOPLE = {
    "delegate": (OfficeRole.CITY_LIAISON, "Hangzhou"),
    "door": (OfficeRole.CITY_LIAISON, "Hangzhou"),
    "focal": (OfficeRole.CITY_LIAISON, "Lyon"),
    "other_focal": (OfficeRole.CITY_LIAISON, "Osaka"),
    "registration": (OfficeRole.CITY_LEAD, "Hangzhou"),
    "viewer": (OfficeRole.NATIONAL_REVIEWER, ""),
    "protocol": (OfficeRole.NATIONAL_APPROVER, ""),
    "agenda": (OfficeRole.AUDITOR, ""),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an account and offices."""

    account_id: int | None
    offices: frozenset[tuple[str, str]]


@dataclass
class Pair:
    """The partnership and who stands where in it."""

    cast: Cast
    version_id: int

    @property
    def version(self) -> AgreementVersion:
        return session.get_one(AgreementVersion, self.version_id)

    @property
    def partnership(self) -> Partnership:
        return self.version.partnership

    def actor(self, who: str) -> Actor:
        return self.cast.account(who).actor()

    def standing(self, who: str) -> Standing:
        rows = session.scalars(select(Office).where(Office.account_id == self.cast.accounts[who]))
        offices = frozenset((str(row.role), row.scope) for row in rows)
        return standing_of(self.version, Holder(self.cast.accounts[who], offices))

    def as_(self, who: str, now: datetime = START) -> dict[str, object]:
        """Return the named arguments of an operation that somebody calls."""
        return {"standing": self.standing(who), "actor": self.actor(who), "now": now}


def city(name: str) -> City:
    return session.scalars(select(City).filter_by(name_en=name)).one()


def in_force(cast: Cast) -> Pair:
    """Bring a partnership into force; call inside a write transaction."""
    for who, (role, place) in PEOPLE.items():
        held = Appointment(role, starts_on=date(2026, 1, 1), city=city(place) if place else None)
        appoint(cast.account(who), held, actor=SYSTEM, now=START)
    proposal = Proposal(Instrument.ARRANGEMENT, Text("Two cities, one standard", "两城一标"), areas=("A01",))
    version = propose(city("Hangzhou"), [city("Lyon")], proposal, actor=SYSTEM, now=START)
    version.state = VersionState.ACTIVE
    version.circle = version.reached = 4
    version.state_since = START - timedelta(days=60)
    version.effective_on, version.ends_on = EFFECTIVE, date(2031, 12, 31)
    version.registry_number = "R-2027-0001"
    session.flush()
    return Pair(cast, version.id)


def plan(**changes: object) -> activities.Plan:
    """Return the plan of a webinar."""
    said: dict[str, object] = {
        "kind": ActivityKind.WEBINAR,
        "title": Text("Webinar", "线上研讨"),
        "zone_name": "Asia/Shanghai",
        "planned_from": datetime(2027, 2, 10, 16, 0),
        "planned_to": datetime(2027, 2, 10, 17, 30),
        "link": "https://meet.example/one",
        **changes,
    }
    return activities.Plan(**said)  # type: ignore[arg-type]


def planned(pair: Pair, **changes: object) -> Activity:
    return activities.plan(pair.partnership, plan(**changes), **pair.as_("delegate"))  # type: ignore[arg-type]


def held(pair: Pair, last: date = date(2027, 2, 10), **changes: object) -> Activity:
    """Return an activity that took place."""
    activity = planned(pair, **changes)
    activities.perform(
        activity,
        "hold",
        held=activities.Held(last, last),
        **pair.as_("delegate"),  # type: ignore[arg-type]
    )
    return activity


def handed(
    pair: Pair,
    who: str = "delegate",
    content: str = "name,count\nHangzhou,3\n",
    kind: EvidenceKind = EvidenceKind.MINUTES,
    dated_on: date = date(2027, 2, 11),
    supersedes: Evidence | None = None,
) -> proving.HandedIn:
    """Hand a small table in as evidence."""
    piece = proving.Piece(kind, dated_on, supersedes=supersedes)
    stream = io.BytesIO(content.encode())
    return proving.hand_in(pair.partnership, piece, stream, "people.csv", **pair.as_(who))  # type: ignore[arg-type]


def accepted(pair: Pair, who: str = "delegate", target: str = "", **changes: object) -> Evidence:
    """Hand evidence in, for a target if there is one, and have the nation accept it."""
    evidence = handed(pair, who, **changes).evidence  # type: ignore[arg-type]
    if target:
        proving.count_for(evidence, target, **pair.as_(who))  # type: ignore[arg-type]
    proving.check(evidence, EvidenceVerdict.ACCEPTED, **pair.as_("viewer"))  # type: ignore[arg-type]
    return evidence
