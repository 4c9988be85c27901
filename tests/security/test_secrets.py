"""Looking for secrets where they don't belong: in logs, in what was sent, in the words of a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
import structlog
from flask import Flask, g
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import begin_writing, db, session
from forum.core.identifiers import guid, public_id, secret_token, without_secrets
from forum.ports.logs import set_up_logs
from forum.ports.mail import delivery
from forum.ports.mail.models import MailState, OutboxMail
from forum.web.policy import policy_of
from tests.cast import Cast
from tests.conftest import START

PERSONAL = "0123456789abcdef" * 4


@pytest.fixture
def logged(calm: Flask) -> Iterator[list[Any]]:
    """What the application logs at its usual level."""
    set_up_logs("INFO")
    with structlog.testing.capture_logs() as entries:
        yield entries
    set_up_logs("ERROR")


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/en/forums/x/my/{PERSONAL}/person", "/en/forums/x/my/…/person"),
        (f"/zh/forums/x/offers/{PERSONAL}", "/zh/forums/x/offers/…"),
        (f"/en/link/{'-_'.join(['secret'] * 6)}", "/en/link/…"),
        ("/en/calendar/abc.ics", "/en/calendar/…"),
        ("/en/sign-in/link", "/en/sign-in/link"),
        ("/en/forums/hangzhou-international-city-standardization-forum-2027/", None),
    ],
)
def test_an_address_is_logged_without_its_secret(path: str, logged: str | None) -> None:
    assert without_secrets(path) == (logged or path)


def test_public_ids_and_guids_stay_readable() -> None:
    path = f"/en/forums/x/my/{public_id()}/{guid()}"
    assert without_secrets(path) == path


def test_no_secret_of_an_address_reaches_the_log(cast: Cast, logged: list[Any]) -> None:
    token = secret_token()
    addresses = (
        f"/en/forums/{cast.slug}/my/{PERSONAL}/person",
        f"/en/forums/{cast.slug}/offers/{PERSONAL}",
        f"/en/calendar/{token}.ics",
        f"/en/link/{token}",
    )
    for address in addresses:
        cast.client().get(address)
        cast.client().post(address)
    assert len([each for each in logged if each["event"] == "request"]) == 2 * len(addresses)
    assert PERSONAL not in str(logged)
    assert token not in str(logged)


def test_a_fault_is_logged_by_its_place_and_kind_and_not_by_its_words(cast: Cast, logged: list[Any]) -> None:
    def fail() -> None:
        begin_writing()
        g.own_transaction = True
        session.add(Account(email="delegate@forum.test", name="Zwrtqplk"))
        session.flush()  # the address is taken: databases say in their words which one it was

    with patch.dict(cast.app.view_functions, {"site.attribution": _with_policy(cast.app, fail)}):
        assert cast.client().get("/en/attribution").status_code == 500
    error = next(each["exc_info"] for each in logged if each["event"] == "fault")
    render = next(each for each in processors() if isinstance(each, structlog.processors.ExceptionRenderer))
    line = str(render(None, "error", {"event": "fault", "exc_info": error}))
    assert "IntegrityError" in line
    assert "test_secrets.py" in line
    assert "delegate@forum.test" not in line
    assert "Zwrtqplk" not in line


def processors() -> list[Any]:
    """Return what every line of the log goes through."""
    before = structlog.get_config()
    set_up_logs("INFO")
    found = list(structlog.get_config()["processors"])
    structlog.configure(**before)
    return found


def _with_policy(app: Flask, view: Any) -> Any:
    view.policy = policy_of(app, "site.attribution")
    return view


def test_the_words_of_a_database_never_hold_what_was_typed(app: Flask) -> None:
    with app.app_context():
        assert db.engine.hide_parameters


def test_a_mail_that_was_sent_keeps_no_usable_link(app: Flask) -> None:
    token = secret_token()
    with app.app_context():
        begin_writing()
        session.add(
            OutboxMail(
                kind="registration_link",
                recipient="ada@example.org",
                language="en",
                subject="Your link",
                body=f"Go on: http://forum.test/en/forums/x/my/{PERSONAL}/ or http://forum.test/en/link/{token}\n",
                message_id="<1@outbox.forum.invalid>",
                next_at=START,
            )
        )
        session.commit()
        sent: list[str] = []
        with patch.object(delivery._Server, "send", lambda _server, message: sent.append(message.get_content())):
            assert delivery.deliver_due("smtp://127.0.0.1:1", "forum@forum.example", now=START) == 1
        kept = session.scalars(select(OutboxMail)).one()
        assert kept.state is MailState.SENT
        assert PERSONAL in sent[0]
        assert token in sent[0]
        assert PERSONAL not in kept.body
        assert token not in kept.body
        session.remove()


def test_no_line_break_forges_a_line_of_the_log() -> None:
    event: Any = {"event": "request", "path": '/en/\n{"event": "forged"}\r\n'}
    for process in processors():
        event = process(None, "info", event)
    assert "\n" not in event
    assert "\r" not in event
