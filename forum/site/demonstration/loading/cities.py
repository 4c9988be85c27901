"""The cities of the demonstration with what they offer and need, and those who act for cities, province and nation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.cities.models import (
    Certificate,
    CityContact,
    CityProfile,
    CommitteeRole,
    Need,
    NetworkMembership,
    Offer,
    Pilot,
)
from forum.cities.rules import first_free, slug_of
from forum.cities.words import Boundary, CityLevel, CommitteePart, Consent, Form, Network, Visibility
from forum.core import revisions
from forum.core.database import session
from forum.offices.models import Line, Office, OfficeRole
from forum.places.models import City
from forum.site.demonstration.content import read

FORMS = tuple(Form)
HOURS = (20, 40, 16, 60, 80, 24)
REFERENCES = {
    "A01": ["ISO 37101"],
    "A03": ["ISO 37122", "GB/T 36749-2018"],
    "A08": ["ISO 37123"],
    "A09": ["ISO 37120"],
    "A11": ["ISO 37120"],
    "A12": ["ISO 37111:2024"],
}
CONFIRMED = (12, 40, 75, 130, 200, 290)  # days ago; each tenth city has forgotten to
FORGOTTEN = 420


def write(*, password_hash: str | None, now: datetime) -> int:
    """Write the profiles with their entries and open the accounts of the offices; return how many cities there are."""
    content = read("cities.json")
    known = {city.code: city for city in session.scalars(select(City)).unique() if city.code}
    taken: set[str] = set()
    rows: list[Any] = []
    for number, facts in enumerate(content["cities"]):
        city = known[facts["code"]]
        slug = first_free(slug_of(city.name_en or ""), (), frozenset(taken))
        taken.add(slug)
        rows.append(_profile(content, facts, city, slug, number, now))
        rows += _exchanges(content, facts, city, number)
        rows += _entries(content, facts, city, now)
    session.add_all(rows)
    _people(content, known, password_hash, now)
    revisions.bump(revisions.CITIES, now=now)
    session.flush()
    return len(content["cities"])


def _profile(
    content: dict[str, Any], facts: dict[str, Any], city: City, slug: str, number: int, now: datetime
) -> CityProfile:
    first, second = (content["purposes"][area] for area in facts["focus"][:2])
    count = facts.get("population", {})
    source = content["sources"].get(count.get("source"), {})
    days = FORGOTTEN if number % 10 == 9 else CONFIRMED[number % len(CONFIRMED)]
    return CityProfile(
        city_id=city.id,
        slug=slug,
        level=CityLevel(facts["level"]),
        summary_en=f"{city.name_en} uses standards above all for {first['en']} and {second['en']}, "
        "and looks for partner cities with the same concerns.",
        summary_zh=f"{city.name_zh}重点以标准推动{first['zh']}和{second['zh']}，愿与有相同需求的城市结为伙伴。",
        source_lang=_original(city),
        population=count.get("number"),
        population_year=count.get("year"),
        population_source_en=source.get("en"),
        population_source_zh=source.get("zh"),
        population_boundary=Boundary.PROPER,
        working_languages=facts["languages"],
        focus_areas=facts["focus"],
        website=facts.get("website", ""),
        capacity=facts.get("capacity", 1 + number % 3),
        visibility=Visibility.PUBLIC,
        last_confirmed_on=now.date() - timedelta(days=days),
        created_at=now,
    )


def _original(city: City) -> str:
    return "zh" if city.country_iso2 == "CN" else "en"


def _exchanges(content: dict[str, Any], facts: dict[str, Any], city: City, number: int) -> list[Any]:
    made: list[Any] = []
    for kind, model in (("offers", Offer), ("needs", Need)):
        for place, (area, level) in enumerate(facts[kind].items()):
            text = content[kind][area][(number + place) % 2]
            made.append(
                model(
                    city_id=city.id,
                    area=area,
                    level=level,
                    form=FORMS[(number + place * 2) % len(FORMS)],
                    languages=facts["languages"],
                    hours=HOURS[(number + place) % len(HOURS)] if kind == "offers" else None,
                    references=REFERENCES.get(area, []),
                    text_en=text["en"],
                    text_zh=text["zh"],
                    source_lang=_original(city),
                )
            )
    return made


def _entries(content: dict[str, Any], facts: dict[str, Any], city: City, now: datetime) -> list[Any]:
    today = now.date()
    made: list[Any] = []
    for standard, body, grade, issued, until, year in facts.get("certificates", ()):
        made.append(
            Certificate(
                city_id=city.id,
                standard=standard,
                body_en=content["bodies"][body]["en"],
                body_zh=content["bodies"][body]["zh"],
                source_lang=_original(city),
                grade=grade,
                issued_on=today + timedelta(days=issued),
                valid_until=today + timedelta(days=until),
                data_year=year,
            )
        )
    made += [
        Pilot(
            city_id=city.id,
            area=area,
            references=[reference],
            title_en=english,
            title_zh=chinese,
            source_lang=_original(city),
            starts_on=date.fromisoformat(starts),
            ends_on=date.fromisoformat(ends) if ends else None,
        )
        for area, reference, english, chinese, starts, ends in facts.get("pilots", ())
    ]
    made += [
        CommitteeRole(city_id=city.id, body=body, part=CommitteePart(part), starts_on=date.fromisoformat(starts))
        for body, part, starts in facts.get("committees", ())
    ]
    made += [NetworkMembership(city_id=city.id, network=Network(name)) for name in facts.get("networks", ())]
    return made


def _people(content: dict[str, Any], known: dict[str, City], password_hash: str | None, now: datetime) -> None:
    since = now.date() - timedelta(days=400)
    for facts in content["accounts"]:
        account = Account(
            email=f"{facts['key']}@forum.example",
            name=facts[facts["language"]],
            language=facts["language"],
            password_hash=password_hash,
        )
        session.add(account)
        session.flush()
        kind, _, key = facts["place"].partition(":")
        city = known[key] if kind == "city" else None
        session.add(
            Office(
                account_id=account.id,
                role=OfficeRole(facts["role"]),
                city_id=city.id if city is not None else None,
                province_code=key if kind == "province" else None,
                line=Line(facts["line"]) if facts["line"] else None,
                starts_on=since,
                granted_by="system",
            )
        )
        if city is not None and facts["role"] == "city_liaison":
            session.add(_contact(facts, city, account, since))


def _contact(facts: dict[str, Any], city: City, account: Account, since: date) -> CityContact:
    """The liaison as the contact of the city, shown to those who hold an office elsewhere."""
    return CityContact(
        city_id=city.id,
        organisation_en=f"Standardization office of {city.name_en}",
        organisation_zh=f"{city.name_zh}城市标准化办公室",
        position_en="City liaison",
        position_zh="市级联络员",
        source_lang=_original(city),
        person=facts[facts["language"]],
        email=account.email,
        languages=["zh", "en"] if _original(city) == "zh" else facts.get("languages", ["fr", "en"]),
        starts_on=since,
        consent=Consent.PARTNERS,
        consented_on=since,
    )
