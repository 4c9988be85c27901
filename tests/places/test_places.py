"""Places are found in either language, sorted by pinyin, and printed as the office says."""

from __future__ import annotations

import pytest

from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.places import operations, queries
from forum.places.models import Country
from tests.cast import Cast
from tests.conftest import START


@pytest.fixture
def places(writing: None) -> None:
    operations.load_reference()


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("text", ["杭州", "hangzhou", "Hángzhōu", "hz", "杭", "HANGZHOU"])
def test_a_city_is_found_by_characters_pinyin_initials_and_accents(text: str) -> None:
    found, _ = queries.search("cities", text, "en")
    assert "Hangzhou" in [city.name_en for city in found]


@pytest.mark.usefixtures("places")
def test_wildcards_are_ordinary_characters() -> None:
    assert queries.search("cities", "%", "en")[1] == 0
    assert queries.search("cities", "_", "en")[1] == 0


@pytest.mark.usefixtures("places")
def test_chinese_lists_follow_pinyin() -> None:
    names = [city.name_zh for city in queries.everything("cities", "zh")]
    assert names.index("北京") < names.index("重庆") < names.index("杭州") < names.index("厦门")


@pytest.mark.usefixtures("places")
def test_hong_kong_macao_and_taiwan_are_printed_as_regions_of_china() -> None:
    names = {c.iso2: (c.name_en, c.name_zh) for c in queries.everything("countries", "en")}
    assert names["HK"] == ("Hong Kong, China", "中国香港")
    assert names["MO"] == ("Macao, China", "中国澳门")
    assert names["TW"] == ("Taiwan, China", "中国台湾")


@pytest.mark.usefixtures("places")
def test_loading_again_changes_nothing() -> None:
    assert operations.load_reference() == 0


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("name", "iso2"), [("France", "FR"), ("法国", "FR"), ("fra", "FR"), ("South Korea", "KR"), ("Atlantis", None)]
)
def test_an_imported_country_name_is_recognised_or_not_but_never_guessed(name: str, iso2: str | None) -> None:
    found = queries.country_named(name)
    assert (found.iso2 if found else None) == iso2


@pytest.mark.usefixtures("places")
def test_an_overridden_name_is_printed_and_the_former_one_still_finds_it() -> None:
    place = queries.one("countries", "FR")
    assert isinstance(place, Country)
    operations.override_name(place, "French Republic", "法兰西共和国", actor=SYSTEM, now=START)
    session.flush()
    assert [c.name_zh for c in queries.search("countries", "法国", "zh")[0]] == ["法兰西共和国"]
    assert queries.search("countries", "falanxi", "zh")[1] == 1


def test_the_administrator_corrects_a_name(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        session.commit()
    browser = cast.client("admin")
    refused = browser.submit("/zh/places/countries/FR", {"name_en": "", "name_zh": "法兰西"})
    assert refused.status_code == 422
    assert "法兰西" in refused.text
    assert browser.submit("/zh/places/countries/FR", {"name_en": "France", "name_zh": "法兰西"}).status_code == 303
    assert "法兰西" in browser.get("/zh/places/countries").text
    assert cast.client("organiser").get("/zh/places/countries").status_code == 403
