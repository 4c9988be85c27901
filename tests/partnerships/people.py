"""Who takes part in a partnership: officers of Hangzhou, Lyon, Zhejiang and the nation, and how a case comes along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.cooperation.models import Report, ReportKind
from forum.cooperation.operations import reporting
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.offices.models import Office, OfficeRole
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    AttachmentKind,
    CaseAttachment,
    CaseOpinion,
    Instrument,
    OpinionKind,
    PointCategory,
    ReturnPoint,
)
from forum.partnerships.operations import Done, perform
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.operations.reviewing import answer_point
from forum.partnerships.operations.texts import match_text, write_text
from forum.partnerships.queries.standing import standing_of
from forum.partnerships.rules.case import Given, Point
from forum.partnerships.rules.due import DueKind
from forum.partnerships.rules.seeing import SYSTEM_STANDING, Standing
from forum.places.models import City, Country, Province
from forum.reminders.models import Notice, NoticeState, Reminder

NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
ZHEJIANG, BEIJING, CORPS = "330000", "110000", "XPCC"
POINT = Point("clause:effect_term", PointCategory.UNCLEAR, "Say when the term begins.")


@dataclass(frozen=True)
class Officer:
    """Somebody with an account and offices."""

    account_id: int
    public_id: str
    offices: frozenset[tuple[str, str]]

    @property
    def actor(self) -> Actor:
        return Actor(f"account:{self.public_id}", self.account_id)


@dataclass(frozen=True)
class Visitor:
    """The public."""

    account_id: int | None = None
    offices: frozenset[tuple[str, str]] = frozenset()


VISITOR = Visitor()


@dataclass
class World:
    """Cities, provinces and their people."""

    cities: dict[str, City] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    made: int = 0

    def officer(self, *offices: tuple[str, str | None], language: str = "en") -> Officer:
        """Make somebody with these offices; a place is a city's name, a province's code, or None for the nation."""
        self.made += 1
        account = Account(email=f"officer{self.made}@office.test", name=f"Officer {self.made}", language=language)
        session.add(account)
        session.flush()
        grants = set()
        for role, place in offices:
            office = Office(account_id=account.id, role=OfficeRole(role), starts_on=date(2020, 1, 1))
            if place in self.cities:
                office.city_id = self.cities[place].id
            elif place is not None:
                office.province_code = place
            session.add(office)
            session.flush()
            session.refresh(office)
            grants.add((role, office.scope))
        return Officer(account.id, account.public_id, frozenset(grants))

    def __getitem__(self, name: str) -> Officer:
        return self.officers[name]


def world() -> World:
    """Make the places and their people."""
    made = World()
    for iso2, iso3, name in (("CN", "CHN", "China"), ("FR", "FRA", "France"), ("JP", "JPN", "Japan")):
        if session.get(Country, iso2) is None:
            session.add(Country(iso2=iso2, iso3=iso3, name_en=name, name_zh=name))
    session.flush()
    for code, name, kind in (
        (ZHEJIANG, "Zhejiang", "province"),
        (BEIJING, "Beijing", "municipality"),
        (CORPS, "Xinjiang Production and Construction Corps", "corps"),
    ):
        session.add(Province(code=code, name_en=name, name_zh=name, kind=kind))
    session.flush()
    for name, iso2, province, zone in (
        ("Wenzhou", "CN", ZHEJIANG, "Asia/Shanghai"),
        ("Ningbo", "CN", ZHEJIANG, "Asia/Shanghai"),
        ("Beijing", "CN", BEIJING, "Asia/Shanghai"),
        ("Shihezi", "CN", CORPS, "Asia/Shanghai"),
        ("Nantes", "FR", None, "Europe/Paris"),
        ("Kobe", "JP", None, "Asia/Tokyo"),
    ):
        city = City(name_en=name, name_zh=name, country_iso2=iso2, province_code=province, zone_name=zone)
        session.add(city)
        session.flush()
        made.cities[name] = city
    for who, role, place, language in (
        ("liaison", "city_liaison", "Wenzhou", "zh"),
        ("lead", "city_lead", "Wenzhou", "zh"),
        ("neighbour", "city_liaison", "Ningbo", "zh"),
        ("other_liaison", "city_liaison", "Nantes", "en"),
        ("other_lead", "city_lead", "Nantes", "en"),
        ("kobe_liaison", "city_liaison", "Kobe", "en"),
        ("fa", "fa_officer", "Wenzhou", "zh"),
        ("reviewer", "province_reviewer", ZHEJIANG, "zh"),
        ("province_lead", "province_lead", ZHEJIANG, "zh"),
        ("foreign_province", "province_reviewer", BEIJING, "zh"),
        ("national", "national_reviewer", None, "zh"),
        ("approver", "national_approver", None, "zh"),
        ("second_approver", "national_approver", None, "zh"),
        ("registrar", "national_registrar", None, "zh"),
        ("auditor", "auditor", None, "zh"),
    ):
        made.officers[who] = made.officer((role, place), language=language)
    return made


def standing(version: AgreementVersion, who: Officer | Visitor) -> Standing:
    return standing_of(version, who)


def act(version: AgreementVersion, action: str, who: Officer, *, now: datetime = NOW, **more: Any) -> Done:
    """Take a step as somebody, with a reason where none is given."""
    more.setdefault("reason", "Because it is so.")
    return perform(version, action, standing=standing_of(version, who), actor=who.actor, now=now, **more)


def by_system(version: AgreementVersion, action: str, *, now: datetime = NOW) -> Done:
    return perform(version, action, standing=SYSTEM_STANDING, actor=SYSTEM, now=now)


def proposal(**more: Any) -> Proposal:
    facts: dict[str, Any] = {
        "instrument": Instrument.MEMORANDUM,
        "title": Text("Standards for quiet streets", "安静街道标准合作"),
        "invitation": Text("We invite you.", "诚邀贵市合作。"),
        "areas": ("A03", "A09"),
        "origin_parts": {"formula": 1, "fit": 3210},
    }
    return Proposal(**{**facts, **more})


def drafted(
    of: World,
    *,
    inviting: str = "Wenzhou",
    counterparts: tuple[str, ...] = ("Nantes",),
    by: str = "liaison",
    **more: Any,
) -> AgreementVersion:
    invited = [of.cities[name] for name in counterparts]
    return propose(of.cities[inviting], invited, proposal(**more), actor=of[by].actor, now=NOW)


def negotiating(of: World, *, now: datetime = NOW, **more: Any) -> AgreementVersion:
    version = drafted(of, **more)
    act(version, "invite", of["liaison"], now=now)
    act(version, "express_interest", of["other_liaison"], now=now)
    write(version, of)
    return version


def write(version: AgreementVersion, of: World, english: str = "Five years.", chinese: str = "为期五年。") -> None:
    """Write both sides, as the domestic liaison, and find them to agree."""
    who = of["liaison"]
    write_text(version, Text(english, chinese), standing=standing(version, who), actor=who.actor, now=NOW)
    match_text(version, standing=standing(version, who), actor=who.actor, now=NOW)


def agreed(of: World, *, now: datetime = NOW, **more: Any) -> AgreementVersion:
    """A case at the city sign-off, with its foreign-affairs opinion."""
    version = negotiating(of, now=now, **more)
    act(version, "agree_text", of["liaison"], now=now)
    act(version, "agree_text", of["other_liaison"], now=now)
    favour(version, of)
    return version


def favour(
    version: AgreementVersion,
    of: World | Mapping[str, Officer],
    *,
    until: date = date(2032, 1, 1),
    on: date = date(2027, 3, 1),
) -> None:
    session.add(
        CaseOpinion(
            version_id=version.id,
            kind=OpinionKind.FOREIGN_AFFAIRS,
            author_id=of["fa"].account_id,
            asked_at=NOW,
            given_on=on,
            valid_until=until,
        )
    )
    session.flush()


def at_province(of: World, **more: Any) -> AgreementVersion:
    version = agreed(of, **more)
    act(version, "endorse", of["lead"])
    return version


def at_nation(of: World, **more: Any) -> AgreementVersion:
    version = at_province(of, **more)
    act(version, "endorse", of["reviewer"])
    return version


def approved(of: World, *, now: datetime = NOW, **more: Any) -> AgreementVersion:
    version = at_nation(of, **more)
    act(version, "approve", of["approver"], now=now)
    act(version, "approve", of["second_approver"], now=now)
    return version


def scan(version: AgreementVersion, kind: AttachmentKind, language: str = "", party_id: int | None = None) -> None:
    """A file of the case as the table knows it; storing files has its own tests."""
    name = f"{version.public_id}{kind}{language}{party_id}"
    session.add(
        CaseAttachment(
            version_id=version.id,
            party_id=party_id,
            kind=kind,
            language=language,
            sha256=hashlib.sha256(name.encode()).hexdigest(),
        )
    )
    session.flush()


def final_report(version: AgreementVersion, of: World, *, now: datetime = NOW, confirmed: bool = True) -> Report:
    """Write the joint final report and hand it to the counterpart, who confirms it."""
    return reported(version, of["liaison"], [of["other_liaison"]] if confirmed else [], now=now)


def reported(version: AgreementVersion, author: Officer, others: Iterable[Officer], *, now: datetime = NOW) -> Report:
    """Write the joint final report; each of the others confirms it."""
    day = version.effective_on or now.date()
    said = reporting.Account(ReportKind.FINAL, day, max(day, now.date()), Text("All of it"), Text("All of it"))
    mine = standing(version, author)
    report = reporting.write(version.partnership, said, standing=mine, actor=author.actor, now=now)
    reporting.perform(report, "submit", standing=mine, actor=author.actor, now=now)
    for other in others:
        reporting.perform(report, "confirm", standing=standing(version, other), actor=other.actor, now=now)
    return report


def signed(of: World, *, ends_on: date = date(2030, 12, 31), **more: Any) -> AgreementVersion:
    version = approved(of, **more)
    for language in ("en", "zh"):
        scan(version, AttachmentKind.SCAN, language)
    act(version, "record_signature", of["liaison"], given=Given(signed_on=date(2027, 3, 1), ends_on=ends_on))
    return version


def active(of: World, **more: Any) -> AgreementVersion:
    version = signed(of, **more)
    act(version, "register", of["registrar"], given=Given(printed_digits=version.approved_both[:16]))
    return version


def renewing(of: World, **more: Any) -> tuple[AgreementVersion, datetime]:
    version = active(of, **more)
    assert version.ends_on is not None
    day = version.ends_on - timedelta(days=90)
    then = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    act(version, "open_renewal", of["liaison"], now=then)
    return version, then


def answer_all(version: AgreementVersion, of: World) -> None:
    """Answer every open point, as the liaison."""
    who = of["liaison"]
    for point in points(version):
        if point.answered_at is None:
            answer_point(
                point, AnswerKind.EXPLAINED, "As agreed.", standing=standing(version, who), actor=who.actor, now=NOW
            )


def reminded(version: AgreementVersion, who: Officer, *days: int, now: datetime = NOW) -> None:
    """Somebody was told of the answer so many days before (negative) or after it; rounds have own tests."""
    assert version.answer_by is not None
    waiting = Reminder(
        source="partnerships",
        object_reference=version.reference,
        kind=DueKind.ANSWER,
        due_on=version.answer_by,
        account_id=who.account_id,
        sentence="",
        notices=[
            Notice(offset_days=each, tell_on=version.answer_by, state=NoticeState.TOLD, told_at=now) for each in days
        ],
    )
    session.add(waiting)
    session.flush()


def points(version: AgreementVersion) -> list[ReturnPoint]:
    query = select(ReturnPoint).where(ReturnPoint.version_id == version.id).order_by(ReturnPoint.id)
    return list(session.scalars(query))
