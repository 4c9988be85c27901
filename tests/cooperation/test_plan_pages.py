"""The pages on which a side notes what came of an activity, sets milestones, and ties standards and sessions."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.cooperation.models import (
    Activity,
    CompletionRule,
    Deliverable,
    Evidence,
    Milestone,
    Outcome,
    SessionLink,
    StandardLink,
)
from forum.cooperation.states import ActivityState
from forum.core.database import begin_writing, session
from forum.events.models import Forum, ForumState
from forum.partnerships.models import Side
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, held, in_force, planned
from tests.cooperation.test_activities import another
from tests.furnishing import Said, add_session, release


@pytest.fixture
def plan_of(app: Flask, cast: Cast) -> str:
    """The address of the plan, without the language, with an activity that was held and one that is planned."""
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        accepted(pair, target=held(pair).reference)
        planned(pair)
        address = f"/desk/partnerships/{pair.version.public_id}/plan"
        session.commit()
    return address


def activity(app: Flask, state: ActivityState) -> str:
    with app.app_context():
        return session.scalars(select(Activity.public_id).where(Activity.state == state)).one()


def test_each_side_counts_its_own_people_by_role(app: Flask, cast: Cast, plan_of: str) -> None:
    key = activity(app, ActivityState.HELD)
    page = f"/en{plan_of}/activities/{key}"
    wrong = cast.client("focal").submit(f"{page}/participants", {"expert": "2", "expert_women": "3"})
    assert wrong.status_code == 422
    assert cast.client("focal").submit(f"{page}/participants", {"expert": "4", "expert_women": "2"}).status_code == 303
    assert cast.client("delegate").submit(f"{page}/participants", {"official": "3"}).status_code == 303
    text = cast.client("viewer").get(page).text
    assert "4, of them 2 women" in text
    assert "3, of them 0 women" in text
    again = cast.client("focal").get(f"{page}/participants").text
    assert 'value="4"' in again
    with app.app_context():
        rows = session.scalars(select(Activity).filter_by(public_id=key)).one().participants
        assert {row.side: sum(one.number for one in rows if one.side is row.side) for row in rows} == {
            Side.DOMESTIC: 3,
            Side.FOREIGN: 4,
        }


def test_each_side_notes_its_money_and_its_mark(app: Flask, cast: Cast, plan_of: str) -> None:
    page = f"/en{plan_of}/activities/{activity(app, ActivityState.HELD)}"
    client = cast.client("focal")
    money = {"stage": "actual", "amount": "1,200.50", "currency": "eur"}
    assert client.submit(f"{page}/budget", {**money, "currency": "xx"}).status_code == 422
    assert client.submit(f"{page}/budget", {**money, "rate": "7.8"}).status_code == 422
    assert client.submit(f"{page}/budget", money).status_code == 303
    assert client.submit(f"{page}/satisfaction", {"mark": "6"}).status_code == 422
    assert client.submit(f"{page}/satisfaction", {"mark": "4", "remark": "More time for questions."}).status_code == 303
    text = cast.client("delegate").get(page).text
    for words in ("1200.50", "EUR", "4 of 5", "More time for questions."):
        assert words in text
    early = f"/en{plan_of}/activities/{activity(app, ActivityState.PLANNED)}"
    assert "How satisfied your side is" not in client.get(early).text
    assert client.submit(f"{early}/satisfaction", {"mark": "4"}).status_code == 409


def test_those_who_review_note_nothing(app: Flask, cast: Cast, plan_of: str) -> None:
    key = activity(app, ActivityState.HELD)
    for way in ("participants", "budget", "satisfaction"):
        assert cast.client("viewer").get(f"/en{plan_of}/activities/{key}/{way}").status_code == 404
    for way in ("indicators/new", "sessions/new", "milestones/new"):
        assert cast.client("viewer").get(f"/en{plan_of}/{way}").status_code == 404


def test_what_becomes_of_an_activity_is_decided_with_the_arrangement_that_takes_it_over(
    app: Flask, cast: Cast, plan_of: str
) -> None:
    with app.app_context():
        begin_writing()
        there = another(Pair(cast, 1))
        number, key = there.number, there.public_id
        session.commit()
    page = f"/en{plan_of}/activities/{activity(app, ActivityState.PLANNED)}"
    assert number in cast.client("focal").get(f"{page}/decision").text
    refused = cast.client("focal").submit(f"{page}/decision", {"decision": "transfer", "there": ""})
    assert refused.status_code == 422
    assert "Name the arrangement" in refused.text
    assert cast.client("protocol").submit(f"{page}/decision", {"decision": "transfer", "there": key}).status_code == 303
    assert number in cast.client("focal").get(page).text
    assert cast.client("viewer").get(f"{page}/decision").status_code == 404


@pytest.mark.parametrize("rule", list(CompletionRule))
def test_a_milestone_is_set_with_each_rule_and_changed(
    app: Flask, cast: Cast, plan_of: str, rule: CompletionRule
) -> None:
    client = cast.client("delegate")
    made = {"kind": "comparison", "title_en": "Table", "owner": "foreign", "due_on": "2027-09-01"}
    assert client.submit(f"/en{plan_of}/deliverables/new", made).status_code == 303
    with app.app_context():
        held_one = session.scalars(select(Activity.id).where(Activity.state == ActivityState.HELD)).one()
        table = session.scalars(select(Deliverable)).one()
        output, output_id = table.public_id, table.id
    typed = {
        "title_en": "Half way",
        "due_on": "2027-09-01",
        "weight": "2",
        "rule": str(rule),
        "needed": "2",
        "evidence_kind": "minutes",
        "activity": str(held_one),
        "deliverable": str(output_id),
        "deliverable_state": "delivered",
    }
    nothing = client.submit(
        f"/en{plan_of}/milestones/new", {"title_en": "A", "due_on": "2027-09-01", "rule": str(rule)}
    )
    assert nothing.status_code == 422
    assert client.submit(f"/en{plan_of}/milestones/new", typed).status_code == 303
    with app.app_context():
        row = session.scalars(select(Milestone)).one()
        key, conditions = row.public_id, len(row.conditions)
        assert (row.rule, row.needed) == (rule, 2 if rule is CompletionRule.AT_LEAST else 1)
    assert conditions == 3
    text = client.get(f"/en{plan_of}").text
    assert ("Not yet done" in text) is (rule is not CompletionRule.ANY)  # the activity was held
    change = f"/en{plan_of}/milestones/{key}/change"
    shown = client.get(change).text
    assert "Half way" in shown
    assert f'<option selected value="{held_one}">' in shown
    assert client.submit(change, {**typed, "version": "9"}).status_code == 409
    only = {**typed, "evidence_kind": "", "deliverable": "", "rule": "all"}
    assert client.submit(change, only).status_code == 303
    assert "100% done, by weight" in client.get(f"/en{plan_of}").text
    words = {**made, "title_en": "Whole table", "iso_stage": "40.20"}
    assert client.submit(f"/en{plan_of}/deliverables/{output}/change", words).status_code == 303
    assert "Whole table" in client.get(f"/en{plan_of}").text


def test_an_indicator_is_set_and_its_value_rests_on_accepted_evidence(app: Flask, cast: Cast, plan_of: str) -> None:
    client = cast.client("focal")
    typed = {
        "indicator_en": "Green roofs",
        "unit_en": "ha",
        "baseline": "12.5",
        "baseline_year": "2026",
        "source_en": "Yearbook",
        "target": "20",
        "target_year": "2030",
    }
    assert client.submit(f"/en{plan_of}/indicators/new", {**typed, "source_en": ""}).status_code == 422
    assert client.submit(f"/en{plan_of}/indicators/new", typed).status_code == 303
    with app.app_context():
        key = session.scalars(select(Outcome.public_id)).one()
        file = session.scalars(select(Evidence.public_id)).one()
    value = f"/en{plan_of}/indicators/{key}/values/new"
    assert client.submit(value, {"year": "2027", "value": "14", "evidence": "none"}).status_code == 422
    assert client.submit(value, {"year": "2027", "value": "14", "evidence": file}).status_code == 303
    assert "2027: 14" in client.get(f"/en{plan_of}").text
    assert client.submit(value, {"year": "2027", "value": "15", "evidence": file}).status_code == 409


def test_a_session_that_everybody_may_see_is_linked_and_taken_away(app: Flask, cast: Cast, plan_of: str) -> None:
    with app.app_context():
        begin_writing()
        forum = session.get_one(Forum, cast.forum_id)
        forum.state = ForumState.OPEN
        add_session(forum, Said(("Signing", "签约")), None, datetime.combine(forum.first_day, time(9)), 60)
        release(forum, START)
        hidden = AgendaSession(forum_id=forum.id, title_en="Hidden", title_zh="未公开")
        session.add(hidden)
        session.flush()
        secret, key = (
            hidden.public_id,
            session.scalars(select(AgendaSession.public_id).filter_by(title_en="Signing")).one(),
        )
        session.commit()
    client, page = cast.client("focal"), f"/en{plan_of}/sessions/new"
    assert "Hidden" not in client.get(page).text
    assert client.submit(page, {"tie": "signing", "session": secret}).status_code == 422
    assert client.submit(page, {"tie": "signing", "session": key}).status_code == 303
    assert client.submit(page, {"tie": "signing", "session": key}).status_code == 409
    assert client.submit(f"/en{plan_of}/standards/new", {"standard": "ISO 37101:2016"}).status_code == 303
    for model in (SessionLink, StandardLink):
        with app.app_context():
            link = session.scalars(select(model.public_id)).one()
        remove = f"/en{plan_of}/links/{link}/remove"
        assert cast.client("viewer").submit(remove, page=f"/en{plan_of}/publication").status_code == 404
        assert client.submit(remove, page=f"/en{plan_of}").status_code == 303
        assert client.submit(remove, page=f"/en{plan_of}").status_code == 404
    assert "ISO 37101:2016" not in client.get(f"/en{plan_of}").text


def test_the_plan_says_when_the_renewal_may_be_opened(app: Flask, cast: Cast, plan_of: str) -> None:
    assert "The renewal may be opened from" in cast.client("focal").get(f"/en{plan_of}").text
    with app.app_context():
        begin_writing()
        found = session.scalars(select(Activity)).first()
        assert found is not None
        found.partnership.versions[0].ends_on = date(2027, 6, 30)
        session.commit()
    text = cast.client("focal").get(f"/en{plan_of}").text
    assert "The renewal may be opened now." in text
    assert "Go to the steps of the case" in text
