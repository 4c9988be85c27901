"""The map of the world: cities as points, partnerships as the shortest ways between them, coasts without borders.

It reads without colour: cities in China are round, those abroad square, busier ones larger; a partnership in force
is a whole line, any other one dashed.  A table stands beside it and says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from markupsafe import Markup, escape

from forum.core.bilingual import Text
from forum.core.catalogue import Translator
from forum.core.text import has_han
from forum.registry.land import land_path, steps
from forum.registry.projection import HEIGHT, WIDTH, great_circle, on_sheet, project

LETTER = 14.0  # height of a label, in units of the sheet
LABELS = 24
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Point:
    """A city on the map."""

    id: int
    name: Text
    longitude: float
    latitude: float
    at_home: bool = False  # in China
    links: int = 0  # partnerships


@dataclass(frozen=True, slots=True)
class Link:
    """A partnership of two cities on the map, by their ids."""

    first: int
    second: int
    in_force: bool = True


class Box(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def on_sheet(self) -> bool:
        """Tell whether the rectangle lies on the sheet."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its city: where its line of letters begins."""

    city: int
    text: str
    lang: str
    x: float
    baseline: float
    box: Box


def radius(links: int) -> float:
    """Return the size of a city's mark: its area grows with the partnerships."""
    return 2.5 + 1.5 * sqrt(min(links, 16))


def width_of(text: str) -> float:
    """Return about how wide a label is: a Chinese character is a square, a Latin letter half of one."""
    return sum(LETTER if has_han(letter) else LETTER * 0.58 for letter in text)


def labels(cities: Sequence[Point], language: str, most: int = LABELS) -> list[Label]:
    """Return labels for the busiest cities, none of them over another, over a mark or beyond the sheet."""
    marks = [_mark_box(city) for city in cities]
    placed: list[Label] = []
    for city in sorted(cities, key=lambda each: (-each.links, each.id)):
        if len(placed) == most:
            break
        shown = city.name.shown(language)
        for label in _tries(city, shown.text, shown.tag) if shown else ():
            taken = [*marks, *(other.box for other in placed)]
            if label.box.on_sheet and not any(label.box.meets(box) for box in taken):
                placed.append(label)
                break
    return placed


def _mark_box(city: Point) -> Box:
    x, y = project(city.longitude, city.latitude)
    size = radius(city.links)
    return Box(x - size, y - size, x + size, y + size)


def _tries(city: Point, text: str, lang: str) -> Iterable[Label]:
    """Yield the places for a name: right of the mark, left, above, below."""
    x, y = project(city.longitude, city.latitude)
    away, wide = radius(city.links) + _GAP, width_of(text)
    for left, middle in ((x + away, y), (x - away - wide, y), (x - wide / 2, y - away - LETTER / 2),
                         (x - wide / 2, y + away + LETTER / 2)):  # fmt: skip
        box = Box(left, middle - LETTER * 0.6, left + wide, middle + LETTER * 0.6)
        yield Label(city.id, text, lang, left, middle + LETTER * 0.36, box)


def world_map(cities: Sequence[Point], links: Sequence[Link], translate: Translator, *, key: str = "map") -> Markup:
    """Return the map as SVG in the translator's language; ``key`` keeps its ids apart from others on the page.

    Each link is one path, even where it goes over the edge of the sheet.
    """
    known = {city.id: city for city in cities}
    title = translate.gettext("Map of city partnerships")
    desc = translate.ngettext("%(num)s partnership", "%(num)s partnerships", len(links))
    towns = translate.ngettext("%(num)s city", "%(num)s cities", len(cities))
    said = translate.gettext("%(cities)s, %(partnerships)s. The table beside the map lists them all.",
                             cities=towns, partnerships=desc)  # fmt: skip
    busiest = sorted(cities, key=lambda city: (-city.links, city.id))
    return Markup("").join(
        [
            Markup(
                '<svg class="world" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:g}" role="img" '
                'aria-labelledby="{2}-title {2}-desc"><title id="{2}-title">{3}</title><desc id="{2}-desc">{4}</desc>'
            ).format(WIDTH, HEIGHT, key, title, said),
            Markup('<path class="land" d="{}"/>').format(land_path()),
            *(_arc(known[link.first], known[link.second], link) for link in links),
            *(_mark(city, translate) for city in busiest),
            *(_name(label) for label in labels(cities, translate.language)),
            Markup("</svg>"),
        ]
    )


def _arc(first: Point, second: Point, link: Link) -> Markup:
    way = great_circle((first.longitude, first.latitude), (second.longitude, second.latitude))
    path = "".join(steps(line) for line in on_sheet(way))
    return Markup('<path class="{}" d="{}"/>').format("link" if link.in_force else "link other", path)


def _mark(city: Point, translate: Translator) -> Markup:
    x, y = project(city.longitude, city.latitude)
    size = radius(city.links)
    count = translate.ngettext("%(num)s partnership", "%(num)s partnerships", city.links)
    title = translate.gettext("%(city)s: %(partnerships)s", city=city.name.shown(translate.language).text,
                              partnerships=count)  # fmt: skip
    if city.at_home:
        shape = Markup('<circle class="home" cx="{:.1f}" cy="{:.1f}" r="{:.1f}">').format(x, y, size)
        return Markup("{}<title>{}</title></circle>").format(shape, title)
    side = size * 1.8
    shape = Markup('<rect class="abroad" x="{0:.1f}" y="{1:.1f}" width="{2:.1f}" height="{2:.1f}">').format(
        x - side / 2, y - side / 2, side
    )
    return Markup("{}<title>{}</title></rect>").format(shape, title)


def _name(label: Label) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" lang="{}">{}</text>').format(
        label.x, label.baseline, label.lang, escape(label.text)
    )
