"""``python -m tests.proof``: the large trials at full size on both databases; writes docs/figures.md.

Takes the better part of an hour. ``--share 0.01`` makes every trial that much smaller, to see that all of it works;
then the figures are only shown.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.bench import arrangements, catalogue
from tests.proof import (
    accessibility,
    calculator,
    embargo,
    figures,
    hostile,
    importing,
    kills,
    letters,
    matching,
    seats,
    tables,
    walks,
)
from tests.proof.figures import Line
from tests.proof.ground import ENGINES, ROOT, ground
from tests.proof.languages import Languages

FIGURES = ROOT / "docs" / "figures.md"


class Proof(Languages):
    """The trials of one run."""

    def __init__(self, share: float, seed: int, only: Sequence[str] = (), engines: Sequence[str] = ENGINES) -> None:
        self.share = share
        self.seed = seed
        self.only = only
        self.engines = engines
        self.commit = _commit()
        self.lines: list[Line] = []

    def size(self, full: int, least: int = 1) -> int:
        """The size of a trial in this run."""
        return max(least, round(full * self.share))

    def show(self, what: str, engine: str, trial: Callable[[], tuple[str, bool]]) -> None:
        """Run one trial, if it was asked for, and say at once what came of it; one that breaks is a result as well."""
        if self.only and not any(word in what for word in self.only):
            return
        begun = time.monotonic()
        try:
            result, holds = trial()
        except Exception as broken:  # noqa: BLE001 - the other trials go on, and this one is reported as failed
            result, holds = f"broke: {type(broken).__name__}: {broken}", False
        line = Line(what, engine, self.commit, str(self.seed), result, holds, time.monotonic() - begun)
        self.lines.append(line)
        print(f"{'holds' if holds else 'FAILS'}  {engine:10}  {what}: {result}  ({line.seconds:.0f} s)", flush=True)

    def run(self) -> bool:
        """All of it; whether everything holds."""
        for engine in self.engines:
            self.show("seats: 16 processes, one form in three sent twice", engine, lambda e=engine: self._seats(e))  # type: ignore[misc]
            self.show("seats, control without the guard", engine, lambda e=engine: self._control(e))  # type: ignore[misc]
            self.show("kill -9 of the server during registrations", engine, lambda e=engine: self._kills(e))  # type: ignore[misc]
            self.show("kill -9 of the mail's sender", engine, lambda e=engine: self._letters(e))  # type: ignore[misc]
            self.show_languages(engine)
            self.show("random walks through the life of partnerships", engine, lambda e=engine: self._walks(e))  # type: ignore[misc]
            self.show("import of ISO Open Data, kill -9 of it", engine, lambda e=engine: self._imports(e))  # type: ignore[misc]
            self.show("search in the catalogue of standards", engine, lambda e=engine: self._searches(e))  # type: ignore[misc]
            self.show("lists of arrangements and their filters", engine, lambda e=engine: self._lists(e))  # type: ignore[misc]
        self.show_languages_once()
        self.show("hostile inputs", "SQLite", self._hostile)
        self.show("hostile inputs into the forms of partnerships", "SQLite", self._hostile_partnerships)
        self.show("hostile inputs into the forms of international work", "SQLite", self._hostile_standards)
        self.show("embargo, programmes at random", "SQLite", self._embargo)
        self.show("every page as everybody, axe", "SQLite", self._pages)
        self.show("matching of cities", "none", self._matching)
        self.show("tables of comments through three formats", "none", self._tables)
        self.show("ballots reckoned by calculator and oracle", "none", self._ballots)
        return bool(self.lines) and all(line.holds for line in self.lines)

    def _seats(self, engine: str) -> tuple[str, bool]:
        tries, cap = self.size(10_000, 64), self.size(500, 8)
        with ground(engine) as made:
            outcome = seats.trial(made, tries, cap, 16)
        holds = (outcome.seated, outcome.registered, outcome.waiting) == (cap, tries, tries - cap)
        holds = holds and not (outcome.errors or outcome.unequal_repeats or outcome.differences)
        return (
            f"{tries:,} tries for {cap} seats, {outcome.sent:,} forms: {outcome.seated} sold, "
            f"{max(0, outcome.seated - cap)} oversold, {outcome.waiting:,} waiting, {outcome.errors} errors, "
            f"{outcome.registered - tries} registered twice, {outcome.unequal_repeats} unequal answers, "
            f"{outcome.differences} counters wrong; {outcome.sent / outcome.seconds:.0f} forms a second"
        ), holds

    def _control(self, engine: str) -> tuple[str, bool]:
        tries, cap = self.size(2_000, 64), self.size(300, 8)
        with ground(engine) as made:
            outcome = seats.trial(made, tries, cap, 16, guarded=False)
        return f"{outcome.seated} sold for {cap} seats: {outcome.seated - cap} too many", outcome.seated > cap

    def _kills(self, engine: str) -> tuple[str, bool]:
        with ground(engine, migrated=True) as made:
            outcome = kills.trial(made, self.size(200, 2), self.seed)
        wrong = [*outcome.lost, *outcome.half, *outcome.twice, *outcome.gave_up]
        holds = not wrong and not outcome.differences and outcome.integrity.endswith("audit whole")
        return (
            f"{outcome.kills} kills, {len(outcome.begun)} registrations begun, {len(outcome.finished)} finished, "
            f"each answered: {len(outcome.lost)} lost, {len(outcome.half)} half-written, {len(outcome.twice)} twice, "
            f"{outcome.sent_again} requests sent again, {outcome.differences} counters wrong; {outcome.integrity}"
            + (f"; for example {wrong[0]}" if wrong else "")
        ), holds

    def _letters(self, engine: str) -> tuple[str, bool]:
        with ground(engine) as made:
            outcome = letters.trial(made, self.size(2_000, 60), self.size(100, 2), self.seed)
        holds = not (outcome.lost or outcome.stuck or outcome.under_two_ids) and outcome.doubled <= outcome.kills
        return (
            f"{outcome.mails:,} mails, {outcome.kills} kills: {outcome.lost} lost, {outcome.doubled} doubled under the "
            f"same Message-ID, {outcome.stuck} stuck"
        ), holds

    def _walks(self, engine: str) -> tuple[str, bool]:
        with ground(engine, migrated=True) as made:
            outcome = walks.trial(made, self.size(10_000, 40), self.seed)
        return outcome.told + (f"; for example {outcome.faults[0]}" if outcome.faults else ""), not outcome.faults

    def _hostile(self) -> tuple[str, bool]:
        outcome = hostile.trial(self.size(20_000, 100), self.seed)
        return outcome.told, not outcome.faults

    def _hostile_partnerships(self) -> tuple[str, bool]:
        outcome = hostile.partnerships(self.size(6_000, 100), self.seed)
        told = f"{outcome.told}; {len(outcome.unreached)} kinds of form not reached"
        return told, not outcome.faults and not outcome.unreached

    def _hostile_standards(self) -> tuple[str, bool]:
        outcome = hostile.standards(self.size(6_000, 100), self.seed)
        told = f"{outcome.told}; {len(outcome.unreached)} kinds of form not reached"
        return told, not outcome.faults and not outcome.unreached

    def _ballots(self) -> tuple[str, bool]:
        outcome = calculator.trial(self.size(10_000, 200), self.seed)
        told = f"{outcome.tried:,} ballots at random and at every boundary: {len(outcome.differing)} differ"
        return told + "".join(f"; for example {one}" for one in outcome.differing[:1]), not outcome.differing

    def _imports(self, engine: str) -> tuple[str, bool]:
        count, wanted = self.size(80_000, 1_500), self.size(20, 3)
        outcome = importing.trial(engine, count, wanted, self.seed)
        changes = outcome.repeated["new"] + outcome.repeated["changed"] + outcome.repeated["absent"]
        quick = outcome.seconds < importing.SECONDS and outcome.megabytes < importing.MEGABYTES
        return (
            f"{count:,} rows in {outcome.seconds:.1f} s with {outcome.megabytes:.0f} MB; {outcome.kills} kills, "
            f"{outcome.resumed} of them in the middle: {len(outcome.differences)} tables differ from a clean run, "
            f"{changes} changes by a second run"
            + (f"; for example {outcome.differences[0]}" if outcome.differences else "")
        ), quick and not outcome.differences and not changes and outcome.kills == wanted

    def _searches(self, engine: str) -> tuple[str, bool]:
        count = self.size(catalogue.COUNT, 1_000)
        found = catalogue.trial(engine, count)
        worst = max(found, key=lambda each: each.milliseconds)
        return (
            f"{count:,} standards, {len(found)} searches in three languages, by reference, committee and ICS code: "
            f"median of each at most {worst.milliseconds:.0f} ms ({worst.words})"
        ), worst.milliseconds < catalogue.LIMIT

    def _lists(self, engine: str) -> tuple[str, bool]:
        count = self.size(arrangements.COUNT, 100)
        found = arrangements.trial(engine, count)
        worst = max(found, key=lambda each: each.milliseconds)
        return (
            f"{count:,} arrangements, {len(found)} lists of four readers with every filter: median of each at most "
            f"{worst.milliseconds:.0f} ms ({worst.who or 'visitor'}, {worst.address})"
        ), worst.milliseconds < arrangements.LIMIT

    def _embargo(self) -> tuple[str, bool]:
        outcome = embargo.trial(self.size(500, 2), self.seed)
        return (
            f"{outcome.programmes} programmes, {outcome.looks:,} looks at every surface: {len(outcome.leaks)} leaks"
            + (f"; for example {outcome.leaks[0]}" if outcome.leaks else "")
        ), not outcome.leaks

    def _pages(self) -> tuple[str, bool]:
        outcome = accessibility.trial(self.size(len(accessibility.WHO), 2), most_alike=3 if self.share == 1 else 1)
        return (
            f"{outcome.people} people, both languages: {outcome.pages:,} pages, {outcome.looked:,} of different make, "
            f"at 1440 and 360 px: {len(outcome.found)} faults"
            + (f"; for example {outcome.found[0][:200]}" if outcome.found else "")
        ), bool(outcome.looked) and not outcome.found

    def _tables(self) -> tuple[str, bool]:
        outcome = tables.trial(self.size(1_000, 20), self.seed, opened=self.size(1_000, 20))
        holds = not outcome.faults and outcome.lossless + outcome.refused == outcome.tables
        return outcome.told + (f"; for example {outcome.faults[0]}" if outcome.faults else ""), holds

    def _matching(self) -> tuple[str, bool]:
        side = self.size(500, 50)
        outcome = matching.trial(side, side, self.size(200, 4), self.seed)
        run = outcome.measured
        quick = run.scored + run.matched < matching.PATIENCE and run.megabytes < matching.MEMORY
        return (
            f"{side} × {side} cities, {run.pairs:,} pairs scored in {run.scored:.2f} s and matched in "
            f"{run.matched:.2f} s with {run.megabytes:.0f} MB; {outcome.checked} matchings of {outcome.made:,} pairs "
            f"checked: {outcome.faulty} with a duplicate, an overfull city or two cities that prefer each other, "
            f"{outcome.unequal} that depend on the order of input"
        ), quick and not outcome.faulty and not outcome.unequal


def engines_named() -> str:
    """The versions of both databases."""
    with ground("PostgreSQL") as made:
        engine = create_engine(made.url)
        with engine.connect() as connection:
            version = connection.execute(text("SHOW server_version")).scalar()
        engine.dispose()
    return f"SQLite {sqlite3.sqlite_version}, PostgreSQL {version}"


def machine() -> str:
    """What it ran on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores ({model}), Linux {platform.release()}, Python {platform.python_version()}"


def _commit() -> str:
    asking = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Run what is asked for; at full size, write the rows that were made into the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="how much of the full size")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="trials whose name holds the word")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="this database alone")
    asked = parser.parse_args()
    proof = Proof(asked.share, asked.seed, asked.only, asked.engine or ENGINES)
    holds = proof.run()
    before = figures.read(FIGURES.read_text(encoding="utf-8")) if asked.only or asked.engine else []
    page = figures.written(figures.merged(before, proof.lines), engines_named(), machine())
    if asked.share == 1:
        FIGURES.write_text(page, encoding="utf-8")
    else:
        print(page)
    raise SystemExit(0 if holds else 1)


if __name__ == "__main__":
    main()
