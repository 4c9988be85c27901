"""A forum whose released programme has no Chinese yet, and an engine to draft it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from forum.agenda.models import AgendaSession
from forum.agenda.operations import releases
from forum.agenda.queries.standing import conflict_id
from forum.core.actor import Actor
from forum.core.database import begin_writing, session
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import Scope
from forum.drafting.operations.asking import Asked, ask_for
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.keeping import clear_programme
from forum.drafting.operations.performing import perform_due
from forum.events.models import Forum, Segment, Track
from forum.ports.engines.calling import Caller, Limits
from forum.ports.engines.choosing import EngineFacts
from forum.ports.engines.libre import LibreEngine
from tests.agenda.programme_of import editor, planned
from tests.cast import Cast
from tests.conftest import START
from tests.translation.libre import Server

SET = EngineFacts("libretranslate", "127.0.0.1", outside=True)
ASKER = Actor("account:asker")
PLENTY = Allowance(rate=10_000, budget=0)
KEY = "canary-key-7f3a"


def engine_at(server: Server, **limits: float) -> LibreEngine:
    """The engine of the house at a server on loopback."""
    return LibreEngine(Caller(f"{server.url}/translate", limits=Limits(**({"silence": 5} | limits))), "127.0.0.1", KEY)  # type: ignore[arg-type]


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """An application's context that leaves nothing open."""
    with app.app_context():
        try:
            yield
        finally:
            session.rollback()
            session.remove()


def cleared(cast: Cast, titles: list[str], **facts: Any) -> list[str]:
    """Plan confirmed sessions with English titles alone in a programme that is cleared; commits; returns their ids."""
    begin_writing()
    made = []
    for number, title in enumerate(titles):
        start = datetime.fromisoformat("2027-04-20T09:00") + timedelta(days=number // 24, minutes=number % 24 * 30)
        held, _slot = planned(cast, title, "", start=start.isoformat(), minutes=20, **facts)
        made.append(held.public_id)
    clear_programme(cast.forum, actor=ASKER, now=START)
    session.commit()
    return made


def release(cast: Cast, at: datetime = START) -> None:
    """Release the draft with every warning accepted."""
    found = releases.candidate(cast.forum, at)
    assert not found.stopping, [each.code for each in found.stopping]
    accepted = {conflict_id(each): "Agreed" for each in found.warnings}
    releases.release(cast.forum, "", "", "", accepted, actor=editor(cast), now=at, site="https://forum.example")


def asked(cast: Cast, only: str | None = None, now: datetime = START) -> Asked:
    """Ask for the drafts of the cast's forum; commits."""
    begin_writing()
    found = ask_for(Scope.of_forum(cast.forum), engine=SET, actor=ASKER, now=now, only=only)
    session.commit()
    return found


def worked(server: Server, now: datetime = START, allowance: Allowance = PLENTY) -> int:
    """Make the drafts that are due."""
    return perform_due(now, engine_at(server), allowance=allowance)


def jobs() -> list[TranslationJob]:
    """Every job, in the order of asking."""
    session.rollback()
    found = session.scalars(select(TranslationJob).order_by(TranslationJob.id)).all()
    return list(found)


def states() -> list[JobState]:
    """The state of each job."""
    return [job.state for job in jobs()]


def chinese(public_id: str) -> str:
    """The Chinese title of a session as it stands."""
    session.rollback()
    found = session.scalars(select(AgendaSession).where(AgendaSession.public_id == public_id)).one()
    return found.side("title", "zh")


def quiet_forum(cast: Cast) -> None:
    """Leave nothing of the cast's forum to draft but what a test adds."""
    begin_writing()
    for model in (Track, Segment):
        session.execute(update(model).where(model.forum_id == cast.forum_id).values(name_zh="名称"))
    session.execute(update(Forum).where(Forum.id == cast.forum_id).values(theme_en=None, summary_en=None))
    session.commit()
