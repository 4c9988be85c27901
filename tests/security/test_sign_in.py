"""Breaking in at the door: tokens, codes, links and the limits that hold when networks are plentiful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask

from forum.accounts import operations
from forum.accounts.errors import WrongCode
from forum.accounts.models import Account, SignIn
from forum.accounts.rules import step_of_code
from forum.agenda.programme import Visibility
from forum.core.database import begin_writing, session
from forum.events.models import Forum, ForumState
from forum.web.limits import limiter
from forum.web.viewer import settings
from tests.agenda.public_programme import at
from tests.cast import Cast, Client, hidden_fields
from tests.conftest import FixedClock
from tests.furnishing import Said, add_session, release

PASSWORD = "a calm and long password"


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """The application with its limits counting."""
    limiter.enabled = True
    limiter.reset()
    yield app
    limiter.reset()
    limiter.enabled = False


def give_password(cast: Cast, who: str) -> None:
    with cast.app.app_context():
        made = operations.hash_password(PASSWORD)
        begin_writing()
        cast.account(who).password_hash = made
        session.commit()
        session.remove()


def half_signed_in(cast: Cast, who: str, *, has_second_factor: bool) -> Client:
    """A browser in which somebody signed in and still owes the second factor."""
    with cast.app.app_context():
        begin_writing()
        account = cast.account(who)
        for device in session.query(SignIn).filter_by(account_id=account.id):
            device.second_factor_at = None
        if has_second_factor:
            keyring = settings().keyring
            secret = operations.new_second_factor(account, keyring)
            now = cast.app.extensions["forum.clock"]()
            operations.give_second_factor(account, pyotp.TOTP(secret).at(now), keyring, now=now)
        session.commit()
        session.remove()
    return cast.client(who)


@pytest.mark.parametrize("has_second_factor", [True, False])
def test_a_password_alone_opens_no_draft_and_no_embargo(
    app: Flask, cast: Cast, clock: FixedClock, has_second_factor: bool
) -> None:
    with app.app_context():
        begin_writing()
        hidden = Said(("Zwrtqplk talks", "闭门会谈"))
        add_session(cast.forum, hidden, None, at(20, 9), 30, visibility=Visibility.STAFF)
        release(cast.forum, clock(), "One")
        session.get_one(Forum, cast.other_forum_id).state = ForumState.DRAFT
        session.commit()
        session.remove()
    agenda = f"/en/forums/{cast.slug}/agenda"
    assert "Zwrtqplk" in cast.client("organiser").get(agenda).text  # with the second factor
    assert cast.client("admin").get(f"/en/forums/{cast.other_slug}/").status_code == 200
    assert "Zwrtqplk" not in half_signed_in(cast, "organiser", has_second_factor=has_second_factor).get(agenda).text
    browser = half_signed_in(cast, "admin", has_second_factor=has_second_factor)
    assert browser.get(f"/en/forums/{cast.other_slug}/").status_code == 404
    assert "Zwrtqplk" not in browser.get(f"/en/forums/{cast.slug}/my-agenda").text


@pytest.mark.parametrize(
    "address", ["/en/account", "/en/account/data", "/en/account/data.json", "/en/my/participations"]
)
def test_an_account_with_a_second_factor_opens_with_both(app: Flask, cast: Cast, address: str) -> None:
    assert cast.client("delegate").get(address).status_code == 200
    answer = half_signed_in(cast, "delegate", has_second_factor=True).get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/en/second-factor")


def test_whoever_owes_the_second_factor_is_led_to_it_and_can_sign_out(app: Flask, cast: Cast) -> None:
    browser = half_signed_in(cast, "delegate", has_second_factor=True)
    assert browser.get("/en/second-factor").status_code == 200
    assert browser.get("/en/sign-in").headers["Location"].endswith("/en/desk/")
    assert browser.submit("/en/sign-out", page="/en/second-factor").status_code == 303
    assert "sign-in" in browser.get("/en/account").headers["Location"]


@pytest.mark.parametrize("code", ["é12345", "１２３４５é", "二三四五六七", "\U0001f600", "-1", ""])
def test_a_code_of_strange_letters_is_a_wrong_code(clock: FixedClock, code: str) -> None:
    assert step_of_code(pyotp.random_base32(), code, clock(), None) is None


def test_of_two_requests_with_one_code_the_second_is_refused(app: Flask, cast: Cast, clock: FixedClock) -> None:
    with app.app_context():
        begin_writing()
        account, keyring = cast.account("organiser"), settings().keyring
        code = pyotp.TOTP(operations.new_second_factor(account, keyring)).at(clock())
        session.flush()
        operations.give_second_factor(account, code, keyring, now=clock())
        session.flush()
        # What the other request had read before the first one wrote.
        session.expunge(account)
        early = Account(id=account.id, public_id=account.public_id, totp_secret=account.totp_secret)
        with pytest.raises(WrongCode):
            operations.give_second_factor(early, code, keyring, now=clock())
        session.rollback()
        session.remove()


def test_one_address_is_tried_a_few_times_however_many_networks_try(limited: Flask, cast: Cast) -> None:
    give_password(cast, "delegate")
    browser = cast.client()
    hidden = hidden_fields(browser.get("/en/sign-in").text)
    answers = [
        browser.post(
            "/en/sign-in",
            data={**hidden, "email": address, "password": "wrong wrong wrong"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number, address in enumerate(["delegate@forum.test", " DELEGATE@forum.test", "ｄelegate@forum.test"] * 5)
    ]
    assert answers == [422] * 5 + [429] * 10
    other = {**hidden, "email": "organiser@forum.test", "password": "wrong wrong wrong"}
    assert browser.post("/en/sign-in", data=other).status_code == 422


def test_signing_in_rightly_is_never_too_often(limited: Flask, cast: Cast) -> None:
    give_password(cast, "delegate")
    for _ in range(8):
        answer = cast.client().submit("/en/sign-in", {"email": "delegate@forum.test", "password": PASSWORD})
        assert answer.status_code == 303


def test_codes_are_guessed_a_few_times_from_any_number_of_networks(limited: Flask, cast: Cast) -> None:
    browser = half_signed_in(cast, "delegate", has_second_factor=True)
    hidden = hidden_fields(browser.get("/en/second-factor").text)
    answers = [
        browser.post(
            "/en/second-factor",
            data={**hidden, "code": "000000"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
        ).status_code
        for number in range(8)
    ]
    assert answers == [422] * 5 + [429] * 3


def test_a_forwarded_address_is_believed_from_a_proxy_alone(limited: Flask, cast: Cast) -> None:
    browser = cast.client()
    hidden = hidden_fields(browser.get("/en/sign-in/link").text)
    answers = [
        browser.post(
            "/en/sign-in/link",
            data={**hidden, "email": f"nobody{number}@forum.test"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number in range(8)
    ]
    assert answers == [200] * 6 + [429] * 2


def test_a_form_token_from_before_signing_in_is_worth_nothing_after(app: Flask, cast: Cast) -> None:
    give_password(cast, "delegate")
    browser = cast.client()
    before = hidden_fields(browser.get("/en/sign-in").text)["csrf_token"]
    form = {"email": "delegate@forum.test", "password": PASSWORD, "csrf_token": before}
    assert browser.post("/en/sign-in", data=form).status_code == 303
    assert browser.post("/en/account/devices/end-others", data={"csrf_token": before}).status_code == 400
    assert browser.submit("/en/account/devices/end-others", page="/en/account").status_code == 303


def test_cookies_are_bound_to_the_site_under_https(app: Flask, cast: Cast) -> None:
    give_password(cast, "delegate")
    plain = app.extensions["forum.settings"]
    browser = cast.client()
    hidden = hidden_fields(browser.get("/en/sign-in").text)
    app.extensions["forum.settings"] = replace(plain, secure_cookies=True)
    try:
        form = {**hidden, "email": "delegate@forum.test", "password": PASSWORD}
        answer = browser.post("/en/sign-in", data=form)
    finally:
        app.extensions["forum.settings"] = plain
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-forum="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
