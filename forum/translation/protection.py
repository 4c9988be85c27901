"""What no engine may touch: names, references, placeholders, tags, links and code, masked before and compared after.

``mask`` puts a token for each such thing; ``unmask`` puts the things back, whatever the engine made of the tokens'
brackets; ``losses`` compares the final text with its source.  Pure functions of texts.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

Vault = tuple[str, ...]

_CITATION = r"[\[［【〔⟦]\s*\d+\s*[\]］】〕⟧]"  # masked too, or "[1]" would be read back as a token
_CODE = r"```.*?```|~~~.*?~~~|``[^\n]+?``|`[^`\n]+`"
_IMAGE = r"!\[[^\[\]\n]*\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"
_TARGET = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"\n]*\")?\)"
_LINK = rf"(?P<opens>\[)(?=(?P<words>[^\[\]\n]+)\]{_TARGET})|(?P<closes>\]{_TARGET})"
_TAG = r"<!--.*?-->|</?[A-Za-z][^<>]*>|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
_PERCENT = r"%\([A-Za-z_]\w*\)[#0 +-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%%"
_BRACES = r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{[\w.!:\[\]-]*\}"
_ADDRESS = (
    r"(?:https?://|ftp://|mailto:|tel:|(?<![A-Za-z0-9.])www\.)[!-;=?-Z_a-z~#-&]*[/=#&~A-Za-z0-9_-]"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
# Bodies whose bare name is a name as well, and those that are words or units without a number.
_BODY = r"(?:ISO|IEC|IEEE|ITU(?:-[TRD])?|CENELEC|CEN|ETSI|SAC|IWA|GB)"
_NUMBERED = r"(?:EN|DIN|BS|JIS|ANSI|ASTM|RFC|DB\d{2}|T/[A-Z]{2,10}|[A-Z]{2}/[TZ])"
_UNDER = r"(?:/(?:IEC|IEEE|CEN|CENELEC|EN|ISO|TC|SC|WG|TS|TR|PAS|FDIS|DIS|CD|WD|NP|PWI|JTC|Guide|T|Z)(?![A-Za-z]))*"
_FIGURES = r"(?:[A-Z]\.)?\d+(?:[.–—-]\d+)*(?::\d{4})?"
_NUMBER = rf"[ \u00a0-]?(?:(?:JTC|TC|SC|WG|SG|TS|TR|PAS|IWA|Guide)[ \u00a0]?)?{_FIGURES}"
_TAIL = r"(?:/(?:TC|SC|WG|JWG|AHG|TG|Amd|Cor|AMD|COR|Add|[A-Z]\.)[ \u00a0.]?\d+(?:[.–—-]\d+)*(?::\d{4})?)*"
_STANDARD = rf"(?<![A-Za-z0-9])(?:{_BODY}{_UNDER}(?:{_NUMBER})?|{_NUMBERED}{_UNDER}{_NUMBER}){_TAIL}(?![A-Za-z])"

TOKEN = re.compile(
    r"[⟦\[［【〔]\s*(\d{1,6})\s*[⟧\]］】〕]"
)  # engines change the brackets, add blanks, widen the figures
_SPAN = re.compile(r"<span\b[^<>]*\bid\s*=\s*[\"'“”]?t(\d{1,6})\b[^<>]*>.*?</span\s*>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"\s*(?:(?:#{1,6}|>|[*+-]|\d{1,3}[.)])\s+)*")
_NAMED = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset({"br", "hr", "img", "wbr", "input", "meta", "link"})


class Segment(NamedTuple):
    """A line of a masked text: what stays, what is translated, what stays."""

    head: str
    core: str
    tail: str

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate."""
        return any(sign.isalpha() for sign in TOKEN.sub("", self.core))


def mask(text: str, names: Iterable[str] = ()) -> tuple[str, Vault]:
    """Put a token ``⟦n⟧`` for each protected thing; return the text and the things in the order of their numbers.

    ``names`` is the do-not-translate list; the longest name wins.
    """
    vault: list[str] = []

    def hide(found: re.Match[str]) -> str:
        vault.append(found.group())
        return f"⟦{len(vault) - 1}⟧"

    return _pattern(_standing_in(text, names)).sub(hide, text), tuple(vault)


