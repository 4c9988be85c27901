"""Giving and ending offices: who may, what is said, and what one's own data show of it."""

from __future__ import annotations

import html
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.offices.models import Office, OfficeRole
from forum.places.models import City, Province
from tests.cast import Cast
from tests.conftest import FixedClock

NEW = "/en/desk/offices/new"


@pytest.fixture(autouse=True)
def _registrar(app: Flask, cast: Cast, clock: FixedClock) -> None:
    with app.app_context():
        begin_writing()
        zhejiang = Province(code="330000", name_en="Zhejiang", name_zh="浙江省", search="zhejiang | 浙江省")
        twin = Province(code="110000", name_en="Hangzhou", name_zh="杭州省", search="hangzhou | 杭州省")
        session.add_all([zhejiang, twin])
        for who, role in (("registration", OfficeRole.NATIONAL_REGISTRAR), ("viewer", OfficeRole.AUDITOR)):
            session.add(Office(account_id=cast.accounts[who], role=role, starts_on=date(2027, 1, 1)))
        session.commit()
        session.remove()


def typed(**more: str) -> dict[str, str]:
    base = {"email": "stranger@forum.test", "role": "city_liaison", "place": "杭州", "starts_on": "2027-03-01"}
    return base | {"ends_on": "", "line": ""} | more


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 303), ("stranger", 404), ("viewer", 404), ("organiser", 404), ("registration", 200), ("admin", 200)],
)
def test_only_the_registrar_and_site_administrators_keep_offices(cast: Cast, who: str | None, status: int) -> None:
    client = cast.client(who)
    for address in ("/en/desk/offices", "/zh/desk/offices", NEW):
        assert client.get(address).status_code == status


@pytest.mark.parametrize("place", ["杭州", "Hangzhou", "hangzhou"])
def test_an_office_is_given_shown_and_ended(cast: Cast, app: Flask, place: str) -> None:
    registrar = cast.client("registration")
    assert registrar.submit(NEW, typed(place=place)).status_code == 303
    for language, words in (("en", ("City liaison", "Hangzhou", "Held")), ("zh", ("市级联络员", "杭州", "任职中"))):
        page = registrar.get(f"/{language}/desk/offices").text
        assert all(word in page for word in words)
        assert "city_liaison" not in page.replace('value="city_liaison"', "")
    own = cast.client("stranger")
    assert "City liaison" in own.get("/en/desk/").text
    assert "City liaison" in own.get("/en/account/data").text
    assert "杭州" in own.get("/en/account/data.json").text
    with app.app_context():
        office = session.scalars(select(Office).where(Office.role == OfficeRole.CITY_LIAISON)).one().public_id
        session.remove()
    end = f"/en/desk/offices/{office}/end"
    assert "no longer acts as" in registrar.get(end).text
    assert "City liaison" in own.get("/en/desk/").text  # asked, not done
    assert registrar.submit(end).status_code == 303
    assert "City liaison" not in own.get("/en/desk/").text
    assert "Ended" in registrar.get("/en/desk/offices").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody@forum.test"}, "Nobody has an account with this mail address."),
        ({"email": "registration@forum.test"}, "Nobody gives an office to themselves."),
        ({"place": "Atlantis"}, "This name doesn't mean exactly one place."),
        ({"role": "fa_officer", "place": "Hangzhou"}, "This name doesn't mean exactly one place."),
        ({"role": "auditor"}, "This role is held for a city, for a province or for the whole country"),
        ({"place": ""}, "This role is held for a city, for a province or for the whole country"),
        ({"ends_on": "2027-02-01"}, "The last day lies before the first one."),
        ({"starts_on": "0001-01-01"}, "Check the year."),
        ({"role": "emperor"}, "Error:"),
    ],
)
def test_what_can_not_be_given_is_said_at_its_field(
    cast: Cast, app: Flask, wrong: dict[str, str], sentence: str
) -> None:
    answer = cast.client("registration").submit(NEW, typed(**wrong))
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    with app.app_context():
        assert session.scalars(select(Office).where(Office.city_id.is_not(None))).all() == []
        session.remove()


def test_a_province_and_a_city_of_one_name_are_told_apart_by_the_role(cast: Cast, app: Flask) -> None:
    registrar = cast.client("registration")
    assert registrar.submit(NEW, typed(role="province_reviewer", place="Hangzhou")).status_code == 303
    assert registrar.submit(NEW, typed(role="fa_officer", place="杭州省")).status_code == 303
    with app.app_context():
        rows = session.scalars(select(Office).where(Office.province_code.is_not(None))).all()
        assert {office.province_code for office in rows} == {"110000"}
        session.remove()


def test_the_same_office_is_not_given_twice(cast: Cast) -> None:
    registrar = cast.client("registration")
    assert registrar.submit(NEW, typed()).status_code == 303
    assert registrar.submit(NEW, typed()).status_code == 409


@pytest.mark.parametrize("nasty", ["%", "'; --", "<script>alert(1)</script>", "\0", "x" * 5000, "９" * 20])
def test_whatever_is_typed_is_refused_with_a_sentence(cast: Cast, nasty: str) -> None:
    registrar = cast.client("registration")
    for name in typed():
        answer = registrar.submit(NEW, typed(**{name: nasty}))
        assert answer.status_code in {303, 400, 422}, name
        assert "<script>alert" not in answer.text
    assert registrar.get("/en/desk/offices", query_string={"role": nasty, "page": nasty}).status_code == 200
    assert registrar.get("/en/desk/offices/nothing/end").status_code == 404


def test_offices_end_with_the_account(cast: Cast, app: Flask, clock: FixedClock) -> None:
    from forum.offices import own_data  # noqa: PLC0415 - the room under test

    cast.client("registration").submit(NEW, typed())
    with app.app_context():
        begin_writing()
        assert own_data.sections(cast.accounts["stranger"], clock())
        own_data.erase_for(cast.accounts["stranger"], clock())
        assert all(office.ended_at for office in session.scalars(select(Office).where(Office.city_id.is_not(None))))
        session.rollback()
        session.remove()
        assert session.query(City).count() == 3
        session.remove()
