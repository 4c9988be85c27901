"""A committee abroad, two mirror committees here, their people, and a draft standard under vote."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.ballots.models import Ballot, BallotKind, CaseState
from forum.ballots.operations import configuring, enquiring, opening, performing, positions, voting
from forum.ballots.operations.recording import Upload
from forum.committees.models import Body, Committee, CommitteeKind, CommitteeName, Mirror, Post, PostRole
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.standards.models import Scheme, Standard
from tests.cast import Cast
from tests.conftest import START

OPENS = date(2027, 2, 22)  # a Monday; START is Monday 1 March
CLOSES = date(2027, 5, 17)  # twelve weeks
BEGAN = date(2026, 1, 1)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
POSTS = {
    "organiser": (PostRole.MIRROR_SECRETARY, "SAC/TC 901"),
    "protocol": (PostRole.MIRROR_CHAIR, "SAC/TC 901"),
    "delegate": (PostRole.MIRROR_MEMBER, "SAC/TC 901"),
    "focal": (PostRole.MIRROR_MEMBER, "SAC/TC 901"),
    "door": (PostRole.UNIT_CONTACT, "SAC/TC 901"),
    "other_focal": (PostRole.MIRROR_SECRETARY, "SAC/TC 902"),
    "neighbour": (PostRole.MIRROR_MEMBER, "SAC/TC 902"),
}
OFFICES = {
    "registration": OfficeRole.STANDARDS_OFFICER,
    "agenda": OfficeRole.SUBMISSION_OFFICER,
    "viewer": OfficeRole.AUDITOR,
}
SECRETARY, CHAIR, OFFICE, SUBMITTER = "organiser", "protocol", "registration", "agenda"
_ROLES = {
    "organiser": ("secretary",),
    "protocol": ("chair",),
    "delegate": ("member",),
    "registration": ("office",),
    "agenda": ("submission",),
    "viewer": ("auditor",),
}


@dataclass
class House:
    """Who and what a test of ballots can speak of."""

    cast: Cast

    def actor(self, who: str) -> Actor:
        return self.cast.account(who).actor(*_ROLES.get(who, ()))

    def as_(self, who: str, now: datetime = START) -> dict[str, object]:
        """Return the named arguments of an operation that somebody calls."""
        return {"actor": self.actor(who), "now": now}

    def committee(self, reference: str) -> Committee:
        return session.scalars(select(Committee).filter_by(reference=reference)).one()

    @property
    def standard(self) -> Standard:
        return session.scalars(select(Standard).filter_by(slug="iso-dis-90001")).one()


def furnish(cast: Cast) -> House:
    """Create the committees, posts, offices, rules and one draft; call inside a write transaction."""
    abroad = _committee("ISO/TC 900", Body.ISO, CommitteeKind.TC, "Cities", "城市")
    other = _committee("ISO/TC 800", Body.ISO, CommitteeKind.TC, "Streets", "街道")
    for number, title, zh, source in (
        ("901", "National cities", "全国城市", abroad),
        ("902", "Streets", "街道", other),
    ):
        national = _committee(f"SAC/TC {number}", Body.SAC, CommitteeKind.NATIONAL, title, zh)
        session.add(Mirror(committee_id=source.id, national_id=national.id, starts_on=BEGAN))
    session.flush()
    for who, (role, reference) in POSTS.items():
        committee = session.scalars(select(Committee).filter_by(reference=reference)).one()
        session.add(Post(account_id=cast.accounts[who], committee_id=committee.id, role=role, starts_on=BEGAN))
    for who, office in OFFICES.items():
        appoint(cast.account(who), Appointment(office, starts_on=BEGAN), actor=SYSTEM, now=START)
    standard(abroad, "90001", "Indicators of cities", "城市指标")
    configuring.seed_rules(now=START)
    session.flush()
    return House(cast)


def _committee(reference: str, body: Body, kind: CommitteeKind, title: str, chinese: str) -> Committee:
    made = Committee(
        reference=reference,
        slug=reference.lower().replace("/", "-").replace(" ", "-"),
        body=body,
        kind=kind,
        sort_key=reference,
    )
    made.names.append(CommitteeName(title_en=title, title_zh=chinese))
    session.add(made)
    session.flush()
    return made


def standard(committee: Committee, number: str, title: str, chinese: str, stage: str = "40.20") -> Standard:
    made = Standard(
        slug=f"iso-dis-{number}",
        scheme=Scheme.ISO,
        reference=f"ISO/DIS {number}",
        number=number,
        sort_key=number,
        kind="IS",
        title_en=title,
        title_zh=chinese,
        committee_id=committee.id,
        stage=stage,
        stage_equivalent=stage,
    )
    session.add(made)
    session.flush()
    return made


def opened(house: House, **changes: object) -> Ballot:
    """Enter a ballot on the draft, as the national office."""
    said: dict[str, object] = {
        "kind": BallotKind.DIS,
        "committee": house.committee("ISO/TC 900"),
        "national": house.committee("SAC/TC 901"),
        "opens_on": OPENS,
        "closes_on": CLOSES,
        "standard": house.standard,
        "summary": Text("What a city is measured by.", "城市用什么衡量。"),
        "secretary": house.cast.account(SECRETARY),
        **changes,
    }
    return opening.open_ballot(opening.Opening(**said), **house.as_(OFFICE))  # type: ignore[arg-type]


def upload(name: str = "draft.pdf") -> Upload:
    return Upload(io.BytesIO(PDF), name)


def asked(house: House, ballot: Ballot, *people: str, now: datetime = START) -> Ballot:
    """Begin the enquiry."""
    ids = tuple(house.cast.accounts[who] for who in people or ("delegate", "focal", "door"))
    enquiring.begin(ballot, enquiring.Enquiry(ids, draft=upload()), **house.as_(SECRETARY, now))  # type: ignore[arg-type]
    return ballot


def drafting(house: House, ballot: Ballot, now: datetime = START) -> Ballot:
    """Bring a ballot from its opening to the drafting of the position."""
    asked(house, ballot, now=now)
    for action in ("close_enquiry", "begin_position"):
        performing.perform(ballot, action, **house.as_(SECRETARY, now))  # type: ignore[arg-type]
    return ballot


def worded(
    house: House,
    ballot: Ballot,
    answer: str = "approve",
    reason: str = "",
    who: str = SECRETARY,
    now: datetime = START,
    **details: object,
) -> Ballot:
    """Write a position."""
    said = positions.Wording(answer, Text(reason, ""), details)
    positions.draft(ballot, said, **house.as_(who, now))  # type: ignore[arg-type]
    return ballot


def approved(house: House, ballot: Ballot, now: datetime = START) -> Ballot:
    """Have the position approved by the chair, then by the national office."""
    performing.perform(ballot, "pass_on", **house.as_(CHAIR, now))  # type: ignore[arg-type]
    performing.perform(ballot, "approve", **house.as_(OFFICE, now))  # type: ignore[arg-type]
    return ballot


def voted(house: House, ballot: Ballot, who: str = SUBMITTER, now: datetime = START) -> Ballot:
    """Submit the vote with a receipt."""
    voting.submit(ballot, upload("receipt.pdf"), **house.as_(who, now))  # type: ignore[arg-type]
    return ballot


def submitted(house: House, answer: str = "approve", reason: str = "", **changes: object) -> Ballot:
    """Bring a ballot all the way to a vote."""
    ballot = worded(house, drafting(house, opened(house, **changes)), answer, reason)
    assert approved(house, ballot).state is CaseState.POSITION_APPROVED
    return voted(house, ballot)


AFTER = timedelta(days=90)
