"""Signing in: the same answer for known and unknown addresses, links good once, a second factor for staff."""

from __future__ import annotations

import re
import time
from statistics import median

import pyotp
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from forum.accounts import operations
from forum.accounts.errors import WeakPassword
from forum.accounts.models import Account, SignIn
from forum.accounts.rules import step_of_code, weak
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest
from forum.ports.mail.models import OutboxMail
from tests.cast import Cast
from tests.conftest import FixedClock

PASSWORD = "a calm and long password"


@pytest.fixture
def with_password(cast: Cast) -> Cast:
    with cast.app.app_context():
        made = operations.hash_password(PASSWORD)
        begin_writing()
        for who in ("delegate", "organiser"):
            cast.account(who).password_hash = made
        session.commit()
    return cast


def sign_in(cast: Cast, email: str, password: str, **data: str) -> TestResponse:
    answer: TestResponse = cast.client().submit("/en/sign-in", {"email": email, "password": password, **data})
    return answer


def test_a_delegate_signs_in_with_a_password(with_password: Cast) -> None:
    browser = with_password.client()
    answer = browser.submit("/en/sign-in", {"email": "Delegate@Forum.test", "password": PASSWORD})
    assert answer.status_code == 303
    assert browser.get("/en/account").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(with_password: Cast) -> None:
    known = sign_in(with_password, "delegate@forum.test", "wrong wrong wrong")
    unknown = sign_in(with_password, "nobody.here@forum.test", "wrong wrong wrong")

    def body(answer: TestResponse) -> str:
        text = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)
        text = re.sub(r'nonce="[^"]*"', "", text)
        return text.replace("delegate@forum.test", "X").replace("nobody.here@forum.test", "X")

    assert known.status_code == unknown.status_code == 422
    assert body(known) == body(unknown)
    assert "don’t fit" in known.text or "don&#39;t fit" in known.text


def test_an_unknown_address_costs_a_password_check_too(cast: Cast) -> None:
    # Not a timed bound: the unknown address must not be an order of magnitude cheaper.
    with cast.app.app_context():
        account = cast.account("delegate")
        account.password_hash = operations.hash_password(PASSWORD)

        def cost(who: Account | None) -> float:
            started = time.process_time()
            operations.password_fits(who, "wrong wrong wrong")
            return time.process_time() - started

        known = median(cost(account) for _ in range(5))
        unknown = median(cost(None) for _ in range(5))
        session.rollback()
    assert unknown > known / 5


def test_a_mail_link_signs_in_once_and_for_ten_minutes(cast: Cast, clock: FixedClock) -> None:
    browser = cast.client()
    assert browser.submit("/zh/sign-in/link", {"email": "delegate@forum.test"}).status_code == 200
    with cast.app.app_context():
        mail = session.scalars(select(OutboxMail)).one()
        address = re.search(r"http://forum\.test(/en/link/\S+)", mail.body)
        assert address, mail.body
        assert mail.language == "en"  # the delegate's own language, not that of the page
    assert browser.get(address[1]).status_code == 200
    assert browser.get("/en/account").status_code == 303  # opening the link changed nothing
    assert browser.submit(address[1]).status_code == 303
    assert browser.get("/en/account").status_code == 200
    assert cast.client().submit(address[1]).status_code == 410

    cast.client().submit("/en/sign-in/link", {"email": "delegate@forum.test"})
    with cast.app.app_context():
        second = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
        assert second is not None
        late = re.search(r"http://forum\.test(/en/link/\S+)", second.body)
        assert late
    clock.forward(minutes=10, seconds=1)
    assert cast.client().submit(late[1]).status_code == 410


