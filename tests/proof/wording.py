"""The check of terms over the product's whole glossary: right, plural, missing, bad and longer words, both ways round.

What has to be found follows from the sentence that was made; plural forms are made here by a rule of our own.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from forum.core.database import db, session
from forum.terms.operations.seeding import known_terms
from forum.terms.queries.checking import glossary
from forum.terms.rules.checking import Glossary, Spelling, Term
from forum.terms.rules.findings import FindingKind
from forum.terms.states import Certainty, Use
from tests.demonstration import opened, prepared
from tests.terms.test_demonstration import pairs, told

SENTENCES = (
    ("Here the {} begins.", "这里，{}，开始。"),
    ("{}: what follows.", "{}：以下内容。"),
    ("We heard of “{}” again, and left.", "我们又听到“{}”，随后离开。"),
    ("First ({}), then lunch!", "先是（{}），然后午餐！"),
)
NOTHING = {"en": "somewhat", "zh": "某物"}
BAD = {Use.FORBIDDEN: FindingKind.FORBIDDEN, Use.DEPRECATED: FindingKind.DEPRECATED}


@dataclass
class Outcome:
    """What was checked, and where the check said something else than it should."""

    concepts: int = 0
    checked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A sentence and its translation, and what has to be said of them: kinds of finding with the word they name."""

    kind: str
    source: str
    target: str
    language: str
    wanted: frozenset[tuple[FindingKind, str]] = frozenset()


def seeds() -> list[Term]:
    """The glossary that the product brings along."""
    return [
        Term(
            key,
            tuple(
                Spelling(
                    each["lang"], each["text"], Use(each["use"]), each["owner"], each["certainty"] == Certainty.VERIFIED
                )
                for each in lines
            ),
        )
        for key, lines in known_terms()
    ]


def plural(word: str) -> str | None:
    """The regular plural of an English term; None where it has none of that kind."""
    last = re.split(r"[ -]", word)[-1]
    if not last.isalpha() or not last.islower() or len(last) < 4 or last.endswith(("s", "ing", "ness", "ity", "ance")):
        return None
    if last.endswith("y") and last[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if last.endswith(("x", "ch", "sh", "z")) else f"{word}s"


def trial(turns: int, seed: int) -> Outcome:
    """Check every case in so many sentences."""
    terms, outcome, dice = seeds(), Outcome(), random.Random(seed)
    known = Glossary(terms)
    outcome.concepts = len(terms)
    for _turn in range(turns):
        for case in cases(terms, dice):
            outcome.checked[case.kind] += 1
            found = {(each.kind, each.found) for each in known.check(case.source, case.target, case.language)}
            if found != case.wanted:
                said = sorted(f"{kind} {word}" for kind, word in found ^ case.wanted)
                outcome.faults.append(f"{case.kind}: {case.source} / {case.target}: {said}")
    return outcome


def of_the_demonstration() -> tuple[int, list[str], int]:
    """Return how many texts of the demonstration were checked, the false alarms, and how many spoiled are found."""
    with tempfile.TemporaryDirectory(prefix="forum-terms-") as folder:
        app = opened(prepared(Path(folder)))
        with app.app_context():
            known, found = glossary(), 0
            texts, alarms = list(pairs()), list[str]()
            for place, source, target, language in texts:
                alarms += told(place, known.check(source, target, language), source, target)
                spoiled = target.replace("智慧城市", "智能城市")
                found += spoiled != target and bool(known.check(source, spoiled, language))
            session.remove()
            db.engine.dispose()
    return len(texts), alarms, found


def cases(terms: list[Term], dice: random.Random) -> Iterator[Case]:
    """Every term with its right words, its plural, none, its bad words, and inside every longer term."""
    for term in terms:
        for language in ("en", "zh"):
            yield from _of_term(term, language, dice, alike_to(term, terms, language))
    english = [(term, word) for term in terms for word in _general(term, "en") if _general(term, "zh")]
    for longer, long in english:
        for shorter, short in english:
            inside = short != long and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long)
            right = dice.choice(_general(longer, "zh"))
            if longer is not shorter and inside:
                yield Case("longest", *_said(long, right, "en", dice), "en")


def alike_to(term: Term, terms: list[Term], language: str) -> list[Term]:
    """The concepts that share a word with this one, itself among them."""
    own = set(_general(term, language))
    return [each for each in terms if own & set(_general(each, language))]


def _of_term(term: Term, language: str, dice: random.Random, alike: list[Term]) -> Iterator[Case]:
    other = "zh" if language == "en" else "en"
    words, right = _general(term, language), _general(term, other)
    if not words or not right:
        return
    word, is_wanted = dice.choice(words), any(each.is_wanted(other) for each in alike)
    yield Case("right", *_said(word, dice.choice(right), language, dice), language)
    many = plural(word) if language == "en" else None
    if many:
        yield Case("plural", *_said(many, dice.choice(right), language, dice), language)
        found = frozenset({(FindingKind.MISSING, many)} if is_wanted else ())
        yield Case("plural missing", *_said(many, NOTHING[other], language, dice), language, found)
    missing = frozenset({(FindingKind.MISSING, word)} if is_wanted else ())
    yield Case("missing", *_said(word, NOTHING[other], language, dice), language, missing)
    for each in term.spellings:
        if each.lang == other and each.use in BAD and each.sure and not each.owner:
            found = frozenset({(BAD[each.use], each.text)}) | missing
            yield Case(str(each.use), *_said(word, each.text, language, dice), language, found)


def _general(term: Term, language: str) -> list[str]:
    """The good words of everybody's use."""
    return [each.text for each in term.spellings if each.lang == language and each.is_good and not each.owner]


def _said(word: str, translated: str, language: str, dice: random.Random) -> tuple[str, str]:
    english, chinese = dice.choice(SENTENCES)
    forth, back = (english, chinese) if language == "en" else (chinese, english)
    return forth.format(word), back.format(translated)
