"""Six ballots on real deliverables, in different states, handled by the invented people of the mirror committee.

A ballot is made only where its deliverable and its committee are in the catalogue, and where the people are there.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Account
from forum.ballots.models import Ballot, BallotKind
from forum.ballots.operations import configuring, enquiring, opening, performing, positions, voting
from forum.ballots.operations.recording import Upload
from forum.ballots.queries import cases, people
from forum.ballots.rules.backplan import day_in_beijing
from forum.committees.models import Committee
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.standards.models import Standard

HOME = "SAC/TC 567"
PEOPLE = {"standards", "submission", "mirror", "chair", "expert"}
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class _Case:
    """One ballot: how long ago it opened and how soon it closes, in days, and how far it has come."""

    reference: str
    kind: BallotKind
    opened: int
    closes: int
    reached: str
    summary: Text


CASES = (
    _Case(
        "ISO/DIS 37100",
        BallotKind.DIS,
        14,
        70,
        "enquiry",
        Text(
            "The common words of the field: terms and definitions that every other standard of the committee uses.",
            "本领域的通用词汇：委员会其他各项标准共同使用的术语和定义。",
        ),
    ),
    _Case(
        "ISO/DIS 37116",
        BallotKind.DIS,
        60,
        24,
        "position",
        Text("How cities prepare money for disasters in advance.", "城市如何为灾害预先安排资金。"),
    ),
    _Case(
        "ISO/DIS 37187",
        BallotKind.DIS,
        72,
        12,
        "approved",
        Text("How city information models share data.", "城市信息模型平台如何交换和共享数据。"),
    ),
    _Case(
        "ISO/DIS 16483",
        BallotKind.DIS,
        80,
        4,
        "submitted",
        Text("Indicators for the digital governance of mobility.", "交通出行数字治理指标。"),
    ),
    _Case(
        "ISO 37156:2020",
        BallotKind.SR,
        2,
        138,
        "open",
        Text("Is the standard on exchanging data still right?", "关于数据交换与共享的标准是否仍然适用？"),
    ),
    _Case(
        "ISO 37161:2020",
        BallotKind.SR,
        145,
        -5,
        "missed",
        Text("Is the standard on saving energy in transport still right?", "关于交通服务节能的标准是否仍然适用？"),
    ),
)


def write(*, now: datetime) -> int:
    """Write the rules of ballots and the six cases; return how many cases were made."""
    configuring.seed_rules(now=now)
    home = session.scalar(select(Committee).where(Committee.reference == HOME))
    accounts = {one.email.partition("@")[0]: one for one in session.scalars(select(Account))}
    if home is None or not accounts.keys() >= PEOPLE:
        return 0
    return sum(_make(case, home, accounts, now) for case in CASES)


def _make(case: _Case, home: Committee, accounts: dict[str, Account], now: datetime) -> bool:
    standard = session.scalar(select(Standard).where(Standard.reference == case.reference))
    if standard is None or standard.committee is None:
        return False
    if standard.stage_equivalent != ("90.20" if case.kind is BallotKind.SR else "40.20"):
        return False
    then = now - timedelta(days=case.opened)
    ballot = opening.open_ballot(
        opening.Opening(
            kind=case.kind,
            committee=standard.committee,
            national=home,
            opens_on=day_in_beijing(then),
            closes_on=day_in_beijing(now) + timedelta(days=case.closes),
            standard=standard,
            summary=case.summary,
            outline=("1", "2", "3", "3.1", "4", "5", "Annex A", "Bibliography"),
            secretary=accounts["mirror"],
        ),
        actor=accounts["mirror"].actor("secretary"),
        now=then,
    )
    if case.reached == "missed":
        return performing.settle(ballot, now=now)
    for stage in ("enquiry", "position", "approved", "submitted")[: _ORDER.index(case.reached)]:
        then = min(then + timedelta(days=max(1, case.opened // 5)), now)
        _STAGES[stage](ballot, accounts, then)
    return True


_ORDER = ("open", "enquiry", "position", "approved", "submitted")


def _hand(accounts: dict[str, Account], key: str, *roles: str) -> Actor:
    """Return somebody of the demonstration with the roles in which they act."""
    return accounts[key].actor(*roles)


def _enquire(ballot: Ballot, accounts: dict[str, Account], at: datetime) -> None:
    ids = tuple(dict.fromkeys((*(post.account_id for post in people.members(ballot, at)), accounts["expert"].id)))
    if ballot.compressed:
        ballot.compressed_by = "system"
    enquiring.begin(
        ballot,
        enquiring.Enquiry(ids, draft=Upload(io.BytesIO(_PDF), "draft.pdf")),
        actor=_hand(accounts, "mirror", "secretary"),
        now=at,
    )


def _position(ballot: Ballot, accounts: dict[str, Account], at: datetime) -> None:
    secretary = _hand(accounts, "mirror", "secretary")
    asked = cases.enquired(ballot.id, accounts["expert"].id)
    if asked is not None:
        remark = "总体赞成，请注意术语与我国现行标准一致。"
        enquiring.answer(asked, "approve", remark, actor=_hand(accounts, "expert", "member"), now=at)
    for action in ("close_enquiry", "begin_position"):
        performing.perform(ballot, action, actor=secretary, now=at)
    said = positions.Wording(
        "approve", Text("The draft answers the questions that our cities asked.", "草案回应了我国城市提出的问题。")
    )
    positions.draft(ballot, said, actor=secretary, now=at)


def _approve(ballot: Ballot, accounts: dict[str, Account], at: datetime) -> None:
    performing.perform(ballot, "pass_on", actor=_hand(accounts, "chair", "chair"), now=at)
    performing.perform(ballot, "approve", actor=_hand(accounts, "standards", "office"), now=at)


def _submit(ballot: Ballot, accounts: dict[str, Account], at: datetime) -> None:
    submitter = _hand(accounts, "submission", "submission")
    voting.submit(ballot, Upload(io.BytesIO(_PDF), "receipt.pdf"), actor=submitter, now=at)


_STAGES: dict[str, Callable[[Ballot, dict[str, Account], datetime], None]] = {
    "enquiry": _enquire,
    "position": _position,
    "approved": _approve,
    "submitted": _submit,
}
