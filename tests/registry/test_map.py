"""The map: coasts without borders, the short way over the Pacific, names that don't overlap and can't break out."""

from __future__ import annotations

import itertools
import json
import re
from math import hypot

import pytest
from lxml import etree

from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.registry.land import FILE, land_path, rings
from forum.registry.map import LABELS, Link, Point, labels, radius, world_map
from forum.registry.projection import HEIGHT, WIDTH, great_circle, on_sheet, placed, project, turned
from tests.matching.chinese import chinese

SVG = "{http://www.w3.org/2000/svg}"
HANGZHOU = Point(1, Text("Hangzhou", "杭州"), 120.16, 30.29, at_home=True, links=3)
LYON = Point(2, Text("Lyon", "里昂"), 4.84, 45.75, links=1)
SAN_FRANCISCO = Point(3, Text("San Francisco", "旧金山"), -122.42, 37.77, links=1)
LIMA = Point(4, Text("Lima", "利马"), -77.03, -12.04, links=1)
CITIES = [HANGZHOU, LYON, SAN_FRANCISCO, LIMA]
LINKS = [Link(1, 2), Link(1, 3), Link(1, 4, in_force=False)]


def _drawn(cities: list[Point], links: list[Link], language: str = "en") -> etree._Element:
    return etree.fromstring(str(world_map(cities, links, chinese() if language == "zh" else translator("en"))))


def test_the_middle_of_the_sheet_and_its_edges() -> None:
    assert project(11, 0)[0] == pytest.approx(WIDTH / 2)
    assert placed(-180, 0)[0] == pytest.approx(0)
    assert placed(180, 0)[0] == pytest.approx(WIDTH)
    assert project(11, 84)[1] == pytest.approx(0)
    assert HEIGHT - 1 <= project(11, -57)[1] <= HEIGHT


def test_the_projection_has_the_published_proportions() -> None:
    # Natural Earth is 0.52 as high as it is wide, and its parallels grow shorter towards the poles, never to a point.
    assert (placed(0, -90)[1] - placed(0, 90)[1]) / WIDTH == pytest.approx(0.52, abs=0.001)
    lengths = [placed(180, latitude)[0] for latitude in range(0, 91, 10)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] > 0.75 * WIDTH


def test_east_lies_right_and_north_lies_up() -> None:
    assert project(120, 30)[0] > project(4, 30)[0] > project(-77, 30)[0]
    assert project(120, 30)[1] < project(120, 0)[1] < project(120, -30)[1]


@pytest.mark.parametrize("far", [SAN_FRANCISCO, LIMA])
def test_the_way_from_china_to_the_americas_goes_over_the_pacific_and_over_the_edge(far: Point) -> None:
    way = great_circle((HANGZHOU.longitude, HANGZHOU.latitude), (far.longitude, far.latitude))
    lines = list(on_sheet(way))
    assert len(lines) == 2
    assert lines[0][-1][0] > 0.8 * WIDTH
    assert lines[1][0][0] < 0.2 * WIDTH
    assert lines[0][-1][1] == pytest.approx(lines[1][0][1])
    assert all(not -10 < longitude < 100 for longitude, _ in way)  # never over Europe or Africa
    back = list(on_sheet(way[::-1]))
    assert len(back) == 2
    assert back[0][-1][0] < 0.2 * WIDTH


def test_the_way_to_europe_stays_on_the_sheet() -> None:
    way = great_circle((HANGZHOU.longitude, HANGZHOU.latitude), (LYON.longitude, LYON.latitude))
    assert len(list(on_sheet(way))) == 1
    assert max(latitude for _, latitude in way) > 50  # over the north of Asia, not along a parallel


def test_no_line_jumps_across_the_sheet() -> None:
    spots = [(lon, lat) for lon in range(-180, 180, 40) for lat in (-50, -10, 30, 70)]
    for start, end in itertools.combinations(spots, 2):
        for line in on_sheet(great_circle(start, end)):
            for one, other in itertools.pairwise(line):
                assert hypot(one[0] - other[0], one[1] - other[1]) < 0.45 * WIDTH


def test_opposite_places_and_the_same_place_have_a_way() -> None:
    assert len(great_circle((0, 0), (180, 0))) > 10
    assert great_circle((5, 5), (5, 5)) == [(5, 5), (5, 5)]


