"""Eighty thousand standards: how long a search takes, in three languages, by reference, committee and ICS code.

``python -m tests.bench.catalogue`` measures on both databases.  The titles are made up; one in five has a Chinese one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import bindparam, select, text, update

from forum.committees.models import TitleStatus
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, db, session
from forum.standards.imports.running import of_path, perform
from forum.standards.models import Standard
from forum.standards.queries.search import NEWEST, REFERENCE, Filters, search
from forum.standards.search_index import refresh, search_text
from tests.proof.ground import ENGINES, ground
from tests.standards.published import rows, write

COUNT = 80_000
LIMIT = 100.0  # milliseconds
TURNS = 9
CHINESE = ("城市", "可持续", "基础设施", "指标", "智慧", "交通", "出行", "数据", "管理体系", "术语", "水务", "能源")
SEARCHES: tuple[tuple[str, Filters, str], ...] = (
    ("", Filters(), REFERENCE),
    ("", Filters(), NEWEST),
    ("sustainable cities", Filters(), REFERENCE),
    ("sus", Filters(), REFERENCE),
    ("iso", Filters(), NEWEST),
    ("villes", Filters(standing="published"), NEWEST),
    ("城市", Filters(), REFERENCE),
    ("可持续城市 指标", Filters(), REFERENCE),
    ("ISO 1234", Filters(), REFERENCE),
    ("iso1234", Filters(), REFERENCE),
    ("12345", Filters(), REFERENCE),
    ("ISO/TC20", Filters(), REFERENCE),
    ("TC 20/SC 1 steel", Filters(), REFERENCE),
    ("13.020", Filters(), REFERENCE),
    ("", Filters(standing="published", kind="TS"), REFERENCE),
    ("", Filters(stage="40", committee="iso-tc-20"), NEWEST),
    ("steel", Filters(year=2020), REFERENCE),
)


@dataclass(frozen=True)
class Timed:
    """One search: what was typed, how much was found, the median in milliseconds."""

    words: str
    count: int
    milliseconds: float


@contextmanager
def filled(engine: str, count: int) -> Iterator[Flask]:
    """An application over an empty database of that engine into which so many standards were imported."""
    with ground(engine) as made:
        path = write(Path(made.folder) / "deliverables.csv", rows(count))
        app = made.application()
        with app.app_context():
            perform(of_path("deliverables", path, date(2026, 9, 1)), forced=False, actor=SYSTEM, clock=system_clock)
            _name_in_chinese()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("ANALYZE"))
            yield app
            session.remove()


def _name_in_chinese() -> None:
    dice = random.Random(1)
    columns = (Standard.id, Standard.reference, Standard.title_en, Standard.title_fr)
    named = []
    for row in session.execute(select(*columns).where(Standard.id % 5 == 0)).all():
        title = "".join(dice.sample(CHINESE, 3))
        found = search_text(row.reference, (row.title_en, row.title_fr, title))
        named.append({"of_id": row.id, "to_title": title, "to_search": found})
    session.rollback()
    begin_writing()
    table = Standard.__table__
    change = update(table).where(table.c.id == bindparam("of_id"))  # type: ignore[arg-type]  # a table, as it is mapped
    values = {"title_zh": bindparam("to_title"), "search": bindparam("to_search"), "zh_status": TitleStatus.UNOFFICIAL}
    session.execute(change.values(values), named, execution_options={"synchronize_session": False})
    for at in range(0, len(named), 1000):
        refresh(session.connection(), [int(str(each["of_id"])) for each in named[at : at + 1000]])
    session.commit()


def measured(turns: int = TURNS) -> list[Timed]:
    """Search several times each; call within an application context."""
    results = []
    for words, filters, order in SEARCHES:
        times, count = [], 0
        for _turn in range(turns):
            begun = time.perf_counter()
            count = search(words, filters, order=order).count
            times.append((time.perf_counter() - begun) * 1000)
            session.rollback()
            session.expunge_all()
        chosen = " ".join(f"{name}={value}" for name, value in _given(filters))
        told = " ".join(part for part in (f"“{words}”" if words else "", chosen, order) if part)
        results.append(Timed(told, count, statistics.median(times)))
    return results


def _given(filters: Filters) -> Iterator[tuple[str, object]]:
    return ((name, value) for name in Filters.__slots__ if (value := getattr(filters, name)))


def trial(engine: str, count: int = COUNT, turns: int = TURNS) -> list[Timed]:
    """Fill an empty database of that engine and measure."""
    with filled(engine, count):
        return measured(turns)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.catalogue", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    asked = parser.parse_args()
    for engine in ENGINES:
        found = trial(engine, asked.count)
        print(f"{engine}: {asked.count:,} standards, a page and its count, median of {TURNS}")
        for one in found:
            print(f"  {one.milliseconds:6.1f} ms  {one.count:6,} found  {one.words}")
        worst = max(found, key=lambda each: each.milliseconds)
        print(f"  the slowest takes {worst.milliseconds:.1f} ms: {'holds' if worst.milliseconds < LIMIT else 'FAILS'}")


if __name__ == "__main__":
    main()
