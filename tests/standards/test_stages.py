"""The matrix of stages, the schemes beside it, and what both come to for a reader."""

from __future__ import annotations

from datetime import date

import pytest

from forum.committees.models import Precision
from forum.core.bilingual import Text
from forum.standards import schemes
from forum.standards.models import Scheme, Standing
from forum.standards.rules import clocks
from forum.standards.rules.progress import Span, later, progress, time_at
from forum.standards.stages import code_of, is_usual, stages

TERMINAL = {"00.98", "10.98", "20.98", "30.98", "40.98", "50.98", "95.99"}


def test_the_matrix_has_46_cells_and_every_step_leads_to_one_of_them() -> None:
    assert len(stages()) == 46
    for cell in stages().values():
        assert set(cell.following) | set(cell.tolerated) <= set(stages())
    assert {code for code, cell in stages().items() if cell.is_terminal} == TERMINAL
    assert not any(stages()[code].following for code in TERMINAL)


@pytest.mark.parametrize(("number", "code"), [(0, "00.00"), (6060, "60.60"), (9092, "90.92"), (4020, "40.20")])
def test_published_data_write_a_stage_as_a_number(number: int, code: str) -> None:
    assert code_of(number) == code


@pytest.mark.parametrize("number", [9999, -1, 4021, 123456])
def test_a_number_that_is_no_cell_has_no_code(number: int) -> None:
    assert code_of(number) is None


def test_the_traps_of_other_software_are_avoided() -> None:
    assert "to be revised" in stages()["90.92"].name.en
    assert stages()["90.92"].name.zh == "国际标准拟修订"
    assert stages()["90.93"].name.zh == "国际标准确认有效"
    words = "".join(cell.name.zh + cell.phase.zh + cell.label.zh for cell in stages().values())
    words += "".join(code.name.zh for scheme in Scheme for code in schemes.codes(scheme).values())
    assert "提款" not in words
    assert "回顾" not in words
    assert "29.00" not in stages()


def test_every_code_of_every_scheme_has_a_name_in_both_languages_and_a_known_equivalent() -> None:
    for scheme in Scheme:
        steps = schemes.steps(scheme)
        assert steps
        for code in schemes.codes(scheme).values():
            assert code.name.en
            assert code.name.zh
            assert code.step <= len(steps)
            assert not code.equivalent or code.equivalent in stages()
    assert schemes.find("iec", "PPUB") is not None
    assert schemes.name_of("itu", "in-force") == Text("In force", "现行有效")
    assert schemes.name_of("itu", "40.20") == Text("40.20", "40.20")  # never read in another scheme


@pytest.mark.parametrize(
    ("scheme", "code", "standing"),
    [
        ("iso", "40.20", Standing.UNDER_DEVELOPMENT),
        ("iso", "40.98", Standing.DELETED),
        ("iso", "60.60", Standing.PUBLISHED),
        ("iso", "90.20", Standing.UNDER_REVIEW),
        ("iso", "90.92", Standing.UNDER_REVIEW),
        ("iso", "90.93", Standing.PUBLISHED),
        ("iso", "95.99", Standing.WITHDRAWN),
        ("iec", "PPUB", Standing.PUBLISHED),
        ("itu", "superseded", Standing.WITHDRAWN),
        ("sac", "enquiry", Standing.UNDER_DEVELOPMENT),
        ("iso", "99.99", Standing.UNDER_DEVELOPMENT),
    ],
)
def test_a_code_says_what_a_reader_may_make_of_it(scheme: str, code: str, standing: Standing) -> None:
    assert schemes.standing_of(scheme, code) is standing


def states(scheme: str, code: str) -> str:
    return "".join(step.state[0] for step in progress(scheme, code).steps)


@pytest.mark.parametrize(
    ("scheme", "code", "line"),
    [
        ("iso", "00.00", "naaaaaa"),
        ("iso", "40.20", "ddddnaa"),
        ("iso", "40.98", "ddddsaa"),
        ("iso", "60.00", "ddddddn"),
        ("iso", "60.60", "ddddddd"),
        ("iso", "90.93", "ddddddd"),
        ("iso", "95.99", "ddddddd"),
        ("iec", "CCDV", "ddddnaa"),
        ("itu", "last-call", "ddna"),
        ("itu", "in-force", "dddd"),
        ("sac", "enquiry", "ddnaaa"),
        ("sac", "published", "dddddd"),
    ],
)
def test_the_line_of_progress_shows_what_is_done_and_what_is_to_come(scheme: str, code: str, line: str) -> None:
    assert states(scheme, code) == line


