"""What the tests of the desk begin with: a translator, and sessions whose titles have no Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.core.bilingual import TextState
from forum.core.database import begin_writing, session
from forum.offices.models import Office, OfficeRole
from forum.translation import queries as translation
from tests.agenda.programme_of import planned
from tests.cast import Cast

TITLES = ("Quiet streets", "Water under ISO 37101", "Clean air for 12 cities")


@contextmanager
def written(app: Flask) -> Iterator[None]:
    """A transaction that is committed."""
    with app.app_context():
        begin_writing()
        yield
        session.commit()
        session.remove()


def begin(cast: Cast) -> list[str]:
    """Make the stranger the translator and plan sessions; return their public ids."""
    with written(cast.app):
        session.add(
            Office(account_id=cast.accounts["stranger"], role=OfficeRole.TRANSLATOR, starts_on=date(2027, 1, 1))
        )
        return [
            planned(cast, title, "", start=f"2027-04-20T{9 + place:02}:00", minutes=30)[0].public_id
            for place, title in enumerate(TITLES)
        ]


def held(public_id: str) -> AgendaSession:
    """A session in the current database session."""
    return session.scalars(select(AgendaSession).filter_by(public_id=public_id)).one()


def title_of(cast: Cast, public_id: str) -> tuple[str, TextState]:
    """The Chinese title of a session with its state."""
    with cast.app.app_context():
        record = held(public_id)
        found = record.side("title", "zh"), translation.state(record, "title", "zh", translation.states_of([record]))
        session.remove()
    return found


def address(cast: Cast, more: str = "", language: str = "en") -> str:
    """An address of the worklist of the cast's forum."""
    return f"/{language}/desk/translation/forums/{cast.slug}/{more}"
