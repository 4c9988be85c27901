"""Text as people type it: normalised on the way in, folded for search, keyed for sorting."""

from __future__ import annotations

import re
import unicodedata

from forum.core.pinyin import syllables

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD = re.compile(rf"([{HAN}]+)|[^\W{HAN}]+")
_HAN = re.compile(rf"[{HAN}]")
# C0 but tab and line feed, C1, lone surrogates, non-characters, what copying brings along unseen (soft
# hyphen, blanks without width, byte order mark), and the bidirectional overrides that can make a name read
# as something else on a list.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]",
)


def clean(text: str) -> str:
    """Return the text in NFC with line feeds only, without control characters or outer white space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)).strip()


def is_chinese(text: str) -> bool:
    """Tell whether somebody wrote mainly Chinese; a Chinese name in a sentence of another language isn't that."""
    letters = sum(sign.isalpha() for sign in text)
    return len(_HAN.findall(text)) * 3 > letters


def clean_line(text: str) -> str:
    """Return the text as one line: like ``clean``, with every run of white space folded to one blank."""
    return " ".join(clean(text).split())


def clean_code(text: str) -> str:
    """Return a code, date, number or address typed with a Chinese input method in half-width form (NFKC)."""
    return clean_line(unicodedata.normalize("NFKC", text))


def has_han(text: str) -> bool:
    """Tell whether the text holds a Chinese character."""
    return bool(_HAN.search(text))


def fold(text: str) -> str:
    """Fold width, case and accents, the same on every database."""
    split = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def pinyin_key(text: str) -> str:
    """Return the stored sort key: pinyin with tones for Chinese, folded text for the rest."""
    key = " ".join(syllables(text, tones=True)) if has_han(text) else text
    return fold(key)[:300]


def search_forms(*texts: str | None) -> str:
    """Return one folded line under which a name is found: itself, its pinyin, and its initials."""
    forms: list[str] = []
    for text in texts:
        if not text:
            continue
        forms.append(fold(text).replace("’", "").replace("'", ""))
        if has_han(text):
            sounds = syllables(text)
            forms.append(fold("".join(sounds)))
            forms.append(fold(" ".join(sounds)))
            forms.append(fold("".join(sound[0] for sound in sounds if sound)))
    return " | ".join(dict.fromkeys(form for form in forms if form))


def search_pattern(query: str) -> str:
    r"""Return a LIKE pattern (escape ``\``) that finds a folded query inside ``search_forms``."""
    folded = fold(clean_line(query)).replace("’", "").replace("'", "")
    escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