def test_asking_for_a_link_looks_the_same_for_unknown_addresses(cast: Cast) -> None:
    known = cast.client().submit("/en/sign-in/link", {"email": "delegate@forum.test"})
    unknown = cast.client().submit("/en/sign-in/link", {"email": "nobody.new@forum.test"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("delegate@", "").count("<p>") == unknown.text.replace("nobody.new@", "").count("<p>")
    with cast.app.app_context():
        assert len(session.scalars(select(OutboxMail)).all()) == 1


def test_staff_must_give_a_second_factor(with_password: Cast, clock: FixedClock) -> None:
    browser = with_password.client()
    browser.submit("/en/sign-in", {"email": "organiser@forum.test", "password": PASSWORD})
    refused = browser.get(f"/en/forums/{with_password.slug}/desk/")
    assert refused.status_code == 303
    assert "second-factor" in refused.headers["Location"]
    browser.submit("/en/second-factor/set-up", {"begin": "1"})
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", browser.get("/en/second-factor/set-up").text)
    assert secret
    wrong = browser.submit("/en/second-factor/set-up", {"code": "000000"})
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret[1]).at(clock())
    assert browser.submit("/en/second-factor/set-up", {"code": code}).status_code == 303
    assert browser.get(f"/en/forums/{with_password.slug}/desk/").status_code == 200


def test_a_code_is_good_once(clock: FixedClock) -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(clock())
    step = step_of_code(secret, code, clock(), None)
    assert step is not None
    assert step_of_code(secret, code, clock(), step) is None


def test_devices_are_listed_and_can_be_ended(cast: Cast) -> None:
    browser = cast.client("delegate")
    with cast.app.app_context():
        begin_writing()
        other = operations.open_device(
            cast.account("delegate"),
            device="Lost phone",
            network="",
            staff=False,
            second_factor=False,
            now=cast.app.extensions["forum.clock"](),
        )
        session.commit()
        device = session.scalars(select(SignIn).where(SignIn.token_hash == digest(other))).one()
        address = f"/en/account/devices/{device.public_id}/end"
    lost = cast.client()
    lost.set_cookie("forum", other, domain="localhost")
    assert lost.get("/en/account").status_code == 200
    assert "Lost phone" in browser.get("/en/account").text
    assert browser.submit(address, page="/en/account").status_code == 303
    assert lost.get("/en/account").status_code == 303
    assert cast.client("stranger").submit(address, page="/en/account").status_code == 404


def test_a_new_password_signs_other_devices_out(with_password: Cast) -> None:
    first, second = with_password.client(), with_password.client()
    for browser in (first, second):
        browser.submit("/en/sign-in", {"email": "delegate@forum.test", "password": PASSWORD})
    first.submit("/en/account/password", {"current": PASSWORD, "password": "another calm password"})
    assert first.get("/en/account").status_code == 200
    assert second.get("/en/account").status_code == 303


def test_an_idle_session_of_staff_ends_after_half_an_hour(cast: Cast, clock: FixedClock) -> None:
    browser = cast.client("organiser")
    assert browser.get("/en/account").status_code == 200
    clock.forward(minutes=31)
    assert browser.get("/en/account").status_code == 303


@pytest.mark.parametrize("password", ["short", "12345678", "Password123", "aaaaaaaaaaaa", "x" * 300])
def test_weak_passwords_are_refused(password: str) -> None:
    assert weak(password)
    with pytest.raises(WeakPassword):
        operations.hash_password(password)


def test_passphrases_in_any_script_are_fine() -> None:
    assert not weak("四月杭州的雨很安静啊")
    assert not weak("correct horse battery staple")


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/en/nowhere-at-all",
        "/en//evil",
        "/en/account\r\nSet-Cookie: a=b",
        "/en/account@evil.example",
    ],
)
def test_the_way_back_never_leaves_the_site(with_password: Cast, wanted: str) -> None:
    answer = with_password.client().submit(
        "/en/sign-in", {"email": "delegate@forum.test", "password": PASSWORD, "next": wanted}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/desk/"


def test_closing_the_account_removes_the_person(with_password: Cast) -> None:
    browser = with_password.client("delegate")
    assert browser.submit("/en/account/delete", {"sure": "y"}).status_code == 303
    assert sign_in(with_password, "delegate@forum.test", PASSWORD).status_code == 422
    with with_password.app.app_context():
        account = with_password.account("delegate")
        assert "delegate" not in account.email
        assert account.name == ""


def test_own_data_is_exported(cast: Cast) -> None:
    answer = cast.client("delegate").get("/en/account/data.json")
    assert answer.json is not None
    assert answer.json["sections"][0]["entries"][0] == ["Mail address", "delegate@forum.test"]
