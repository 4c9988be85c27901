"""The outbox is delivered at least once, to a real mail server that refuses, drops and dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, select

from forum.core.database import begin_writing, session
from forum.ports.mail.delivery import LEASE, deliver_due, send_again
from forum.ports.mail.models import Lane, MailState, OutboxMail
from tests.conftest import START
from tests.services import LOOPBACK, Sink, free_port, smtp_sink

SENDER = "office@forum.test"


class Moody(Sink):
    """A mail server that answers as it was told, then takes everything."""

    def __init__(self, port: int, *answers: str) -> None:
        super().__init__(port)
        self.answers = list(answers)
        self.pause = 0.0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Refuse, drop, or take."""
        answer = self.answers.pop(0) if self.answers else ""
        if answer == "drop":
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        if answer:
            return answer
        return await super().handle_DATA(server, session, envelope)


@contextmanager
def moody(*answers: str) -> Iterator[Moody]:
    sink = Moody(free_port(), *answers)
    controller = Controller(sink, hostname=LOOPBACK, port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def promise(number: int = 1, *, lane: Lane = Lane.PERSONAL, language: str = "en", subject: str = "Hello") -> None:
    begin_writing()
    for each in range(number):
        session.add(
            OutboxMail(
                kind="test",
                lane=lane,
                recipient=f"reader-{each}@forum.test",
                language=language,
                subject=subject,
                body="您好，\nthe body\n",
                message_id=f"<{lane}-{each}@outbox.forum.invalid>",
                next_at=START,
            )
        )
    session.commit()


def only() -> OutboxMail:
    session.expire_all()
    return session.scalars(select(OutboxMail)).one()


@pytest.fixture
def outbox(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        session.rollback()


def test_a_mail_leaves_in_its_language_marked_as_automatic(outbox: None) -> None:
    promise(language="zh", subject="您的登记已获批准")
    with smtp_sink() as sink:
        assert deliver_due(sink.url, SENDER, now=START) == 1
    (mail,) = sink.messages
    assert mail["Subject"] == "您的登记已获批准"
    assert mail["Message-ID"] == "<b_personal-0@outbox.forum.invalid>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-Hans"
    assert mail.get_content().startswith("您好，")
    assert sink.recipients == [("reader-0@forum.test",)]
    assert only().state is MailState.SENT


def test_urgent_mail_goes_first(outbox: None) -> None:
    promise(2, lane=Lane.BULK, subject="digest")
    promise(1, lane=Lane.URGENT, subject="sign in")
    with smtp_sink() as sink:
        deliver_due(sink.url, SENDER, now=START)
    assert [mail["Subject"] for mail in sink.messages] == ["sign in", "digest", "digest"]


def test_without_a_server_mail_is_kept_for_staff_to_read(outbox: None) -> None:
    promise()
    assert deliver_due(None, SENDER, now=START) == 1
    assert only().state is MailState.KEPT


def test_a_passing_refusal_is_tried_again_later_under_the_same_message_id(outbox: None) -> None:
    promise()
    with moody("451 try later") as sink:
        assert deliver_due(sink.url, SENDER, now=START) == 0
        assert (only().state, only().error) == (MailState.QUEUED, "451 try later")
        assert deliver_due(sink.url, SENDER, now=START + timedelta(seconds=5)) == 0
        assert deliver_due(sink.url, SENDER, now=START + timedelta(minutes=5)) == 1
    assert [mail["Message-ID"] for mail in sink.messages] == [only().message_id]


def test_a_lasting_refusal_is_shown_to_staff_who_can_send_it_again(outbox: None) -> None:
    promise()
    with moody("550 unknown") as sink:
        deliver_due(sink.url, SENDER, now=START)
        assert (only().state, only().error) == (MailState.DEAD, "550 unknown")
        assert deliver_due(sink.url, SENDER, now=START + timedelta(days=2)) == 0
        begin_writing()
        send_again(only(), START + timedelta(days=3))
        session.commit()
        assert deliver_due(sink.url, SENDER, now=START + timedelta(days=3)) == 1


def test_a_server_that_refuses_for_days_is_given_up(outbox: None) -> None:
    promise()
    with moody(*["451 not now"] * 20) as sink:
        now = START
        for _ in range(12):
            deliver_due(sink.url, SENDER, now=now)
            now += timedelta(hours=2)
    assert only().state is MailState.DEAD
    assert only().tries == 8


def test_a_dropped_connection_loses_nothing_and_stops_nobody_else(outbox: None) -> None:
    promise(3)
    with moody("drop") as sink:
        assert deliver_due(sink.url, SENDER, now=START) == 2
        assert deliver_due(sink.url, SENDER, now=START + timedelta(minutes=5)) == 1
    assert len({mail["Message-ID"] for mail in sink.messages}) == len(sink.messages) == 3


def test_a_server_that_is_away_loses_nothing(outbox: None) -> None:
    promise(2)
    nobody = f"smtp://{LOOPBACK}:{free_port()}"
    assert deliver_due(nobody, SENDER, now=START) == 0
    assert session.scalar(select(func.count()).where(OutboxMail.state == MailState.QUEUED)) == 2


def test_an_address_that_would_forge_a_header_is_refused_for_good(outbox: None) -> None:
    promise()
    begin_writing()
    only().recipient = "a@forum.test\r\nBcc: b@forum.test"
    session.commit()
    with smtp_sink() as sink:
        assert deliver_due(sink.url, SENDER, now=START) == 0
    assert sink.messages == []
    assert only().state is MailState.DEAD


def test_a_mail_under_lease_is_left_to_whoever_sends_it(outbox: None) -> None:
    promise()
    begin_writing()
    mail = only()
    mail.state, mail.lease_until = MailState.SENDING, START + LEASE
    session.commit()
    with smtp_sink() as sink:
        assert deliver_due(sink.url, SENDER, now=START) == 0
        assert deliver_due(sink.url, SENDER, now=START + LEASE + timedelta(seconds=1)) == 1


DELIVERING = """
import sys, time
from datetime import datetime
from forum.application import create_app
from forum.ports.mail.delivery import deliver_due
app = create_app()
print("ready", flush=True)
with app.app_context():
    deliver_due(sys.argv[1], "office@forum.test", now=datetime.fromisoformat(sys.argv[2]), most=1000)
"""


@pytest.mark.slow
def test_a_killed_delivery_loses_nothing_and_doubles_one_mail_at_most(
    app: Flask, database_url: str, outbox: None
) -> None:
    kills, mails, chance, now = 5, 120, Random(7), START
    promise(mails)
    with moody() as sink:
        for _ in range(kills):
            _deliver_and_kill(app, database_url, sink.url, now, after=chance.uniform(0.02, 0.25))
            now += 2 * LEASE
        deliver_due(sink.url, SENDER, now=now, most=1000)
    arrived = Counter(str(mail["Message-ID"]) for mail in sink.messages)
    assert len(arrived) == mails
    assert sum(arrived.values()) - mails <= kills
    assert session.scalar(select(func.count()).where(OutboxMail.state == MailState.SENT)) == mails


def _deliver_and_kill(app: Flask, database_url: str, url: str, now: datetime, *, after: float) -> None:
    settings = app.extensions["forum.settings"]
    environment = {
        **os.environ,
        "FORUM_DATA": str(settings.data_dir),
        "FORUM_DATABASE_URL": database_url,
        "FORUM_BASE_URL": "http://forum.test",
        "FORUM_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-c", DELIVERING, url, now.isoformat()]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after)
        process.kill()
        process.wait()
