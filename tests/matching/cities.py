"""Cities made for tests: two well-known ones, and as many others as a test asks for."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from forum.core.bilingual import Text
from forum.matching.rules.facts import AREAS, CityFacts, Grounds

TODAY = date(2027, 3, 1)
GROUNDS = Grounds(TODAY)
YEAR = TODAY.year
ZONES = ("Europe/Paris", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata", "Africa/Nairobi", "America/Sao_Paulo", "")
LEVELS = ("province", "sub_provincial", "prefecture", "county", "metropolitan", "municipality", "borough", "")
NAMES: dict[str, Text] = {
    area: Text(f"Area {english}", f"{chinese}领域")
    for area, english, chinese in zip(
        AREAS,
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        "甲乙丙丁戊己庚辛壬癸子丑",
        strict=True,
    )
}


def city(number: int, **facts: Any) -> CityFacts:
    """A fresh city with room; Chinese unless the facts say otherwise."""
    known: dict[str, Any] = {
        "name": Text(f"City {number}", f"第{number}市"),
        "country": "CN",
        "zone_name": "Asia/Shanghai",
        "capacity": 2,
        "confirmed_on": TODAY,
    }
    return CityFacts(id=number, **{**known, **facts})


HANGZHOU = city(
    1,
    name=Text("Hangzhou", "杭州"),
    level="sub_provincial",
    population=9_236_032,
    languages=frozenset({"zh", "en"}),
    offers={"A03": 3, "A05": 1},
    needs={"A09": 3, "A08": 1},
)
LYON = city(
    2,
    name=Text("Lyon", "里昂"),
    country="FR",
    level="metropolitan",
    zone_name="Europe/Paris",
    population=522_250,
    languages=frozenset({"fr", "en"}),
    offers={"A09": 3},
    needs={"A08": 2, "A03": 2, "A05": 1},
    proven=frozenset({"A09"}),
)


def at_random(chance: random.Random, number: int, *, at_home: bool) -> CityFacts:
    """One city as it may come."""
    areas = list(AREAS)
    chance.shuffle(areas)
    needs = areas[: chance.randint(0, 5)]
    return city(
        number,
        country="CN" if at_home else chance.choice(("FR", "JP", "US", "IN", "KE", "BR")),
        level=chance.choice(LEVELS),
        zone_name="Asia/Shanghai" if at_home else chance.choice(ZONES),
        population=chance.choice((None, chance.randint(20_000, 25_000_000))),
        languages=frozenset(chance.sample(("zh", "en", "fr", "ja", "pt", "sw"), chance.randint(0, 3))),
        offers={area: chance.randint(1, 3) for area in chance.sample(AREAS, chance.randint(0, 5))},
        needs={area: chance.randint(1, 3) for area in needs},
        proven=frozenset(chance.sample(AREAS, chance.randint(0, 2))),
        capacity=chance.randint(0, 3),
        taken=chance.randint(0, 1),
        confirmed_on=chance.choice((TODAY, TODAY, TODAY, date(2025, 1, 1), None)),
    )


def many(seed: int, home: int, abroad: int) -> list[CityFacts]:
    """Cities of both sides, the same for the same seed."""
    chance = random.Random(seed)
    return [at_random(chance, number, at_home=number <= home) for number in range(1, home + abroad + 1)]
