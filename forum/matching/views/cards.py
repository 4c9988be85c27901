"""What a page shows of one pair: the parts as a bar and as numbers, the reasons, and what would raise the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from forum.core.bilingual import Shown, Text
from forum.core.catalogue import translator
from forum.matching import queries
from forum.matching.rules.explaining import Reason, reasons
from forum.matching.rules.facts import CityFacts
from forum.matching.rules.ranking import Suggestion, raises
from forum.matching.rules.score import CENTS, PARTS, Score, Weights, one_decimal, shown_parts, tenths
from forum.matching.rules.sentences import PART_LABELS, Wording
from forum.web.language import current_language


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score as it is shown."""

    label: str
    points: str  # with one decimal
    most: int  # points that the part can give
    start: float  # where its piece of the bar begins, in hundredths of the bar
    width: float


@dataclass(frozen=True, slots=True)
class Card:
    """A city as it is suggested to another one."""

    rank: int
    city: int
    name: Shown
    slug: str
    total: str
    parts: list[Part]
    sentences: list[str]
    warnings: list[str]
    raising: list[str]


def wording(names: Mapping[int, Text], you: int | None) -> Wording:
    """Return how sentences are made for the reader of this page."""
    return Wording(translator(current_language()), names, queries.area_names(), you)


def parts_of(cents: Mapping[str, int], weights: Weights, say: Wording) -> list[Part]:
    """Return the parts of a score; the shown ones add up to the shown total."""
    most = dict(zip(PARTS, astuple(weights), strict=True))
    shown = shown_parts({name: cents[name] for name in PARTS})
    found: list[Part] = []
    start = 0.0
    for name in PARTS:
        width = cents[name] / CENTS
        found.append(Part(say.translate(PART_LABELS[name]), one_decimal(shown[name]), most[name], start, width))
        start += width
    return found


def total_of(found: Score | int) -> str:
    """Return a total as it is shown."""
    return one_decimal(tenths(found if isinstance(found, int) else found.total))


def card(
    rank: int, city: CityFacts, each: Suggestion, weights: Weights, say: Wording, *, slugs: Mapping[int, str], year: int
) -> Card:
    """Return a suggestion as it is shown to a city."""
    return Card(
        rank=rank,
        city=each.city.id,
        name=each.city.name.shown(say.language),
        slug=slugs.get(each.city.id, ""),
        total=total_of(each.score),
        parts=parts_of(each.score.parts(), weights, say),
        sentences=sentences(reasons(city, each.city, year), say),
        warnings=[say.warning(warn) for warn in each.warnings],
        raising=[say.raising(step) for step in raises(city, each.city, weights, year)],
    )


def sentences(found: Iterable[Reason], say: Wording) -> list[str]:
    """Return reasons as sentences."""
    return [say.reason(reason) for reason in found]
