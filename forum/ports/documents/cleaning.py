"""Characters that no document may carry, taken out before any encoder sees a text."""

from __future__ import annotations

import re

# U+2028, U+2029 and NEL end a line for some readers and not for others: all become plain line feeds.
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\u000b\u000c]")
# C0 without tab and line feed, DEL, C1, lone surrogates and the two non-characters: XML 1.0 and
# RFC 5545 forbid them, and each library fails on them in its own way.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text with one kind of line end and without characters that break documents."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one blank."""
    return " ".join(clean(text).split())


def shortened(text: str, limit: int) -> str:
    """Return at most ``limit`` characters, the last one an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
