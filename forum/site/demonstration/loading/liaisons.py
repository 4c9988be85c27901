"""Eight liaison statements between the committees of the demonstration: invented, and each of them says so.

They go through the house's own operations, at instants before the day of loading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.bilingual import Text
from forum.core.database import session
from forum.liaisons.models import Confidentiality, ContactRole, LinkKind, Purpose, Statement
from forum.liaisons.operations import drafting, moving
from forum.liaisons.operations.drafting import Group, Person, Tie, Written
from forum.liaisons.queries.mirrors import committee_called
from forum.liaisons.rules.replying import reply_title
from forum.liaisons.rules.seeing import Standing

TC268, JTC4, SYC, SG20 = "ISO/TC 268", "ISO/IEC JTC 4", "IEC SyC Smart Cities", "ITU-T SG20"
OFFICER, APPROVER = "liaisonofficer@forum.example", "standards@forum.example"
INVENTED = Text("This statement is invented for the demonstration.", "本函为演示虚构。")
PERSON = Person(ContactRole.TO, "Invented Counsellor", "Secretariat (invented)", "liaison@committee.example")


def write(*, now: datetime) -> int:
    """Write the statements and return how many there are; none without the committees and their people."""
    people = {one.email: one for one in session.scalars(select(Account).where(Account.email.in_((OFFICER, APPROVER))))}
    if len(people) < 2 or any(committee_called(one) is None for one in (TC268, JTC4, SYC, SG20)):
        return 0
    made = _Desk(people[OFFICER], people[APPROVER], now)
    first = made.posted(60, _asks())
    answer = made.received(30, replace(_reply(first, SG20, TC268), number="SG20-LS 38"), Tie(LinkKind.REPLY_TO, first))
    moving.move(answer, "post", seen=None, **made.officer(29))
    made.posted(20, _reply(answer, TC268, SG20), Tie(LinkKind.REPLY_TO, answer))
    made.posted(12, _informs())
    made.received(3, _due_soon(now))
    made.received(2, _came_for_information())
    made.drafted(1, _drafted(now))
    pending = made.drafted(4, _waits(now))
    moving.move(pending, "submit", seen=None, **made.officer(3))
    session.flush()
    return 8


class _Desk:
    """The liaison officer who writes and the national office that approves."""

    def __init__(self, officer: Account, approver: Account, now: datetime) -> None:
        self.owner, self.approver, self.now = officer, approver, now

    def officer(self, days: float) -> dict[str, Any]:
        """Who acts so many days ago, as operations ask for it."""
        standing = Standing(account_id=self.owner.id, officer=True)
        return {"standing": standing, "actor": self.owner.actor(), "now": self.now - timedelta(days=days)}

    def drafted(self, days: float, written: Written, tie: Tie | None = None) -> Statement:
        """Draft a statement."""
        return drafting.draft(written, tie, **self.officer(days))

    def received(self, days: float, written: Written, tie: Tie | None = None) -> Statement:
        """Record a statement that came in."""
        return drafting.receive(written, self.owner, tie, **self.officer(days))

    def posted(self, days: float, written: Written, tie: Tie | None = None) -> Statement:
        """Draft, submit, approve and post a statement."""
        statement = self.drafted(days, written, tie)
        moving.move(statement, "submit", seen=None, **self.officer(days - 0.1))
        nation = Standing(account_id=self.approver.id, nation=True)
        at = self.now - timedelta(days=days - 0.2)
        moving.move(statement, "approve", seen=None, standing=nation, actor=self.approver.actor(), now=at)
        moving.move(statement, "post", seen=None, **self.officer(days - 0.3))
        return statement


def _letter(title: Text, text: Text, sender: str, receivers: tuple[tuple[str, Purpose], ...], **more: Any) -> Written:
    return Written(
        title=title,
        body=Text(f"{INVENTED.en}\n\n{text.en}", f"{INVENTED.zh}\n\n{text.zh}"),
        senders=(Group(sender),),
        receivers=tuple(Group(name, purpose) for name, purpose in receivers),
        contacts=(PERSON,),
        **{"confidentiality": Confidentiality.PUBLIC, **more},
    )


def _asks() -> Written:
    return _letter(
        Text("Terms used for city data platforms", "城市数据平台相关术语"),
        Text(
            "We collect the terms that standards for city data platforms use. Please tell us which of yours differ.",
            "我委员会正在收集城市数据平台标准所用术语。请贵组告知与贵组标准不一致的术语。",
        ),
        TC268,
        ((SG20, Purpose.INFORMATION), (SYC, Purpose.INFORMATION)),
        approval="Agreed by correspondence (invented)",
    )


def _reply(to: Statement, sender: str, receiver: str) -> Written:
    dated = (to.posted_at or to.state_since).date()
    text = Text(
        "Thank you for your statement. We attach no objection and will keep you informed of the next draft.",
        "感谢来函。我方无异议，并将及时通报下一稿的情况。",
    )
    title = reply_title((one.name for one in to.from_groups), dated, to.text("title"))
    return _letter(title, text, sender, ((receiver, Purpose.RESPONSE),))


def _informs() -> Written:
    return _letter(
        Text("Programme of work for the coming year", "下一年度工作计划"),
        Text(
            "We send you our programme of work, so that work on city information models isn't done twice.",
            "现送上我委员会工作计划，以避免城市信息模型方面的重复工作。",
        ),
        JTC4,
        ((SYC, Purpose.INFORMATION), (SG20, Purpose.INFORMATION)),
    )


def _due_soon(now: datetime) -> Written:
    return _letter(
        Text("Draft list of indicators for smart sustainable cities", "智慧可持续城市指标清单草案"),
        Text(
            "Please review the draft list and tell us which indicators overlap with yours.",
            "请审查清单草案，并告知与贵委员会标准重叠的指标。",
        ),
        SG20,
        ((TC268, Purpose.ACTION), (JTC4, Purpose.INFORMATION)),
        number="SG20-LS 41",
        questions_from=("Q7/20",),
        deadline_on=(now + timedelta(days=9)).date(),
        deadline_time="18:00",
        deadline_zone="Europe/Zurich",
        confidentiality=Confidentiality.INTERNAL,
    )


def _came_for_information() -> Written:
    return _letter(
        Text("Use cases for public health emergencies", "公共卫生突发事件应用案例"),
        Text("We send you our collection of use cases.", "现送上应用案例汇编。"),
        SYC,
        ((JTC4, Purpose.INFORMATION),),
        number="SyC/N 212",
        confidentiality=Confidentiality.INTERNAL,
    )


def _drafted(now: datetime) -> Written:
    return _letter(
        Text("Division of work on digital twins of cities", "城市数字孪生标准化工作分工"),
        Text("We propose to divide the work by layers.", "建议按层次划分标准化工作。"),
        TC268,
        ((JTC4, Purpose.COMMENT),),
        deadline_on=(now + timedelta(days=60)).date(),
        confidentiality=Confidentiality.INTERNAL,
    )


def _waits(now: datetime) -> Written:
    return _letter(
        Text("Common vocabulary for city services", "城市服务通用词汇"),
        Text("Please comment on the common vocabulary.", "请就通用词汇提出意见。"),
        TC268,
        ((SYC, Purpose.COMMENT),),
        deadline_on=(now + timedelta(days=45)).date(),
        confidentiality=Confidentiality.INTERNAL,
    )
