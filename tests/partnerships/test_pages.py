"""The pages: what each reader finds on them, that every step has its form, and that nothing leaks to the other side."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from forum.accounts.models import SignIn
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest, secret_token
from forum.partnerships.models import AgreementVersion, Channel
from forum.partnerships.operations.taking_part import remark
from forum.partnerships.rules.case import Given
from forum.partnerships.states import VERSION_STATES, VersionState
from tests.cast import Cast, Client
from tests.conftest import START
from tests.partnerships.people import (
    POINT,
    Officer,
    World,
    act,
    agreed,
    answer_all,
    at_nation,
    at_province,
    drafted,
    standing,
    world,
)
from tests.statements import counted_statements


class Office:
    """A world that is kept, and browsers in which its people are signed in."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.tokens = cast, dict[str, str]()
        self.of: World

    def open(self, make: Any) -> str:
        """Make a case, keep it, sign everybody in; return the case's public id."""
        with self.cast.app.app_context():
            begin_writing()
            self.of = world()
            version = make(self.of)
            for name, who in self.of.officers.items():
                self.tokens[name] = _sign_in(who, START)
            made = str(version.public_id)
            session.commit()
        return made

    def browser(self, who: str) -> Client:
        self.cast.app.test_client_class = Client
        made = self.cast.app.test_client()
        assert isinstance(made, Client)
        made.set_cookie("forum", self.tokens[who], domain="localhost")
        return made


def _sign_in(who: Officer, now: datetime) -> str:
    token = secret_token()
    session.add(
        SignIn(
            account_id=who.account_id,
            token_hash=digest(token),
            last_seen_at=now,
            expires_at=now + timedelta(days=400),
            second_factor_at=now,
            device="test",
        )
    )
    return token


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)


def test_a_draft_exists_for_its_own_city_alone(office: Office) -> None:
    case = office.open(drafted)
    assert office.browser("liaison").get(f"/en/desk/partnerships/{case}").status_code == 200
    for who in ("neighbour", "other_liaison", "reviewer", "national"):
        browser = office.browser(who)
        assert browser.get(f"/en/desk/partnerships/{case}").status_code == 404
        assert browser.get(f"/en/desk/partnerships/{case}/steps/withdraw").status_code == 404
        assert case not in browser.get("/en/desk/partnerships?show=all").text
    assert case in office.browser("liaison").get("/zh/desk/partnerships").text


def test_who_holds_no_office_finds_no_page(office: Office, cast: Cast) -> None:
    case = office.open(agreed)
    stranger = cast.client("stranger")
    for address in ("/en/desk/partnerships", f"/en/desk/partnerships/{case}"):
        assert stranger.get(address).status_code == 404


def test_the_desk_shows_the_case_to_whom_the_next_step_is(office: Office) -> None:
    case = office.open(agreed)
    for address in ("/en/desk/partnerships", "/zh/desk/"):
        waiting = {who for who in office.of.officers if case in office.browser(who).get(address).text}
        assert waiting == {"lead"}  # the opinion is there


def _with_drafts(of: World) -> AgreementVersion:
    for each in range(12):
        drafted(of, inviting="Wenzhou", counterparts=("Kobe",)).partnership.party_key = f"many{each}"
        session.flush()
    return agreed(of)


def test_ones_own_desk_lists_what_waits_with_few_statements(office: Office) -> None:
    case = office.open(_with_drafts)
    lead = office.browser("lead")
    assert lead.get("/en/desk/").status_code == 200
    with office.cast.app.app_context(), counted_statements() as one:
        page = lead.get("/en/desk/").text
    assert page.count("/en/desk/partnerships/") == 1
    assert f"/en/desk/partnerships/{case}" in page
    assert "City sign-off" in page
    for who in ("liaison", "reviewer", "registrar"):
        assert case not in office.browser(who).get("/zh/desk/").text
    with office.cast.app.app_context():
        begin_writing()
        session.execute(
            update(AgreementVersion)
            .where(AgreementVersion.state == VersionState.DRAFT)
            .values(state=VersionState.CITY_REVIEW, circle=2, reached=2)
        )
        session.commit()
    with office.cast.app.app_context(), counted_statements() as many:
        page = lead.get("/en/desk/").text
    assert page.count("/en/desk/partnerships/") == 8
    assert "All 13 cases that wait for you" in page
    assert len(many) == len(one)


