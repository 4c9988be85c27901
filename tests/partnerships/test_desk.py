"""Every fact that a condition asks for has its page: consents, opinions, delegations, late points, settings, drafts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.offices.models import Line, Office
from forum.partnerships.models import (
    AgreementVersion,
    Approval,
    CaseOpinion,
    ConsentKind,
    DelegatedApproval,
    Instrument,
    PartyConsent,
    SettingChange,
)
from forum.partnerships.operations.governing import Handing, delegate
from forum.partnerships.rules.case import Given
from forum.partnerships.rules.terms import SETTINGS, Terms
from forum.partnerships.states import LIFE
from forum.ports.mail.models import OutboxMail
from tests.cast import Cast, Client
from tests.conftest import START
from tests.gates.pages import Page
from tests.partnerships.people import (
    POINT,
    ZHEJIANG,
    World,
    act,
    active,
    agreed,
    answer_all,
    at_nation,
    at_province,
    drafted,
)
from tests.partnerships.test_pages import Office as Desk
from tests.partnerships.test_way_through import profiled


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def told(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def send(browser: Client, address: str, change: dict[str, Any], page: str = "") -> Any:
    """Open a page, change some entries of its form, and send it whole, as a browser does."""
    return browser.post(address, data={**entries(browser, page or address), **change})


def entries(browser: Client, address: str) -> dict[str, Any]:
    """Return what stands in the longest form of a page."""
    forms = Page("", browser.get(address).text).tree.forms
    filled: dict[str, Any] = {}
    for name, value in max((form.form_values() for form in forms if form.method == "POST"), key=len):
        filled.setdefault(name, []).append(value)
    return filled


def version(case: str) -> AgreementVersion:
    return session.scalars(select(AgreementVersion).filter_by(public_id=case)).one()


def sound(answer: Any) -> None:
    assert answer.status_code == 200
    assert list(Page("", answer.text).blemishes()) == []


# --- Consents -------------------------------------------------------------------------------------------


def suspended(of: World) -> AgreementVersion:
    made = active(of)
    act(made, "suspend", of["lead"], now=START)
    return made


def test_a_suspended_agreement_goes_on_when_each_side_has_agreed_on_its_page(desk: Desk) -> None:
    case = desk.open(suspended)
    address = f"/en/desk/partnerships/{case}"
    refused = desk.browser("approver").submit(f"{address}/steps/resume", {"reason": "Settled."})
    assert refused.status_code == 409
    assert "Not every party has agreed yet" in told(refused)
    for who, still in (("lead", 1), ("other_lead", 0)):
        page = desk.browser(who).get(f"{address}/consents")
        sound(page)
        assert "Agree for my city" in page.text
        done = desk.browser(who).submit(f"{address}/consents", {"kind": "resume"})
        assert done.status_code == 303
        for reader in ("lead", "other_lead", "approver", "auditor"):
            assert told(desk.browser(reader).get(f"{address}/consents")).count("Not yet agreed") == still
        assert "Agree for my city" not in desk.browser(who).get(f"{address}/consents").text
    assert desk.browser("approver").submit(f"{address}/steps/resume", {"reason": "Settled."}).status_code == 303


def test_a_city_agrees_once_through_those_who_may_and_only_to_what_is_asked(desk: Desk) -> None:
    case = desk.open(suspended)
    address = f"/en/desk/partnerships/{case}/consents"
    for who in ("liaison", "approver", "auditor"):
        assert "Agree for my city" not in desk.browser(who).get(address).text
        assert desk.browser(who).submit(address, {"kind": "resume"}).status_code == 404
    for kind, status in (("final_report", 409), ("agree_text", 409), ("nonsense", 404)):
        assert desk.browser("lead").submit(address, {"kind": kind}).status_code == status
    assert desk.browser("lead").submit(address, {"kind": "resume", "seen": "old"}).status_code == 409
    for _time in range(2):
        assert desk.browser("lead").submit(address, {"kind": "resume"}, page=address).status_code == 303
    with desk.cast.app.app_context():
        assert len(session.scalars(select(PartyConsent).where(PartyConsent.kind == ConsentKind.RESUME)).all()) == 1


def test_one_person_of_both_cities_never_agrees_for_both(desk: Desk) -> None:
    def both(of: World) -> AgreementVersion:
        made = suspended(of)
        of.officers["both"] = of.officer(("city_lead", "Wenzhou"), ("city_lead", "Nantes"))
        return made

    case = desk.open(both)
    refused = desk.browser("both").submit(f"/en/desk/partnerships/{case}/consents", {"kind": "resume"})
    assert refused.status_code == 409
    assert "more than one city" in told(refused)
    with desk.cast.app.app_context():
        assert session.scalars(select(PartyConsent).where(PartyConsent.kind == ConsentKind.RESUME)).all() == []


# --- Opinions asked for ---------------------------------------------------------------------------------


def consulting(of: World) -> AgreementVersion:
    """A case at the nation, a reviewer of the ministry of ecology, one of housing, and an expert."""
    made = at_nation(of)
    for name, role, line in (
        ("ecology", "national_reviewer", Line.ECOLOGY),
        ("housing", "national_reviewer", Line.HOUSING),
        ("expert", "tc_expert", None),
        ("idle_expert", "tc_expert", None),
    ):
        of.officers[name] = of.officer((role, None), language="zh")
        session.scalars(select(Office).filter_by(account_id=of[name].account_id)).one().line = line
    return made


def test_an_authority_and_an_expert_are_asked_and_answer_inside(desk: Desk) -> None:
    case = desk.open(consulting)
    address = f"/en/desk/partnerships/{case}"
    form = desk.browser("national").get(f"{address}/consultations/new")
    sound(form)
    assert "Ministry of Ecology and Environment" in form.text
    assert "Ministry of Civil Affairs" not in form.text  # nobody answers for it
    with desk.cast.app.app_context():
        expert = Page("", form.text).text.split('value="expert:')[1].split('"')[0]
    ask = f"{address}/consultations/new"
    for whom in ("line:ecology", f"expert:{expert}"):
        done = desk.browser("national").submit(ask, {"whom": whom, "question": "QUESTION?"})
        assert done.status_code == 303, told(done)
    again = desk.browser("national").submit(ask, {"whom": "line:ecology", "question": "QUESTION?"})
    assert again.status_code == 409
    stopped = desk.browser("approver").submit(f"{address}/steps/approve", {})
    assert stopped.status_code == 409
    assert "Consulted authorities have not answered yet: 2" in told(stopped)
    for who in ("ecology", "expert"):
        assert case in desk.browser(who).get("/en/desk/partnerships").text
        found = re.search(rf'href="({address}/consultations/(?!new)\w+)"', desk.browser(who).get(address).text)
        assert found is not None
        sound(desk.browser(who).get(found[1]))
        assert desk.browser("housing").get(found[1]).status_code == 404
        assert desk.browser("national").submit(found[1], {"text": "x"}, page=address).status_code == 404
        assert desk.browser(who).submit(found[1], {"favourable": "yes", "text": " "}).status_code == 409
        answered = desk.browser(who).submit(found[1], {"favourable": "yes", "text": f"ANSWER of {who}"})
        assert answered.status_code == 303, told(answered)
        twice = desk.browser(who).submit(found[1], {"favourable": "no", "text": "Otherwise"})
        assert twice.status_code == 409
    for who, reads in (("national", True), ("auditor", True), ("reviewer", False), ("liaison", False)):
        assert ("ANSWER of ecology" in desk.browser(who).get(address).text) is reads
    assert "QUESTION" not in desk.browser("other_liaison").get(address).text
    assert "ANSWER of ecology" not in desk.browser("expert").get(address).text
    assert desk.browser("approver").submit(f"{address}/steps/approve", {}).status_code == 303


def test_who_is_asked_gets_a_mail_without_the_question(desk: Desk) -> None:
    case = desk.open(consulting)
    ask = f"/en/desk/partnerships/{case}/consultations/new"
    desk.browser("national").submit(ask, {"whom": "line:ecology", "question": "SECRET"})
    with desk.cast.app.app_context():
        (letter,) = session.scalars(select(OutboxMail).where(OutboxMail.kind == "partnership_consulted"))
    assert letter.language == "zh"
    assert "SECRET" not in letter.subject + letter.body


def test_an_opinion_is_overdue_after_its_day_and_not_before(desk: Desk) -> None:
    case = desk.open(consulting)
    address = f"/en/desk/partnerships/{case}"
    past = desk.browser("national").submit(
        f"{address}/consultations/new", {"whom": "line:ecology", "question": "?", "due_on": "2027-01-01"}
    )
    assert past.status_code == 409
    due = (START + timedelta(days=7)).date().isoformat()
    data = {"whom": "line:ecology", "question": "?", "due_on": due}
    assert desk.browser("national").submit(f"{address}/consultations/new", data).status_code == 303
    assert "Mark as overdue" not in desk.browser("national").get(address).text
    with desk.cast.app.app_context():
        key = session.scalars(select(CaseOpinion.public_id).where(CaseOpinion.line == Line.ECOLOGY)).one()
    mark = f"{address}/consultations/{key}/overdue"
    early = desk.browser("national").submit(mark, {}, page=address)
    assert early.status_code == 409
    with desk.cast.app.app_context():
        begin_writing()
        session.scalars(select(CaseOpinion).where(CaseOpinion.line == Line.ECOLOGY)).one().due_on = date(2027, 2, 1)
        session.commit()
    assert "Mark as overdue" in desk.browser("national").get(address).text
    assert "Mark as overdue" not in desk.browser("approver").get(address).text
    assert desk.browser("approver").submit(mark, {}, page=address).status_code == 404
    assert desk.browser("approver").submit(f"{address}/steps/approve", {}).status_code == 409
    assert desk.browser("national").submit(mark, {}, page=address).status_code == 303
    assert "goes on without it" in desk.browser("auditor").get(address).text
    assert desk.browser("approver").submit(f"{address}/steps/approve", {}).status_code == 303


def test_nobody_but_the_national_reviewer_asks(desk: Desk) -> None:
    case = desk.open(consulting)
    for who in ("liaison", "reviewer", "approver", "auditor", "other_liaison", "expert"):
        assert desk.browser(who).get(f"/en/desk/partnerships/{case}/consultations/new").status_code == 404


# --- Delegation -----------------------------------------------------------------------------------------


DELEGATION = {
    "reference": "D-2027-7",
    "instrument": "memorandum",
    "province": ZHEJIANG,
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
}


def test_a_province_decides_in_the_nations_place_by_a_delegation_made_on_the_page(desk: Desk) -> None:
    case = desk.open(at_province)
    address = f"/en/desk/partnerships/{case}"
    assert "Approve under delegation" not in desk.browser("reviewer").get(address).text
    refused = desk.browser("reviewer").submit(f"{address}/steps/approve_delegated", {})
    assert refused.status_code == 409
    new = "/en/desk/partnerships/delegations/new"
    sound(desk.browser("approver").get(new))
    assert desk.browser("approver").submit(new, DELEGATION).status_code == 303
    assert desk.browser("approver").submit(new, DELEGATION).status_code == 409  # the reference stands already
    backwards = {**DELEGATION, "reference": "D-2", "ends_on": "2026-12-31"}
    assert desk.browser("approver").submit(new, backwards).status_code == 409
    page = desk.browser("reviewer").get(address).text
    assert "Approve under delegation" in page
    assert "D-2027-7" in page
    assert "D-2027-7" not in desk.browser("liaison").get(address).text
    assert desk.browser("reviewer").submit(f"{address}/steps/approve_delegated", {}).status_code == 303
    listed = told(desk.browser("registrar").get("/en/desk/partnerships/delegations"))
    assert "D-2027-7" in listed
    with desk.cast.app.app_context():
        assert version(case).state == "approved"
        assert version(case).delegation_reference == "D-2027-7"


def test_a_delegation_that_is_taken_back_stays_in_the_list_and_no_longer_serves(desk: Desk) -> None:
    def handed(of: World) -> AgreementVersion:
        handing = Handing("D-1", Instrument.MEMORANDUM, ZHEJIANG, date(2027, 1, 1), date(2027, 12, 31))
        delegate(handing, actor=of["approver"].actor, now=START)
        return at_province(of)

    case = desk.open(handed)
    with desk.cast.app.app_context():
        key = session.scalars(select(DelegatedApproval.public_id)).one()
    end = f"/en/desk/partnerships/delegations/{key}/end"
    sound(desk.browser("registrar").get(end))
    assert desk.browser("registrar").submit(end, {"reason": ""}).status_code == 422
    assert desk.browser("registrar").submit(end, {"reason": "A new rule."}).status_code == 303
    assert desk.browser("registrar").submit(end, {"reason": "Again."}).status_code == 409
    listed = told(desk.browser("registrar").get("/en/desk/partnerships/delegations"))
    assert "Taken back" in listed
    assert "A new rule." in listed
    step = f"/en/desk/partnerships/{case}/steps/approve_delegated"
    assert desk.browser("reviewer").submit(step, {}).status_code == 409


def test_a_province_reads_its_own_delegations_and_makes_none(desk: Desk) -> None:
    desk.open(drafted)
    new, every = "/en/desk/partnerships/delegations/new", "/en/desk/partnerships/delegations"
    assert desk.browser("registrar").submit(new, DELEGATION).status_code == 303
    assert "D-2027-7" in desk.browser("reviewer").get(every).text
    assert "D-2027-7" not in desk.browser("foreign_province").get(every).text
    for who in ("reviewer", "auditor", "national"):
        assert desk.browser(who).get(new).status_code == 404
    for who in ("liaison", "other_liaison", "lead"):
        assert desk.browser(who).get(every).status_code == 404


def test_points_of_the_province_are_closed_before_it_decides_in_the_nations_place(desk: Desk) -> None:
    def returned(of: World) -> AgreementVersion:
        handing = Handing("D-1", Instrument.MEMORANDUM, ZHEJIANG, date(2027, 1, 1), date(2027, 12, 31))
        delegate(handing, actor=of["approver"].actor, now=START)
        return again(of)

    case = desk.open(returned)
    refused = desk.browser("reviewer").submit(f"/en/desk/partnerships/{case}/steps/approve_delegated", {})
    assert refused.status_code == 409
    assert "still open: 1" in told(refused)


# --- Late points ----------------------------------------------------------------------------------------


def again(of: World) -> AgreementVersion:
    """A case that the province returned, back there unchanged."""
    made = at_province(of)
    act(made, "return", of["reviewer"], given=Given(points=(POINT,)))
    answer_all(made, of)
    act(made, "resubmit_same_level", of["liaison"])
    return made


LATE = {
    "reason": "See below.",
    "points-0-part": "clause:costs",
    "points-0-category": "finance",
    "points-0-text": "Who pays?",
}


def test_new_points_on_what_was_reviewed_wait_for_the_leads_reason(desk: Desk) -> None:
    case = desk.open(again)
    address = f"/en/desk/partnerships/{case}"
    refused = desk.browser("reviewer").submit(f"{address}/steps/return", LATE)
    assert refused.status_code == 409
    assert "Your lead must allow it" in told(refused)
    for who in ("reviewer", "liaison", "national", "approver", "auditor", "other_liaison"):
        assert desk.browser(who).get(f"{address}/new-points").status_code == 404
    sound(desk.browser("province_lead").get(f"{address}/new-points"))
    assert desk.browser("province_lead").submit(f"{address}/new-points", {"reason": " "}).status_code == 409
    done = desk.browser("province_lead").submit(f"{address}/new-points", {"reason": "BECAUSE"})
    assert done.status_code == 303
    assert "BECAUSE" in desk.browser("reviewer").get(address).text
    for who in ("liaison", "other_liaison"):
        assert "BECAUSE" not in desk.browser(who).get(address).text
    assert desk.browser("reviewer").submit(f"{address}/steps/return", LATE).status_code == 303
    page = desk.browser("liaison").get(address).text
    assert page.count("Raised late") == 1


def test_the_first_review_asks_for_no_consent(desk: Desk) -> None:
    case = desk.open(at_province)
    assert desk.browser("province_lead").get(f"/en/desk/partnerships/{case}/new-points").status_code == 404


def test_a_lead_who_allowed_new_points_may_still_refuse_the_case_and_never_reviews_it(desk: Desk) -> None:
    def two_offices(of: World) -> AgreementVersion:
        of.officers["both"] = of.officer(("province_lead", ZHEJIANG), ("province_reviewer", ZHEJIANG))
        return again(of)

    case = desk.open(two_offices)
    address = f"/en/desk/partnerships/{case}"
    assert desk.browser("both").submit(f"{address}/new-points", {"reason": "Needed."}).status_code == 303
    mine = desk.browser("both").submit(f"{address}/steps/return", LATE)
    assert mine.status_code == 409
    assert "already acted" in told(mine)
    assert desk.browser("both").submit(f"{address}/steps/reject", {"reason": "No."}).status_code == 303


# --- Settings -------------------------------------------------------------------------------------------


def test_every_term_has_its_place_on_the_page() -> None:
    defaults = Terms()
    assert set(SETTINGS) == set(Terms.__dataclass_fields__)
    for key, setting in SETTINGS.items():
        assert setting.least <= getattr(defaults, key) <= setting.most


def test_the_national_office_sets_periods_and_the_second_of_two_editors_is_told(desk: Desk) -> None:
    desk.open(drafted)
    address = "/en/desk/partnerships/settings"
    first, second = desk.browser("approver"), desk.browser("registrar")
    sound(first.get(address))
    stale = entries(second, address)
    assert send(first, address, {"province_review_days": "10", "reason": "Faster."}).status_code == 303
    conflict = second.post(address, data={**stale, "approvals": "3"})
    assert conflict.status_code == 409
    assert "Somebody has changed the settings" in told(conflict)
    assert "In force: 10" in told(conflict)
    assert 'value="3"' in conflict.text
    shown = told(first.get(address))
    assert "Provincial review: 15 to 10 working days" in shown
    assert "Faster." in shown
    with desk.cast.app.app_context():
        assert len(session.scalars(select(SettingChange)).all()) == 1


def test_a_number_outside_its_bounds_is_refused_at_its_field(desk: Desk) -> None:
    desk.open(drafted)
    address, browser = "/en/desk/partnerships/settings", desk.browser("approver")
    for wrong in ("0", "-1", "99999", "many", ""):
        assert send(browser, address, {"approvals": wrong}).status_code == 422
    assert send(browser, address, {}).status_code == 409  # nothing differs
    with desk.cast.app.app_context():
        assert session.scalars(select(SettingChange)).all() == []


def test_one_approver_is_enough_where_the_office_has_set_one(desk: Desk) -> None:
    case = desk.open(at_nation)
    assert send(desk.browser("registrar"), "/en/desk/partnerships/settings", {"approvals": "1"}).status_code == 303
    assert desk.browser("approver").submit(f"/en/desk/partnerships/{case}/steps/approve", {}).status_code == 303
    with desk.cast.app.app_context():
        assert version(case).state == "approved"


def test_settings_are_read_by_the_national_level_and_changed_by_the_office(desk: Desk) -> None:
    desk.open(drafted)
    address = "/en/desk/partnerships/settings"
    for who in ("national", "auditor"):
        assert "Set these numbers" not in desk.browser(who).get(address).text
        assert desk.browser(who).submit(address, {"approvals": "1"}).status_code == 404
    for who in ("liaison", "lead", "reviewer", "other_liaison"):
        assert desk.browser(who).get(address).status_code == 404


# --- Approvals and accounts -----------------------------------------------------------------------------


def test_an_approval_stays_when_its_account_is_gone(desk: Desk) -> None:
    def approved_once(of: World) -> AgreementVersion:
        made = at_nation(of)
        act(made, "approve", of["approver"], now=START)
        return made

    case = desk.open(approved_once)
    with desk.cast.app.app_context():
        begin_writing()
        approval = session.scalars(select(Approval)).one()
        approval.account_id = None  # as the database does when the account's row is deleted
        session.commit()
    done = desk.browser("second_approver").submit(f"/en/desk/partnerships/{case}/steps/approve", {})
    assert done.status_code == 303
    with desk.cast.app.app_context():
        assert version(case).state == "approved"
        (key,) = Approval.__table__.c.account_id.foreign_keys
        assert key.ondelete == "SET NULL"


# --- Drafts ---------------------------------------------------------------------------------------------


def test_a_draft_is_changed_before_it_is_sent(desk: Desk) -> None:
    case = desk.open(profiled)
    address = f"/en/desk/partnerships/{case}/proposal"
    browser = desk.browser("liaison")
    page = browser.get(address)
    sound(page)
    assert "Kobe" in page.text
    change = {
        "title_en": "Loud streets",
        "instrument": "arrangement",
        "objectives_en": "Less noise.",
        "counterpart": [],
        "add_city": "Nantes",
    }
    done = send(browser, address, change)
    assert done.status_code == 303, told(done)
    shown = told(browser.get(f"/en/desk/partnerships/{case}"))
    for word in ("Loud streets", "Nantes", "Cooperation arrangement", "Less noise."):
        assert word in shown
    assert "Kobe" not in shown
    assert browser.submit(f"/en/desk/partnerships/{case}/steps/invite", {}).status_code == 303
    assert browser.get(address).status_code == 404
    with desk.cast.app.app_context():
        one = version(case).partnership
        assert (one.instrument, version(case).instrument) == (Instrument.ARRANGEMENT, Instrument.ARRANGEMENT)
        assert [party.inviting for party in one.parties] == [True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"counterpart": [], "add_city": ""}, "Choose the city that you invite"),
        ({"add_city": "Atlantis"}, "No single city"),
        ({"add_city": "Wenzhou"}, "party already"),
    ],
)
def test_a_draft_without_sound_parties_is_refused(desk: Desk, change: dict[str, Any], said: str) -> None:
    case = desk.open(profiled)
    answer = send(desk.browser("liaison"), f"/en/desk/partnerships/{case}/proposal", change)
    assert answer.status_code == 409
    assert said in told(answer)


def test_the_second_of_two_who_change_a_draft_is_told_and_keeps_what_was_typed(desk: Desk) -> None:
    case = desk.open(drafted)
    address, browser = f"/en/desk/partnerships/{case}/proposal", desk.browser("liaison")
    stale = entries(browser, address)
    assert send(browser, address, {"title_en": "First"}).status_code == 303
    answer = browser.post(address, data={**stale, "title_en": "Second"})
    assert answer.status_code == 409
    assert 'value="Second"' in answer.text
    assert "First" in desk.browser("liaison").get(f"/en/desk/partnerships/{case}").text


def test_parties_of_a_draft_that_was_sent_before_stay(desk: Desk) -> None:
    def reopened(of: World) -> AgreementVersion:
        made = drafted(of)
        act(made, "invite", of["liaison"])
        act(made, "decline", of["other_liaison"])
        act(made, "reopen", of["liaison"])
        return made

    case = desk.open(reopened)
    address, browser = f"/en/desk/partnerships/{case}/proposal", desk.browser("liaison")
    assert "propose anew" in told(browser.get(address))
    assert send(browser, address, {"instrument": "intent"}).status_code == 409
    assert send(browser, address, {"title_en": "Quieter streets"}).status_code == 303


def test_nobody_else_changes_a_draft(desk: Desk) -> None:
    case = desk.open(drafted)
    for who in ("lead", "neighbour", "other_liaison", "national", "auditor"):
        assert desk.browser(who).get(f"/en/desk/partnerships/{case}/proposal").status_code == 404


# --- Unlawful steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_unlawful_step_is_a_conflict_whether_asked_for_or_sent(desk: Desk, language: str) -> None:
    case = desk.open(agreed)
    address = f"/{language}/desk/partnerships/{case}"
    lawful = ("Sign off and submit", "Return for correction")
    browser = desk.browser("lead")
    for action in dict.fromkeys(row.action for row in LIFE.rows):
        if action in {"endorse", "return"}:
            continue
        for answer in (
            browser.get(f"{address}/steps/{action}"),
            browser.submit(f"{address}/steps/{action}", {"valid_until": "nonsense"}, page=address),
        ):
            assert answer.status_code == 409, action
            assert language == "zh" or all(name in told(answer) for name in lawful)
    assert browser.get(f"{address}/steps/nonsense").status_code == 404


def test_a_counterpart_reads_no_domestic_state_in_a_refusal(desk: Desk) -> None:
    case = desk.open(at_province)
    answer = desk.browser("other_lead").get(f"/en/desk/partnerships/{case}/steps/approve")
    assert answer.status_code == 409
    assert "Under review on the other side" in told(answer)
    assert "Provincial" not in told(answer)
