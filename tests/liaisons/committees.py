"""Four international committees, three national ones, and who acts for them; statements between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.committees.models import Body, Committee, CommitteeAlias, CommitteeKind, Mirror, Post, PostRole
from forum.committees.references import folded, slug
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.liaisons.models import Confidentiality, ContactRole, LinkKind, Purpose, Statement
from forum.liaisons.operations import drafting, moving
from forum.liaisons.operations.drafting import Group, Person, Tie, Written
from forum.liaisons.rules.seeing import Standing
from forum.offices.models import Office, OfficeRole
from tests.cast import Cast
from tests.conftest import START

COMMITTEES = (
    ("ISO/TC 268", Body.ISO, CommitteeKind.TC),
    ("ISO/IEC JTC 4", Body.ISO_IEC, CommitteeKind.JTC),
    ("IEC SyC Smart Cities", Body.IEC, CommitteeKind.SYC),
    ("ITU-T SG20", Body.ITU_T, CommitteeKind.SG),
    ("SAC/TC 567", Body.SAC, CommitteeKind.NATIONAL),
    ("SAC/TC 426", Body.SAC, CommitteeKind.NATIONAL),
)
MIRRORS = (("ISO/TC 268", "SAC/TC 567"), ("ISO/IEC JTC 4", "SAC/TC 567"), ("ITU-T SG20", "SAC/TC 426"))
OFFICES = {
    "agenda": OfficeRole.LIAISON_OFFICER,
    "viewer": OfficeRole.STANDARDS_OFFICER,
    "registration": OfficeRole.STANDARDS_OFFICER,
    "protocol": OfficeRole.AUDITOR,
}
POSTS = {
    "delegate": (PostRole.MIRROR_CHAIR, "SAC/TC 567"),
    "focal": (PostRole.MIRROR_SECRETARY, "SAC/TC 567"),
    "door": (PostRole.MIRROR_MEMBER, "SAC/TC 567"),
    "other_focal": (PostRole.MIRROR_CHAIR, "SAC/TC 426"),
}
SINCE = date(2026, 1, 1)
ENGLISH = Text("Terms for city data", "城市数据术语")
BODY = Text("Please review the attached terms.", "请审查所附术语。")


def committee(reference: str) -> Committee:
    return session.scalars(select(Committee).where(Committee.reference == reference)).one()


def groups() -> None:
    """Set up the committees with their mirrors, as far as they aren't there yet."""
    for reference, body, kind in COMMITTEES:
        if session.scalar(select(Committee.id).where(Committee.reference == reference)) is not None:
            continue
        row = Committee(reference=reference, slug=slug(reference), body=body, kind=kind, sort_key=reference)
        session.add(row)
        session.flush()
        session.add(CommitteeAlias(committee_id=row.id, spelling=reference, folded=folded(reference)))
    for group, national in MIRRORS:
        ends = {"committee_id": committee(group).id, "national_id": committee(national).id}
        if session.scalar(select(Mirror.id).filter_by(**ends)) is None:
            session.add(Mirror(starts_on=SINCE, **ends))
    session.flush()


def found(cast: Cast) -> None:
    """Set the committees up with their mirrors, offices and posts; call inside a write transaction."""
    groups()
    for who, role in OFFICES.items():
        session.add(Office(account_id=cast.accounts[who], role=role, starts_on=SINCE))
    for who, (post, national) in POSTS.items():
        session.add(
            Post(account_id=cast.accounts[who], committee_id=committee(national).id, role=post, starts_on=SINCE)
        )
    session.flush()


@dataclass
class Desk:
    """Who acts, as operations ask for it."""

    cast: Cast

    def account(self, who: str) -> Account:
        return self.cast.account(who)

    def actor(self, who: str) -> Actor:
        return self.account(who).actor()

    def standing(self, who: str) -> Standing:
        role = OFFICES.get(who)
        post, national = POSTS.get(who, (None, ""))
        here = frozenset({committee(national).id}) if national else frozenset()
        return Standing(
            account_id=self.cast.accounts[who],
            nation=role is OfficeRole.STANDARDS_OFFICER,
            auditor=role is OfficeRole.AUDITOR,
            officer=role is OfficeRole.LIAISON_OFFICER,
            chairs=here if post is PostRole.MIRROR_CHAIR else frozenset(),
            secretaries=here if post is PostRole.MIRROR_SECRETARY else frozenset(),
            members=here if post is PostRole.MIRROR_MEMBER else frozenset(),
        )

    def as_(self, who: str, now: datetime = START) -> dict[str, Any]:
        """The named arguments of an operation that somebody calls."""
        return {"standing": self.standing(who), "actor": self.actor(who), "now": now}

    def step(self, statement: Statement, action: str, who: str, reason: str = "", now: datetime = START) -> None:
        moving.move(statement, action, reason, seen=statement.version, **self.as_(who, now))

    def drafted(self, who: str = "agenda", tie: Tie | None = None, **more: Any) -> Statement:
        return drafting.draft(words(**more), tie, **self.as_(who))

    def posted(self, **more: Any) -> Statement:
        statement = self.drafted(**more)
        self.step(statement, "submit", "agenda")
        self.step(statement, "approve", "viewer")
        self.step(statement, "post", "agenda")
        return statement

    def received(self, owner: str = "agenda", who: str = "agenda", **more: Any) -> Statement:
        came = {"senders": ("ITU-T SG20",), "receivers": (("ISO/TC 268", Purpose.ACTION),), "number": "SG20-LS 12"}
        return drafting.receive(words(**{**came, **more}), self.account(owner), **self.as_(who))

    def reply(self, to: Statement, who: str = "agenda", **more: Any) -> Statement:
        tie = Tie(LinkKind.REPLY_TO, to)
        groups = {"senders": ("ISO/TC 268",), "receivers": (("ITU-T SG20", Purpose.RESPONSE),)}
        return self.drafted(who, tie, **{**groups, **more})


def words(
    senders: tuple[str, ...] = ("ISO/TC 268",),
    receivers: tuple[tuple[str, Purpose | None], ...] = (("ITU-T SG20", Purpose.ACTION),),
    **more: Any,
) -> Written:
    """A statement that holds everything it needs; each part may be another one."""
    facts: dict[str, Any] = {
        "title": ENGLISH,
        "body": BODY,
        "deadline_on": (START + timedelta(days=30)).date(),
        "contacts": (Person(ContactRole.TO, "Counsellor Moreau", "ITU", "sg20@itu.example"),),
        "confidentiality": Confidentiality.PUBLIC,
    }
    return Written(
        senders=tuple(Group(name) for name in senders),
        receivers=tuple(Group(name, purpose) for name, purpose in receivers),
        **{**facts, **more},
    )