def test_a_lead_signs_off_on_the_page_and_a_stale_form_is_told(office: Office) -> None:
    case = office.open(agreed)
    browser = office.browser("lead")
    address = f"/en/desk/partnerships/{case}/steps/endorse"
    page = browser.get(address)
    assert "Sign off and submit" in page.text
    stale = dict(re.findall(r'name="(seen|seen_hash|csrf_token)"[^>]*value="([^"]*)"', page.text))
    assert browser.submit(address, {}).status_code == 303
    shown = browser.get(f"/en/desk/partnerships/{case}").text
    assert "Provincial review" in shown
    again = browser.post(address, data=stale)
    assert again.status_code == 409


def test_an_unlawful_step_is_a_conflict_that_names_the_lawful_ones(office: Office) -> None:
    case = office.open(agreed)
    browser = office.browser("lead")
    answer = browser.submit(f"/en/desk/partnerships/{case}/steps/register", {}, page=f"/en/desk/partnerships/{case}")
    assert answer.status_code == 409
    assert "“Register” isn&#39;t possible while the state is “City sign-off”" in answer.text
    assert "Sign off and submit; Return for correction" in answer.text


def test_a_return_without_points_keeps_what_was_typed(office: Office) -> None:
    case = office.open(at_province)
    browser, address = office.browser("reviewer"), f"/en/desk/partnerships/{case}/steps/return"
    refused = browser.submit(address, {"reason": "See below."})
    assert refused.status_code == 409
    assert "See below." in refused.text
    assert "Name at least one point" in refused.text
    done = browser.submit(
        address,
        {
            "reason": "See below.",
            "points-0-part": "clause:effect_term",
            "points-0-category": "unclear",
            "points-0-text": "When?",
        },
    )
    assert done.status_code == 303
    page = office.browser("liaison").get(f"/en/desk/partnerships/{case}").text
    assert "When?" in page
    assert "Answer this point" in page
    assert "When?" not in office.browser("other_liaison").get(f"/en/desk/partnerships/{case}").text


def test_a_point_that_is_too_long_is_named_above_the_form_and_leads_to_its_field(office: Office) -> None:
    case = office.open(at_province)
    browser, address = office.browser("reviewer"), f"/en/desk/partnerships/{case}/steps/return"
    refused = browser.submit(address, {"reason": "See below.", "points-1-rule_reference": "x" * 9_000})
    assert refused.status_code == 422
    assert 'class="error-summary"' in refused.text
    assert 'href="#points-1-rule_reference"' in refused.text
    assert 'id="points-1-rule_reference"' in refused.text


def test_a_point_is_answered_on_its_page(office: Office) -> None:
    def returned(of: World) -> AgreementVersion:
        version = at_province(of)
        act(version, "return", of["reviewer"], given=Given(points=(POINT,)))
        return version

    case = office.open(returned)
    browser = office.browser("liaison")
    found = re.search(rf"/en/desk/partnerships/{case}/points/\w+", browser.get(f"/en/desk/partnerships/{case}").text)
    assert found is not None
    assert browser.submit(found[0], {"kind": "explained", "answer": ""}).status_code == 409
    assert browser.submit(found[0], {"kind": "explained", "answer": "From the signature."}).status_code == 303
    assert office.browser("other_liaison").get(found[0]).status_code == 404
    assert office.browser("lead").get(found[0]).status_code == 404


def test_a_remark_is_internal_unless_shared_and_marked_by_its_word(office: Office) -> None:
    case = office.open(agreed)
    browser, address = office.browser("liaison"), f"/en/desk/partnerships/{case}"
    for data in ({"text": "Between us."}, {"text": "For you as well.", "channel": "shared"}):
        assert browser.submit(f"{address}/remarks", data, page=address).status_code == 303
    mine, theirs = browser.get(address).text, office.browser("other_liaison").get(address).text
    assert "Between us." in mine
    assert "Internal remark" in mine
    assert "For you as well." in theirs
    assert "Between us." not in theirs
    empty = browser.submit(f"{address}/remarks", {"text": " "}, page=address)
    assert empty.status_code == 409
    assert "Write something first." in empty.text


