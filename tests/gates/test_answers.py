"""What every answer carries, whoever asks and whatever happens; and where nobody is ever sent."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from forum.accounts.models import Account
from forum.accounts.operations import hash_password
from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.gates.hostile import nothing_kept
from tests.gates.matrix import UNSAFE, rows, token_of
from tests.gates.world import World

pytestmark = [pytest.mark.once, pytest.mark.timeout(120)]

HOSTS = [
    "evil.example",
    "evil.example:80",
    "user@evil.example",
    "evil.example\\@forum.test",
    "127.1",
    "[::1]",
    "0x7f.1",
]
REDIRECTS = sorted(
    {
        *(f"{lead}{host}/" for host in HOSTS for lead in ("//", "///", "/\\", "\\\\", "https://", "http:/", "/%09/")),
        "javascript:alert(1)", "data:text/html,x", "\t//evil.example", "/\t/evil.example", "/\r\n/evil.example",
        "https:evil.example", "//evil%E3%80%82example", "/..//evil.example", "/en/..//evil.example", "?next=//x",
        "/./\\evil.example", "ftp://evil.example", "//evil.example/en/desk", "http://forum.test.evil.example/",
        "http://forum.test@evil.example/", "/en/desk\r\nSet-Cookie: a=b",
    }
)  # fmt: skip


def unprotected(answer: TestResponse) -> list[str]:
    """What protection an answer lacks."""
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    lacks = [
        name
        for name, word in (
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=()"),
        )
        if word not in headers.get(name, "")
    ]
    # A base and a form stand in pages alone; files forbid everything.
    parts = ["default-src 'none'", "frame-ancestors 'none'"]
    parts += ["base-uri 'none'", "form-action 'self'"] if answer.mimetype == "text/html" else []
    lacks += [part for part in parts if part not in policy]
    if re.search(r"unsafe-inline|unsafe-eval|https?:|\*", policy):
        lacks.append("a strict policy")
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        lacks.append("Referrer-Policy")
    if not headers.get("Cache-Control"):
        lacks.append("Cache-Control")
    return lacks


@pytest.mark.slow
@pytest.mark.parametrize("role", ["visitor", "delegate", "organiser"])
def test_every_answer_is_protected(app: Flask, world: World, role: str) -> None:
    client = world.client(role)
    token = token_of(client)
    cookies = dict(client._cookies or {})
    lacking: dict[str, list[str]] = {}
    with nothing_kept():
        for row, rule in rows(app, world):
            client._cookies = dict(cookies)
            data = {"csrf_token": token} if row[1] in UNSAFE else None
            answer = client.open(world.address(rule, row[2]), method=row[1], data=data)
            if lacks := unprotected(answer):
                lacking[" ".join(row)] = lacks
    assert lacking == {}


@pytest.mark.parametrize("address", ["/en/nowhere", "/zh/nowhere", "/fr/", "/en/sign-out", "/en/forums/none/agenda"])
def test_error_pages_are_protected_too(app: Flask, cast: Cast, address: str) -> None:
    answer = cast.client("delegate").get(address)
    assert answer.status_code in {404, 405}
    assert unprotected(answer) == []


def test_private_pages_stay_out_of_every_cache(app: Flask, cast: Cast) -> None:
    answer = cast.client("delegate").get("/en/account")
    assert answer.headers["Cache-Control"] == "no-store"


def test_there_are_sixty_ways_of_leading_somebody_elsewhere() -> None:
    assert len(REDIRECTS) >= 60


def test_signing_in_leads_nowhere_but_here(calm: Flask, app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        session.get_one(Account, cast.accounts["stranger"]).password_hash = hash_password("a long enough password")
        session.commit()
        session.remove()
    for target in REDIRECTS:
        client = cast.client()
        answer = client.submit(
            f"/en/sign-in?next={quote(target)}",
            {"email": "stranger@forum.test", "password": "a long enough password", "next": target},
        )
        assert answer.status_code == 303, target
        assert "\r" not in answer.headers["Location"]
        leads_to = urlsplit(answer.headers["Location"])
        assert leads_to.netloc in {"", "localhost"}, target
        assert leads_to.scheme in {"", "http"}, target
        assert leads_to.path.startswith(("/en/", "/zh/")), target
        assert not re.match(r"[/\\]{2}", answer.headers["Location"]), target


def test_signing_in_leads_back_to_the_page_that_asked_for_it(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        session.get_one(Account, cast.accounts["stranger"]).password_hash = hash_password("a long enough password")
        session.commit()
        session.remove()
    entries = {"email": "stranger@forum.test", "password": "a long enough password", "next": "/zh/account?a=b"}
    answer = cast.client().submit("/en/sign-in?next=/zh/account?a=b", entries)
    assert answer.headers["Location"].endswith("/zh/account?a=b")
