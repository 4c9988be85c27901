"""What two texts have in common apart from width, case and blanks."""

from __future__ import annotations

import re
import unicodedata

# One Han character, or one word of another script: the tokens by which texts are compared.
_TOKENS = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
    "|[^\\W\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)


def normalised(text: str) -> str:
    """Return the text in NFKC, case folded, with single blanks; doing it twice changes nothing."""
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    again = unicodedata.normalize("NFKC", folded.casefold())  # a few signs fold only once they are composed
    return " ".join(again.split())


def tokens(text: str) -> list[str]:
    """Return the words and the Han characters of a text; punctuation is no token."""
    return _TOKENS.findall(text)
