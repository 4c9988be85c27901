"""Languages as files name them, and as the house does."""

from __future__ import annotations

WRITTEN = {"en": "en", "zh": "zh-CN"}
_SIMPLIFIED = frozenset(
    {"", "cn", "sg", "my", "hans", "hans-cn", "hans-sg", "hans-my", "cmn", "cmn-hans", "cmn-hans-cn"}
)


def language_of(tag: str) -> str | None:
    """Return ``en`` or ``zh`` for a tag such as ``EN-us`` or ``zh_Hans``; None for any other language.

    Traditional Chinese (TW, HK, MO, Hant) is another written language here: it is never taken for Simplified.
    """
    first, _, rest = tag.strip().replace("_", "-").casefold().partition("-")
    if first in {"en", "eng"}:
        return "en"
    if first in {"zh", "zho", "chi", "cmn"} and rest in _SIMPLIFIED:
        return "zh"
    return None
