"""Redlines: what was taken out and put in, word by word in English and character by character in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from forum.core.text import HAN


class Change(StrEnum):
    """What happened to a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that stayed, came or went."""

    change: Change
    text: str


# English changes by words, blanks and marks; figures and Latin words inside Chinese stay whole as well.
_ENGLISH = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
_CHINESE = re.compile(rf"[{HAN}]|[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|[^\s]")


def redline(before: str, after: str, language: str) -> tuple[Segment, ...]:
    """Return the segments that lead from one wording to the other; joined they give back each of them."""
    pattern = _CHINESE if language == "zh" else _ENGLISH
    old, new = pattern.findall(before), pattern.findall(after)
    segments: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(Segment(Change.SAME, "".join(old[a:b])))
            continue
        if b > a:
            segments.append(Segment(Change.REMOVED, "".join(old[a:b])))
        if d > c:
            segments.append(Segment(Change.ADDED, "".join(new[c:d])))
    return tuple(segments)
