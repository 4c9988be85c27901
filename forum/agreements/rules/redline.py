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


# A comparison of single words takes long for long texts: beyond this many pairs, sentences are compared first.
_PAIRS = 5_000_000
_SENTENCE = re.compile(r"[^。；.;\n]*[。；.;\n]+|[^。；.;\n]+")


def redline(before: str, after: str, language: str) -> tuple[Segment, ...]:
    """Return the segments that lead from one wording to the other; joined they give back each of them."""
    pattern = _CHINESE if language == "zh" else _ENGLISH
    old, new = pattern.findall(before), pattern.findall(after)
    if len(old) * len(new) <= _PAIRS:
        return _segments(old, new)
    segments: list[Segment] = []
    first, second = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        gone, come = "".join(first[a:b]), "".join(second[c:d])
        old, new = pattern.findall(gone), pattern.findall(come)
        if tag == "replace" and len(old) * len(new) <= _PAIRS:
            segments += _segments(old, new)
        else:
            segments += _run(tag, gone, come)
    return tuple(segments)


def _segments(old: list[str], new: list[str]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        segments += _run(tag, "".join(old[a:b]), "".join(new[c:d]))
    return tuple(segments)


def _run(tag: str, gone: str, come: str) -> list[Segment]:
    if tag == "equal":
        return [Segment(Change.SAME, gone)]
    runs = ((Change.REMOVED, gone), (Change.ADDED, come))
    return [Segment(change, text) for change, text in runs if text]
