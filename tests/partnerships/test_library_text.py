"""A text written clause by clause under the life cycle, and due days on the calendars of both sides."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text as sql

from forum.agreements import operations, queries
from forum.agreements.library import library
from forum.agreements.models import AgreementText
from forum.agreements.operations import Wording
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships import errors
from forum.partnerships.library_text import LibraryText, text_of
from forum.partnerships.models import PARTS, AgreementVersion
from forum.partnerships.neighbours import due_day, neighbours
from forum.partnerships.operations.texts import start_text
from forum.partnerships.rules.case import Given
from tests.cast import Cast
from tests.partnerships.people import NOW, POINT, World, act, answer_all, drafted, favour, standing, world

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


def negotiating(of: World) -> AgreementVersion:
    """A case with a text from the library, ready to be agreed."""
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "express_interest", of["other_liaison"])
    start_text(version, standing=standing(version, of["liaison"]), actor=of["liaison"].actor, now=NOW)
    return version


def sign_off(version: AgreementVersion, of: World) -> None:
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    favour(version, of)
    act(version, "endorse", of["lead"])


def text(version: AgreementVersion) -> AgreementText:
    found = text_of(version)
    assert found is not None
    return found


def alter(version: AgreementVersion) -> None:
    """Change one letter past the product."""
    session.execute(
        sql("UPDATE agreement_clause SET en = en || '.' WHERE text_id = :text AND key = 'scope'"),
        {"text": version.text_id},
    )


def test_points_are_about_the_clauses_of_the_library() -> None:
    clauses = {part.partition(":")[2]: label for part, label in PARTS.items() if part.startswith("clause:")}
    assert list(clauses) == list(library())
    assert [str(label) for label in clauses.values()] == [clause.heading_en for clause in library().values()]


def test_a_new_text_names_the_cities_and_has_the_title_of_the_partnership(of: World) -> None:
    version = negotiating(of)
    whole = queries.agreement(text(version))
    assert [party.name_en for party in whole.parties] == ["Wenzhou", "Nantes"]
    assert whole.title_zh == "安静街道标准合作"
    assert neighbours.text.all_matched(version)
    assert neighbours.text.findings_blocking(version, date(2027, 3, 1)) == 0


def test_a_text_is_started_once_and_by_a_party_that_negotiates(of: World) -> None:
    version = negotiating(of)
    for who in ("liaison", "reviewer"):
        with pytest.raises(Refusal):
            start_text(version, standing=standing(version, of[who]), actor=of[who].actor, now=NOW)
    sign_off(version, of)
    with pytest.raises(errors.TextLocked):
        start_text(version, standing=standing(version, of["liaison"]), actor=of["liaison"].actor, now=NOW)


def test_an_unmatched_clause_stops_the_agreement(of: World) -> None:
    version = negotiating(of)
    clause = queries.clause_of(text(version), "scope")
    assert clause is not None
    operations.edit_clause(
        clause, Wording("Less.", clause.zh), seen_version=clause.version, party_key="x", actor=of["liaison"].actor,
        now=NOW,
    )  # fmt: skip
    with pytest.raises(errors.ClausesUnmatched):
        act(version, "agree_text", of["liaison"])
    assert of["liaison"].account_id in neighbours.text.drafters(version)
    assert of["other_lead"].account_id not in neighbours.text.drafters(version)


def test_the_text_is_frozen_when_all_agree_and_opens_when_it_is_returned(of: World) -> None:
    version = negotiating(of)
    act(version, "agree_text", of["liaison"])
    assert not text(version).is_frozen
    act(version, "agree_text", of["other_liaison"])
    assert version.state == "city_review"
    assert text(version).is_frozen
    assert version.notice_months == text(version).notice_months
    favour(version, of)
    act(version, "endorse", of["lead"])
    assert version.signed_off_both == text(version).hash_both
    act(version, "return", of["reviewer"], given=Given(points=(POINT,)))
    assert not text(version).is_frozen
    assert not neighbours.text.confirmed_by_all(version)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    assert text(version).is_frozen


def test_a_case_that_is_declined_is_over_without_a_seal(of: World) -> None:
    version = negotiating(of)
    clause = queries.clause_of(text(version), "scope")
    assert clause is not None
    operations.edit_clause(
        clause, Wording("Less.", ""), seen_version=clause.version, party_key="x", actor=of["liaison"].actor, now=NOW
    )
    act(version, "decline", of["other_liaison"])
    assert version.state == "declined"
    assert not text(version).is_frozen


def test_a_letter_changed_past_the_product_takes_an_approved_case_back_to_the_national_review(of: World) -> None:
    version = negotiating(of)
    sign_off(version, of)
    act(version, "endorse", of["reviewer"])
    act(version, "approve", of["approver"])
    act(version, "approve", of["second_approver"])
    assert version.state == "approved"
    alter(version)
    done = act(version, "record_signature", of["liaison"])
    assert done.by_itself == ("text_changed",)
    assert version.state == "national_review"


def test_a_point_knows_whether_its_clause_has_changed(of: World) -> None:
    version = negotiating(of)
    before = {part: neighbours.text.part_hash(version, part) for part in ("clause:scope", "clause:costs", "text")}
    alter(version)
    after = {part: neighbours.text.part_hash(version, part) for part in before}
    assert [part for part in before if before[part] != after[part]] == ["clause:scope", "text"]
    assert neighbours.text.part_hash(version, "clause:own_9") == ""


def test_a_version_without_a_library_text_keeps_its_own(of: World) -> None:
    version = drafted(of)
    assert text_of(version) is None
    assert LibraryText().fresh_hashes(version) == LibraryText().own.fresh_hashes(version)


def test_a_due_day_is_counted_where_the_review_runs_and_falls_on_a_day_on_which_all_work(of: World) -> None:
    version = drafted(of)
    assert due_day(date(2027, 3, 1), 1, version.partnership) == date(2027, 3, 2)
    assert due_day(date(2027, 3, 25), 2, version.partnership) == date(2027, 3, 30)  # Easter Monday in Nantes
    domestic = drafted(of, counterparts=("Kobe",))
    assert due_day(date(2027, 3, 25), 2, domestic.partnership) == date(2027, 3, 29)  # a working day in Kobe
