"""Scope texts as published: HTML with a word processor's residue, often unclosed.  Only plain words come out."""

from __future__ import annotations

import html
import re

from forum.core.text import clean_line

LONGEST = 400  # signs of an extract; the whole text stays with its publisher
_LOOKED_AT = 20_000  # signs of the source
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[.*?(?:\]>|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|xml|template|svg|math)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?:>|\Z)?")
_LEFT = re.compile(r"[<>]")


def extract(source: str) -> str:
    """Return at most 400 signs of plain text: no markup, no comments, no scripts."""
    text = source[:_LOOKED_AT]
    for _turn in range(3):  # what was escaped once or twice is markup as well
        if "<" not in text and "&" not in text:
            break
        text = _COMMENT.sub(" ", text)
        text = _UNSEEN.sub(" ", text)
        text = _TAG.sub(" ", text)
        text = html.unescape(text)
    text = clean_line(_LEFT.sub(" ", text))
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rstrip() + "…"
