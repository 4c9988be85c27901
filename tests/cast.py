"""The standing cast: the same people in every test, around the forum in Hangzhou.

admin          site administrator
organiser      runs the Hangzhou forum
agenda         edits its agenda
registration   decides about participations
protocol       receives people
door           admits people
viewer         may look at the desk
focal          focal point of the Lyon delegation
other_focal    focal point of the Osaka delegation
delegate       registers herself
neighbour      organiser of another forum, with no right here
stranger       has an account and nothing else
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from forum.accounts.models import Account, SignIn
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest, secret_token
from forum.events.kinds import SegmentKind
from forum.events.models import Forum, ForumRole, ForumState, Role, Room, Segment, Track, Venue
from forum.places.models import City, Country
from forum.registration.models import Category, Chain, Delegation, DelegationKind, FocalPoint, SeatCounter
from forum.registration.states import DelegationState

ROLES = ("organiser", "agenda", "registration", "protocol", "door", "viewer")
EVERYBODY = ("admin", *ROLES, "focal", "other_focal", "delegate", "neighbour", "stranger")


class Client(FlaskClient):
    """A browser without JavaScript: it keeps cookies and sends the form token of the page it came from."""

    def submit(self, address: str, data: dict[str, Any] | None = None, page: str | None = None, **options: Any) -> Any:
        """Open a page, then send its form to an address; the page's hidden fields travel along."""
        opened = self.get(page or address)
        assert opened.status_code == 200, f"{page or address} answered {opened.status_code}"
        hidden = hidden_fields(opened.text)
        return self.post(address, data={**hidden, **(data or {})}, **options)


def hidden_fields(html: str) -> dict[str, str]:
    """Return the hidden fields of the last form of a page that has a form token."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            found[attributes["name"]] = attributes.get("value", "")
    return found


@dataclass
class Cast:
    """Who and what a test can speak of; ids, since each request has its own session."""

    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    forum_id: int = 0
    slug: str = "hangzhou-test"
    other_forum_id: int = 0
    other_slug: str = "elsewhere-test"
    categories: dict[str, int] = field(default_factory=dict)
    delegations: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)

    def client(self, who: str | None = None) -> Client:
        """Return a browser in which ``who`` is signed in, with the second factor given."""
        self.app.test_client_class = Client
        made = self.app.test_client()
        assert isinstance(made, Client)
        if who is not None:
            made.set_cookie("forum", self.tokens[who], domain="localhost")
        return made

    def account(self, who: str) -> Account:
        """Return somebody's account in the current session."""
        return session.get_one(Account, self.accounts[who])

    @property
    def forum(self) -> Forum:
        """The forum in Hangzhou, in the current session."""
        return session.get_one(Forum, self.forum_id)


def summon(app: Flask, now: datetime) -> Cast:
    """Create the cast; call inside an application context."""
    begin_writing()
    cast = Cast(app)
    france = Country(iso2="FR", iso3="FRA", name_en="France", name_zh="法国", search="france | 法国 | faguo | fg")
    japan = Country(iso2="JP", iso3="JPN", name_en="Japan", name_zh="日本", search="japan | 日本 | riben | rb")
    china = Country(iso2="CN", iso3="CHN", name_en="China", name_zh="中国", search="china | 中国 | zhongguo | zg")
    session.add_all([france, japan, china])
    session.flush()
    lyon = City(name_en="Lyon", name_zh="里昂", country_iso2="FR", zone_name="Europe/Paris", search="lyon | 里昂")
    osaka = City(name_en="Osaka", name_zh="大阪", country_iso2="JP", zone_name="Asia/Tokyo", search="osaka | 大阪")
    hangzhou = City(
        name_en="Hangzhou",
        name_zh="杭州",
        country_iso2="CN",
        zone_name="Asia/Shanghai",
        search="hangzhou | 杭州 | hangzhou | hz",
    )
    session.add_all([lyon, osaka, hangzhou])
    session.flush()
    forum = _forum("hangzhou-test", "hangzhou_test", "Hangzhou Forum", "杭州论坛", hangzhou, now)
    other = _forum("elsewhere-test", "elsewhere_test", "Elsewhere Forum", "别处论坛", hangzhou, now)
    session.add_all([forum, other])
    session.flush()
    cast.forum_id, cast.other_forum_id = forum.id, other.id
    _furnish(cast, forum)
    _people(cast, forum, other, now)
    _registration(cast, forum, lyon, osaka)
    session.commit()
    return cast


