"""A draft under vote, two mirror committees, and the people who comment on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from forum.ballots.models import Ballot, BallotKind, BallotRule, CaseState, Enquired, Position
from forum.ballots.rules.terms import defaults
from forum.comments.models import Comment, CommentKind
from forum.comments.operations import deciding, numbering, sending, writing
from forum.comments.operations.writing import Wording
from forum.comments.states import DECIDER
from forum.committees.models import Body, Committee, CommitteeKind, Post, PostRole
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.places.models import Organisation
from forum.standards.models import Scheme, Standard
from tests.cast import Cast
from tests.conftest import START

OUTLINE = [
    "Foreword",
    "Introduction",
    "1",
    "2",
    "3",
    "3.1",
    "3.2",
    "3.10",
    "4",
    "4.1",
    "A",
    "A.1",
    "A.2",
    "Bibliography",
]
SECRETARY, CHAIR, EXPERT, COLLEAGUE, GUEST = "organiser", "protocol", "delegate", "focal", "stranger"
OFFICE, SUBMITTER, AUDITOR = "registration", "agenda", "viewer"
ELSEWHERE = "other_focal"
POSTS = {
    "organiser": (PostRole.MIRROR_SECRETARY, "SAC/TC 801"),
    "protocol": (PostRole.MIRROR_CHAIR, "SAC/TC 801"),
    "delegate": (PostRole.MIRROR_MEMBER, "SAC/TC 801"),
    "focal": (PostRole.MIRROR_MEMBER, "SAC/TC 801"),
    "door": (PostRole.UNIT_CONTACT, "SAC/TC 801"),
    "other_focal": (PostRole.MIRROR_SECRETARY, "SAC/TC 802"),
    "neighbour": (PostRole.MIRROR_MEMBER, "SAC/TC 802"),
}
OFFICES = {
    "registration": OfficeRole.STANDARDS_OFFICER,
    "agenda": OfficeRole.SUBMISSION_OFFICER,
    "viewer": OfficeRole.AUDITOR,
}
NEAR = (
    "The definition of a city information model does not say which data are shared between cities.",
    "The definition of a city information model doesn't say which data is shared between the cities.",
)


@dataclass
class Bench:
    """The ballot under test and one of another committee."""

    cast: Cast
    ballot_id: int
    other_id: int

    @property
    def ballot(self) -> Ballot:
        return session.get_one(Ballot, self.ballot_id)

    @property
    def other(self) -> Ballot:
        return session.get_one(Ballot, self.other_id)

    def as_(self, who: str, now: datetime = START) -> dict[str, Any]:
        """Return the named arguments of an operation that somebody calls."""
        decides = who in {SECRETARY, CHAIR}
        return {"actor": self.cast.account(who).actor(*((DECIDER,) if decides else ())), "now": now}

    def say(self, text: str, who: str = EXPERT, clause: str = "3.1", kind: str = "te", **more: Any) -> Comment:
        """Write a comment in English or Chinese and hand it in."""
        chinese = not text.isascii()
        change = more.pop("change", "Add a sentence." if not chinese else "增加一句话。")
        said = Wording(
            CommentKind(kind),
            clause,
            text_zh=text if chinese else "",
            text_en="" if chinese else text,
            change_zh=change if chinese else "",
            change_en="" if chinese else change,
            **more,
        )
        row = writing.write(more.pop("ballot", self.ballot), said, **self.as_(who))
        writing.hand_in(row, **self.as_(who))
        return row

    def keep(self, row: Comment) -> Comment:
        deciding.keep(row, **self.as_(SECRETARY))
        return row

    def english(self, row: Comment, text: str = "The scope is too wide.", change: str = "Narrow it.") -> Comment:
        deciding.translate(row, text, change, reviewed=True, **self.as_(SECRETARY))
        return row

    def sent(self, *texts: str) -> list[Comment]:
        """Bring comments all the way out of the country."""
        rows = [self.keep(self.say(text, clause=f"4.{place}", kind="te")) for place, text in enumerate(texts, start=1)]
        numbering.freeze(self.ballot, **self.as_(SECRETARY))
        self.ballot.outline = []
        sending.send(self.ballot, **self.as_(SECRETARY))
        return rows


def furnish(cast: Cast, now: datetime = START) -> Bench:
    """Put both ballots into the database; call inside a write transaction."""
    abroad = _committee("ISO/TC 268", Body.ISO, CommitteeKind.TC)
    unit = Organisation(name_en="Institute of Streets", name_zh="街道研究院", search="street")
    session.add(unit)
    session.flush()
    national = {name: _committee(name, Body.SAC, CommitteeKind.NATIONAL) for name in ("SAC/TC 801", "SAC/TC 802")}
    for who, (role, name) in POSTS.items():
        session.add(
            Post(
                account_id=cast.accounts[who],
                committee_id=national[name].id,
                role=role,
                organisation_id=unit.id,
                starts_on=date(2026, 1, 1),
            )
        )
    for who, office in OFFICES.items():
        appoint(cast.account(who), Appointment(office, starts_on=date(2026, 1, 1)), actor=SYSTEM, now=now)
    terms = next(one["terms"] for one in defaults()["rules"] if one["kind"] == "dis")
    rule = BallotRule(
        kind=BallotKind.DIS, number=801, effective_from=date(2026, 1, 1), terms=terms, name_en="DIS", name_zh="DIS"
    )
    standard = Standard(
        slug="iso-dis-99801",
        scheme=Scheme.ISO,
        reference="ISO/DIS 99801",
        kind="IS",
        title_en="City information models",
        committee_id=abroad.id,
        stage="40.20",
    )
    session.add_all([rule, standard])
    session.flush()
    made = [ballot_of(rule, standard, abroad, national[name], now) for name in ("SAC/TC 801", "SAC/TC 802")]
    session.flush()
    session.add(Enquired(ballot_id=made[0].id, account_id=cast.accounts[GUEST], unit="Hangzhou office", asked_at=now))
    session.flush()
    return Bench(cast, made[0].id, made[1].id)


def ballot_of(rule: BallotRule, standard: Standard, abroad: Committee, national: Committee, now: datetime) -> Ballot:
    made = Ballot(
        kind=BallotKind.DIS,
        rule_id=rule.id,
        standard_id=standard.id,
        committee_id=abroad.id,
        national_id=national.id,
        outline=list(OUTLINE),
        opens_at=now - timedelta(days=20),
        closes_at=now + timedelta(days=60),
        state=CaseState.ENQUIRY,
        state_since=now,
    )
    session.add(made)
    return made


def later(bench: Bench, now: datetime = START) -> Ballot:
    """The next vote on the same project."""
    old = bench.ballot
    made = Ballot(
        kind=BallotKind.FDIS,
        rule_id=old.rule_id,
        standard_id=old.standard_id,
        committee_id=old.committee_id,
        national_id=old.national_id,
        previous_id=old.id,
        opens_at=now + timedelta(days=100),
        closes_at=now + timedelta(days=160),
        state=CaseState.ENQUIRY,
        state_since=now,
    )
    session.add(made)
    session.flush()
    return made


def position(bench: Bench, answer: str) -> Position:
    made = Position(
        ballot_id=bench.ballot_id, number=1, answer=answer, author_id=bench.cast.accounts[SECRETARY], digest="0" * 64
    )
    session.add(made)
    session.flush()
    return made


def _committee(reference: str, body: Body, kind: CommitteeKind) -> Committee:
    slug = reference.lower().replace("/", "-").replace(" ", "-")
    found = session.query(Committee).filter_by(reference=reference).first()
    country = "CN" if body is Body.SAC else None
    made = found or Committee(reference=reference, slug=slug, body=body, kind=kind, country_iso2=country)
    session.add(made)
    session.flush()
    return made


DECIDING: Actor = SYSTEM.with_roles(DECIDER)
