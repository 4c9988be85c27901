"""The pages of a plan: who opens them, in which words, and what a form does."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.cooperation.models import Activity, AssessmentAnswer, Deliverable, Evidence, Principle, Report
from forum.cooperation.operations import activities
from forum.core.database import begin_writing, session
from tests.cast import Cast, Client
from tests.conftest import FixedClock
from tests.cooperation.pair import Pair, accepted, held, in_force, plan, planned
from tests.cooperation.test_reporting import MARKER, opened
from tests.statements import counted_statements


@pytest.fixture
def plan_of(app: Flask, cast: Cast) -> str:
    """The address of the plan, without the language, of a partnership with something in it."""
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        accepted(pair, target=held(pair).reference)
        planned(pair)
        opened(pair)
        address = f"/desk/partnerships/{pair.version.public_id}/plan"
        session.commit()
    return address


def client(cast: Cast, who: str) -> Client:
    return cast.client(who)


def one(app: Flask, model: type[Activity | Deliverable | Evidence | Report]) -> str:
    with app.app_context():
        return session.scalars(select(model.public_id).order_by(model.id.desc())).first() or ""


@pytest.mark.parametrize(
    ("who", "status"),
    [("delegate", 200), ("focal", 200), ("viewer", 200), ("agenda", 200), ("other_focal", 404), ("stranger", 404)],
)
def test_the_plan_is_for_its_cities_and_the_levels(cast: Cast, plan_of: str, who: str, status: int) -> None:
    for language in ("en", "zh"):
        assert client(cast, who).get(f"/{language}{plan_of}").status_code == status


def test_a_visitor_is_sent_to_sign_in(visitor: FlaskClient, plan_of: str) -> None:
    assert visitor.get(f"/en{plan_of}").status_code == 303


def test_those_who_review_may_not_plan(cast: Cast, plan_of: str) -> None:
    for page in (
        "activities/new",
        "evidence/new",
        "reports/new",
        "milestones/new",
        "assessments/new",
        "deliverables/new",
        "standards/new",
    ):
        assert client(cast, "viewer").get(f"/en{plan_of}/{page}").status_code == 404
        assert client(cast, "focal").get(f"/en{plan_of}/{page}").status_code == 200
        assert client(cast, "focal").get(f"/zh{plan_of}/{page}").status_code == 200


def test_the_plan_says_how_alive_it_is_and_shows_both_clocks(cast: Cast, plan_of: str) -> None:
    text = client(cast, "focal").get(f"/en{plan_of}").text
    assert "Lively" in text
    assert "19 days since the last activity" in text
    assert "16:00" in text
    assert "09:00" in text


def test_an_activity_is_planned_held_and_shown(app: Flask, cast: Cast, plan_of: str) -> None:
    browser = client(cast, "focal")
    typed = {
        "kind": "training",
        "title_en": "Course",
        "zone_name": "Europe/Paris",
        "planned_from": "2027-02-20T09:00",
        "planned_to": "2027-02-20T11:00",
        "place": "Lyon",
    }
    wrong = browser.submit(f"/en{plan_of}/activities/new", {**typed, "planned_to": "2027-02-20T08:00"})
    assert wrong.status_code == 422
    assert "The end lies before the beginning" in wrong.text
    assert browser.submit(f"/en{plan_of}/activities/new", typed).status_code == 303
    made = one(app, Activity)
    page = f"/en{plan_of}/activities/{made}"
    assert "Course" in browser.get(page).text
    days = {"actual_from": "2027-02-20", "actual_to": "2027-02-20"}
    assert browser.submit(f"{page}/steps/hold", days).status_code == 303
    assert "Held" in browser.get(page).text
    late = browser.submit(f"{page}/steps/hold", days)
    assert late.status_code == 409


def test_a_file_is_handed_in_and_checked_by_somebody_else(app: Flask, cast: Cast, plan_of: str) -> None:
    browser = client(cast, "focal")
    with app.app_context():
        target = session.scalars(select(Activity)).first()
        assert target is not None
        typed = {"kind": "minutes", "dated_on": "2027-02-12", "visibility": "levels", "target": target.reference}
    content = (io.BytesIO(b"name,count\nLyon,4\n"), "people.csv")
    options = {"content_type": "multipart/form-data"}
    assert browser.submit(f"/en{plan_of}/evidence/new", {**typed, "file": content}, **options).status_code == 303
    page = f"/en{plan_of}/evidence/{one(app, Evidence)}"
    assert "Check this file" not in browser.get(page).text
    other = client(cast, "delegate")
    assert other.get(f"{page}/file").data == b"name,count\nLyon,4\n"
    assert other.submit(page, {"verdict": "rejected"}).status_code == 422
    assert other.submit(page, {"verdict": "accepted"}).status_code == 303
    assert "Evidence accepted" in other.get(page).text
    assert client(cast, "stranger").get(f"{page}/file").status_code == 404
    again = (io.BytesIO(b"name,count\nLyon,4\n"), "again.csv")
    sent = browser.submit(f"/en{plan_of}/evidence/new", {**typed, "file": again}, follow_redirects=True, **options)
    assert "The very same file is here already" in sent.text


def test_a_report_goes_to_the_counterpart_and_back(app: Flask, cast: Cast, plan_of: str) -> None:
    browser = client(cast, "focal")
    typed = {
        "kind": "annual",
        "period_from": "2026-03-01",
        "period_to": "2027-02-28",
        "promised_en": "Two",
        "done_en": "One",
    }
    assert browser.submit(f"/en{plan_of}/reports/new", typed).status_code == 303
    page = f"/en{plan_of}/reports/{one(app, Report)}"
    other = client(cast, "delegate")
    assert other.get(page).status_code == 404  # a draft
    assert browser.submit(f"{page}/steps/submit").status_code == 303
    assert other.submit(f"{page}/steps/dissent", {"reason": ""}).status_code in {409, 422}
    assert other.submit(f"{page}/steps/dissent", {"reason": "It was two."}).status_code == 303
    assert "It was two." in browser.get(page).text


def test_the_assessment_hides_the_other_sides_answer_on_every_page(app: Flask, cast: Cast, plan_of: str) -> None:
    browser, other = client(cast, "delegate"), client(cast, "focal")
    overview = browser.get(f"/en{plan_of}").text
    page = next(part for part in overview.split('"') if "/plan/assessments/" in part and not part.endswith("/new"))
    answers = {str(principle): "4" for principle in Principle}
    reasons = {f"{principle}_reason_en": MARKER for principle in Principle}
    incomplete = browser.submit(page, answers)
    assert incomplete.status_code == 422
    assert browser.submit(page, {**answers, **reasons}).status_code == 303
    assert MARKER in browser.get(page).text
    for who in ("focal", "viewer", "agenda"):
        for address in (f"/en{plan_of}", page, f"/zh{plan_of}", page.replace("/en/", "/zh/")):
            assert MARKER not in client(cast, who).get(address).text
    assert other.submit(page, {**answers, **reasons, "data": "1"}).status_code == 303
    text = other.get(page).text
    assert MARKER in text
    assert "4 on the Chinese side, 1 on the foreign side" in text
    with app.app_context():
        assert len(session.scalars(select(AssessmentAnswer)).all()) == 2


def test_the_hand_over_page_opens_in_the_readers_language_and_keeps_the_note(cast: Cast, plan_of: str) -> None:
    browser = client(cast, "focal")
    assert browser.get("/zh/desk/partnerships/handover").status_code == 200
    assert browser.submit("/en/desk/partnerships/handover", {"note_en": ""}).status_code == 422
    assert browser.submit("/en/desk/partnerships/handover", {"note_en": "Call on Mondays."}).status_code == 303
    assert "Call on Mondays." in browser.get("/en/desk/partnerships/handover").text
    assert client(cast, "viewer").get("/en/desk/partnerships/handover").status_code == 404


def test_the_plan_asks_a_bounded_number_of_statements(app: Flask, cast: Cast, plan_of: str, clock: FixedClock) -> None:
    browser = client(cast, "focal")
    counts = []
    for _ in range(2):
        with app.app_context():
            browser.get(f"/en{plan_of}")
            with counted_statements() as seen:
                assert browser.get(f"/en{plan_of}").status_code == 200
            counts.append(len(seen))
            begin_writing()
            pair = Pair(cast, 1)
            for number in range(15):
                activities.plan(
                    pair.partnership,
                    plan(planned_from=plan().planned_from + timedelta(minutes=number)),
                    **pair.as_("delegate"),  # type: ignore[arg-type]
                )
                accepted(pair, content=f"a,b\n1,{number}\n")
            session.commit()
    assert counts[1] <= counts[0] + 2


def test_a_deliverable_is_planned_delivered_by_its_owner_and_a_standard_is_named(
    app: Flask, cast: Cast, plan_of: str
) -> None:
    browser, other = client(cast, "focal"), client(cast, "delegate")
    typed = {"kind": "comparison", "title_en": "Table", "owner": "foreign", "due_on": "2027-09-01"}
    wrong = browser.submit(f"/en{plan_of}/deliverables/new", {**typed, "iso_stage": "41.00"})
    assert wrong.status_code == 422
    assert "no ISO stage code" in wrong.text
    assert browser.submit(f"/en{plan_of}/deliverables/new", {**typed, "iso_stage": "40.20"}).status_code == 303
    steps = f"/en{plan_of}/deliverables/{one(app, Deliverable)}/steps"
    assert other.submit(f"{steps}/deliver").status_code == 409
    assert browser.submit(f"{steps}/deliver").status_code == 303
    assert other.submit(f"{steps}/accept").status_code == 303
    assert browser.submit(f"/en{plan_of}/standards/new", {"standard": "gb/t36749—2018"}).status_code == 303
    assert "GB/T 36749-2018" in other.get(f"/en{plan_of}").text


@pytest.mark.parametrize("version", ["", "nonsense", "9" * 30, "٣"])
def test_a_version_that_no_page_showed_changes_nothing(app: Flask, cast: Cast, plan_of: str, version: str) -> None:
    activity = one(app, Activity)
    refused = client(cast, "focal").submit(
        f"/en{plan_of}/activities/{activity}/steps/cancel", {"version": version, "reason": "No room"}
    )
    assert refused.status_code == 409
    assert "No room" in refused.text
    taken = client(cast, "focal").submit(f"/en{plan_of}/activities/{activity}/steps/cancel", {"reason": "No room"})
    assert taken.status_code == 303


def test_the_hand_over_page_is_offered_to_those_who_hand_over(cast: Cast, plan_of: str) -> None:
    for who, offered in (("delegate", True), ("focal", True), ("registration", False), ("viewer", False)):
        text = client(cast, who).get(f"/en{plan_of}").text
        assert ('href="/en/desk/partnerships/handover"' in text) is offered, who
