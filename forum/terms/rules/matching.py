"""Finding many terms in one text in a single pass.

English goes by words: a trie whose steps are words, so that a term begins and ends at a word; its last word
may stand in the plural.  Chinese has no blanks: of each position the possible lengths are looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forum.core.text import HAN

_TOKEN = re.compile(rf"[^\W_{HAN}]+")
_GAP = re.compile(r"[\s\-\u2010\u2011\u00a0’'/]{1,3}\Z")
_REFERENCE_GOES_ON = re.compile(r"/|[ \u00a0-]?\d")
_CAPITALS = 5  # an acronym up to this length is told by its capitals: “CD”, “NP”


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where a word stands in a text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start

    def meets(self, other: Span) -> bool:
        """Tell whether both share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class _Node:
    further: dict[str, _Node] = field(default_factory=dict)
    word: str = ""


def even(text: str) -> str:
    """Return the text in which words are looked for; places stay what they are in the text as it was given."""
    lowered = text.casefold()
    if len(lowered) == len(text):
        return lowered
    return "".join(folded if len(folded := sign.casefold()) == 1 else sign for sign in text)


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word and its plurals: -s, -es, -ies."""
    if len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou":
        return word, f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word, f"{word}es"
    return word, f"{word}s", f"{word}es"


def is_acronym(word: str) -> bool:
    """Tell whether a word is known by its capitals."""
    return len(word) <= _CAPITALS and word.isascii() and word.isupper()


def _stands_alone(text: str, acronym: str, start: int) -> bool:
    """Tell whether an acronym stands in its capitals, and not in a reference such as ISO/TC 268 or ISO 37120."""
    end = start + len(acronym)
    return (
        text.startswith(acronym, start) and text[start - 1 : start] != "/" and not _REFERENCE_GOES_ON.match(text, end)
    )


class Automaton:
    """Words of one language, ready to be looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._root = _Node()
        self._han: dict[str, tuple[int, ...]] = {}
        self._han_words: dict[str, str] = {}
        lengths: dict[str, set[int]] = {}
        for word in words:
            if re.search(rf"[{HAN}]", word):
                key = even(word)
                self._han_words[key] = word
                lengths.setdefault(key[0], set()).add(len(key))
            else:
                self._plant(word)
        self._han = {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}

    def _plant(self, word: str) -> None:
        tokens = _TOKEN.findall(even(word))
        if not tokens:
            return
        node = self._root
        for token in tokens[:-1]:
            node = node.further.setdefault(token, _Node())
        for form in forms_of(tokens[-1]):
            end = node.further.setdefault(form, _Node())
            if not end.word or form == tokens[-1]:
                end.word = word

    def all_in(self, text: str) -> list[tuple[Span, str]]:
        """Return every word that stands in a text, also those inside longer ones."""
        searched = even(text)
        return [*self._latin(text, searched), *self._chinese(searched)]

    def _latin(self, text: str, searched: str) -> Iterator[tuple[Span, str]]:
        tokens = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(searched)]
        for place, (start, end, token) in enumerate(tokens):
            node, at, stop = self._root.further.get(token), place, end
            while node is not None:
                if node.word and (not is_acronym(node.word) or _stands_alone(text, node.word, start)):
                    yield Span(start, stop), node.word
                at += 1
                if at == len(tokens) or not _GAP.match(searched[stop : tokens[at][0]]):
                    break
                node, stop = node.further.get(tokens[at][2]), tokens[at][1]

    def _chinese(self, searched: str) -> Iterator[tuple[Span, str]]:
        for start, sign in enumerate(searched):
            for length in self._han.get(sign, ()):
                piece = searched[start : start + length]
                word = self._han_words.get(piece)
                if word is not None and len(piece) == length:
                    yield Span(start, start + length), word


def longest(found: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return the longest words first, without those that a longer one covers, even in part."""
    taken: list[tuple[Span, str]] = []
    covered: set[int] = set()
    for span, word in sorted(found, key=lambda each: (-each[0].length, each[0].start)):
        inside = range(span.start, span.end)
        if covered.isdisjoint(inside):
            taken.append((span, word))
            covered.update(inside)
    return taken


def folded_word(word: str) -> str:
    """Return by what a word is compared: width, case and blanks count for nothing."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
