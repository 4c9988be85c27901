"""The demonstration as gates and browsers see it: loaded once for a whole run, copied for whoever changes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum import config
from forum.accounts.models import Account, SignIn
from forum.application import create_app
from forum.core.clock import Clock, system_clock
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest, secret_token
from forum.web.limits import limiter
from tests.cast import Client

ROOT = Path(__file__).parent.parent
SLUG = "hangzhou-2027"
STAFF = ("organiser", "agenda", "registration", "protocol", "door", "viewer")
OFFICES = (
    "liaison",
    "counterpart",
    "citylead",
    "province",
    "nation",
    "approver",
    "registrar",
    "foreignaffairs",
    "auditor",
    "standards",
    "mirror",
    "expert",
    "liaisonofficer",
    "translator",
)
EVERYBODY = ("admin", *STAFF, *OFFICES, "focalpoint", "delegate", "stranger")
PATIENCE = 120.0  # seconds for another process that is loading


def prepared(shared: Path) -> Path:
    """The folder of a loaded demonstration below a folder that the test processes share; loaded by the first.

    What the command said stands beside it, in ``demonstration-ready``.
    """
    ready, folder = shared / "demonstration-ready", shared / "demonstration"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not ready.exists():
            if time.monotonic() > deadline:
                message = "the demonstration was not loaded in time"
                raise TimeoutError(message) from None
            time.sleep(0.1)
        return folder
    done = subprocess.run(
        [sys.executable, "-m", "forum", "demo"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env=environment(folder),
    )
    ready.write_text(done.stdout, encoding="utf-8")
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a process that works on a copy of the demonstration."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "FORUM_DATA": str(folder),
        "FORUM_LOG_LEVEL": "ERROR",
        **more,
    }


def copied(folder: Path, target: Path) -> Path:
    """A copy of the demonstration's folder that may be changed."""
    return Path(shutil.copytree(folder, target))


def opened(folder: Path, clock: Clock = system_clock) -> Flask:
    """The application on such a folder, in this process; a fault of its own is a page with status 500."""
    settings = environment(folder, FORUM_BASE_URL="http://localhost", FORUM_LOG_LEVEL="CRITICAL")
    app = create_app(config.from_environment(settings), clock=clock)
    limiter.enabled = False
    app.test_client_class = Client
    return app


def signed_in(app: Flask, who: str) -> str:
    """Sign somebody in by the application's clock with the second factor given, and return the token of the cookie.

    Somebody whom the demonstration doesn't know gets an account without any right.
    """
    now = app.extensions["forum.clock"]()
    with app.app_context():
        begin_writing()
        address = f"{who}@forum.example"
        account = session.scalar(select(Account).where(Account.email == address))
        if account is None:
            account = Account(email=address, name=who.title(), language="en")
            session.add(account)
            session.flush()
        token = secret_token()
        session.add(
            SignIn(
                account_id=account.id,
                token_hash=digest(token),
                last_seen_at=now,
                expires_at=now + timedelta(days=1),
                second_factor_at=now,
                device="test",
            )
        )
        session.commit()
        session.remove()
    return token


def starts_in(language: str) -> list[str]:
    """Where somebody begins to look around."""
    return [
        f"/{language}/{path}"
        for path in (
            "",
            "desk",
            "account",
            "sign-in",
            f"forums/{SLUG}/",
            f"forums/{SLUG}/desk/",
            f"forums/{SLUG}/register",
            f"forums/{SLUG}/my-agenda",
            "my/participations",
            "people-with-accounts",
            "places/cities",
            "mail",
        )
    ]


def browser_of(app: Flask, who: str | None) -> Client:
    """A browser without JavaScript in which somebody is signed in; None: a visitor."""
    made = app.test_client()
    assert isinstance(made, Client)
    if who is not None:
        made.set_cookie("forum", signed_in(app, who), domain="localhost")
    return made
