"""Fifty thousand segments of translation memory: how long an answer takes, on both databases.

``python -m tests.bench.memory`` measures, compares a part of the answers with brute force, and says what it cost
beside scoring all of them.
"""

from __future__ import annotations

import argparse

from tests.proof.ground import ENGINES
from tests.proof.memory import COUNT, PATIENCE, trial


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--compared", type=int, default=10)
    asked = parser.parse_args()
    for engine in ENGINES:
        found = trial(engine, asked.count, asked.asked, asked.compared)
        print(f"{engine}: {found.segments:,} segments, {found.asked} texts, {found.answered} of them answered")
        print(f"  {found.median:6.1f} ms in the median: {'holds' if found.median < PATIENCE else 'FAILS'}")
        print(f"  {found.computed:6.1f} ms of them are computing; the rest is waiting")
        print(f"  {found.slow:6.1f} ms for the slowest of twenty, {found.worst:.1f} ms at most")
        print(f"  {found.after_change:6.1f} ms in the median just behind a review")
        print(f"  {found.first:6.0f} ms for the first answer of a process, which has read nothing yet")
        print(f"  {found.ready:6.0f} ms until everything was read beside it")
        print(f"  {found.brute:6.0f} ms by brute force: {found.brute / found.median:.0f} times as long")
        print(f"  {found.compared} answers compared with brute force, {found.unequal} unequal")


if __name__ == "__main__":
    main()
