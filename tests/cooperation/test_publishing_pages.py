"""The pages on which each side consents to what the public reads."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forum.cooperation.models import Evidence, PublicationConsent, PublishedOutcome
from forum.cooperation.states import OutcomeState
from forum.core.database import begin_writing, session
from forum.partnerships.models import AgreementVersion
from tests.cast import Cast, Client
from tests.cooperation.pair import accepted, held, in_force
from tests.cooperation.test_publishing import registered

OUTCOME = {
    "kind": "standard",
    "title_en": "A joint indicator table",
    "title_zh": "联合指标表",
    "summary_en": "Both cities now measure in the same way.",
    "summary_zh": "双方以同一方法测量。",
    "happened_on": "2027-02-20",
}


@pytest.fixture
def page(app: Flask, cast: Cast) -> str:
    """The address of the publication page, without the language."""
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        registered(pair)
        accepted(pair, target=held(pair).reference)
        address = f"/desk/partnerships/{pair.version.public_id}/plan/publication"
        session.commit()
    return address


def file_of(app: Flask) -> str:
    with app.app_context():
        return session.scalars(select(Evidence.public_id)).one()


def marks(client: Client, address: str, thing: str) -> str:
    """Return what the page showed of a thing, as its form carries it."""
    found = re.search(
        rf'name="thing" value="{thing}"><input type="hidden" name="seen" value="([^"]*)"', client.get(address).text
    )
    return found[1] if found else ""


def press(client: Client, page: str, action: str, thing: str, language: str = "en") -> int:
    address = f"/{language}{page}"
    sent = {"thing": thing, "seen": marks(client, address, thing)}
    answer = client.submit(f"{address}/{action}", sent, page=address)
    return int(answer.status_code)


@pytest.mark.parametrize(
    ("who", "status"),
    [("delegate", 200), ("focal", 200), ("viewer", 200), ("agenda", 200), ("other_focal", 404), ("stranger", 404)],
)
def test_it_is_for_the_cities_and_the_levels(cast: Cast, page: str, who: str, status: int) -> None:
    for language in ("en", "zh"):
        assert cast.client(who).get(f"/{language}{page}").status_code == status


def test_each_side_consents_and_either_takes_it_back(app: Flask, cast: Cast, page: str) -> None:
    one, other = cast.client("delegate"), cast.client("focal")
    with app.app_context():
        public = f"/en/partnerships/{session.scalars(select(AgreementVersion.registry_number)).one()}/"
    assert "To measure in the same way." not in cast.client().get(public).text
    assert press(one, page, "consent", "summary") == 303
    assert "To measure in the same way." not in cast.client().get(public).text
    assert press(other, page, "consent", "summary", "zh") == 303
    assert "To measure in the same way." in cast.client().get(public).text
    assert "The public reads it" in one.get(f"/en{page}").text
    assert press(other, page, "withdraw", "summary") == 303
    assert "To measure in the same way." not in cast.client().get(public).text
    with app.app_context():
        rows = session.scalars(select(PublicationConsent)).all()
        assert sorted(row.withdrawn_at is None for row in rows) == [False, True]


def test_those_who_review_read_and_press_nothing(cast: Cast, page: str) -> None:
    text = cast.client("viewer").get(f"/en{page}").text
    assert "Consent for your city" not in text
    assert "Consent for your city" in cast.client("focal").get(f"/en{page}").text
    for action in ("consent", "withdraw"):
        answer = cast.client("viewer").submit(f"/en{page}/{action}", {"thing": "summary"}, page=f"/en{page}")
        assert answer.status_code == 404
    for way in ("office", "outcomes/new"):
        assert cast.client("viewer").get(f"/en{page}/{way}").status_code == 404


def test_an_outcome_is_proposed_changed_consented_to_and_taken_back(app: Flask, cast: Cast, page: str) -> None:
    one, other = cast.client("focal"), cast.client("delegate")
    missing = one.submit(f"/en{page}/outcomes/new", {**OUTCOME, "title_zh": "", "evidence": file_of(app)})
    assert missing.status_code == 422
    ahead = one.submit(f"/en{page}/outcomes/new", {**OUTCOME, "happened_on": "2031-01-01", "evidence": file_of(app)})
    assert ahead.status_code == 422
    assert "can&#39;t lie in the future" in ahead.text
    assert one.submit(f"/en{page}/outcomes/new", {**OUTCOME, "evidence": file_of(app)}).status_code == 303
    with app.app_context():
        key = session.scalars(select(PublishedOutcome.public_id)).one()
    change = f"/en{page}/outcomes/{key}/change"
    assert "联合指标表" in other.get(change).text
    words = {**OUTCOME, "title_en": "One indicator table", "evidence": file_of(app)}
    assert other.submit(change, words).status_code == 303
    assert press(one, page, "consent", f"outcome:{key}") == 303
    with app.app_context():
        assert session.scalars(select(PublishedOutcome.state)).one() is OutcomeState.PUBLISHED
    refused = other.submit(change, words)
    assert refused.status_code == 409
    assert "Take it back first" in refused.text
    assert press(one, page, "withdraw", f"outcome:{key}") == 303
    assert "Taken back" in other.get(f"/en{page}").text


def test_consent_to_words_that_moved_is_told_with_the_new_words(cast: Cast, page: str) -> None:
    client = cast.client("focal")
    answer = client.submit(f"/en{page}/consent", {"thing": "summary", "seen": "0" * 64}, page=f"/en{page}")
    assert answer.status_code == 409
    assert "The words have changed since you opened the page" in answer.text
    assert "To measure in the same way." in answer.text
    for thing in ("", "nonsense", "outcome:none", "x" * 5000, "activity:\0"):
        answer = client.submit(f"/en{page}/consent", {"thing": thing, "seen": "a"}, page=f"/en{page}")
        assert answer.status_code in {409, 422}
        answer = client.submit(f"/en{page}/withdraw", {"thing": thing}, page=f"/en{page}")
        assert answer.status_code in {409, 422}


def test_a_contact_office_is_named(cast: Cast, page: str) -> None:
    client = cast.client("focal")
    assert client.submit(f"/en{page}/office", {"name_en": ""}).status_code == 422
    assert client.submit(f"/en{page}/office", {"name_en": "Office", "website": "javascript:1"}).status_code == 422
    assert (
        client.submit(f"/en{page}/office", {"name_en": "Bureau of standards", "email": "b@lyon.test"}).status_code
        == 303
    )
    assert "Bureau of standards" in cast.client("delegate").get(f"/zh{page}").text
    stale = client.submit(f"/en{page}/office", {"name_en": "Other", "version": "7"})
    assert stale.status_code == 409
