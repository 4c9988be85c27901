"""The public check of a copy: says whether the digits are those of a frozen text, and nothing of the text."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql

from forum.agreements import operations
from forum.agreements.models import AgreementText
from forum.core.database import begin_writing, session
from tests.agreements.texts import HERS, NOW, TODAY, started
from tests.gates.pages import Page


def frozen(app: Flask) -> str:
    """Freeze a text and return its 16 digits without blanks."""
    with app.app_context():
        begin_writing()
        text = started()
        seal = operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
        session.commit()
        return seal.both[:16]


def reach(app: Flask, deed: str) -> None:
    with app.app_context():
        begin_writing()
        text = session.query(AgreementText).one()
        if deed == "unfreeze":
            operations.unfreeze(text, actor=HERS, now=NOW)
        else:
            session.execute(sql(deed))
        session.commit()


@pytest.mark.parametrize(
    ("language", "instrument", "party"), [("en", "Memorandum", "City of Lyon"), ("zh", "", "里昂市")]
)
def test_the_digits_of_a_frozen_text_name_instrument_parties_and_date(
    app: Flask, visitor: FlaskClient, language: str, instrument: str, party: str
) -> None:
    digits = frozen(app)
    answer = visitor.get(f"/{language}/verify/{digits}")
    assert answer.status_code == 200
    page = Page("", answer.text)
    assert list(page.blemishes()) == []
    assert party in answer.text
    assert instrument in answer.text
    assert "2027" in answer.text
    assert "notice good" in answer.text


def test_the_page_says_nothing_of_the_text(app: Flask, visitor: FlaskClient) -> None:
    answer = visitor.get(f"/en/verify/{frozen(app)}")
    for words in ("sets out the purpose", "本备忘录", "Scope", "five (5) years"):
        assert words not in answer.text


def test_a_text_that_was_opened_again_or_altered_is_no_copy_to_sign(app: Flask, visitor: FlaskClient) -> None:
    digits = frozen(app)
    reach(app, "UPDATE agreement_clause SET en = en || '.' WHERE key = 'scope'")
    answer = visitor.get(f"/en/verify/{digits}").text
    assert "Sign nothing" in answer
    assert "notice good" not in answer
    reach(app, "unfreeze")
    answer = visitor.get(f"/en/verify/{digits}").text
    assert "does not stand for signature" in answer
    assert "notice good" not in answer


@pytest.mark.parametrize("code", ["0" * 16, "x", "0" * 64, "%00", "зубр", "1234", "%F0%9F%98%80", "a" * 3000])
def test_unknown_digits_are_answered_with_the_way_on(app: Flask, visitor: FlaskClient, code: str) -> None:
    answer = visitor.get(f"/en/verify/{code}")
    assert answer.status_code == 404
    assert "digit" in answer.text


def test_an_open_text_has_no_digits_to_find(app: Flask, visitor: FlaskClient) -> None:
    digits = frozen(app)
    reach(app, "DELETE FROM agreement_freezing")
    assert visitor.get(f"/en/verify/{digits}").status_code == 404


def test_digits_are_typed_as_they_are_printed(app: Flask, visitor: FlaskClient) -> None:
    digits = frozen(app)
    grouped = " ".join(digits[place : place + 4] for place in range(0, 16, 4)).upper()
    opened = visitor.get("/en/verify")
    assert list(Page("", opened.text).blemishes()) == []
    answer = visitor.get("/en/verify", query_string={"digits": grouped})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/en/verify/{digits}")
    assert visitor.get("/en/verify?digits=").status_code == 200


def test_digits_of_a_copy_are_compared(app: Flask, visitor: FlaskClient) -> None:
    digits = frozen(app)
    same = visitor.get(f"/en/verify/{digits}", query_string={"copy": f" {digits.upper()} "}).text
    other = visitor.get(f"/en/verify/{digits}", query_string={"copy": "0" * 16}).text
    assert "are the same" in same
    assert "typed differ" in other
    assert "are the same" not in other
