"""Which comments say nearly the same: suggested to a person, who decides."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz import fuzz

from forum.comments.rules.clauses import clause_key

_NOISE = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared: the comment in each language, under a clause and a type."""

    key: int
    clause: str
    kind: str
    texts: tuple[str, ...]  # English, Chinese; empty where there is none


@dataclass(frozen=True, slots=True)
class Alike:
    """Two comments that say nearly the same, and how nearly, in hundredths."""

    first: int
    second: int
    percent: int


def normalised(text: str) -> str:
    """Return a text as it is compared: half width, small letters, without punctuation, one blank between words."""
    return " ".join(_NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def likeness(one: str, other: str) -> Fraction:
    """Return how alike two texts are, from 0 to 1, exact to a ten-thousandth."""
    first, second = normalised(one), normalised(other)
    if not first or not second:
        return Fraction(0)
    return Fraction(round(fuzz.ratio(first, second) * 100), 10_000)


def near_duplicates(comments: Iterable[Said], threshold: Fraction) -> list[Alike]:
    """Return pairs of the same clause and type whose texts in one language reach the threshold, the likest first."""
    groups: dict[Hashable, list[Said]] = defaultdict(list)
    for each in comments:
        groups[clause_key(each.clause), each.kind].append(each)
    found = []
    for group in groups.values():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                nearest = max(
                    (likeness(a, b) for a, b in zip(one.texts, other.texts, strict=True)), default=Fraction(0)
                )
                if nearest >= threshold:
                    found.append(Alike(one.key, other.key, int(nearest * 100)))
    return sorted(found, key=lambda pair: -pair.percent)
