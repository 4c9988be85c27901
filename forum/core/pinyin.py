"""Pinyin of Chinese text, right for words that are read otherwise than their characters one by one.

The library's table of 47,000 phrases weighs 55 MB in each process.  Only some 3,400 of them change a
syllable (重庆, 厦门, 银行): those are picked out of its file, and the rest is never loaded.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import cache
from importlib import resources
from types import ModuleType

_ENTRY = re.compile(r'"([^"\\]{2,})"\s*:\s*(\[\s*\[[^{}]*?\]\s*\])\s*(?=[,}])')


def _without_tone(reading: str) -> str:
    split = unicodedata.normalize("NFD", reading)
    return "".join(c for c in split if not unicodedata.combining(c) or c == "\u0308")


@cache
def _library() -> ModuleType:
    """Load the library without its phrases, and teach it those that matter."""
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    import pypinyin  # noqa: PLC0415 - the variable must be set before
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415

    text = resources.files("pypinyin").joinpath("phrases_dict.json").read_text(encoding="utf-8")
    chosen: dict[str, list[list[str]]] = {}
    for entry in _ENTRY.finditer(text):
        phrase = entry[1]
        usual = [PINYIN_DICT.get(ord(character), "").partition(",")[0] for character in phrase]
        readings: list[list[str]] = json.loads(entry[2])
        if [_without_tone(reading[0]) for reading in readings] != [_without_tone(one) for one in usual]:
            chosen[phrase] = readings
    pypinyin.load_phrases_dict(chosen)
    return pypinyin


def syllables(text: str, *, tones: bool = False) -> list[str]:
    """Return the pinyin of a text, one syllable for each character; other text stays as it is."""
    library = _library()
    style = library.Style.TONE3 if tones else library.Style.NORMAL
    found: list[str] = library.lazy_pinyin(text, style=style, neutral_tone_with_five=tones)
    return found
