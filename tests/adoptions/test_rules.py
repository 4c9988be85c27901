"""The drift rule, printing, and the share of a scope: pure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from forum.adoptions.models import Degree
from forum.adoptions.rules.differences import Technical, fits
from forum.adoptions.rules.drift import (
    ALARMS,
    LEVEL_OF,
    LEVELS,
    SENTENCES,
    Alarm,
    BaseEdition,
    Kin,
    Level,
    Seen,
    current,
    drift,
)
from forum.adoptions.rules.printing import cover_line, dual_number, printed
from forum.adoptions.rules.rate import Rate
from forum.standards.stages import stages

DIS = Kin("ISO/DIS 37100", "40.20")
NEW = Kin("ISO 37120:2018", "60.60", published=True)
AMD = Kin("ISO 37101:2016/Amd 1:2024", "60.60", published=True)


def base(
    code: str, *, on: date | None = None, supplements: tuple[Kin, ...] = (), successors: tuple[Kin, ...] = ()
) -> BaseEdition:
    return BaseEdition("ISO 1:2014", (Seen(code, on),), True, code == "95.99", supplements, successors)


@pytest.mark.parametrize(
    ("edition", "alarm", "level"),
    [
        (base("90.93", on=date(2024, 5, 1)), Alarm.CONFIRMED, Level.GREEN),
        (base("60.60"), Alarm.CURRENT, Level.GREEN),
        (base("90.20"), Alarm.UNDER_REVIEW, Level.GREEN),
        (base("60.60", supplements=(AMD,)), Alarm.AMENDMENT, Level.AMBER),
        (base("90.93", supplements=(AMD,)), Alarm.AMENDMENT, Level.AMBER),
        (base("60.60", successors=(DIS,)), Alarm.SUCCESSOR, Level.BLUE),
        (base("60.60", successors=(Kin("ISO/FDIS 1", "50.20"),)), Alarm.SUCCESSOR, Level.BLUE),
        (base("90.92"), Alarm.TO_BE_REVISED, Level.AMBER),
        (base("90.99"), Alarm.WITHDRAWAL_PROPOSED, Level.AMBER),
        (base("95.20"), Alarm.WITHDRAWAL_PROPOSED, Level.AMBER),
        (base("95.99", successors=(NEW,)), Alarm.REPLACED, Level.RED),
        (base("95.99"), Alarm.WITHDRAWN, Level.RED),
        (base("60.60", successors=(NEW,)), Alarm.NEW_EDITION, Level.AMBER),
        (base("40.20"), Alarm.DRAFT, Level.BLUE),
        (base("40.98"), Alarm.DELETED, Level.RED),
        (BaseEdition("ITU-T Y.1", published=True), Alarm.CURRENT, Level.GREEN),
        (BaseEdition("ITU-T Y.1"), Alarm.UNKNOWN, Level.UNKNOWN),
        (BaseEdition("ITU-T Y.1", withdrawn=True), Alarm.WITHDRAWN, Level.RED),
    ],
)
def test_each_event_of_the_base_raises_its_alarm(edition: BaseEdition, alarm: Alarm, level: Level) -> None:
    found = drift(edition)
    assert found.leading.alarm is alarm
    assert found.level is level


def test_an_amendment_that_is_adopted_or_not_published_raises_nothing() -> None:
    adopted = Kin(AMD.reference, AMD.code, published=True, adopted=True)
    coming = Kin("ISO 1:2014/DAM 2", "40.20")
    assert drift(base("60.60", supplements=(adopted, coming))).leading.alarm is Alarm.CURRENT
    assert drift(base("60.60", supplements=(AMD, coming))).leading.others == (AMD.reference,)  # the control


def test_a_committee_draft_is_no_successor_in_progress_and_neither_is_a_deleted_one() -> None:
    for code in ("30.60", "40.98", "10.99"):
        assert drift(base("60.60", successors=(Kin("ISO/CD 1", code),))).level is Level.GREEN


def test_the_gravest_leads_and_nothing_green_stands_beside_it() -> None:
    found = drift(base("90.92", supplements=(AMD,), successors=(DIS,)))
    assert [each.level for each in found.findings] == [Level.AMBER, Level.AMBER, Level.BLUE]
    assert found.findings[0].alarm is Alarm.AMENDMENT


def test_a_replaced_base_names_its_successor_even_where_that_is_replaced_itself() -> None:
    later = Kin("ISO 37120:2018", "95.99")
    assert drift(base("95.99", successors=(later,))).leading.others == (later.reference,)
    unknown_here = Kin("ISO 37120:2018")
    assert drift(base("95.99", successors=(unknown_here,))).leading.alarm is Alarm.REPLACED


def test_the_stage_that_holds_is_the_latest_by_date_and_without_dates_the_highest() -> None:
    early, late = Seen("90.92", date(2020, 1, 1)), Seen("90.93", date(2024, 1, 1))
    assert current([late, early]) == late
    assert current([Seen("60.60"), Seen("90.93")]) == Seen("90.93")
    assert current([Seen("95.99"), early]) == early
    assert current([]) is None
    published, later = Seen("60.60", date(2016, 12, 1)), Seen("90.92", None, date(2025, 6, 2))
    assert current([later, published]) == later  # when it was entered nobody knows, but it held after the other
    assert current([later, Seen("95.99", date(2026, 1, 1))]) == Seen("95.99", date(2026, 1, 1))


def test_every_cell_of_the_matrix_says_something() -> None:
    for code in stages():
        assert drift(base(code)).leading.alarm is not Alarm.UNKNOWN


def test_every_alarm_has_a_level_a_word_and_a_sentence() -> None:
    assert set(LEVEL_OF) == set(Alarm) == set(SENTENCES)
    assert set(ALARMS) == set(map(str, Alarm))
    assert set(LEVELS) == set(map(str, Level))


def test_two_looks_compare_what_is_said_and_not_the_day() -> None:
    assert drift(base("90.93", on=date(2024, 1, 1))).signature == drift(base("90.93")).signature
    assert drift(base("90.93")).signature != drift(base("90.93", successors=(DIS,))).signature


@pytest.mark.parametrize("typed", ["GB/T 36749-2018", "GB/T 36749—2018", "GB/T 36749–2018", "GB/T 36749－2018"])
def test_a_national_number_is_printed_with_the_long_dash(typed: str) -> None:
    assert printed(typed) == "GB/T 36749—2018"
    assert printed("ISO/IEC TR 25005-2:2025") == "ISO/IEC TR 25005-2:2025"
    assert printed("GB/T 34680.1-2017") == "GB/T 34680.1—2017"


def test_an_identical_adoption_carries_both_numbers() -> None:
    assert dual_number("GB/T 36749-2018", "ISO 37120:2014") == "GB/T 36749—2018/ISO 37120:2014"
    assert cover_line("ISO 37120:2014", "Indicators", "idt") == "(ISO 37120:2014, Indicators, IDT)"


@pytest.mark.parametrize(
    ("degree", "rows", "right"),
    [
        (Degree.IDT, (), True),
        (Degree.IDT, (Technical("5", reasoned=True),), False),
        (Degree.MOD, (), False),
        (Degree.MOD, (Technical("5", reasoned=True), Technical("6", reasoned=False)), False),
        (Degree.MOD, (Technical("5", reasoned=True), Technical("6", reasoned=True)), True),
        (Degree.NEQ, (), True),
        (None, (Technical("5", reasoned=False),), True),
    ],
)
def test_a_degree_goes_with_its_table_of_differences(
    degree: Degree | None, rows: tuple[Technical, ...], right: bool
) -> None:
    assert fits(degree, rows) is right


@pytest.mark.parametrize(
    ("adopted", "citable", "percent"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (0, 7, "0.0"), (5, 5, "100.0"), (0, 0, "–")],
)
def test_the_share_is_exact_and_nothing_of_nothing_is_no_share(adopted: int, citable: int, percent: str) -> None:
    found = Rate(citable, adopted)
    assert found.percent == percent
    assert found.share == (Fraction(adopted, citable) if citable else None)
