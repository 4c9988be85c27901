"""The page of figures is read as it is written, and keeps the rows that a run of some trials didn't make."""

from __future__ import annotations

from tests.proof.__main__ import FIGURES
from tests.proof.figures import Line, merged, read, written

SEATS = Line("seats", "SQLite", "0123abc", "7", "500 of 500; a | b", holds=True, seconds=12.4)
WALKS = Line("walks", "PostgreSQL", "0123abc", "7", "1 fault", holds=False, seconds=None)


def test_the_page_comes_back_as_it_was_written() -> None:
    rows = read(written([SEATS, WALKS], "SQLite 3", "2 cores"))
    assert [line.row for line in rows] == [SEATS.row, WALKS.row]
    assert [line.holds for line in rows] == [True, False]


def test_a_run_of_some_trials_leaves_the_rows_of_the_others() -> None:
    again = Line("walks", "PostgreSQL", "4567def", "8", "no fault", holds=True, seconds=3)
    other = Line("walks", "SQLite", "4567def", "8", "no fault", holds=True, seconds=3)
    assert merged([SEATS, WALKS], [again, other]) == [SEATS, again, other]


def test_the_page_of_the_product_is_one_of_these() -> None:
    page = FIGURES.read_text(encoding="utf-8")
    assert len(read(page)) == page.count("| holds |") + page.count("| **fails** |") > 10