def unmask(text: str, vault: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Put the things back; return the text and those that were lost or doubled.

    A thing that ends in a letter or figure is kept apart from a letter or figure that an engine has moved beside it.
    """
    used: Counter[int] = Counter()
    parts: list[str] = []
    end = 0
    for found in TOKEN.finditer(text):
        number = int(found.group(1))
        if number >= len(vault):
            continue
        used[number] += 1
        parts.append(_beside(parts, text[end : found.start()]))
        parts.append(_beside(parts, vault[number]))
        end = found.end()
    parts.append(_beside(parts, text[end:]))
    return "".join(parts), tuple(thing for number, thing in enumerate(vault) if used[number] != 1)


def segments(masked: str) -> list[Segment]:
    """Return a masked text line by line; heads of lists and headings aren't handed to an engine."""
    found = []
    for line in masked.split("\n"):
        head = _HEAD.match(line)
        start = head.end() if head else 0
        core = line[start:]
        kept = core.rstrip()
        found.append(Segment(line[:start], kept, core[len(kept) :]))
    return found


def joined(lines: Sequence[Segment], cores: Sequence[str]) -> str:
    """Return the text of lines whose cores were translated."""
    return "\n".join(f"{line.head}{core.strip()}{line.tail}" for line, core in zip(lines, cores, strict=True))


def as_spans(masked: str) -> str:
    """Return a masked text as HTML in which each token says that it isn't to be translated."""
    parts: list[str] = []
    end = 0
    for found in TOKEN.finditer(masked):
        parts.append(html.escape(masked[end : found.start()], quote=False))
        number = int(found.group(1))
        parts.append(f'<span translate="no" id="t{number}">⟦{number}⟧</span>')
        end = found.end()
    parts.append(html.escape(masked[end:], quote=False))
    return "".join(parts)


def from_spans(answer: str) -> str:
    """Return an engine's HTML as masked text: a span is its token, whatever was made of what stood in it."""
    return html.unescape(_SPAN.sub(lambda found: f"⟦{int(found.group(1))}⟧", answer))


def losses(source: str, final: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what doesn't stand in the final text exactly as often as in its source.

    A bare name that only the translation uses is no loss: a language may need one where the other has a word.  Tags
    that are out of their order are losses as well.
    """
    known = tuple(names)
    before, after = Counter(protected(source, known)), Counter(protected(final, known))
    wrong = [thing for thing, count in before.items() if after[thing] != count]
    wrong += [thing for thing in after if thing not in before and not _bare(thing, known)]
    if not wrong and _nested(protected(source, known)) and not _nested(protected(final, known)):
        wrong = sorted({thing for thing in after if _NAMED.match(thing)})
    return tuple(wrong)


def protected(text: str, names: Iterable[str] = ()) -> list[str]:
    """Return the protected things of a text, in its order."""
    return [found.group() for found in _pattern(_standing_in(text, names)).finditer(text)]


def _standing_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a text holds at all: of a long list few do, and a pattern of all of them is slow."""
    return tuple(name for name in names if name.strip() in text)


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    kinds = [*map(_whole, listed), _CODE, _IMAGE, _CITATION, _LINK, _TAG, _PERCENT, _BRACES, _ADDRESS, _STANDARD]
    return re.compile("|".join(kinds), re.DOTALL)


def _whole(name: str) -> str:
    """Return the pattern of a name that isn't part of a longer word."""
    before = r"(?<![A-Za-z0-9])" if _is_plain(name[0]) else ""
    after = r"(?![A-Za-z0-9])" if _is_plain(name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def _is_plain(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _beside(parts: list[str], text: str) -> str:
    last = next((part[-1] for part in reversed(parts) if part), "")
    return f" {text}" if last and text and _is_plain(last) and _is_plain(text[0]) else text


def _bare(thing: str, names: tuple[str, ...]) -> bool:
    return thing in names or re.fullmatch(rf"{_BODY}{_UNDER}", thing) is not None


def _nested(things: Iterable[str]) -> bool:
    """Tell whether every tag is closed, in the order of their opening."""
    open_now: list[str] = []
    for thing in things:
        found = _NAMED.match(thing)
        name = found.group(1).lower() if found else ""
        if not name or name in _VOID or thing.endswith("/>") or "://" in thing:
            continue
        if not thing.startswith("</"):
            open_now.append(name)
        elif not open_now or open_now.pop() != name:
            return False
    return not open_now
