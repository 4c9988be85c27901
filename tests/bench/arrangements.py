"""Two thousand arrangements: how long their lists take, unfiltered and with every filter that they offer.

``python -m tests.bench.arrangements`` measures on both databases; every list is asked as a whole answer of the
application, past the shelf of prepared pages.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import insert

from forum import config
from forum.accounts.models import Account, SignIn
from forum.application import create_app
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest, public_id, secret_token
from forum.offices.models import Office, OfficeRole
from forum.partnerships.models import AgreementVersion, Instrument, Partnership, PartnershipParty, Side
from forum.partnerships.rules.seeing import circle_of, entered
from forum.partnerships.states import PUBLIC, VersionState
from forum.places.models import City, Country, Province
from tests.proof.ground import ENGINES, ground

COUNT = 2_000
LIMIT = 150.0  # milliseconds
TURNS = 9
ABROAD = ("FR", "JP", "DE", "BR", "ZA", "AU", "CA", "IN", "IT", "KE")
PROVINCES = ("330000", "440000", "110000", "510000", "650000")
READERS: dict[str, tuple[OfficeRole, str]] = {
    "liaison": (OfficeRole.CITY_LIAISON, "city"),
    "province": (OfficeRole.PROVINCE_REVIEWER, "province"),
    "nation": (OfficeRole.NATIONAL_REVIEWER, ""),
}


@dataclass
class Filled:
    """What was made, and who can look at it: tokens by reader."""

    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, who: str = "") -> FlaskClient:
        """A browser of a reader, or of a visitor."""
        made = self.app.test_client()
        if who:
            made.set_cookie("forum", self.tokens[who], domain="localhost")
        return made


def fill(app: Flask, count: int, now: datetime, seed: int = 1) -> Filled:
    """Make that many arrangements in every state, of 120 cities, and three people who read them; commits."""
    dice, made = random.Random(seed), Filled(app)
    with app.app_context():
        begin_writing()
        home, abroad = _places()
        _readers(made, home[0], now)
        arrange(home, abroad, range(count), now, dice)
        session.commit()
        session.remove()
    return made


def _places() -> tuple[list[City], list[City]]:
    for iso2 in ("CN", *ABROAD):
        session.add(Country(iso2=iso2, iso3=f"{iso2}X", name_en=f"Country {iso2}", name_zh=f"国{iso2}", search=iso2))
    for code in PROVINCES:
        session.add(Province(code=code, name_en=f"Province {code}", name_zh=f"省{code}"))
    session.flush()
    home, abroad = [], []
    for number in range(60):
        known = {"name_en": f"Home {number}", "name_zh": f"国内{number}", "search": f"home {number} | 国内{number}"}
        code = PROVINCES[number % len(PROVINCES)]
        home.append(City(**known, country_iso2="CN", province_code=code, zone_name="Asia/Shanghai"))
        known = {"name_en": f"Abroad {number}", "name_zh": f"国外{number}", "search": f"abroad {number} | 国外{number}"}
        abroad.append(City(**known, country_iso2=ABROAD[number % len(ABROAD)], zone_name="Europe/Paris"))
    session.add_all([*home, *abroad])
    session.flush()
    return home, abroad


def _readers(made: Filled, city: City, now: datetime) -> None:
    for who, (role, place) in READERS.items():
        account = Account(email=f"{who}@lists.test", name=who.title(), language="en")
        session.add(account)
        session.flush()
        made.tokens[who] = secret_token()
        session.add(
            SignIn(
                account_id=account.id,
                token_hash=digest(made.tokens[who]),
                last_seen_at=now,
                expires_at=now + timedelta(days=30),
                second_factor_at=now,
                device="bench",
            )
        )
        office = Office(account_id=account.id, role=role, starts_on=now.date() - timedelta(days=30))
        if place == "city":
            office.city_id = city.id
        elif place:
            office.province_code = city.province_code
        session.add(office)


def arrange(home: list[City], abroad: list[City], numbers: range, now: datetime, dice: random.Random) -> None:
    """Write the rows of these arrangements; flushes."""
    states, instruments = list(VersionState), list(Instrument)
    known: list[dict[str, object]] = []
    parties: list[dict[str, object]] = []
    versions: list[dict[str, object]] = []
    begin = (session.query(Partnership.id).order_by(Partnership.id.desc()).limit(1).scalar() or 0) + 1
    for at, number in enumerate(numbers):
        # Half of them are in force or were, as in a registry that has stood for years.
        state = dice.choice(sorted(PUBLIC)) if dice.random() < 0.5 else dice.choice(states)
        title = {"title_en": f"Water and waste {number}", "title_zh": f"水与废弃物合作{number}"}
        aims = {"objectives_en": f"Compare results {number}.", "objectives_zh": f"比较成果{number}。"}
        areas, instrument = dice.sample([f"A{area:02}" for area in range(1, 13)], 2), dice.choice(instruments)
        known.append(
            {
                "id": begin + at,
                "public_id": public_id(),
                "number": f"P-2026-{number:05}",
                "instrument": instrument,
                "areas": areas,
                "plan_tasks": [],
                "origin_parts": {},
                "version": 1,
                **title,
                **aims,
            }
        )
        for order, (city, side) in enumerate(
            ((dice.choice(home), Side.DOMESTIC), (dice.choice(abroad), Side.FOREIGN)),
        ):
            parties.append(
                {
                    "public_id": public_id(),
                    "partnership_id": begin + at,
                    "city_id": city.id,
                    "side": side,
                    "order": order,
                    "inviting": order == 0,
                    "working_languages": [],
                }
            )
        registered = date(2026, 1, 1) + timedelta(days=dice.randrange(400)) if state in PUBLIC else None
        versions.append(
            {
                "public_id": public_id(),
                "partnership_id": begin + at,
                "number": 1,
                "instrument": instrument,
                "state": state,
                "state_since": now - timedelta(days=dice.randrange(300)),
                "shared_since": now - timedelta(days=dice.randrange(300)),
                "circle": int(circle_of(state, int(entered(VersionState.NATIONAL_REVIEW)))),
                "reached": int(entered(state)),
                "stamp": public_id(),
                "registered_on": registered,
                "effective_on": registered,
                "ends_on": registered + timedelta(days=1800) if registered else None,
                "registered_areas": areas,
                "signatories": [],
                "registry_number": f"R-2026-{number:05}" if registered else None,
                "registered_title_en": title["title_en"],
                "registered_title_zh": title["title_zh"],
                "version": 1,
            }
        )
    for model, rows in ((Partnership, known), (PartnershipParty, parties), (AgreementVersion, versions)):
        session.execute(insert(model), rows)
    session.flush()


def lists(filled: Filled, language: str = "en") -> Iterator[tuple[str, str]]:
    """Every list with each filter that it offers: (reader, address)."""
    for who, path in (
        ("", "partnerships/"),
        ("liaison", "desk/partnerships?show=all"),
        ("province", "desk/partnerships?show=all"),
        ("nation", "desk/partnerships"),
        ("nation", "desk/partnerships?show=all"),
    ):
        address = f"/{language}/{path}"
        joint = "&" if "?" in path else "?"
        yield who, address
        yield who, f"{address}{joint}page=20"
        for name, value in _filters(filled.client(who).get(address).text):
            yield who, f"{address}{joint}{name}={value}"


def _filters(page: str) -> Iterator[tuple[str, str]]:
    """The filters of a list as its form offers them: each name with a value, and words where words are asked for."""
    for form in html.document_fromstring(page).iter("form"):
        if (form.get("method") or "get").casefold() != "get":
            continue
        for control in form.iter("select", "input"):
            name = control.get("name")
            if control.tag == "select" and name:
                offered = [option.get("value") for option in control.iter("option") if option.get("value")]
                yield from ((name, str(value)) for value in offered[:1])
            elif name and (control.get("type") or "text") in {"text", "search"}:
                yield name, "waste+19"


@dataclass(frozen=True)
class Timed:
    """One list: the median of its answers, in milliseconds."""

    who: str
    address: str
    milliseconds: float


def measured(filled: Filled, turns: int = TURNS) -> list[Timed]:
    """Ask every list several times, each time past what was prepared."""
    results = []
    for who, address in lists(filled):
        client = filled.client(who)
        times = []
        for _turn in range(turns):
            filled.app.extensions["forum.public_bodies"].forget()
            begun = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                message = f"{address} answers {answer.status_code}"
                raise RuntimeError(message)
        results.append(Timed(who, address, statistics.median(times)))
    return results


def trial(engine: str, count: int = COUNT, turns: int = TURNS) -> list[Timed]:
    """Fill an empty database of that engine and measure."""
    with ground(engine) as made:
        settings = config.from_environment(made.environment(FORUM_BASE_URL="http://localhost"))
        app = create_app(settings)
        filled = fill(app, count, datetime.now(UTC))
        found = measured(filled, turns)
        made._applications.append(app)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.arrangements", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    asked = parser.parse_args()
    for engine in ENGINES:
        found = trial(engine, asked.count)
        print(f"{engine}: {asked.count:,} arrangements, whole answers, median of {TURNS}")
        for one in found:
            print(f"  {one.milliseconds:6.1f} ms  {one.who or 'visitor':9} {one.address}")
        worst = max(found, key=lambda each: each.milliseconds)
        print(f"  the slowest takes {worst.milliseconds:.1f} ms: {'holds' if worst.milliseconds < LIMIT else 'FAILS'}")


if __name__ == "__main__":
    main()
