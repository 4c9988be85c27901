"""Mail while its sender is killed again and again: none is lost, and at most one a kill arrives twice, under one id."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.ports.mail.models import Lane, MailState, OutboxMail
from tests.proof.ground import ROOT, Ground
from tests.services import smtp_sink

SENDER = """
from forum import config
from forum.application import create_app
from forum.core.clock import system_clock
from forum.ports.mail.delivery import deliver_due
app = create_app(config.from_environment())
with app.app_context():
    print("ready", flush=True)
    while True:
        deliver_due({url!r}, "forum@forum.example", now=system_clock(), most=50)
"""


@dataclass
class Outcome:
    """What a trial came to."""

    mails: int = 0
    kills: int = 0
    lost: int = 0
    doubled: int = 0
    under_two_ids: int = 0
    stuck: int = 0


def trial(ground: Ground, mails: int, kills: int, seed: int) -> Outcome:
    """Send that many mails while the sending process is killed that many times."""
    outcome, dice = Outcome(mails), random.Random(seed)
    app = ground.application()
    with app.app_context():
        begin_writing()
        now = system_clock()
        session.add_all(
            OutboxMail(
                lane=Lane.BULK,
                kind="trial",
                forum_id=None,
                recipient=f"r{number}@forum.example",
                language="en",
                subject=f"Letter {number}",
                body="Text.",
                message_id=f"<letter-{number}@forum.invalid>",
                next_at=now,
            )
            for number in range(mails)
        )
        session.commit()
        with smtp_sink() as sink:
            while outcome.kills < kills and _waiting():
                _send_and_die(ground, sink.url, dice.uniform(0.05, 0.4))
                outcome.kills += 1
                _end_leases()
            _finish(ground, sink.url)
            arrived = Counter(str(message["Message-ID"]) for message in sink.messages)
            ids = {(str(message["To"]), str(message["Message-ID"])) for message in sink.messages}
        outcome.lost = mails - len(arrived)
        outcome.doubled = sum(number - 1 for number in arrived.values())
        outcome.under_two_ids = len(ids) - len(arrived)
        outcome.stuck = _waiting()
        session.remove()
    return outcome


def _waiting() -> int:
    session.rollback()
    number = session.scalar(select(func.count()).select_from(OutboxMail).where(OutboxMail.state != MailState.SENT))
    session.rollback()
    return number or 0


def _end_leases() -> None:
    """Let the time of the leases pass."""
    begin_writing()
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.state == MailState.SENDING)
        .values(lease_until=system_clock() - timedelta(seconds=1))
    )
    session.commit()


def _sender(ground: Ground, url: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", SENDER.format(url=url)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ground.environment()},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _send_and_die(ground: Ground, url: str, after: float) -> None:
    process = _sender(ground, url)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _finish(ground: Ground, url: str) -> None:
    """Let a sender that nobody kills send what is left."""
    process = _sender(ground, url)
    deadline = time.monotonic() + 120
    while _waiting() and time.monotonic() < deadline:
        time.sleep(0.1)
    process.terminate()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
