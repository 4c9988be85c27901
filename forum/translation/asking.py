"""What an address asks for: which translations a file may hold."""

from __future__ import annotations

from flask import request

from forum.translation.errors import UnreadableTexts
from forum.translation.standing import TEXTS, Texts, read_texts


def asked_texts(usual: Texts = "reviewed") -> Texts:
    """Return the choice that the address names, else the usual one; raise ``UnreadableTexts`` for another word."""
    word = request.args.get("texts", "")
    if not word:
        return usual
    found = read_texts(word)
    if found is None:
        raise UnreadableTexts(name="texts", values=", ".join(TEXTS))
    return found