def _forum(slug: str, code: str, english: str, chinese: str, city: City, now: datetime) -> Forum:
    return Forum(
        slug=slug,
        code=code,
        title_en=english,
        title_zh=chinese,
        state=ForumState.OPEN,
        zone_name="Asia/Shanghai",
        first_day=date(2027, 4, 20),
        last_day=date(2027, 4, 22),
        host_city_id=city.id,
        contact_email="office@forum.example",
        registration_opens_at=now - timedelta(days=30),
        registration_closes_at=datetime(2027, 4, 10, 10, 0, tzinfo=UTC),
    )


def _furnish(cast: Cast, forum: Forum) -> None:
    session.add(Venue(forum_id=forum.id, name_en="Convention Centre", name_zh="会议中心"))
    for order, (code, english, chinese, seats, booths) in enumerate(
        [
            ("hall", "Great Hall", "大会堂", 1200, 3),
            ("lake", "Lake Room", "西湖厅", 260, 1),
            ("canal", "Canal Room", "运河厅", 80, 0),
        ]
    ):
        room = Room(
            forum_id=forum.id,
            code=code,
            name_en=english,
            name_zh=chinese,
            order=order,
            layouts={"theatre": seats},
            hard_max=seats + 50,
            booths=booths,
            languages=["en", "zh"] if booths else [],
        )
        session.add(room)
        session.flush()
        cast.rooms[code] = room.id
    session.add(Track(forum_id=forum.id, slug="resilience", name_en="Resilience", name_zh="韧性城市", order=0))
    session.add(Track(forum_id=forum.id, slug="smart-city", name_en="Smart cities", name_zh="智慧城市", order=1))
    session.add(
        Segment(
            forum_id=forum.id, code="parallel", kind=SegmentKind.PARALLEL, name_en="Parallel forums", name_zh="平行论坛"
        )
    )


def _people(cast: Cast, forum: Forum, other: Forum, now: datetime) -> None:
    for who in EVERYBODY:
        account = Account(
            email=f"{who}@forum.test",
            name=who.replace("_", " ").title(),
            language="zh" if who in {"organiser", "protocol"} else "en",
            is_admin=who == "admin",
        )
        session.add(account)
        session.flush()
        token = secret_token()
        session.add(
            SignIn(
                account_id=account.id,
                token_hash=digest(token),
                last_seen_at=now,
                expires_at=now + timedelta(days=400),
                second_factor_at=now,
                device="test",
            )
        )
        cast.accounts[who], cast.tokens[who] = account.id, token
        if who in ROLES:
            session.add(ForumRole(forum_id=forum.id, account_id=account.id, role=Role(who)))
        if who == "neighbour":
            session.add(ForumRole(forum_id=other.id, account_id=account.id, role=Role.ORGANISER))


def _registration(cast: Cast, forum: Forum, lyon: City, osaka: City) -> None:
    for order, (code, english, chinese, chain, needs) in enumerate(
        [
            ("CITY", "City delegate", "城市代表", Chain.FOCAL_THEN_SECRETARIAT, True),
            ("EXPERT", "Expert", "专家", Chain.SECRETARIAT, False),
            ("MEDIA", "Media", "媒体", Chain.STRAIGHT, False),
        ]
    ):
        category = Category(
            forum_id=forum.id,
            code=code,
            name_en=english,
            name_zh=chinese,
            chain=chain,
            needs_delegation=needs,
            order=order,
        )
        session.add(category)
        session.flush()
        cast.categories[code] = category.id
        session.add(SeatCounter(scope=f"category:{category.public_id}", forum_id=forum.id, cap=None))
    session.add(SeatCounter(scope=f"forum:{forum.public_id}", forum_id=forum.id, cap=None))
    for who, city in (("focal", lyon), ("other_focal", osaka)):
        delegation = Delegation(
            forum_id=forum.id,
            kind=DelegationKind.CITY,
            represents=city.public_id,
            city_id=city.id,
            country_iso2=city.country_iso2,
            name_en=city.name_en,
            name_zh=city.name_zh,
            state=DelegationState.COMPOSING,
        )
        session.add(delegation)
        session.flush()
        cast.delegations[who] = delegation.id
        session.add(FocalPoint(delegation_id=delegation.id, account_id=cast.accounts[who]))