def test_the_present_cell_is_named_in_words_in_both_languages() -> None:
    shown = progress("iso", "40.20")
    assert (shown.phase.en, shown.phase.zh) == ("Enquiry", "征询意见阶段")
    assert "DIS ballot" in shown.cell.en
    assert progress("iec", "CCDV", "40.20").phase.en == "Enquiry"


@pytest.mark.parametrize(
    ("since", "precision", "span"),
    [
        (date(2027, 2, 23), Precision.DAY, Span(6, "days")),
        (date(2026, 11, 23), Precision.DAY, Span(14, "weeks")),
        (date(2025, 12, 1), Precision.DAY, Span(15, "months")),
        (date(2016, 7, 15), Precision.DAY, Span(10, "years")),
        (date(2026, 12, 1), Precision.MONTH, Span(3, "months")),
        (date(2026, 1, 1), Precision.YEAR, Span(1, "years")),
        (date(2027, 1, 1), Precision.YEAR, None),  # somewhere in this year: nothing can be said
        (date(2027, 3, 2), Precision.DAY, None),
        (None, Precision.DAY, None),
    ],
)
def test_the_time_at_a_stage_is_told_no_finer_than_its_date_is_known(
    since: date | None, precision: Precision, span: Span | None
) -> None:
    assert time_at(since, precision, date(2027, 3, 1)) == span


def test_the_present_stage_is_the_latest_by_date_and_the_highest_without_dates() -> None:
    assert later((date(2020, 1, 1), "90.93"), (date(2025, 1, 1), "90.20"))
    assert not later((date(2025, 1, 1), "90.20"), (date(2020, 1, 1), "90.93"))
    assert later((date(2020, 1, 1), "60.60"), (None, "90.93"))
    assert not later((None, "90.93"), (date(2020, 1, 1), "60.60"))


def test_an_import_may_skip_what_the_matrix_tolerates_and_nothing_else_without_a_mark() -> None:
    assert is_usual("60.60", "90.60")
    assert not is_usual("40.20", "60.60")


TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2027, 5, 1), "on_time"),  # 61 days
        (date(2027, 4, 30), "at_risk"),  # 60 days: the limit itself
        (date(2027, 3, 1), "at_risk"),
        (date(2027, 2, 28), "late"),
    ],
)
def test_a_clock_is_on_time_at_risk_or_late(due: date, state: str) -> None:
    found = clocks.targets({"FDIS": due.isoformat()}, {}, "40.60", Standing.UNDER_DEVELOPMENT, TODAY)
    assert [(each.label, each.state) for each in found] == [("FDIS", state)]
    assert clocks.clock(found) == state


def test_a_target_that_is_reached_is_never_late_and_a_deleted_project_has_none() -> None:
    given = {"DIS": "2026-01-01", "IS": "2028-01-01"}
    found = clocks.targets(given, {}, "40.20", Standing.UNDER_DEVELOPMENT, TODAY)
    assert [each.state for each in found] == ["reached", "on_time"]
    assert clocks.clock(found) == "on_time"
    assert clocks.targets(given, {}, "40.98", Standing.DELETED, TODAY) == []


def test_a_track_counts_its_months_from_the_registration_and_a_date_of_ours_goes_first() -> None:
    counted = clocks.computed("36", date(2025, 1, 31))
    assert counted["IS"] == date(2028, 1, 31)
    assert clocks.computed("18", date(2025, 8, 31))["IS"] == date(2027, 2, 28)
    assert clocks.computed("", date(2025, 1, 31)) == {}
    assert clocks.computed("36", None) == {}
    found = clocks.targets({"IS": "2028-06-01"}, counted, "30.20", Standing.UNDER_DEVELOPMENT, TODAY)
    assert {each.label: each.is_ours for each in found} == {"DIS": False, "FDIS": False, "IS": True}


def test_a_number_of_the_table_counts_from_its_day() -> None:
    assert clocks.limit("at_risk", TODAY) == 60
    assert clocks.limit("at_risk", date(2000, 1, 1)) == 60
