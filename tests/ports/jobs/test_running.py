"""Jobs are taken by one process each; a failure is told and stops nobody else."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from structlog.testing import capture_logs

from forum import schedule
from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.core.facts import fact, state_fact
from forum.core.formkeys import FormKey
from forum.ports.jobs.running import last_begun, run, run_due
from forum.ports.jobs.timing import Job
from forum.ports.mail.models import MailState
from tests.cast import Cast
from tests.conftest import START
from tests.services import redis_server

MINUTE = timedelta(minutes=1)


def test_a_job_writes_in_one_transaction(app: Flask) -> None:
    assert run(app, Job("note", lambda now: state_fact("note", now.isoformat()), MINUTE), START)
    with app.app_context():
        assert fact("note") == START.isoformat()


def test_a_job_that_fails_leaves_nothing_and_the_others_go_on(app: Flask) -> None:
    def fail(_now: datetime) -> None:
        state_fact("half", "written")
        raise RuntimeError("broken")

    jobs = [Job("broken", fail, MINUTE), Job("whole", lambda _now: state_fact("whole", "yes"), MINUTE)]
    assert run_due(app, jobs, START) == ["whole"]
    with app.app_context():
        assert (fact("half"), fact("whole")) == (None, "yes")


def test_a_job_is_not_begun_again_before_its_time(app: Flask) -> None:
    job = Job("count", lambda _now: None, MINUTE)
    assert run_due(app, [job], START) == ["count"]
    assert run_due(app, [job], START + timedelta(seconds=30)) == []
    assert run_due(app, [job], START + MINUTE) == ["count"]
    with app.app_context():
        assert last_begun(job) == START + MINUTE


def test_of_many_processes_one_gets_the_turn(app: Flask) -> None:
    done: list[datetime] = []
    job = Job("once", done.append, MINUTE, own_transactions=True)
    run_due(app, [job], START)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: run_due(app, [job], START + MINUTE), range(8)))
    assert len(done) == 2


def test_of_many_processes_one_begins_a_job_for_the_first_time_and_none_fails(app: Flask) -> None:
    done: list[datetime] = []
    for number in range(5):
        job = Job(f"first {number}", done.append, MINUTE, own_transactions=True)
        with capture_logs() as told, ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _, job=job: run_due(app, [job], START), range(8)))
        assert [each for each in told if not each.get("ok")] == []
    assert len(done) == 5


def test_the_schedule_names_each_job_once_and_all_of_them_run(cast: Cast) -> None:
    names = [job.name for job in schedule.JOBS]
    assert len(set(names)) == len(names)
    assert run_due(cast.app, schedule.JOBS, START) == names


def test_what_serves_nobody_any_more_is_removed(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        session.add(FormKey(key="old", scope="x", body_hash="y", at=START - timedelta(days=8)))
        session.add(FormKey(key="new", scope="x", body_hash="y", at=START - timedelta(days=6)))
        session.commit()
    job = next(job for job in schedule.JOBS if job.name == "clean_up")
    assert run(cast.app, job, START)
    with cast.app.app_context():
        assert session.scalars(select(FormKey.key)).all() == ["new"]


def test_the_ends_of_the_chains_are_kept_outside_the_database(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        record(SYSTEM, "test", "thing", "x", now=START)
        session.commit()
    path = cast.app.extensions["forum.settings"].data_dir / "anchors.log"
    path.unlink(missing_ok=True)
    job = next(job for job in schedule.JOBS if job.name == "anchor_audit")
    assert run(cast.app, job, START)
    instant, chain, seq, digest = path.read_text().split()
    assert (instant, chain, seq, len(digest)) == (START.isoformat(), "site", "1", 64)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("with_redis", [False, True])
def test_the_worker_delivers_what_the_outbox_holds_and_ends_when_asked(tmp_path: Path, with_redis: bool) -> None:
    environment = {
        **os.environ,
        "FORUM_DATA": str(tmp_path),
        "FORUM_LOG_LEVEL": "INFO",
        "FORUM_TEST_DATABASE": "sqlite",
    }
    with redis_server() as url:
        if with_redis:
            environment["FORUM_REDIS_URL"] = url
        script = (
            "from datetime import UTC, datetime\n"
            "from forum.application import create_app\n"
            "from forum.core.database import Base, begin_writing, db, session\n"
            "from forum.ports.mail.models import OutboxMail\n"
            "app = create_app()\n"
            "with app.app_context():\n"
            "    Base.metadata.create_all(db.engine)\n"
            "    begin_writing()\n"
            "    session.add(OutboxMail(kind='x', recipient='a@forum.test', language='en', subject='s', body='b',\n"
            "        message_id='<1@x>', next_at=datetime.now(UTC)))\n"
            "    session.commit()\n"
        )
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)
        worker = subprocess.Popen([sys.executable, "-m", "forum", "worker"], env=environment, stderr=subprocess.PIPE)
        try:
            _wait_for_delivery(tmp_path / "forum.db")
        finally:
            worker.send_signal(signal.SIGTERM)
            _, told = worker.communicate(timeout=30)
    assert worker.returncode == 0, told.decode()


def _wait_for_delivery(path: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with sqlite3.connect(path) as connection:
            if connection.execute("SELECT state FROM outbox_mail").fetchone() == (MailState.KEPT,):
                return
        time.sleep(0.2)
    pytest.fail("the worker delivered nothing")
