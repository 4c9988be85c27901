"""People around nominations, as the tests of this room need them.

organiser     the national standardization office    registration  submission officer     viewer  auditor
agenda        secretary of SAC/TC 567                door          its chair            protocol  secretary of SAC/TC 28
focal         contact of the institute in TC 567     other_focal   contact of the university there
delegate      an expert of the institute             stranger      nobody
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forum.committees.models import Committee, Post, PostRole
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.experts.models import Capacity, ExpertProfile, ExpertRole, Nomination
from forum.experts.operations import moving, nominating, profiles
from forum.experts.operations.nominating import Proposal
from forum.experts.operations.profiles import About
from forum.experts.queries.seeing import Standing
from forum.offices.models import Office, OfficeRole
from forum.places.models import Organisation
from tests.adoptions.shelf import Shelf, furnish_shelf
from tests.cast import Cast

STARTS = date(2027, 1, 1)
CHAIN = (
    ("endorse", "focal"),
    ("approve", "door"),
    ("confirm", "organiser"),
    ("submit", "registration"),
    ("register", "registration"),
)


@dataclass
class Panel:
    """The cast with its committees and units."""

    cast: Cast
    shelf: Shelf
    units: dict[str, int] = field(default_factory=dict)

    def committee(self, name: str = "tc268") -> Committee:
        """A committee by its short name."""
        return session.get_one(Committee, self.shelf.committees[name])

    def unit(self, name: str = "institute") -> Organisation:
        """A unit by its short name."""
        return session.get_one(Organisation, self.units[name])

    def standing(self, who: str) -> Standing:
        """What somebody is in this room."""
        account, tc567, tc28 = self.cast.accounts[who], self.shelf.committees["tc567"], self.shelf.committees["tc28"]
        nobody = Standing(account_id=account)
        return {
            "organiser": Standing(account, reads_all=True, office=True),
            "registration": Standing(account, reads_all=True, submission=True),
            "viewer": Standing(account, reads_all=True),
            "agenda": Standing(account, mirror_ids=frozenset({tc567}), member_ids=frozenset({tc567})),
            "door": Standing(account, mirror_ids=frozenset({tc567}), member_ids=frozenset({tc567})),
            "protocol": Standing(account, mirror_ids=frozenset({tc28}), member_ids=frozenset({tc28})),
            "focal": self._contact(account, "institute"),
            "other_focal": self._contact(account, "university"),
            "delegate": Standing(account, member_ids=frozenset({tc567})),
        }.get(who, nobody)

    def _contact(self, account: int, unit: str) -> Standing:
        tc567 = self.shelf.committees["tc567"]
        return Standing(account, member_ids=frozenset({tc567}), units=frozenset({(tc567, self.units[unit])}))

    def as_(self, who: str, now: datetime) -> dict[str, Any]:
        """Who acts, as what, and when."""
        account = self.cast.accounts[who]
        return {"standing": self.standing(who), "actor": Actor(f"account:{who}", account), "now": now}

    def expert(self, now: datetime, name: str = "Lin Yue", unit: str = "institute", **more: Any) -> ExpertProfile:
        """An expert without an account, entered by the secretary."""
        about = About(
            Text(name, f"{name}（中文）"),
            self.unit(unit),
            entered_for_id=self.shelf.committees["tc567"],
            **more,
        )
        return profiles.enter(about, **self.as_("agenda", now))

    def own_expert(self, now: datetime) -> ExpertProfile:
        """The profile that the expert with an account has entered."""
        about = About(
            Text("Delegate", "代表"),
            self.unit(),
            email="delegate@forum.test",
            qualification="Marker of the qualification",
            consent=True,
            entered_for_id=self.shelf.committees["tc567"],
        )
        return profiles.enter(about, **self.as_("delegate", now))

    def proposal(self, **more: Any) -> Proposal:
        """A proposal for an expert in ISO/TC 268."""
        known: dict[str, Any] = {
            "national": self.committee("tc567"),
            "role": ExpertRole.EXPERT,
            "capacity": Capacity.PERSONAL,
            "starts_on": STARTS,
            "interests": "none",
            "committee": self.committee(),
        }
        return Proposal(**known | more)

    def nominated(self, expert: ExpertProfile, now: datetime, who: str = "focal", **more: Any) -> Nomination:
        """A nomination that has begun."""
        return nominating.nominate(expert, self.proposal(**more), **self.as_(who, now))

    def moved(self, row: Nomination, now: datetime, upto: str = "register") -> Nomination:
        """The same nomination after every step up to one."""
        for action, who in CHAIN:
            moving.step(row, action, evidence="Letter 12", **self.as_(who, now))
            if action == upto:
                break
        return row


def furnish_panel(cast: Cast) -> Panel:
    """Make committees, units, posts and offices."""
    panel = Panel(cast, furnish_shelf(cast))
    for name, english, chinese in (
        ("institute", "Institute of Test Standards", "测试标准研究院"),
        ("university", "University of Tests", "测试大学"),
    ):
        unit = Organisation(name_en=english, name_zh=chinese, search=f"{english.casefold()} | {chinese}")
        session.add(unit)
        session.flush()
        panel.units[name] = unit.id
    tc567 = panel.shelf.committees["tc567"]
    for who, role, body in (
        ("focal", PostRole.UNIT_CONTACT, "institute"),
        ("other_focal", PostRole.UNIT_CONTACT, "university"),
        ("delegate", PostRole.MIRROR_MEMBER, "institute"),
    ):
        session.add(
            Post(
                account_id=cast.accounts[who],
                committee_id=tc567,
                role=role,
                organisation_id=panel.units[body],
                starts_on=STARTS,
            )
        )
    session.add(Office(account_id=cast.accounts["registration"], role=OfficeRole.SUBMISSION_OFFICER, starts_on=STARTS))
    session.flush()
    return panel
