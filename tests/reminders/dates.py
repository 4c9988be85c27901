"""Due dates as a room would name them, and rounds of telling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.core.refusals import N_
from forum.offices import operations as offices
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment
from forum.places.models import City
from forum.ports.mail.models import OutboxMail
from forum.reminders import jobs
from forum.reminders.jobs import Round
from forum.reminders.rules import Due, Source
from forum.workdays.rules.calendars import Region
from tests.cast import Cast

BASE = "http://forum.test"
CHINA, FRANCE, JAPAN = Region("CN"), Region("FR"), Region("JP")
SENTENCE = N_("Waiting")  # any sentence of the catalogue will do


class Room:
    """A room whose due dates a test changes as it likes."""

    def __init__(self, name: str = "agreements") -> None:
        self.name = name
        self.dates: list[Due] = []

    def dues(self, _now: datetime) -> Iterable[Due]:
        """Name every date that stands."""
        return list(self.dates)

    @property
    def source(self) -> Source:
        """The room as the schedule knows it."""
        return Source(self.name, self.dues)


def due(account_id: int, on: date, reference: str = "agreement:abc", **more: Any) -> Due:
    """Return a due date for somebody."""
    facts: dict[str, Any] = {
        "kind": "answer_by",
        "title": Text("Memorandum with Lyon", "与里昂的合作备忘录"),
        "sentence": SENTENCE,
        "next_step": N_("Open"),
        "link": "/agreements/abc",
        "offsets": (-7, -1, 0, 7),
        "places": (CHINA, FRANCE),
    }
    return Due(object_reference=reference, on=on, account_id=account_id, **{**facts, **more})


def go_round(app: Flask, now: datetime, *rooms: Room) -> Round:
    """Make one round, as the worker does."""
    with app.app_context():
        try:
            return jobs.run([room.source for room in rooms], base_url=BASE, now=now)
        finally:
            session.remove()


def letters(app: Flask, address: str | None = None) -> list[OutboxMail]:
    """Return the digests in the outbox, oldest first."""
    with app.app_context():
        wanted = select(OutboxMail).where(OutboxMail.kind == "reminders_digest").order_by(OutboxMail.id)
        if address is not None:
            wanted = wanted.where(OutboxMail.recipient == address)
        found = list(session.scalars(wanted))
        session.expunge_all()
        return found


def seat(cast: Cast, who: str, city: str, now: datetime) -> int:
    """Make somebody the liaison of a city; return the account's id."""
    with cast.app.app_context():
        begin_writing()
        place = session.scalars(select(City).filter_by(name_en=city)).one()
        to = Appointment(OfficeRole.CITY_LIAISON, city=place, starts_on=date(2020, 1, 1))
        offices.appoint(cast.account(who), to, actor=SYSTEM, now=now)
        session.commit()
        session.remove()
    return cast.accounts[who]
