"""Cities with liaisons, as the tests of this room need them.

delegate   liaison of Hangzhou          focal      liaison of Lyon
neighbour  liaison of Ningbo (the same province as Hangzhou)
protocol   lead of Hangzhou             agenda     reviewer of Zhejiang
door       reviewer of another province viewer     auditor
registration  national registrar        stranger   nobody
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forum.cities import operations
from forum.cities.models import CityProfile, Offer
from forum.cities.words import Boundary, CityLevel, Form, Visibility
from forum.core import revisions
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.core.text import pinyin_key, search_forms
from forum.offices.models import Office, OfficeRole
from forum.places.models import City, Province
from tests.cast import Cast

OFFICES: tuple[tuple[str, OfficeRole, str], ...] = (
    ("delegate", OfficeRole.CITY_LIAISON, "Hangzhou"),
    ("protocol", OfficeRole.CITY_LEAD, "Hangzhou"),
    ("focal", OfficeRole.CITY_LIAISON, "Lyon"),
    ("neighbour", OfficeRole.CITY_LIAISON, "Ningbo"),
    ("agenda", OfficeRole.PROVINCE_REVIEWER, "330000"),
    ("door", OfficeRole.PROVINCE_REVIEWER, "320000"),
    ("viewer", OfficeRole.AUDITOR, ""),
    ("registration", OfficeRole.NATIONAL_REGISTRAR, ""),
)
NOTE = "Marker of the hand-over note"


def city(name: str) -> City:
    """The city of that English name."""
    return session.scalars(select(City).where(City.__table__.c.name_en == name)).unique().one()


def profile(name: str) -> CityProfile:
    """The profile of that city."""
    return session.scalars(select(CityProfile).where(CityProfile.city_id == city(name).id)).unique().one()


def name_places() -> None:
    """Put Hangzhou and Ningbo into their province, with everything the search finds them by."""
    session.add_all(
        [
            Province(code="330000", name_en="Zhejiang", name_zh="浙江省", search="zhejiang | 浙江省"),
            Province(code="320000", name_en="Jiangsu", name_zh="江苏省", search="jiangsu | 江苏省"),
        ]
    )
    session.flush()
    made = City(name_en="Ningbo", name_zh="宁波", country_iso2="CN", zone_name="Asia/Shanghai")
    accented = City(name_en="Medellín", name_zh="麦德林", country_iso2="FR", zone_name="America/Bogota")
    session.add_all([made, accented])
    session.flush()
    for each in session.scalars(select(City)).unique():
        each.search = search_forms(each.name_en, each.name_zh)
        each.sort_zh = pinyin_key(each.name_zh or "")
        if each.country_iso2 == "CN":
            each.province_code = "330000"
    session.flush()


def appoint(cast: Cast, since: date) -> None:
    """Give the cast their offices."""
    for who, role, place in OFFICES:
        session.add(
            Office(
                account_id=cast.accounts[who],
                role=role,
                city_id=city(place).id if place and not place.isdigit() else None,
                province_code=place if place.isdigit() else None,
                starts_on=since,
            )
        )
    session.flush()


def open_city(name: str, now: datetime, *, public: bool = True, **facts: Any) -> CityProfile:
    """Begin a profile and fill it."""
    made = operations.open_profile(city(name), actor=SYSTEM, now=now)
    values: dict[str, Any] = {
        "level": CityLevel.PREFECTURE,
        "population": None,
        "population_year": None,
        "population_boundary": Boundary.PROPER,
        "working_languages": ["en"],
        "focus_areas": [],
        "website": "",
        "capacity": 2,
        "visibility": Visibility.PUBLIC if public else Visibility.HIDDEN,
    }
    summary = {("summary", "en"): f"About {name}.", ("summary", "zh"): f"{made.city.name_zh}简介。"}
    return operations.edit_profile(made, made.version, summary, values | facts, actor=SYSTEM, now=now)


def offer(owner: CityProfile, area: str, now: datetime, model: type[Any] = Offer, **facts: Any) -> Any:
    """Add an offer (or a need) to a city."""
    values: dict[str, Any] = {
        "area": area,
        "level": 2,
        "form": Form.EXPERT,
        "languages": ["en"],
        "hours": None,
        "references": [],
        "valid_until": None,
    }
    text = {("text", "en"): f"Something in {area}.", ("text", "zh"): f"{area}的内容。"}
    return operations.save_entry(owner, model(), None, text, values | facts, actor=SYSTEM, now=now)


def furnish(cast: Cast, now: datetime) -> None:
    """Hangzhou and Lyon show their profiles, Ningbo hides its own; commits."""
    begin_writing()
    name_places()
    appoint(cast, date(2027, 1, 1))
    for name in ("Hangzhou", "Lyon"):
        operations.confirm(open_city(name, now), actor=SYSTEM, now=now)
    open_city("Ningbo", now, public=False)
    revisions.bump(revisions.CITIES, now=now)
    session.commit()
    session.remove()
