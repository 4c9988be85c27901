"""An import that is killed again and again comes to the same end as one that ran through.

The import is a process of its own, ended with SIGKILL at a random moment and started anew with the same file.  SIGKILL
is the death of a process, not of the machine: the operating system keeps what was written.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from forum import config
from forum.application import create_app
from forum.committees.models import Committee, CommitteeAlias
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import session
from forum.standards.imports import running
from forum.standards.imports.running import of_path, perform
from forum.standards.models import (
    Assignment,
    ImportNote,
    ImportRun,
    ReferenceRecord,
    RunState,
    StageEvent,
    Standard,
    StandardIcs,
    StandardRelation,
)
from tests.proof.ground import ROOT, Ground, ground
from tests.standards.published import changed, rows, write

FIRST, LATER = date(2026, 9, 1), date(2026, 9, 2)
SECONDS, MEGABYTES = 60.0, 400.0
_COMPARED = (
    Standard,
    StandardIcs,
    StageEvent,
    ReferenceRecord,
    StandardRelation,
    Assignment,
    Committee,
    CommitteeAlias,
    ImportRun,
    ImportNote,
)
_OF_ITS_OWN = {"id", "public_id", "created_at", "updated_at", "started_at", "ended_at", "version"}
_NAMED = {
    "standard_id": "standard",
    "other_id": "standard",
    "base_id": "standard",
    "committee_id": "committee",
    "parent_id": "committee",
}


@dataclass
class Outcome:
    """What a trial came to."""

    rows: int = 0
    kills: int = 0
    resumed: int = 0
    """Kills that left an import half done."""
    seconds: float = 0.0
    megabytes: float = 0.0
    differences: list[str] = field(default_factory=list)
    repeated: dict[str, int] = field(default_factory=dict)


def trial(
    engine: str, count: int, kills: int, seed: int, *, batch: int = running.BATCH, also_later: bool = True
) -> Outcome:
    """Import a file once without a break and once with that many; then a newer file, in the same way."""
    outcome, dice = Outcome(rows=count), random.Random(seed)
    with ground(engine) as whole, ground(engine) as broken:
        path = write(Path(whole.folder) / "first.csv", rows(count, seed))
        outcome.seconds, outcome.megabytes = _measured(whole, path, FIRST, batch)
        later = kills // 3 if also_later else 0
        _killed(broken, (path, FIRST, batch), kills - later, outcome.seconds, dice, outcome)
        if also_later:
            path = write(Path(whole.folder) / "later.csv", changed(rows(count, seed), seed))
            once = _measured(whole, path, LATER, batch)[0]
            _killed(broken, (path, LATER, batch), later, once, dice, outcome)
        with _inside(whole):
            wanted = contents()
            source = of_path("deliverables", path, LATER)
            again = perform(source, forced=False, actor=SYSTEM, clock=system_clock)
            outcome.repeated = again.counts.as_dict()
        with _inside(broken):
            found = contents()
    for table, lines in wanted.items():
        if lines != found[table]:
            odd = [*sorted(set(lines) ^ set(found[table])), "the same rows more than once"]
            outcome.differences.append(f"{table}: {len(odd) - 1} rows, for example {odd[0][:300]}")
    return outcome


@contextmanager
def _inside(made: Ground) -> Iterator[None]:
    with made.application().app_context():
        yield
        session.remove()


def _command(made: Ground, path: Path, day: date, batch: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.proof.importing", str(path), day.isoformat(), str(batch)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **made.environment()},
        stdout=subprocess.PIPE,
        text=True,
    )


def _measured(made: Ground, path: Path, day: date, batch: int) -> tuple[float, float]:
    """Return the seconds and megabytes of an import without a break."""
    answer, _ = _command(made, path, day, batch).communicate(timeout=600)
    told = json.loads(answer.splitlines()[-1])
    return float(told["seconds"]), float(told["megabytes"])


def _killed(
    made: Ground, what: tuple[Path, date, int], kills: int, seconds: float, dice: random.Random, outcome: Outcome
) -> None:
    """Kill an import that many times, each time a part further on, then let it end."""
    app = made.application()
    for _turn in range(kills):
        process = _command(made, *what)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(dice.uniform(0, seconds / kills))
        process.kill()
        process.wait()
        process.stdout.close()
        outcome.kills += 1
        with app.app_context():
            half = select(ImportRun.position).where(ImportRun.state == RunState.RUNNING, ImportRun.position > 0)
            outcome.resumed += session.scalar(half) is not None
            session.remove()
    _command(made, *what).communicate(timeout=600)


def contents() -> dict[str, list[str]]:
    """Return every row that an import writes, by what it says and not by its numbers."""
    names = {
        "standard": dict(_pairs(Standard.__table__.c.id, Standard.__table__.c.iso_id)),
        "committee": dict(_pairs(Committee.__table__.c.id, Committee.__table__.c.reference)),
    }
    found = {}
    for model in _COMPARED:
        table = model.__table__
        assert isinstance(table, Table)
        query = select(table)
        if model is ImportRun:  # killed between its end and the death, an import is run once more, for nothing
            query = query.where(ImportRun.new + ImportRun.changed + ImportRun.absent > 0)
        found[table.name] = sorted(_line(table, row, names) for row in session.execute(query))
    session.rollback()
    return found


def _pairs(key: Any, name: Any) -> Iterator[tuple[Any, Any]]:
    return ((row[0], row[1]) for row in session.execute(select(key, name)))


def _line(table: Table, row: Any, names: dict[str, dict[Any, Any]]) -> str:
    told = {}
    for column in table.c:
        value = getattr(row, column.name)
        if column.name in _OF_ITS_OWN or column.name in {"run_id", "first_import"}:
            continue
        if value is not None and column.name in _NAMED:
            value = names[_NAMED[column.name]][value]
        told[column.name] = str(value)
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def main() -> None:
    """Import the file of the command line into the database of the environment."""
    path, day, running.BATCH = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3])
    app = create_app(config.from_environment())
    with app.app_context():
        print("begun", flush=True)
        begun = time.monotonic()
        summary = perform(of_path("deliverables", path, day), forced=False, actor=SYSTEM, clock=system_clock)
        seconds = time.monotonic() - begun
        session.remove()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "resumed_at": summary.resumed_at}))


if __name__ == "__main__":
    main()
