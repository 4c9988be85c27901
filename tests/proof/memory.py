"""Fifty thousand segments: how long an answer takes, and that it is what scoring every one of them would give.

``python -m tests.proof.memory ENGINE COUNT`` measures in a process of its own and prints JSON.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert, select, text

from forum.core.actor import Actor
from forum.core.clock import system_clock
from forum.core.database import begin_writing, db, session
from forum.core.identifiers import public_id
from forum.memory.models import QUALITY, MemorySegment, SegmentOrigin, key_of, source_key_of
from forum.memory.operations import learn
from forum.memory.operations.revising import next_revision
from forum.memory.queries import forget, is_reading, suggest
from forum.memory.queries.shelf import SHELF
from forum.memory.rules import scoring
from forum.memory.rules.normalising import normalised
from forum.memory.rules.numbers import fitted, skeleton
from forum.translation.neighbours import Reviewed
from tests.proof.ground import ROOT, ground

PATIENCE = 50.0  # milliseconds for an answer, in the median
COUNT = 50_000
ASKED = 200
OPENINGS = ("Session on", "Workshop:", "The forum discusses", "Report of", "Good practice in", "How to measure")
VOCABULARY = 4000  # words, as unequally frequent as those of a language
HAN = "城市标准韧性基础设施出行指标社区可持续智慧数据水务能源垃圾交通治理平台评估试点框架导则遗产金融气候洪水预警"


@dataclass(frozen=True)
class Pair:
    """A made-up segment and its translation."""

    source: str
    target: str
    machine: bool = False


@dataclass
class Outcome:
    """What came of the trial: milliseconds in the median, of the slowest of twenty, at most; and what was compared."""

    segments: int = 0
    asked: int = 0
    median: float = 0.0
    computed: float = 0.0  # median of the time of this process alone, however busy the machine is
    slow: float = 0.0  # the 95th percentile
    worst: float = 0.0
    first: float = 0.0  # when the process knows nothing yet: nobody waits until all is read
    ready: float = 0.0  # until all is read beside it
    after_change: float = 0.0  # median just behind a review
    brute: float = 0.0  # median of scoring every segment
    compared: int = 0
    unequal: int = 0
    answered: int = 0
    examples: list[str] = field(default_factory=list)


def vocabulary(seed: int = 0) -> tuple[list[str], list[float]]:
    """Return made-up words and how often each is used: by rank, as Zipf found."""
    dice = random.Random(seed)
    words: set[str] = set()
    while len(words) < VOCABULARY:
        syllables = [dice.choice("bcdfglmnprstv") + dice.choice("aeiou") for _ in range(dice.choice((1, 2, 2, 3)))]
        words.add("".join(syllables))
    return sorted(words), [1 / (place + 3) for place in range(VOCABULARY)]


def made_up(count: int, seed: int = 1) -> Iterator[Pair]:
    """Make up segments as programmes hold them: titles, sentences with numbers and dates, longer abstracts."""
    dice, (known, weights) = random.Random(seed), vocabulary()
    seen: set[str] = set()
    while len(seen) < count:
        many = dice.choice((3, 4, 5, 6, 8, 10, 12, 16, 22, 30))
        words = dice.choices(known, weights, k=many)
        number, day, year = dice.randint(1, 40), dice.randint(1, 28), dice.randint(2020, 2030)
        tail = dice.choice(("", "", f" on {day} April {year}", f" in {number} cities", f" (ISO 37{number:03d}:{year})"))
        source = f"{dice.choice(OPENINGS)} {' '.join(words)}{tail}."
        if normalised(source) in seen:
            continue
        seen.add(normalised(source))
        chinese = "".join(dice.choices(HAN, k=many * 2))
        ending = {
            "": "",
            f" on {day} April {year}": f"{year}年4月{day}日",
            f" in {number} cities": f"{number}个城市",
            f" (ISO 37{number:03d}:{year})": f"（ISO 37{number:03d}:{year}）",
        }[tail]
        yield Pair(source, f"{chinese}{ending}。", dice.random() < 0.1)


def store(pairs: list[Pair]) -> None:
    """Put segments in at once; commits."""
    now = system_clock()
    begin_writing()
    revision = next_revision()
    rows = []
    for pair in pairs:
        norm = normalised(pair.source)
        origin = SegmentOrigin.MACHINE if pair.machine else SegmentOrigin.HUMAN
        rows.append(
            {
                "public_id": public_id(),
                "src_lang": "en",
                "tgt_lang": "zh",
                "src": pair.source,
                "tgt": pair.target,
                "src_norm": norm,
                "context": "",
                "key": key_of("en", "zh", norm, ""),
                "source_key": source_key_of("en", "zh", norm),
                "origin": origin,
                "quality": QUALITY[origin],
                "at": now,
                "revision": revision,
            }
        )
    for start in range(0, len(rows), 5000):
        session.execute(insert(MemorySegment), rows[start : start + 5000])
    session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def questions(pairs: list[Pair], count: int, seed: int = 2) -> Iterator[str]:
    """Texts as people translate them: the same, with other numbers, a word changed, words added, something new."""
    dice, (known, weights) = random.Random(seed), vocabulary()
    for turn in range(count):
        words = dice.choice(pairs).source.split(" ")
        kind = turn % 5
        if kind == 1:
            words = ["".join(str(dice.randint(1, 9)) if c.isdigit() else c for c in word) for word in words]
        elif kind == 2:
            words[dice.randrange(len(words))] = dice.choice(known)
        elif kind == 3:
            words.insert(dice.randrange(len(words)), dice.choice(known))
            words.insert(dice.randrange(len(words)), dice.choice(known))
        elif kind == 4:
            words = dice.choices(known, weights, k=dice.randint(2, 25))
        yield " ".join(words)


def by_brute_force(asked: str, most: int = 3) -> list[int]:
    """Return the scores of the best answers by scoring every segment by the documented table."""
    norm, found = normalised(asked), []
    columns = (MemorySegment.src, MemorySegment.tgt, MemorySegment.src_norm, MemorySegment.origin)
    for source, target, other, origin in session.execute(select(*columns)):
        score = scoring.IDENTICAL if source == asked else scoring.SAME if other == norm else 0
        made = target
        if not score and skeleton(other) == skeleton(norm):
            put = fitted(asked, source, target)
            score, made = (scoring.NUMBERS, put.text) if put is not None else (0, target)
        score = score or scoring.likeness(norm, other)
        score -= scoring.MACHINE_LOSS * (origin == SegmentOrigin.MACHINE)
        if score >= scoring.CUT:
            found.append((-score, made))
    best: dict[str, int] = {}
    for score, made in sorted(found):
        best.setdefault(made, -score)
    return list(best.values())[:most]


def measure(engine: str, count: int, asked: int = ASKED, compared: int = 20, seed: int = 1) -> Outcome:
    """Fill an empty database, ask, and compare a part of the answers with brute force."""
    outcome = Outcome(segments=count, asked=asked)
    with ground(engine) as made:
        app = made.application()
        with app.app_context():
            pairs = list(made_up(count, seed))
            store(pairs)
            forget()
            wanted = list(questions(pairs, asked, seed + 1))
            begun = time.perf_counter()
            outcome.first = _timed(wanted[0])[0]
            if SHELF.reading is not None:
                SHELF.reading.join()
            outcome.ready = (time.perf_counter() - begun) * 1000
            _timed(wanted[0])
            assert not is_reading()
            times: list[float] = []
            computed: list[float] = []
            brute: list[float] = []
            for place, each in enumerate(wanted):
                own = time.thread_time()
                spent, scores = _timed(each)
                computed.append((time.thread_time() - own) * 1000)
                times.append(spent)
                outcome.answered += bool(scores)
                if place < compared:
                    outcome.compared += 1
                    begun = time.perf_counter()
                    expected = by_brute_force(each)
                    brute.append((time.perf_counter() - begun) * 1000)
                    if scores != expected:
                        outcome.unequal += 1
                        outcome.examples.append(each)
                    session.rollback()
            times.sort()
            outcome.median, outcome.worst = statistics.median(times), times[-1]
            outcome.computed = statistics.median(computed)
            outcome.brute = statistics.median(brute) if brute else 0.0
            outcome.slow = times[int(len(times) * 0.95) - 1]
            outcome.after_change = statistics.median(_behind_a_review(place, wanted) for place in range(9))
            session.remove()
    return outcome


def _timed(asked: str) -> tuple[float, list[int]]:
    begun = time.perf_counter()
    found = suggest(asked, "en", "zh")
    spent = (time.perf_counter() - begun) * 1000
    session.rollback()
    session.expunge_all()
    return spent, [each.score for each in found]


def _behind_a_review(place: int, wanted: list[str]) -> float:
    begin_writing()
    reviewed = Reviewed(
        "forum", str(place), "title", "en", "zh", f"Closing words {place}.", "闭幕词。", by_machine=False
    )
    learn(reviewed, actor=Actor("account:reviewer"), now=system_clock())
    session.commit()
    return _timed(wanted[place])[0]


def trial(engine: str, count: int = COUNT, asked: int = ASKED, compared: int = 20) -> Outcome:
    """Measure in a process of its own, so that nothing else of this one counts."""
    command = [sys.executable, "-m", "tests.proof.memory", engine, str(count), str(asked), str(compared)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Outcome(**json.loads(answer.stdout.splitlines()[-1]))


if __name__ == "__main__":
    assert Path(ROOT).is_dir()
    print(json.dumps(vars(measure(sys.argv[1], *map(int, sys.argv[2:])))))
