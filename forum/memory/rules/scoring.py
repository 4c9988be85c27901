"""How near two source texts are, by the documented table.

    101  identical
    100  the same after normalisation (NFKC, case, single blanks)
     95  only numbers or dates differ
    ≤94  mean of character similarity and token similarity (Levenshtein, in percent, rounded half up)
     75  the cut: below it nothing is offered

A stored translation of machine origin loses 10.  A 95 whose numbers can't be put into the stored translation with
certainty is offered by its likeness, at most 94.  The same context gives no bonus: it only decides between equal
scores, so that a score says the same everywhere.  Without the loss scores are symmetric.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from forum.core.refusals import P_
from forum.memory.rules.normalising import normalised, tokens
from forum.memory.rules.numbers import skeleton

IDENTICAL, SAME, NUMBERS, FUZZY_MOST, CUT = 101, 100, 95, 94, 75
MACHINE_LOSS = 10
MOST = 3
# What a score says, in the words of the desk.
SAME_PLACE = P_("score", "Identical, in the same kind of text")
WORDS: tuple[tuple[int, str], ...] = (
    (IDENTICAL, P_("score", "Identical")),
    (SAME, P_("score", "Identical but for width, case or blanks")),
    (NUMBERS, P_("score", "Only numbers differ; those of this text are put in")),
    (0, P_("score", "Similar")),
)


def said(scored: int, *, by_machine: bool, same_place: bool) -> str:
    """Return a catalogue word for what a score says; what a machine's work has lost doesn't count for that."""
    share = scored + MACHINE_LOSS * by_machine
    if share == IDENTICAL and same_place:
        return SAME_PLACE
    return next(word for least, word in WORDS if share >= least)


def score(one: str, other: str) -> int:
    """Return how near two texts are, from 0 to 101; numbers count by ``numbers.skeleton``."""
    if one == other:
        return IDENTICAL
    left, right = normalised(one), normalised(other)
    if left == right:
        return SAME
    if skeleton(left) == skeleton(right):
        return NUMBERS
    return likeness(left, right)


def likeness(one: str, other: str) -> int:
    """Return the similarity of two different normalised texts, at most 94."""
    return mean_of(character_likeness(one, other), tokens(one), tokens(other))


def character_likeness(one: str, other: str) -> float:
    """Return the share of characters that stay, from 0 to 1."""
    return float(Levenshtein.normalized_similarity(one, other))


def mean_of(characters: float, one: list[str], other: list[str]) -> int:
    """Return the score of a character similarity with the tokens of both texts."""
    share = float(Levenshtein.normalized_similarity(one, other))
    return min(FUZZY_MOST, int((characters + share) * 50 + 0.5))


def at_best(characters: float) -> int:
    """Return the highest score that a character similarity allows, whatever the tokens are."""
    return min(FUZZY_MOST, int((characters + 1) * 50 + 0.5))
