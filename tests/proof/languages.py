"""The trials of translation: what each is, at which size, and how its result is told."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import START
from tests.proof import drafting, engines, exchanging, hostile, leaving, memory, secrecy, wording
from tests.proof.ground import ground
from tests.proof.small_world import small_world

Told = tuple[str, bool]


class Languages:
    """The trials of engines, drafts, memory, glossary and files; a part of the proof."""

    share: float
    seed: int

    def size(self, full: int, least: int = 1) -> int:
        """The size of a trial in this run."""
        raise NotImplementedError

    def show(self, what: str, engine: str, trial: Callable[[], Told]) -> None:
        """Run one trial."""
        raise NotImplementedError

    def show_languages(self, engine: str) -> None:
        """Those that each database is tried with."""
        trials: dict[str, Callable[[str], Told]] = {
            "drafts through an engine that damages tokens": self._damages,
            "kill -9 of the workers that draft": self._drafts,
            "a forum drafted while its engine is slow, its worker killed, its engine gone": self._drafted,
            "translation memory": self._memory,
            "what leaves: a word in every text of every table": self._leaving,
            "key and text after every failure of an engine": self._secrecy,
            "hostile inputs into the rooms of languages": self._hostile_languages,
        }
        for what, trial in trials.items():
            self.show(what, engine, lambda trial=trial: trial(engine))  # type: ignore[misc]

    def show_languages_once(self) -> None:
        """Those that one database is enough for, or none."""
        self.show("nothing is sent without an engine, sockets trapped", "SQLite", self._silence)
        self.show("check of terms over the demonstration's texts", "SQLite", self._reviewed)
        self.show("check of terms over the whole glossary", "none", self._wording)
        self.show("files of memories, glossaries and bureaus", "none", self._exchanging)

    def _hostile_languages(self, engine: str) -> tuple[str, bool]:
        outcome = hostile.languages(engine, self.size(6_000, 100), self.seed)
        told = f"{outcome.told}; {len(outcome.unreached)} kinds of form not reached"
        return told, not outcome.faults and not outcome.unreached

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
            f"and it has read everything {found.ready / 1000:.1f} s later beside it; scoring every segment takes "
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

    def _exchanging(self) -> tuple[str, bool]:
        found = exchanging.trial(self.size(700, 20), self.seed)
        return (
            f"{found.written:,} files as TMX, TBX and XLIFF: all valid and read back identical, {found.alike:,} read "
            f"alike as others write them; of {found.broken.total():,} broken {found.broken['refused']:,} refused and "
            f"{found.broken['read']:,} read; {found.hostile} of 42 hostile ones refused, the slowest in "
            f"{found.longest:.2f} s: {len(found.faults)} faults"
            + (f"; for example {found.faults[0][:200]}" if found.faults else "")
        ), not found.faults and found.alike == found.written and found.longest < exchanging.PATIENCE

    def _wording(self) -> tuple[str, bool]:
        found = wording.trial(self.size(40, 2), self.seed)
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in found.checked.items())
        return (
            f"{found.concepts} concepts in {found.checked.total():,} sentences: {kinds}; {len(found.faults)} judged "
            "otherwise than they must be" + (f"; for example {found.faults[0][:200]}" if found.faults else "")
        ), not found.faults

    def _reviewed(self) -> tuple[str, bool]:
        texts, alarms, found = wording.of_the_demonstration()
        return (
            f"{texts:,} pairs of texts written or reviewed by people: {len(alarms)} false alarms"
            + (f", for example {alarms[0][:200]}" if alarms else "")
            + f"; with one word replaced by a forbidden one, {found} are found"
        ), not alarms and bool(texts) and bool(found)
