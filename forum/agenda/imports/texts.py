"""Foreign text to our own: markup to plain text, script to language, words to language codes."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

from forum.core.bilingual import Text, TextState

LONGEST_TITLE = 300
LONGEST_TEXT = 20_000

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr|/ul|/ol|/blockquote)\b[^<>]*>", re.IGNORECASE)
_POINTS = re.compile(r"<\s*li\b[^<>]*>", re.IGNORECASE)
# Control characters, lone surrogates and marks that turn the direction of the text around them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{1,500})\)")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~).*$", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_BULLET = re.compile(r"^([ \t]*)[*+][ \t]+", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\n{3,}")

_FILLERS = frozenset(
    {"tba", "tbc", "tbd", "n/a", "na", "none", "null", "nil", "-", "--", "–", "—", ".", "...", "…"}
    | {"no description", "no abstract", "to be announced", "to be confirmed", "description tba", "todo"}
    | {"待定", "待补", "待补充", "待公布", "暂无", "无", "無", "待確認", "待确认"}
)
_BREAK_WORDS = re.compile(
    r"\b(?:coffee|tea|lunch|breakfast|dinner|break|changeover|registration open|free time|recess|"
    r"mittagspause|kaffeepause)\b|茶歇|茶叙|午餐|早餐|晚餐|午休|休息|用餐",
    re.IGNORECASE,
)

_LANGUAGE_WORDS = {
    word: code
    for code, words in {
        "zh": "chinese mandarin putonghua 中文 汉语 漢語 华语 華語 国语 國語 普通话",
        "en": "english 英文 英语 英語",
        "de": "german deutsch",
        "fr": "french français",
        "es": "spanish español",
        "ru": "russian русский",
        "ar": "arabic العربية",
        "ja": "japanese 日本語 日文 日语",
        "ko": "korean 한국어",
        "it": "italian italiano",
        "pt": "portuguese português",
        "nl": "dutch nederlands",
    }.items()
    for word in words.split()
}
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z0-9]{2,8})*")
_LANGUAGE_SPLIT = re.compile(r"\s*[,;/&+、，；]\s*|\s+(?:and|und|et|和)\s+")

# Frequent characters that exist in one of the two forms alone.
_TRADITIONAL = frozenset(
    "們來這說時會國學開門問間關點經過與對後發現實際應該網頁電腦體語讓還為個從無樣動種業資訊務導軟據"
)
_SIMPLIFIED = frozenset(
    "们来这说时会国学开门问间关点经过与对后发现实际应该网页电脑体语让还为个从无样动种业资讯务导软据"
)
_TRADITIONAL_ONLY = _TRADITIONAL - _SIMPLIFIED
_SIMPLIFIED_ONLY = _SIMPLIFIED - _TRADITIONAL


def has_han(text: str) -> bool:
    """Tell whether a text contains Chinese characters."""
    return _HAN.search(text) is not None


def is_traditional(text: str) -> bool:
    """Tell whether Chinese text is in traditional characters, by frequent ones that differ."""
    traditional = sum(character in _TRADITIONAL_ONLY for character in text)
    return traditional > sum(character in _SIMPLIFIED_ONLY for character in text)


def plain(raw: object, *, longest: int = LONGEST_TEXT) -> str:
    """Return foreign text as plain text: no HTML, no Markdown, no control characters, NFC.

    The result is stable: cleaning it again changes nothing.
    """
    text = raw if isinstance(raw, str) else "" if raw is None else str(raw)
    # Longer than this is cut unread, so that no pattern ever runs over megabytes.
    text = text[: longest * 4].replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(4):
        cleaned = _once(text)
        if cleaned == text:
            break
        text = cleaned
    return text[:longest].rstrip()


def _once(text: str) -> str:
    text = _UNWANTED.sub("", unicodedata.normalize("NFC", text))
    if _MARKUP.search(text):
        text = _POINTS.sub("\n- ", _BREAKS.sub("\n", text))
        text = nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})
        text = _UNWANTED.sub("", html.unescape(text))
    text = _LINK.sub(_spoken_link, text)
    text = _FENCE.sub("", _HEADING.sub("", text))
    text = _BULLET.sub(r"\1- ", _STRONG.sub(r"\2", text))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _spoken_link(match: re.Match[str]) -> str:
    words, address = match.group(1).strip(), match.group(2)
    return address if not words or words == address else f"{words} ({address})"


def one_line(raw: object, *, longest: int = LONGEST_TITLE) -> str:
    """Return foreign text as one line of plain text."""
    return " ".join(plain(raw).split())[:longest].rstrip()


def is_filler(text: str) -> bool:
    """Tell whether a text only says that there is none, such as "TBA"."""
    return text.strip().casefold().rstrip(".!") in _FILLERS or text.strip() in _FILLERS


def looks_like_break(*texts: str) -> bool:
    """Tell whether words such as "lunch" propose that an item is a break."""
    return any(_BREAK_WORDS.search(text) for text in texts if len(text) <= 80)


def by_script(text: str) -> Text:
    """Return a text on the side of the script it is written in.

    A text "中文 / English", as our exports join both languages, fills both sides.
    """
    if not text:
        return Text()
    if has_han(text):
        left, separator, right = text.partition(" / ")
        if separator and has_han(left) and right and not has_han(right):
            return paired(right, left)
        return paired("", text)
    return paired(text, "")


def paired(en: str, zh: str, source: str = "") -> Text:
    """Return both sides with their states: the source is the language of the speech, else the only side."""
    if en and not zh:
        source = "en"
    elif zh and not en:
        source = "zh"
    if source == "zh":
        return Text(en, zh, TextState.HUMAN, TextState.SOURCE)
    return Text(en, zh, TextState.SOURCE, TextState.HUMAN)


def two_sides(en: str, zh: str, source: str = "") -> tuple[Text, bool]:
    """Return both sides of a bilingual file, and whether they were the same text.

    Equal texts were never translated: they fill only the side of the script they are written in.
    """
    if en and en == zh:
        return (paired("", zh) if has_han(zh) else paired(en, "")), True
    return paired(en, zh, source), False


def language_codes(raw: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ISO 639-1 codes a text names, in order, and the words that nobody understood."""
    codes: dict[str, None] = {}
    unknown: list[str] = []
    for word in _LANGUAGE_SPLIT.split(one_line(raw, longest=100)):
        lowered = word.casefold()
        if lowered in _LANGUAGE_WORDS:
            codes[_LANGUAGE_WORDS[lowered]] = None
        elif _LANGUAGE_CODE.fullmatch(lowered):
            codes[lowered[:2]] = None
        elif word:
            unknown.append(word)
    return tuple(codes), tuple(unknown)


def safe_address(raw: object) -> str:
    """Return a web address, or nothing when it is relative, of another scheme, or too long to be one."""
    address = one_line(raw, longest=2000) if isinstance(raw, str) else ""
    return address if re.fullmatch(r"https?://[^\s<>\"'\\]{1,1900}", address) else ""
