"""Running jobs: each is taken by one process, and a failure is told and never stops the others."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime

import structlog
from flask import Flask
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from forum.core.bilingual import READER
from forum.core.database import begin_writing, session
from forum.core.facts import SiteFact
from forum.ports.jobs.timing import Job, due

log = structlog.get_logger()


def _fact(job: Job) -> str:
    return f"job:{job.name}"


def last_begun(job: Job) -> datetime | None:
    """Return when a job was last begun, on whichever machine."""
    row = session.get(SiteFact, _fact(job), populate_existing=True)
    return datetime.fromisoformat(row.value) if row is not None else None


def _take(job: Job, now: datetime) -> bool:
    """Take the turn of a job; of two processes that try, one gets it."""
    last = last_begun(job)
    if not due(job, last, now):
        session.rollback()
        return False
    begin_writing()
    if last is None:
        insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(SiteFact)
        first = insert.values(key=_fact(job), value=now.isoformat()).on_conflict_do_nothing(index_elements=["key"])
        began = session.execute(first.returning(SiteFact.key)).all()
        session.commit()
        return len(began) == 1
    taken = session.execute(
        update(SiteFact)
        .where(SiteFact.key == _fact(job), SiteFact.value == last.isoformat())
        .values(value=now.isoformat())
        .returning(SiteFact.key)
    ).all()
    session.commit()
    return len(taken) == 1


def run(app: Flask, job: Job, now: datetime) -> bool:
    """Do a job now; return whether it succeeded."""
    begun = time.perf_counter()
    with app.app_context():
        noting = READER.set(app.extensions["forum.reading"]())  # mails name the machine texts that they hold
        try:
            if not job.own_transactions:
                begin_writing()
            found = job.work(now)
            if not job.own_transactions:
                session.commit()
        except Exception:
            session.rollback()
            log.exception("job", job=job.name, ok=False)
            return False
        finally:
            READER.reset(noting)
            session.remove()
    if found:
        log.info("job", job=job.name, ok=True, found=found, ms=round((time.perf_counter() - begun) * 1000))
    return True


def run_due(app: Flask, jobs: Iterable[Job], now: datetime) -> list[str]:
    """Do every job whose turn it is; return their names."""
    done = []
    for job in jobs:
        with app.app_context():
            try:
                mine = _take(job, now)
            except Exception:
                session.rollback()
                log.exception("job", job=job.name, ok=False)
                mine = False
            finally:
                session.remove()
        if mine and run(app, job, now):
            done.append(job.name)
    return done
