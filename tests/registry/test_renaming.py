"""A city that is renamed or merged while its arrangements run keeps its history on every surface."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree, html
from sqlalchemy import select

from forum.agreements import queries as texts
from forum.cities import operations
from forum.cities.models import CityProfile
from forum.cities.words import CityLevel, Visibility
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.partnerships.models import AgreementVersion
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.texts import start_text
from forum.partnerships.queries.timeline import records
from forum.partnerships.states import VersionState
from forum.places.models import City
from forum.places.operations import override_name
from tests.cast import Cast
from tests.partnerships.people import NOW, World, act, drafted, favour, standing, world
from tests.registry.test_public import ATOM, Registry, kept

__all__ = ["kept"]
DAY, SOURCE = date(2027, 9, 1), "Decree No. 7 of 1 September 2027"
LATER = NOW + timedelta(days=200)


def change(kept: Registry, deed: Callable[[], object]) -> None:
    with kept.cast.app.app_context():
        begin_writing()
        deed()
        session.commit()


def place(name: str) -> City:
    return session.scalars(select(City).where(City.__table__.c.name_en == name)).unique().one()


def page_of(name: str) -> CityProfile:
    return session.scalars(select(CityProfile).where(CityProfile.city_id == place(name).id)).unique().one()


def rename() -> None:
    """Nantes becomes Nantes-Rezé, with another address."""
    operations.rename(page_of("Nantes"), ("Nantes", "南特"), "nantes-reze", DAY, SOURCE, actor=SYSTEM, now=LATER)
    override_name(place("Nantes"), "Nantes-Rezé", "南特雷泽", actor=SYSTEM, now=LATER)


def merge() -> None:
    """Nantes becomes part of Kobe; any other city would do."""
    if session.scalar(select(CityProfile.id).filter_by(slug="kobe")) is None:
        there = CityProfile(
            city_id=place("Kobe").id, slug="kobe", level=CityLevel.PREFECTURE, visibility=Visibility.PUBLIC
        )
        session.add(there)
        session.flush()
    operations.merge(page_of("Nantes"), place("Kobe"), DAY, SOURCE, actor=SYSTEM, now=LATER)


CASES = pytest.mark.parametrize(
    ("deed", "today", "slug"),
    [(rename, "Nantes-Rezé", "nantes-reze"), (merge, "Kobe", "kobe")],
    ids=["renamed", "merged"],
)


def lead(kept: Registry) -> tuple[str, list[str]]:
    made: Any = html.fromstring(kept.get(f"/partnerships/{kept.number}/").text)
    (line,) = made.xpath("//p[@class='lead']")
    return " ".join(line.text_content().split()), line.xpath(".//a/@href")


def told(kept: Registry) -> str:
    """Return what the timeline of the public page says."""
    found = html.fromstring(kept.get(f"/partnerships/{kept.number}/").text).xpath("string(//ol[@class='timeline'])")
    return str(found)


@CASES
def test_the_registry_names_the_city_as_at_signing_with_its_name_of_today(
    kept: Registry, deed: Callable[[], None], today: str, slug: str
) -> None:
    assert lead(kept) == ("Wenzhou – Nantes", ["/en/cities/wenzhou/", "/en/cities/nantes/"])
    timeline = told(kept)
    change(kept, deed)
    assert lead(kept) == (f"Wenzhou – Nantes (today {today})", ["/en/cities/wenzhou/", f"/en/cities/{slug}/"])
    assert told(kept) == timeline
    for words in ("nantes", today):
        assert kept.number in kept.get(f"/partnerships/?q={words}").text or deed is merge
    assert kept.number in kept.get("/partnerships/?q=nantes").text


@CASES
def test_data_and_news_keep_both_names(kept: Registry, deed: Callable[[], None], today: str, slug: str) -> None:
    change(kept, deed)
    (one,) = json.loads(kept.get("/partnerships.json").text)["partnerships"]
    assert [party["name"]["en"] for party in one["parties"]] == ["Wenzhou", "Nantes"]
    assert [party["present_name"]["en"] for party in one["parties"]] == ["Wenzhou", today]
    (row,) = csv.DictReader(io.StringIO(kept.get("/partnerships.csv").data.decode("utf-8-sig")))
    assert (row["Cities"], row["Names today"]) == ("Wenzhou – Nantes", f"Wenzhou – {today}")
    feed: Any = etree.fromstring(kept.get("/partnerships/news.xml").data)
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Wenzhou – Nantes: Registered and in force"]


@CASES
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_former_address_leads_on_to_a_page_that_lists_the_arrangement(
    kept: Registry, language: str, deed: Callable[[], None], today: str, slug: str
) -> None:  # fmt: skip
    assert kept.get("/cities/nantes/", language).status_code == 200
    change(kept, deed)
    moved = kept.get("/cities/nantes/", language)
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/{language}/cities/{slug}/")
    there = kept.get(f"/cities/{slug}/", language)
    assert there.status_code == 200
    assert kept.number in there.text
    assert today in there.text or language == "zh"


def test_a_city_renamed_and_merged_later_is_found_by_every_address_it_had(kept: Registry) -> None:
    change(kept, rename)

    def join() -> None:
        there = CityProfile(
            city_id=place("Kobe").id, slug="kobe", level=CityLevel.PREFECTURE, visibility=Visibility.PUBLIC
        )
        session.add(there)
        session.flush()
        operations.merge(
            page_of("Nantes-Rezé"), place("Kobe"), DAY + timedelta(days=90), SOURCE, actor=SYSTEM, now=LATER
        )

    change(kept, join)
    for address in ("nantes", "nantes-reze"):
        answer = kept.cast.client().get(f"/en/cities/{address}/", follow_redirects=True)
        assert answer.status_code == 200
        assert answer.request.path == "/en/cities/kobe/"
        assert kept.number in answer.text
    assert lead(kept)[0] == "Wenzhou – Nantes (today Kobe)"


@CASES
def test_the_record_and_the_state_stay_as_they_are(
    kept: Registry, deed: Callable[[], None], today: str, slug: str
) -> None:  # fmt: skip
    def read() -> tuple[object, ...]:
        with kept.cast.app.app_context():
            version = session.scalars(select(AgreementVersion).filter_by(state="active")).one()
            history = [(record.action, record.text_hash) for record in records(version)]
            parties = [party.city_id for party in version.partnership.parties]
            return version.state, version.registry_number, neighbours.text.fresh_hashes(version).both, history, parties

    before = read()
    change(kept, deed)
    assert read() == before


@pytest.mark.parametrize("kind", ["renamed", "merged"])
def test_a_frozen_text_keeps_its_names_and_its_seal_and_the_check_confirms_it(cast: Cast, kind: str) -> None:
    with cast.app.app_context():
        code = _frozen_then(kind)
    page = cast.client().get(f"/en/verify/{code}").text
    assert "Nantes" in page
    assert "Nantes-Rezé" not in page


def _frozen_then(kind: str) -> str:
    """Freeze a text, rename or merge a city of it, and go on; return the digits of its copies."""
    begin_writing()
    of: World = world()
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "express_interest", of["other_liaison"])
    start_text(version, standing=standing(version, of["liaison"]), actor=of["liaison"].actor, now=NOW)
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    favour(version, of)
    act(version, "endorse", of["lead"])
    sealed = neighbours.text.fresh_hashes(version)
    code = texts.freezings_by(sealed.both[:16])[0].hash_both[:16]
    profile = CityProfile(
        city_id=of.cities["Nantes"].id, slug="nantes", level=CityLevel.PREFECTURE, visibility=Visibility.PUBLIC
    )
    session.add(profile)
    session.flush()
    if kind == "renamed":
        rename()
    else:
        merge()
    assert neighbours.text.fresh_hashes(version) == sealed
    act(version, "endorse", of["reviewer"])  # and the case goes its way
    assert version.state is VersionState.NATIONAL_REVIEW
    session.commit()
    return code