def busy(of: World) -> AgreementVersion:
    """A case at the national review with a marker in every place that the other side mustn't see."""
    version = at_province(of)
    for who in ("liaison", "reviewer"):
        remark(version, "MARKER", standing=standing(version, of[who]), actor=of[who].actor, now=START)
    remark(
        version,
        "Welcome.",
        channel=Channel.SHARED,
        standing=standing(version, of["liaison"]),
        actor=of["liaison"].actor,
        now=START,
    )
    act(version, "return", of["reviewer"], reason="MARKER", given=Given(points=(POINT,)))
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    remark(version, "MARKER", standing=standing(version, of["reviewer"]), actor=of["reviewer"].actor, now=START)
    return version


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("who", ["other_liaison", "other_lead"])
def test_no_page_tells_the_counterpart_of_the_domestic_review(office: Office, language: str, who: str) -> None:
    case = office.open(busy)
    browser = office.browser(who)
    texts = [browser.get(f"/{language}/desk/partnerships{rest}").text for rest in ("", "?show=all", f"/{case}")]
    refused = browser.submit(
        f"/{language}/desk/partnerships/{case}/steps/endorse", {}, page=f"/{language}/desk/partnerships/{case}"
    )
    assert refused.status_code == 409
    forbidden = ["MARKER", POINT.text, "Provincial", "省级审核", "2027-03-22", "22 March"]
    for text in [*texts, refused.text]:
        assert not [word for word in forbidden if word in text]
    domestic = office.browser("reviewer").get(f"/{language}/desk/partnerships/{case}").text
    assert domestic.count("MARKER") == 4  # the same page for the domestic line: three remarks and a reason
    assert POINT.text in domestic


def test_no_page_shows_a_code(office: Office) -> None:
    case = office.open(busy)
    for who in ("liaison", "national", "auditor", "other_liaison"):
        shown = re.sub(r"<[^>]*>", " ", office.browser(who).get(f"/en/desk/partnerships/{case}").text)
        codes = [code for code in VERSION_STATES if "_" in code] + ["city_liaison", "resubmit_same_level"]
        assert not [code for code in codes if code in shown]


def test_every_lawful_step_has_a_page_with_one_heading(office: Office) -> None:
    case = office.open(busy)
    for who in ("liaison", "lead", "reviewer", "province_lead", "other_lead"):
        browser = office.browser(who)
        page = browser.get(f"/zh/desk/partnerships/{case}").text
        assert page.count("<h1") == 1
        for address in re.findall(rf'href="(/zh/desk/partnerships/{case}/steps/\w+)"', page):
            opened = browser.get(address)
            assert opened.status_code == 200
            assert opened.text.count("<h1") == 1


def test_hostile_forms_are_refused_and_never_a_fault(office: Office) -> None:
    case = office.open(at_province)
    browser = office.browser("reviewer")
    for data in (
        {"points-0-category": "x", "points-0-text": "y", "reason": "z", "seen": "9" * 30},
        {"valid_until": "never", "seen": "-1", "reason": "\x00"},
        {"points-99-text": "z" * 30_000, "seen_hash": "ü"},
    ):
        for action in ("return", "endorse", "reject", "nonsense"):
            answer = browser.submit(
                f"/en/desk/partnerships/{case}/steps/{action}", dict(data), page=f"/en/desk/partnerships/{case}"
            )
            assert answer.status_code in {303, 400, 404, 409, 422}


def test_the_case_was_kept(office: Office, cast: Cast) -> None:
    office.open(drafted)
    with cast.app.app_context():
        assert session.scalars(select(AgreementVersion)).one().partnership.number.startswith("P-2027")


def test_no_date_and_no_count_of_the_domestic_review_reaches_the_counterpart(office: Office) -> None:
    def later(of: World) -> AgreementVersion:
        version = agreed(of)
        act(version, "endorse", of["lead"], now=START + timedelta(days=9))
        return version

    case = office.open(later)
    theirs = office.browser("other_liaison")
    for address in (f"/en/desk/partnerships/{case}", "/en/desk/partnerships?show=all"):
        shown = theirs.get(address).text
        assert "1 Mar 2027" in shown
        assert "10 Mar 2027" not in shown
    assert "10 Mar 2027" in office.browser("lead").get(f"/en/desk/partnerships/{case}").text


def test_an_approval_that_waits_for_another_stands_in_the_history_and_is_not_asked_for_again(office: Office) -> None:
    made = office.open(at_nation)
    page = f"/en/desk/partnerships/{made}"
    approve = f"{page}/steps/approve"
    assert approve in office.browser("approver").get(page).text
    with office.cast.app.app_context():
        begin_writing()
        version = session.scalars(select(AgreementVersion).where(AgreementVersion.public_id == made)).one()
        act(version, "approve", office.of["approver"])
        session.commit()
    seen = office.browser("approver").get(page).text
    assert approve not in seen
    assert "1 of 2 approvals are given." in seen
    assert seen.partition('class="timeline"')[2].count("Approve for signature") == 1
    assert approve in office.browser("second_approver").get(page).text
    assert "Approve for signature" not in office.browser("other_liaison").get(page).text
