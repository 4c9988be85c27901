"""Offices: for the right place, for their term, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.committees.models import PostRole
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.offices import operations, queries
from forum.offices.errors import HeldAlready, TermReversed, WrongPlace
from forum.offices.models import OFFICE_ROLES, Office, OfficeRole
from forum.offices.operations import Appointment
from forum.offices.rules import fits, in_term
from forum.places.models import City, Province
from forum.web import viewer
from tests.cast import Cast
from tests.conftest import FixedClock


def _city(name: str) -> City:
    return session.scalars(select(City).filter_by(name_en=name)).one()


def test_the_web_knows_every_office_role() -> None:
    offices, posts = frozenset(map(str, OfficeRole)), frozenset(map(str, PostRole))
    assert offices == frozenset(OFFICE_ROLES)
    apart = (viewer.OFFICE_ROLES, viewer.STANDARDS_ROLES, viewer.LANGUAGE_ROLES)
    assert offices | posts == viewer.PLACED_ROLES
    assert sum(map(len, apart)) == len(viewer.PLACED_ROLES)


def test_a_translator_is_staff_and_holds_no_office_in_cases() -> None:
    translator = viewer.Viewer(account_id=1, grants=frozenset({("translator", "nation:")}))
    assert translator.is_staff
    assert translator.places_of("translator") == {"nation:"}
    assert not translator.offices | translator.standards_posts
    assert not translator.without_staff().grants


@pytest.mark.parametrize("role", OfficeRole)
def test_each_role_fits_one_kind_of_place_and_foreign_affairs_two(role: OfficeRole) -> None:
    places = [(True, False), (False, True), (False, False)]
    fitting = [place for place in places if fits(role, city=place[0], province=place[1])]
    assert len(fitting) == (2 if role is OfficeRole.FA_OFFICER else 1)
    assert not fits(role, city=True, province=True)


def test_a_last_day_is_over_when_it_is_over_in_the_city() -> None:
    last = date(2027, 3, 31)
    evening = datetime(2027, 3, 31, 17, 0, tzinfo=UTC)  # 1 April in Shanghai, still March in Lyon
    assert not in_term(date(2027, 1, 1), last, now=evening, zone_name="Asia/Shanghai")
    assert in_term(date(2027, 1, 1), last, now=evening, zone_name="Europe/Paris")
    assert not in_term(date(2027, 4, 2), None, now=evening, zone_name="Europe/Paris")


@pytest.mark.usefixtures("cast", "writing")
def test_an_office_grants_its_role_for_its_place_while_it_runs(cast: Cast, clock: FixedClock) -> None:
    account, lyon = cast.account("stranger"), _city("Lyon")
    today = clock().date()
    office = operations.appoint(
        account,
        Appointment(OfficeRole.CITY_LIAISON, city=lyon, starts_on=today, ends_on=today + timedelta(days=10)),
        actor=SYSTEM,
        now=clock(),
    )
    assert list(queries.grants_of(account.id, clock())) == [("city_liaison", f"city:{lyon.id}")]
    assert queries.holders(OfficeRole.CITY_LIAISON, clock(), city_id=lyon.id) == [office]
    assert list(queries.grants_of(account.id, clock() + timedelta(days=12))) == []
    with pytest.raises(HeldAlready):
        operations.appoint(
            account,
            Appointment(OfficeRole.CITY_LIAISON, city=lyon, starts_on=today, ends_on=None),
            actor=SYSTEM,
            now=clock(),
        )
    operations.end(office, actor=SYSTEM, now=clock())
    assert list(queries.grants_of(account.id, clock())) == []
    assert session.get(Office, office.id) is not None


@pytest.mark.usefixtures("cast", "writing")
def test_an_office_for_the_wrong_place_or_a_reversed_term_is_refused(cast: Cast, clock: FixedClock) -> None:
    account, today = cast.account("stranger"), clock().date()
    with pytest.raises(WrongPlace):
        operations.appoint(
            account,
            Appointment(OfficeRole.PROVINCE_REVIEWER, city=_city("Lyon"), starts_on=today),
            actor=SYSTEM,
            now=clock(),
        )
    with pytest.raises(WrongPlace):
        operations.appoint(
            account,
            Appointment(OfficeRole.AUDITOR, province=Province(code="330000"), starts_on=today),
            actor=SYSTEM,
            now=clock(),
        )
    with pytest.raises(TermReversed):
        operations.appoint(
            account,
            Appointment(OfficeRole.AUDITOR, starts_on=today, ends_on=today - timedelta(days=1)),
            actor=SYSTEM,
            now=clock(),
        )
