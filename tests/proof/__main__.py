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
from tests.conftest import START
from tests.proof import (
    accessibility,
    calculator,
    drafting,
    embargo,
    engines,
    figures,
    hostile,
    importing,
    kills,
    leaving,
    letters,
    matching,
    memory,
    seats,
    secrecy,
    tables,
    walks,
)
from tests.proof.figures import Line
from tests.proof.ground import ENGINES, ROOT, ground
from tests.proof.small_world import small_world

FIGURES = ROOT / "docs" / "figures.md"


class Proof:
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
            self.show("drafts through an engine that damages tokens", engine, lambda e=engine: self._damages(e))  # type: ignore[misc]
            self.show("kill -9 of the workers that draft", engine, lambda e=engine: self._drafts(e))  # type: ignore[misc]
            self.show(
                "a forum drafted while its engine is slow, its worker killed, its engine gone",
                engine,
                lambda e=engine: self._drafted(e),  # type: ignore[misc]
            )
            self.show("translation memory", engine, lambda e=engine: self._memory(e))  # type: ignore[misc]
            self.show("what leaves: a word in every text of every table", engine, lambda e=engine: self._leaving(e))  # type: ignore[misc]
            self.show("key and text after every failure of an engine", engine, lambda e=engine: self._secrecy(e))  # type: ignore[misc]
            self.show(
                "hostile inputs into the rooms of languages",
                engine,
                lambda e=engine: self._hostile_languages(e),  # type: ignore[misc]
            )
            self.show("random walks through the life of partnerships", engine, lambda e=engine: self._walks(e))  # type: ignore[misc]
            self.show("import of ISO Open Data, kill -9 of it", engine, lambda e=engine: self._imports(e))  # type: ignore[misc]
            self.show("search in the catalogue of standards", engine, lambda e=engine: self._searches(e))  # type: ignore[misc]
            self.show("lists of arrangements and their filters", engine, lambda e=engine: self._lists(e))  # type: ignore[misc]
        self.show("nothing is sent without an engine, sockets trapped", "SQLite", self._silence)
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
        return _told(outcome), not outcome.faults

    def _hostile_partnerships(self) -> tuple[str, bool]:
        outcome = hostile.partnerships(self.size(6_000, 100), self.seed)
        told = f"{_told(outcome)}; {len(outcome.unreached)} kinds of form not reached"
        return told, not outcome.faults and not outcome.unreached

    def _hostile_standards(self) -> tuple[str, bool]:
        outcome = hostile.standards(self.size(6_000, 100), self.seed)
        told = f"{_told(outcome)}; {len(outcome.unreached)} kinds of form not reached"
        return told, not outcome.faults and not outcome.unreached

    def _hostile_languages(self, engine: str) -> tuple[str, bool]:
        outcome = hostile.languages(engine, self.size(6_000, 100), self.seed)
        told = f"{_told(outcome)}; {len(outcome.unreached)} kinds of form not reached"
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

    def _damages(self, engine: str) -> tuple[str, bool]:
        with ground(engine) as made:
            outcome = engines.damage_trial(made, self.size(2_000, 40), self.seed)
        wrong = outcome.written_with_loss
        holds = not wrong and outcome.written + outcome.refused == outcome.texts
        return (
            f"{outcome.texts:,} texts, {sum(outcome.damages.values()):,} damages in {len(outcome.damages)} ways: "
            f"{outcome.written:,} drafts written whole, {outcome.refused:,} refused with what was lost, "
            f"{len(wrong)} written with a loss; {outcome.by_kind}; {outcome.texts / outcome.seconds:.0f} texts a second"
            + (f"; for example {wrong[0][:200]}" if wrong else "")
        ), holds

    def _drafts(self, engine: str) -> tuple[str, bool]:
        with ground(engine) as made:
            outcome = engines.kill_trial(made, self.size(1_000, 40), self.size(20, 2), self.seed)
        return (
            f"{outcome.texts:,} texts, {outcome.kills} kills: {outcome.lost} lost, {outcome.written_twice} written "
            f"twice, {outcome.wrong} wrong, {outcome.failed} failed; {outcome.sent - outcome.texts} texts sent again"
        ), not (outcome.lost or outcome.written_twice or outcome.wrong or outcome.failed)

    def _drafted(self, engine: str) -> tuple[str, bool]:
        sessions, rounds = self.size(60, 16), self.size(12, 2)
        with ground(engine, migrated=True) as made:
            found = drafting.trial(made, sessions, self.size(20, 4), rounds, self.seed, hurry=self.share < 1)
        holds = found.whole and max(found.slow, found.gone) < drafting.AS_FAST and found.while_slow.longest < 1000
        return (
            f"{sessions} sessions, {found.texts} texts, {found.kills} kills of the worker: {found.lost} lost, "
            f"{found.written_twice} written twice, {found.wrong} wrong, {found.failed} failed, {found.sent_again} sent "
            f"again; {found.while_slow.answers} requests answered while the engine left a call unanswered, the longest "
            f"in {found.while_slow.longest:.0f} ms, pages {found.slow:.2f} times as long as beside an idle engine; "
            f"asking for all drafts took {found.asked:.0f} ms; with the engine gone it was "
            f"{'paused' if found.opened else 'NOT PAUSED'} and pages took {found.gone:.2f} times as long (slowest page"
            f" {found.while_gone.median:.0f} ms in the median); back again, the rest came {found.resumed:.0f} s later"
        ), holds

    def _memory(self, engine: str) -> tuple[str, bool]:
        found = memory.trial(engine, self.size(memory.COUNT, 2_000), self.size(memory.ASKED, 30), self.size(40, 10))
        quick = found.median < memory.PATIENCE and found.slow < memory.PATIENCE and found.first < memory.PATIENCE
        return (
            f"{found.segments:,} segments, {found.asked} texts asked for, {found.answered} answered: "
            f"{found.median:.0f} ms in the median, {found.slow:.0f} ms for the slowest of twenty, {found.worst:.0f} ms "
            f"at most, {found.after_change:.0f} ms behind a review; {found.first:.0f} ms for a process's first answer, "
            f"and it has read all of it {found.ready / 1000:.1f} s later, beside its pages; scoring every segment takes "
            f"{found.brute:.0f} ms and answers otherwise to {found.unequal} of {found.compared}"
        ), quick and not found.unequal

    def _leaving(self, engine: str) -> tuple[str, bool]:
        with small_world(engine) as (app, world):
            found = leaving.trial(app, world, START, self.size(200, 10), self.seed)
        return (
            f"a word of its own in {found.columns} columns of {found.tables} tables ({len(found.untried)} columns took "
            f"none), {found.asked:,} texts of {found.records:,} records asked for: {found.arrived:,} of the "
            f"{found.allowed:,} that may leave arrived, {len(found.leaked)} others"
            + (f"; for example {found.leaked[0]}" if found.leaked else "")
        ), not found.leaked and found.arrived == found.allowed > 0

    def _silence(self) -> tuple[str, bool]:
        roles = leaving.ROLES if self.share == 1 else leaving.ROLES[:1]
        with small_world() as (app, world):
            found = leaving.silence(app, world, START, roles, frozenset())
        return (
            f"every page and form of the product as {len(roles)} people, {found.records:,} requests, and all work that "
            f"was due, with {found.asked} drafts waiting: {len(found.spoken)} attempts to reach anything"
            + (f"; for example {found.spoken[0]}" if found.spoken else "")
        ), not found.spoken and found.records > 100

    def _secrecy(self, engine: str) -> tuple[str, bool]:
        with ground(engine) as made:
            found = secrecy.trial(made, secrecy.MODES if self.share == 1 else secrecy.MODES[:4])
        return (
            f"{found.calls} drafts through {len(secrecy.ENGINES)} engines, {found.failures} of them failures; "
            f"{found.places:,} lines of logs at every level, rows, pages, addresses and headers looked at: "
            f"{len(found.found)} hold the key or the text" + (f"; for example {found.found[0]}" if found.found else "")
        ), not found.found and bool(found.failures)

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


def _told(outcome: hostile.Outcome) -> str:
    example = next(iter(outcome.examples.values()), "")
    return (
        f"{outcome.sent:,} submissions into {len(outcome.fields)} fields, {outcome.refused:,} refused, "
        f"{outcome.accepted:,} taken as text: {sum(outcome.faults.values())} faults"
        + (f"; for example {example[:200]}" if example else "")
    )


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
