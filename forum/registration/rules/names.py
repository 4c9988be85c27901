"""What a name may be written with: Latin letters in the one field, Chinese characters in the other.

Names are never judged beyond their script: one part alone, particles, accents and apostrophes are all names.
"""

from __future__ import annotations

import unicodedata

from forum.core.text import clean_line, has_han

# Signs that stand in Latin names, among them "s/o", "a/l" and "@" for another name in Malaysia and Singapore,
# and the number of somebody who bears the name of a forebear.
_SIGNS = frozenset(" '’ʻʼ-‐.,/@·()0123456789")
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_APOSTROPHES = dict.fromkeys(map(ord, "´`‘＇"), "'")
_DOTS = dict.fromkeys(map(ord, "・•‧∙⋅．"), "·")
FAMILY_FIRST = frozenset({"CN", "KP", "KR", "TW", "VN"})


def as_latin(text: str) -> str:
    """Return a Latin name as one line: full-width letters folded, accents kept, one kind of apostrophe."""
    return clean_line(text.translate(_WIDTHS).translate(_APOSTROPHES))


def as_chinese(text: str) -> str:
    """Return a Chinese name as one line, with the one dot that parts a transcribed name."""
    return clean_line(text.translate(_DOTS))


def latin_is_sound(text: str) -> bool:
    """Tell whether a name is written in Latin letters; an empty one is, for people with a single name."""
    letters = [sign for sign in text if sign not in _SIGNS and not unicodedata.combining(sign)]
    return (bool(letters) or not text) and all(_is_latin(letter) for letter in letters)


def chinese_is_sound(text: str) -> bool:
    """Tell whether a name is written in Chinese characters; initials such as those of J·K·罗琳 may stand in it."""
    return not text or (has_han(text) and all(has_han(sign) or sign in _SIGNS or _is_latin(sign) for sign in text))


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")


def usual_order(country: str | None) -> str:
    """Return the order in which names of a country are usually written; everybody may choose the other one."""
    return "family_first" if country in FAMILY_FIRST else "given_first"