def test_the_land_is_coasts_alone() -> None:
    kept = json.loads(FILE.read_text("utf-8"))
    assert set(kept) == {"source", "unit", "rings"}
    assert "public domain" in kept["source"]
    assert FILE.stat().st_size < 40_000
    assert len(land_path()) < 40_000
    # A border would be a line that two rings have in common.
    edges = [frozenset(pair) for ring in rings() for pair in itertools.pairwise([*ring, ring[0]])]
    assert len(edges) == len(set(edges))


def _is_land(longitude: float, latitude: float) -> bool:
    inside, x = False, turned(longitude)
    for ring in rings():
        for one, other in itertools.pairwise([*ring, ring[0]]):
            if (one[1] > latitude) != (other[1] > latitude):
                at = turned(one[0]) + (latitude - one[1]) / (other[1] - one[1]) * (turned(other[0]) - turned(one[0]))
                inside ^= x < at
    return inside


@pytest.mark.parametrize(
    ("longitude", "latitude", "land"),
    [
        (113.6, 34.7, True),  # Zhengzhou
        (-105, 40, True),  # Denver
        (177, 66.5, True),  # Chukotka on either side of 180°
        (-175, 66.5, True),
        (-30, 30, False),  # Atlantic
        (-150, 0, False),  # Pacific
        (51, 42, False),  # Caspian Sea
        (133, -25, True),  # Australia
    ],
)
def test_land_is_where_land_is(longitude: float, latitude: float, land: bool) -> None:
    assert _is_land(longitude, latitude) is land


def test_no_ring_crosses_the_edge_of_the_sheet() -> None:
    for ring in rings():
        for one, other in itertools.pairwise([*ring, ring[0]]):
            assert abs(turned(one[0]) - turned(other[0])) < 90


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_as_many_lines_as_rows_and_as_many_marks_as_cities(language: str) -> None:
    drawn = _drawn(CITIES, LINKS, language)
    assert len(drawn.findall(f"{SVG}path[@class='link']")) == 2
    assert len(drawn.findall(f"{SVG}path[@class='link other']")) == 1
    assert len(drawn.findall(f"{SVG}circle")) == 1  # a city in China is round, one abroad square
    assert len(drawn.findall(f"{SVG}rect")) == 3


def test_the_map_is_named_in_both_languages() -> None:
    english, text = _drawn(CITIES, LINKS), _drawn(CITIES, LINKS, "zh")
    assert english.get("role") == text.get("role") == "img"
    named = [english.find(f"{SVG}title"), english.find(f"{SVG}desc")]
    assert [each.get("id") for each in named if each is not None] == english.get("aria-labelledby", "").split()
    assert english.findtext(f"{SVG}title") == "Map of city partnerships"
    assert english.findtext(f"{SVG}desc") == "4 cities, 3 partnerships. The table beside the map lists them all."
    assert text.findtext(f"{SVG}title") == "城市伙伴关系地图"
    assert text.findtext(f"{SVG}desc") == "共4座城市、3项合作，详见图旁表格。"
    assert [each.text for each in text.findall(f"{SVG}text")] == ["杭州", "里昂", "旧金山", "利马"]
    assert not re.search(r"[A-Za-z]", "".join(map(str, text.itertext())))


def test_a_name_can_t_break_out() -> None:
    evil = Point(9, Text('<script>alert("1")</script>&', "<b>“'"), 0, 0, links=1)
    drawn = _drawn([evil], [])
    assert drawn.findtext(f"{SVG}text") == evil.name.en
    assert not drawn.findall(f".//{SVG}script")


def test_no_style_stands_in_the_map() -> None:
    text = str(world_map(CITIES, LINKS, translator("en")))
    assert "style" not in text
    assert "fill=" not in text
    assert "#" not in text


def test_no_label_lies_over_another_or_over_a_mark_and_the_busiest_come_first() -> None:
    crowd = [
        Point(at, Text(f"City number {at}", f"第{at}城市"), 100 + at % 8 * 3, 20 + at // 8 * 3, links=at % 17)
        for at in range(64)
    ]
    for language in ("en", "zh"):
        placed_labels = labels(crowd, language)
        assert 4 < len(placed_labels) <= LABELS
        for one, other in itertools.combinations(placed_labels, 2):
            assert not one.box.meets(other.box)
        assert placed_labels[0].city == 16
        assert all(label.box.on_sheet for label in placed_labels)


def test_a_busier_city_has_a_larger_mark_up_to_a_limit() -> None:
    assert radius(0) < radius(1) < radius(9) < radius(16) == radius(400)


def test_a_map_of_nothing_is_still_a_map() -> None:
    drawn = _drawn([], [])
    assert drawn.find(f"{SVG}path[@class='land']") is not None
