"""What the liaison of a city is reminded of: confirming the profile, and certificates that end."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.cities import dues, operations
from forum.cities.models import Certificate
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.partnerships.neighbours import neighbours
from forum.ports.mail.models import OutboxMail
from forum.reminders import jobs
from forum.reminders.rules import Due, Source
from forum.schedule import REMINDER_SOURCES
from tests.cast import Cast
from tests.cities.town import appoint, city, name_places, open_city, profile
from tests.conftest import START
from tests.statements import counted_statements

CONFIRMED = date(2026, 4, 1)


def furnish(cast: Cast) -> None:
    """Hangzhou and Lyon with their liaisons; Hangzhou was confirmed eleven months ago and has two certificates."""
    name_places()
    for name in ("Hangzhou", "Lyon"):
        open_city(name, START)
    appoint(cast, date(2026, 1, 1))
    profile("Hangzhou").last_confirmed_on = CONFIRMED
    profile("Lyon").last_confirmed_on = None
    for standard, until in (("ISO 37101", date(2027, 4, 1)), ("ISO 37106", date(2026, 12, 31))):
        certificate = Certificate(
            city_id=city("Hangzhou").id, standard=standard, issued_on=date(2024, 1, 1), valid_until=until
        )
        session.add(certificate)
    session.flush()


@pytest.fixture
def town(cast: Cast, writing: None) -> Cast:
    furnish(cast)
    return cast


def named(now: datetime = START) -> set[tuple[str, date, int]]:
    return {(one.kind, one.on, one.account_id) for one in dues.dues(now)}


def test_a_liaison_is_told_when_the_profile_and_a_certificate_fall_due(town: Cast) -> None:
    liaison = town.accounts["delegate"]
    assert named() == {
        (dues.CONFIRMATION, date(2027, 4, 1), liaison),
        (dues.CERTIFICATE, date(2027, 4, 1), liaison),
    }


def test_a_confirmation_moves_the_date_and_a_city_that_has_gone_has_none(town: Cast) -> None:
    operations.confirm(profile("Hangzhou"), actor=SYSTEM, now=START)
    assert (dues.CONFIRMATION, date(2028, 3, 1), town.accounts["delegate"]) in named()
    profile("Hangzhou").successor_id = city("Lyon").id
    session.flush()
    assert named() == set()


def test_the_morning_mail_names_them_once_and_its_address_opens(cast: Cast) -> None:
    morning = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)  # half past eight in Hangzhou, a Tuesday
    with cast.app.app_context():
        begin_writing()
        furnish(cast)
        session.commit()
        for now in (morning, morning + timedelta(hours=1)):
            jobs.run((Source("cities", dues.dues),), base_url="http://forum.test", now=now)
            session.remove()
        (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.kind == "reminders_digest"))
        assert "ISO 37101" in mail.body
        assert "ISO 37106" not in mail.body  # long over
        link = re.search(r"http://forum\.test(\S+/desk/cities/hangzhou/)", mail.body)
        session.remove()
    assert link
    assert cast.client("delegate").get(link[1]).status_code == 200


def test_the_office_sets_the_days_of_these_kinds_and_the_schedule_asks_this_room() -> None:
    assert dues.KINDS.keys() <= neighbours.reminded.keys()
    assert "cities" in {source.name for source in REMINDER_SOURCES}


def test_more_cities_cost_no_more_statements(town: Cast) -> None:
    list(dues.dues(START))
    session.expire_all()
    with counted_statements() as few:
        found: list[Due] = list(dues.dues(START))
    assert found
    assert len(few) <= 4
