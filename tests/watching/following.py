"""Two committees with standards under topics, and people who follow them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Account
from forum.committees.models import Committee
from forum.core.database import session
from forum.ports.mail.models import OutboxMail
from forum.reminders.queries import Recipient, recipients
from forum.standards.models import (
    ImportRun,
    StageEvent,
    StageKind,
    Standard,
    StandardIcs,
    StandardTopic,
    Topic,
)
from forum.watching import operations
from forum.watching.models import Frequency, Level, Watch
from forum.watching.operations import FOLLOWED, Rule, Wish
from forum.watching.queries import matching
from tests.cast import Cast
from tests.conftest import START
from tests.evidence.chain import committee, stage, standard

LONG_AGO = START - timedelta(days=30)


@dataclass
class Followed:
    """What can be followed; ids, since operations run in sessions of their own."""

    cast: Cast
    ids: dict[str, int]

    @property
    def standard(self) -> Standard:
        return session.get_one(Standard, self.ids["standard"])

    @property
    def other(self) -> Standard:
        return session.get_one(Standard, self.ids["other"])

    @property
    def committee(self) -> Committee:
        return session.get_one(Committee, self.ids["committee"])

    @property
    def later(self) -> Committee:
        return session.get_one(Committee, self.ids["later"])

    @property
    def topic(self) -> Topic:
        return session.get_one(Topic, self.ids["topic"])

    def account(self, who: str = "stranger") -> Account:
        return self.cast.account(who)

    def person(self, who: str = "stranger", now: datetime = START) -> Recipient:
        return recipients([self.cast.accounts[who]], now)[self.cast.accounts[who]]

    def follow(self, thing: FOLLOWED, who: str = "stranger", frequency: Frequency = Frequency.AT_ONCE) -> Watch:
        """Follow something since long ago."""
        watch = operations.follow(self.account(who), thing, actor=self.account(who).actor(), now=LONG_AGO)
        watch.frequency = frequency
        session.flush()
        return watch

    def rule(
        self, rule: Rule, who: str = "stranger", frequency: Frequency = Frequency.AT_ONCE, level: Level = Level.ALL
    ) -> Watch:
        wish = Wish(frequency, level)
        return operations.follow_rule(self.account(who), rule, wish, actor=self.account(who).actor(), now=LONG_AGO)

    def gather(self, who: str = "stranger", now: datetime = START, begin: datetime = LONG_AGO) -> int:
        return operations.gather(self.person(who, now), matching.families(now), begin=begin, now=now)

    def tell(self, who: str = "stranger", now: datetime = START) -> int:
        return operations.tell(self.person(who, now), base_url="http://forum.test", now=now)


def moved(of: Standard, code: str, at: datetime = START, on: date | None = None) -> StageEvent:
    """Declare a stage: always news."""
    return stage(of, code, on or at.date(), kind=StageKind.DECLARED, created_at=at)


def imported(of: Standard, code: str, run: ImportRun) -> StageEvent:
    return stage(of, code, START.date(), run_id=run.id, created_at=run.started_at + timedelta(minutes=1))


def run(started_at: datetime) -> ImportRun:
    made = ImportRun(
        kind="deliverables",
        file_name="d.csv",
        size=1,
        digest="0" * 64,
        dataset_on=started_at.date(),
        started_at=started_at,
    )
    session.add(made)
    session.flush()
    return made


def mails() -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).where(OutboxMail.kind == "watching_digest").order_by(OutboxMail.id)))


def followed(cast: Cast) -> Followed:
    owner, later = committee("ISO/TC 268", "iso-tc-268"), committee("ISO/IEC JTC 4", "iso-iec-jtc-4")
    one = standard("ISO 37101:2016", "iso-37101", owner)
    other = standard("ISO 37120:2018", "iso-37120", owner, kind="TS")
    topic = Topic(slug="indicators", name_en="Indicators", name_zh="指标")
    session.add(topic)
    session.flush()
    session.add_all(
        [StandardTopic(standard_id=other.id, topic_id=topic.id), StandardIcs(standard_id=one.id, code="13.020.20")]
    )
    session.flush()
    ids = {"committee": owner.id, "later": later.id, "standard": one.id, "other": other.id, "topic": topic.id}
    return Followed(cast, ids)
