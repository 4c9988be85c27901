"""The reference data say what the licences, the office and the maps allow."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forum.core.text import pinyin_key
from forum.places.reference import (
    ATTRIBUTION,
    cities,
    countries,
    organisations,
    place,
    prefectures,
    provinces,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_every_list_has_its_number_of_rows() -> None:
    assert len(countries()) == 249
    assert len(provinces()) == 35
    assert len(prefectures()) == 342
    assert sum(city.population is not None for city in cities()) == 95
    assert len(organisations()) >= 60


def test_codes_are_unique() -> None:
    for codes in (
        [country.iso2 for country in countries()],
        [country.iso3 for country in countries()],
        [province.code for province in provinces()],
        [prefecture.code for prefecture in prefectures()],
        [city.code for city in cities()],
        [organisation.code for organisation in organisations()],
    ):
        assert len(codes) == len(set(codes))


def test_every_name_is_there_in_both_languages() -> None:
    names = [country.name for country in countries()]
    names += [province.name for province in provinces()]
    names += [prefecture.name for prefecture in prefectures()]
    names += [city.name for city in cities()]
    names += [organisation.name for organisation in organisations()]
    for name in names:
        assert name.en.strip(), name
        assert re.search("[\u4e00-\u9fff]", name.zh), name


@pytest.mark.parametrize(
    ("iso2", "english", "chinese"),
    [
        ("HK", "Hong Kong, China", "中国香港"),
        ("MO", "Macao, China", "中国澳门"),
        ("TW", "Taiwan, China", "中国台湾"),
        ("KR", "Republic of Korea", "韩国"),
    ],
)
def test_the_offices_own_forms_are_printed_and_the_catalogues_forms_only_match(
    iso2: str, english: str, chinese: str
) -> None:
    country = place("country", iso2)
    assert (country.name.en, country.name.zh) == (english, chinese)
    assert country.to_confirm
    assert country.match_en != english


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("110000", "Beijing"),
        ("150000", "Inner Mongolia"),
        ("540000", "Tibet (Xizang)"),
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("XPCC", "Xinjiang Production and Construction Corps"),
    ],
)
def test_provinces_carry_display_names_without_the_unit(code: str, english: str) -> None:
    assert {province.code: province.name.en for province in provinces()}[code] == english


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("西安", "Xi’an"),
        ("六安", "Lu’an"),
        ("乌鲁木齐", "Ürümqi"),
        ("呼和浩特", "Hohhot"),
        ("拉萨", "Lhasa"),
        ("长治", "Changzhi"),
        ("漯河", "Luohe"),
        ("朝阳", "Chaoyang"),
        ("厦门", "Xiamen"),
        ("蚌埠", "Bengbu"),
    ],
)
def test_cities_whose_pinyin_misleads_are_named_by_hand(chinese: str, english: str) -> None:
    assert [city.name.en for city in cities() if city.name.zh == chinese] == [english]


def test_an_english_name_by_rule_is_marked_as_a_suggestion() -> None:
    by_name = {city.name.zh: city for city in cities()}
    assert by_name["绍兴"].name_en_is_suggested
    assert not by_name["杭州"].name_en_is_suggested


def test_every_chinese_city_lies_in_a_known_province() -> None:
    known = {province.code for province in provinces()}
    for city in cities():
        assert (city.iso2 == "CN") == bool(city.province_code)
        assert not city.province_code or city.province_code in known


def test_every_prefecture_level_city_is_listed_once() -> None:
    listed = [city.gbt2260 for city in cities() if city.gbt2260]
    assert len(listed) == len(set(listed))
    assert {unit.code for unit in prefectures() if unit.kind == "city"} <= set(listed)


def test_every_zone_exists_and_urumqi_works_by_beijing_time() -> None:
    for city in cities():
        assert ZoneInfo(city.zone_name).key == city.zone_name
        assert ZoneInfo(city.work_zone_name).key == city.work_zone_name
    urumqi = place("city", "cn-650100")
    assert (urumqi.zone_name, urumqi.work_zone_name) == ("Asia/Urumqi", "Asia/Shanghai")


def test_names_of_one_city_sort_by_pinyin_not_by_code_point() -> None:
    names = sorted((city.name.zh for city in cities() if city.name.zh in "重庆长沙成都"), key=pinyin_key)
    assert names == ["长沙", "成都", "重庆"]


def test_a_committee_hangs_under_a_known_body() -> None:
    known = {organisation.code for organisation in organisations()}
    parents = {organisation.code: organisation.parent_code for organisation in organisations()}
    assert parents["ISO/TC 268/SC 1"] == "ISO/TC 268"
    assert {parent for parent in parents.values() if parent} <= known


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        place("city", "xx-nowhere")


def test_the_attribution_names_every_source_in_both_languages() -> None:
    for source in ("GeoNames", "CC BY 4.0", "CLDR", "pycountry", "Wikidata", "CC0", "ISO"):
        assert source in ATTRIBUTION.en
        assert source in ATTRIBUTION.zh


def test_the_lists_agree_with_the_shared_sources_where_these_are_present() -> None:
    source = SHARED / "territories_zh_en.csv"
    expected = {}
    if source.exists():
        with source.open(encoding="utf-8", newline="") as lines:
            expected = {row["iso2"]: row["display_zh"] for row in csv.DictReader(lines)}
    names = {country.iso2: country.name.zh for country in countries()}
    assert names | expected == names
