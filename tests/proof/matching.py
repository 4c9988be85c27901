"""Matching at full size: how long five hundred cities a side take, with how much memory, and whether it is right.

``python -m tests.proof.matching HOME ABROAD SEED`` measures in a process of its own and prints JSON.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from forum.matching.rules.checking import faults
from forum.matching.rules.pairing import FLOOR, ranked_pairs, room_of, stable_matching
from forum.matching.rules.score import DEFAULT_WEIGHTS
from tests.matching.cities import GROUNDS, many
from tests.proof.ground import ROOT

PATIENCE = 2.0  # seconds for 500 × 500
MEMORY = 200  # megabytes of the whole process
SHUFFLES = 20


@dataclass(frozen=True)
class Measured:
    """One run: seconds to score and to match, megabytes of the process at its most, pairs scored and pairs made."""

    scored: float
    matched: float
    megabytes: float
    pairs: int
    made: int


def measured(home: int, abroad: int, seed: int = 1) -> Measured:
    """Score every pair, whatever its score, and match, in a process of its own."""
    command = [sys.executable, "-m", "tests.proof.matching", str(home), str(abroad), str(seed)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Measured(**json.loads(answer.stdout))


def _measure(home: int, abroad: int, seed: int) -> Measured:
    cities = [replace(each, capacity=2, taken=0) for each in many(seed, home, abroad)]
    begun = time.perf_counter()
    pairs = ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS, floor=0)
    scored = time.perf_counter()
    chosen = stable_matching(pairs, room_of(cities))
    done = time.perf_counter()
    most = _most_megabytes()
    return Measured(scored - begun, done - scored, most, len(pairs), len(chosen))


def _most_megabytes() -> float:
    """The most that this process has held; ``getrusage`` would count what its parent held before."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


@dataclass
class Outcome:
    """What came of the trial."""

    measured: Measured
    checked: int = 0  # matchings checked pair by pair
    made: int = 0  # pairs in them
    faulty: int = 0
    unequal: int = 0  # orders of input that gave another result


def trial(home: int, abroad: int, matchings: int, seed: int) -> Outcome:
    """Measure once at full size, then check many matchings, each from several orders of input."""
    outcome = Outcome(measured(home, abroad, seed))
    chance = random.Random(seed)
    for turn in range(matchings):
        cities = many(seed + turn, chance.randint(5, 40), chance.randint(5, 40))
        chosen = stable_matching(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS), room_of(cities))
        outcome.checked += 1
        outcome.made += len(chosen)
        outcome.faulty += bool(faults(cities, chosen, DEFAULT_WEIGHTS, GROUNDS, floor=FLOOR))
        for _ in range(SHUFFLES):
            chance.shuffle(cities)
            pairs = list(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS))
            chance.shuffle(pairs)
            outcome.unequal += stable_matching(pairs, room_of(cities)) != chosen
    return outcome


if __name__ == "__main__":
    print(json.dumps(vars(_measure(*map(int, sys.argv[1:])))))
