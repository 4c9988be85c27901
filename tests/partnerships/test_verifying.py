"""The public check of a copy tells the other side nothing of the domestic review."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from forum.agreements.models import Freezing
from forum.core.database import session
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.partnerships.test_pages import Office
from tests.partnerships.test_way_through import Walk, profiled

RETURN = {
    "reason": "See below.",
    "points-0-part": "clause:scope",
    "points-0-category": "unclear",
    "points-0-text": "Which streets?",
}


@pytest.fixture
def walk(cast: Cast) -> Walk:
    office = Office(cast)
    office.open(profiled)
    return Walk(office)


def digits(walk: Walk) -> str:
    with walk.office.cast.app.app_context():
        return session.scalars(select(Freezing.short).order_by(Freezing.id)).first() or ""


def told(walk: Walk, code: str, language: str = "en") -> str:
    answer = walk.office.cast.client(None).get(f"/{language}/verify/{code}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]))


def change_by_consent(walk: Walk) -> None:
    """Both sides agree another text."""
    walk.step("liaison", "renegotiate", reason="One more street.")
    edited: dict[str, Any] = {"en": "The Parties work on quiet squares.", "zh": "双方在安静广场领域开展合作。"}
    answer = walk.office.browser("liaison").submit(walk.address("/text/clauses/scope"), edited)
    assert answer.status_code == 303
    assert walk.press("other_liaison", "/text/clauses/scope/match").status_code == 303
    for who in ("liaison", "other_liaison"):
        assert walk.press(who, "/text/confirm").status_code == 303
    walk.step("other_liaison", "agree_text")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_under_review_returned_and_changed_by_consent_are_told_in_the_same_words(walk: Walk, language: str) -> None:
    walk.negotiate()
    code = digits(walk)
    under_review = told(walk, code, language)
    walk.step("lead", "return", **RETURN)
    assert walk.state() == "returned"
    assert told(walk, code, language) == under_review
    change_by_consent(walk)
    assert walk.state() == "city_review"
    assert told(walk, code, language) == under_review


def test_an_approved_copy_is_confirmed_and_a_letter_changed_is_told(walk: Walk) -> None:
    walk.approve()
    code = digits(walk)
    assert "stands for signature" in told(walk, code)
    walk.alter()
    assert "Sign nothing" in told(walk, code)


def test_the_day_of_a_text_is_that_of_the_agreement_and_not_of_a_second_freezing(walk: Walk, clock: FixedClock) -> None:
    walk.negotiate()
    code = digits(walk)
    browser = walk.office.browser("fa")
    assert browser.submit(walk.address("/opinion"), {"favourable": "yes", "text": "Fine."}).status_code == 303
    walk.step("lead", "endorse")
    walk.step("reviewer", "return", **RETURN)
    clock.forward(minutes=7)
    page = walk.get("liaison").text
    found = re.search(rf"{walk.address()}/points/\w+", page)
    assert found is not None
    answered = walk.office.browser("liaison").submit(found[0], {"kind": "explained", "answer": "All of them."})
    assert answered.status_code == 303
    walk.step("liaison", "resubmit_same_level")
    assert walk.press("reviewer", "/points/" + found[0].rsplit("/", 1)[1] + "/close", "").status_code == 303
    walk.step("reviewer", "endorse")
    walk.step("approver", "approve")
    walk.step("second_approver", "approve")
    agreed = clock() - timedelta(minutes=7)
    shown = told(walk, code)
    assert agreed.strftime("%H:%M") in shown
    assert clock().strftime("%H:%M") not in shown
    copy = walk.copy("other_liaison")
    with walk.office.cast.app.app_context():
        assert session.query(Freezing).count() == 2
    assert agreed.strftime("%Y%m%d%H%M") in str(pypdf.PdfReader(BytesIO(copy)).metadata)
