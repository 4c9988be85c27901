"""The office's own special days: entered, read with few statements, removed, and noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from forum.audit.models import AuditEntry
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.places.models import City, Province
from forum.workdays import operations, queries
from forum.workdays.errors import DaysReversed, DayTaken, ProvinceElsewhere, TooManyDays
from forum.workdays.models import DayKind, SpecialDay
from forum.workdays.operations import Special
from forum.workdays.rules.calendars import Region
from tests.cast import Cast
from tests.conftest import START
from tests.statements import counted_statements

CHINA = Region("CN")
DAY = date(2026, 9, 23)  # a Wednesday


def _special(
    first: date = DAY, last: date | None = None, *, region: Region = CHINA, kind: DayKind = DayKind.CLOSED
) -> Special:
    return Special(region, first, last or first, kind, Text("Asian Games", "亚洲运动会"))


@pytest.mark.usefixtures("cast", "writing")
def test_a_special_day_is_heeded_at_once_and_forgotten_when_it_is_removed() -> None:
    assert queries.calendar().is_workday(DAY, CHINA)
    made = operations.enter(_special(), actor=SYSTEM, now=START)
    assert not queries.calendar().is_workday(DAY, CHINA)
    operations.remove(made[0], actor=SYSTEM, now=START)
    assert queries.calendar().is_workday(DAY, CHINA)


@pytest.mark.usefixtures("cast", "writing")
def test_a_calendar_costs_one_statement_while_nothing_changes() -> None:
    operations.enter(_special(DAY, date(2026, 9, 25)), actor=SYSTEM, now=START)
    queries.calendar()
    with counted_statements() as seen:
        for _ in range(3):
            assert not queries.calendar().is_workday(DAY, CHINA)
    assert len(seen) == 3


@pytest.mark.usefixtures("cast", "writing")
def test_what_was_taken_back_is_not_remembered() -> None:
    nested = session.begin_nested()
    operations.enter(_special(), actor=SYSTEM, now=START)
    assert not queries.calendar().is_workday(DAY, CHINA)
    nested.rollback()
    assert queries.calendar().is_workday(DAY, CHINA)


@pytest.mark.usefixtures("cast", "writing")
def test_a_day_is_entered_once_for_a_place_and_none_of_a_range_that_meets_it() -> None:
    operations.enter(_special(), actor=SYSTEM, now=START)
    with pytest.raises(DayTaken) as refused:
        operations.enter(_special(date(2026, 9, 22), date(2026, 9, 24)), actor=SYSTEM, now=START)
    assert "2026-09-23" in str(refused.value)
    assert session.scalars(select(SpecialDay.day)).all() == [DAY]
    operations.enter(_special(region=Region("FR")), actor=SYSTEM, now=START)


@pytest.mark.usefixtures("cast", "writing")
@pytest.mark.parametrize(
    ("special", "refusal"),
    [
        (_special(DAY, date(2026, 9, 22)), DaysReversed),
        (_special(DAY, date(2026, 11, 22)), TooManyDays),
        (_special(region=Region("FR", "330000")), ProvinceElsewhere),
    ],
)
def test_nonsense_is_refused(special: Special, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        operations.enter(special, actor=SYSTEM, now=START)
    assert session.scalars(select(SpecialDay)).all() == []


@pytest.mark.usefixtures("cast", "writing")
def test_the_audit_notes_the_day_and_never_its_name() -> None:
    made = operations.enter(_special(), actor=SYSTEM, now=START)
    operations.remove(made[0], actor=SYSTEM, now=START)
    found = session.scalars(select(AuditEntry).where(AuditEntry.object_kind == "special_day")).all()
    assert [entry.action for entry in found] == ["enter", "remove"]
    assert all("2026-09-23" in entry.body and "Games" not in entry.body for entry in found)


@pytest.mark.usefixtures("cast", "writing")
def test_the_region_of_a_city_is_its_country_and_its_province() -> None:
    session.add(Province(code="330000", name_en="Zhejiang", name_zh="浙江省"))
    session.flush()
    city = session.scalars(select(City).filter_by(name_en="Hangzhou")).one()
    city.province_code = "330000"
    assert queries.region_of(city) == queries.region_of_province("330000") == Region("CN", "330000")
    assert queries.region_of(None) == Region()


def _enter(cast: Cast, special: Special) -> str:
    with cast.app.app_context():
        begin_writing()
        made = operations.enter(special, actor=SYSTEM, now=START)[0].public_id
        session.commit()
    return made


FORM = {
    "country": "CN", "province": "", "first_day": "2027-10-09", "last_day": "", "kind": "working",
    "name_en": "Worked instead", "name_zh": "国庆节调休上班",
}  # fmt: skip


def test_the_administrator_enters_and_removes_days_in_either_language(cast: Cast) -> None:
    browser = cast.client("admin")
    assert "国庆节调休上班" not in browser.get("/zh/working-days?country=CN&year=2027").text
    assert browser.submit("/zh/working-days/new", FORM).status_code == 303
    assert "国庆节调休上班" in browser.get("/zh/working-days?country=CN&year=2027").text
    english = browser.get("/en/working-days?country=CN&year=2027").text
    assert "Worked instead" in english
    assert "Working days as published" in english  # a worked weekend was announced
    with cast.app.app_context():
        day = session.scalars(select(SpecialDay)).one().public_id
    assert "Worked instead" in browser.get(f"/en/working-days/{day}/remove").text
    assert browser.submit(f"/en/working-days/{day}/remove").status_code == 303
    assert "Worked instead" not in browser.get("/en/working-days?country=CN&year=2027").text
    assert browser.get(f"/en/working-days/{day}/remove").status_code == 404


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"name_zh": ""}, "Please fill in this field."),
        ({"first_day": "0001-01-01"}, "Choose a day in the years 2000 to 2100."),
        ({"first_day": "tomorrow"}, "Not a valid date value."),
        ({"last_day": "2027-10-01"}, "The last day lies before the first one."),
        ({"country": "FR", "province": "330000"}, ""),
        ({"country": "ZZ"}, ""),
        ({"kind": "holiday"}, ""),
    ],
)
def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(
    cast: Cast, entry: dict[str, str], sentence: str
) -> None:
    answer = cast.client("admin").submit("/en/working-days/new", {**FORM, **entry})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Worked instead" in answer.text


@pytest.mark.parametrize("address", ["/en/working-days", "/en/working-days/new", "/en/working-days/x/remove"])
def test_nobody_else_comes_in(cast: Cast, address: str) -> None:
    assert cast.client("organiser").get(address).status_code == 403
    assert cast.client().get(address).status_code == 303


@pytest.mark.parametrize(
    "query", ["country=FR&year=2026", "country=SA&year=2026", "country=ZZ&year=x", "year=99999999999", "page=-4", ""]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_year_has_a_page(cast: Cast, query: str, language: str) -> None:
    answer = cast.client("admin").get(f"/{language}/working-days?{query}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


def test_a_long_list_asks_no_more_than_a_short_one(cast: Cast) -> None:
    browser = cast.client("admin")

    def statements(ask: Callable[[], object]) -> int:
        with cast.app.app_context(), counted_statements() as seen:
            ask()
        return len(seen)

    def ask() -> object:
        return browser.get("/en/working-days?country=CN&year=2026")

    _enter(cast, _special(date(2026, 1, 5)))
    ask()
    few = statements(ask)
    for month in range(2, 6):
        _enter(cast, _special(date(2026, month, 1), date(2026, month, 28)))
    ask()
    assert statements(ask) == few
    assert "Page 2" in browser.get("/en/working-days?country=CN&year=2026").text
