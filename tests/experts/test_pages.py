"""The desk of experts: who reads what, the way of a nomination through its pages, and what is forgotten."""

from __future__ import annotations

import html
import json
from datetime import timedelta

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select

from forum.committees.models import Committee, Post
from forum.committees.neighbours import PagePart
from forum.core.database import begin_writing, session
from forum.experts import own_data
from forum.experts.models import ExpertProfile, Nomination
from forum.experts.neighbours import neighbours
from forum.experts.views import committee_part
from forum.people.models import Person
from forum.registration.models import Participation
from forum.registration.states import ParticipationState
from forum.web.viewer import NOBODY
from tests.adoptions.shelf import standard
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.experts import scene
from tests.experts.panel import Panel, furnish_panel
from tests.statements import counted_statements

DESK = "/en/desk/experts"


@pytest.fixture
def panel(app: Flask, cast: Cast, clock: FixedClock) -> Panel:
    """An expert with an account who is registered, and one of the university who is proposed."""
    with app.app_context():
        begin_writing()
        made = furnish_panel(cast)
        made.moved(made.nominated(made.own_expert(clock()), clock()), clock())
        other = made.expert(clock(), "Wei Ning", "university")
        made.nominated(other, clock(), who="other_focal", interests="Marker of interests")
        session.commit()
        session.remove()
    return made


def ids(app: Flask, name: str) -> tuple[str, str]:
    """The addresses of an expert and of their nomination."""
    with app.app_context():
        row = session.scalars(
            select(Nomination).join(ExpertProfile).where(ExpertProfile.__table__.c.name_en == name)
        ).one()
        found = row.expert.public_id, row.public_id
        session.remove()
    return found


def proposal(panel: Panel, **more: str) -> dict[str, str]:
    base = {"national": str(panel.shelf.committees["tc567"]), "role": "expert", "capacity": "personal"}
    base |= {"committee": "ISO/TC268", "project": "", "starts_on": "2027-03-01", "ends_on": "", "qualification": ""}
    return base | {"interests": "none", "evidence": "", "replaces": ""} | more


@pytest.mark.parametrize(
    ("who", "desk", "institute", "university"),
    [
        (None, 303, 303, 303),
        ("stranger", 404, 404, 404),
        ("protocol", 200, 404, 404),
        ("focal", 200, 200, 404),
        ("other_focal", 200, 404, 200),
        ("delegate", 200, 200, 404),
        ("agenda", 200, 200, 200),
        ("door", 200, 200, 200),
        ("registration", 200, 200, 200),
        ("viewer", 200, 200, 200),
        ("organiser", 200, 200, 200),
        ("admin", 200, 200, 200),
    ],
)
def test_everybody_reads_their_own_part(
    cast: Cast, app: Flask, panel: Panel, who: str | None, desk: int, institute: int, university: int
) -> None:
    client = cast.client(who)
    for path in ("", "/where", "/where?by=person", "/people"):
        for language in ("en", "zh"):
            assert client.get(f"/{language}/desk/experts{path}").status_code == desk, path
    for name, status in (("Delegate", institute), ("Wei Ning", university)):
        expert, nomination = ids(app, name)
        assert client.get(f"{DESK}/{expert}").status_code == status
        assert client.get(f"/zh/desk/nominations/{nomination}").status_code == status
    if desk == 200:
        everything = client.get(DESK).text + client.get(f"{DESK}/people").text + client.get(f"{DESK}/where").text
        assert ("Wei Ning" in everything) == (university == 200)


@pytest.mark.parametrize("who", ["viewer", "registration", "protocol", "focal", "stranger"])
def test_those_who_only_read_change_nothing(cast: Cast, app: Flask, panel: Panel, who: str) -> None:
    expert, nomination = ids(app, "Wei Ning")
    client = cast.client(who)
    assert client.get(f"{DESK}/{expert}/change").status_code == 404
    assert client.post(f"/en/desk/nominations/{nomination}/steps/endorse").status_code in {400, 404, 409, 422}
    with app.app_context():
        state = session.scalars(select(Nomination.state).where(Nomination.public_id == nomination)).one()
        assert str(state) == "proposed"
        session.remove()


def test_a_nomination_is_made_and_decided_on_its_pages(cast: Cast, app: Flask, panel: Panel) -> None:
    expert, _ = ids(app, "Delegate")
    own, contact, chair = cast.client("delegate"), cast.client("focal"), cast.client("door")
    address = f"{DESK}/{expert}/nominate"
    unknown = own.submit(address, proposal(panel, committee="ISO/TC 9999"))
    assert unknown.status_code == 422
    assert "No committee is called" in html.unescape(unknown.text)
    assert own.submit(address, proposal(panel)).status_code == 409  # registered there already
    made = own.submit(address, proposal(panel, committee="ISO/TC268/SC1"))
    assert made.status_code == 303
    page = made.location
    assert "Endorse" not in own.get(page).text
    assert "Withdraw" in own.get(page).text
    assert "Waiting for you" in contact.get(DESK).text
    assert page.removeprefix("/en/desk/") in contact.get(DESK).text
    assert contact.submit(f"{page}/steps/endorse").status_code == 303
    assert chair.submit(f"{page}/steps/endorse").status_code == 409
    assert chair.submit(f"{page}/steps/approve").status_code == 303
    office, submission = cast.client("organiser"), cast.client("registration")
    assert office.submit(f"{page}/steps/confirm").status_code == 303
    assert submission.submit(f"{page}/steps/submit", {"evidence": ""}).status_code == 422
    assert submission.submit(f"{page}/steps/submit", {"evidence": "Receipt 7"}).status_code == 303
    assert submission.submit(f"{page}/steps/register", {"evidence": "Directory"}).status_code == 303
    assert chair.submit(f"{page}/steps/end", {"reason": ""}).status_code == 422
    assert chair.submit(f"{page}/steps/end", {"reason": "Moved on."}).status_code == 303
    assert "Moved on." in own.get(page).text
    assert chair.get(f"{page}/steps/dance").status_code == 404
    chinese = own.get(page.replace("/en/", "/zh/")).text
    assert "unit_endorsed" not in chinese


def test_a_project_is_found_in_any_spelling(cast: Cast, app: Flask, panel: Panel) -> None:
    with app.app_context():
        begin_writing()
        standard("ISO/DIS 37100", "40.20")
        session.commit()
        session.remove()
    expert, _ = ids(app, "Delegate")
    address = f"{DESK}/{expert}/nominate"
    both = cast.client("agenda").submit(address, proposal(panel, project="iso/dis 37100"))
    assert both.status_code == 422
    one = proposal(panel, committee="", project="iso/dis　37100", role="project_leader")
    assert cast.client("agenda").submit(address, one).status_code == 303


def test_a_profile_is_entered_by_oneself_and_by_those_who_answer(cast: Cast, app: Flask, panel: Panel) -> None:
    new, tc567 = f"{DESK}/new", str(panel.shelf.committees["tc567"])
    typed = {"email": "", "name_en": "Hua Qing", "name_zh": "花清", "unit": "Institute of Test Standards"}
    typed |= {"unit_en": "", "unit_zh": "", "city": "", "entered_for": tc567, "qualification": ""}
    contact = cast.client("focal")
    assert contact.submit(new, typed | {"unit": "University of Tests"}).status_code == 422
    assert contact.submit(new, typed | {"unit": "Nowhere"}).status_code == 422
    assert contact.submit(new, typed | {"name_en": "", "name_zh": ""}).status_code == 422
    made = contact.submit(new, typed)
    assert made.status_code == 303
    assert "Hua Qing" in contact.get(made.location).text
    assert "Not shown publicly" in contact.get(made.location).text
    change = f"{made.location}/change"
    assert contact.submit(change, typed | {"city": "Hangzhou", "consent": "y"}).status_code == 303
    assert "Hangzhou" in contact.get(made.location).text
    assert contact.submit(change, typed | {"version": "1"}).status_code == 409
    assert cast.client("viewer").get(new).status_code == 404
    assert cast.client("delegate").submit(new, typed).status_code == 404  # a member enters nobody else


@pytest.mark.parametrize("nasty", ["%", "<script>alert(1)</script>", "\0", "x" * 20000, "９" * 20])
def test_whatever_is_typed_is_answered_with_a_sentence(cast: Cast, app: Flask, panel: Panel, nasty: str) -> None:
    expert, _ = ids(app, "Wei Ning")
    client = cast.client("agenda")
    for name in proposal(panel):
        answer = client.submit(f"{DESK}/{expert}/nominate", proposal(panel, **{name: nasty}))
        assert answer.status_code in {303, 400, 409, 422}, name
        assert "<script>alert" not in answer.text
    for name in ("q", "state", "committee", "page", "by"):
        for path in ("", "/where", "/people"):
            assert client.get(f"{DESK}{path}", query_string={name: nasty}).status_code == 200


def test_a_long_list_costs_no_more_statements(cast: Cast, app: Flask, panel: Panel, clock: FixedClock) -> None:
    def asked(path: str) -> int:
        with app.app_context(), counted_statements() as seen:
            assert cast.client("agenda").get(f"{DESK}{path}").status_code == 200
        return len(seen)

    paths = ("", "/where", "/people")
    before = [asked(path) for path in paths]
    with app.app_context():
        begin_writing()
        made = panel
        for number in range(12):
            row = made.nominated(
                made.expert(clock(), f"Expert {number}"), clock(), ends_on=clock().date() + timedelta(30)
            )
            made.moved(row, clock(), "register" if number % 2 else "endorse")
        session.commit()
        session.remove()
    assert [asked(path) for path in paths] == before


def test_forums_are_shown_to_the_expert_and_to_those_who_work_for_them(
    cast: Cast, app: Flask, panel: Panel, clock: FixedClock
) -> None:
    with app.app_context():
        begin_writing()
        person = Person(given_latin="Dele", family_latin="Gate", account_id=cast.accounts["delegate"])
        session.add(person)
        session.flush()
        session.add(
            Participation(
                forum_id=cast.forum_id,
                person_id=person.id,
                category_id=cast.categories["EXPERT"],
                number=1,
                state=ParticipationState.APPROVED,
                state_since=clock(),
            )
        )
        session.commit()
        session.remove()
    expert, _ = ids(app, "Delegate")
    address = f"{DESK}/{expert}"
    assert "Hangzhou Forum" in cast.client("delegate").get(address).text
    assert "Hangzhou Forum" in cast.client("organiser").get(address).text  # an organiser of that forum as well
    assert "Hangzhou Forum" not in cast.client("focal").get(address).text


def test_the_page_of_a_committee_names_those_who_agreed(app: Flask, panel: Panel, clock: FixedClock) -> None:
    with app.test_request_context("/en/"):
        found = {row.reference: row for row in session.scalars(select(Committee))}
        for reference in ("ISO/TC 268", "SAC/TC 567"):
            part = committee_part(found[reference], NOBODY, clock())
            assert part is not None
            page = render_template_string("{% include part.template %}", part=part)
            assert "Delegate" in page
            assert "Institute of Test Standards" in page
            assert "Wei Ning" not in page
            assert "forum.test" not in page
            assert "Marker" not in page
        assert committee_part(found["ISO/TC 268/SC 1"], NOBODY, clock()) is None
        session.remove()


def test_a_post_that_ended_yesterday_opens_no_page_today(
    cast: Cast, app: Flask, panel: Panel, clock: FixedClock
) -> None:
    assert cast.client("agenda").get(DESK).status_code == 200
    with app.app_context():
        begin_writing()
        post = session.scalars(select(Post).where(Post.account_id == cast.accounts["agenda"])).one()
        post.ends_on = clock().date() - timedelta(days=1)
        session.commit()
        session.remove()
    assert cast.client("agenda").get(DESK).status_code == 404


def test_the_scene_holds_a_side_of_ones_own_and_another(
    cast: Cast, app: Flask, panel: Panel, clock: FixedClock
) -> None:
    with app.app_context():
        begin_writing()
        sides = scene.furnish(cast, clock())
        session.commit()
        session.remove()
    for who, own, other in (("agenda", 200, 404), ("protocol", 404, 200), ("organiser", 200, 200)):
        for side, status in (("own", own), ("other", other)):
            known = sides[side]
            assert cast.client(who).get(f"{DESK}/{known['expert_id']}").status_code == status
            assert cast.client(who).get(f"/en/desk/nominations/{known['nomination_id']}").status_code == status


def test_ones_own_data_are_shown_and_forgotten(cast: Cast, app: Flask, panel: Panel, clock: FixedClock) -> None:
    own = cast.client("delegate")
    for language, words in (("en", "Marker of the qualification"), ("zh", "Marker of the qualification")):
        assert words in own.get(f"/{language}/account/data").text
    assert json.loads(own.get("/en/account/data.json").text)
    expert, nomination = ids(app, "Delegate")
    with app.app_context():
        begin_writing()
        own_data.erase_for(cast.accounts["delegate"], clock())
        session.commit()
        row = session.scalars(select(ExpertProfile).where(ExpertProfile.public_id == expert)).one()
        assert (row.name_en, row.qualification, row.account_id, row.consented_on) == ("", "", None, None)
        closed = session.scalars(select(Nomination).where(Nomination.public_id == nomination)).one()
        assert (str(closed.state), closed.interests, closed.evidence) == ("ended", "", "")
        session.remove()
    page = cast.client("agenda").get(f"/en/desk/nominations/{nomination}").text
    assert "Name removed" in page
    assert "Marker" not in page


def test_a_room_above_adds_its_part_to_the_page_of_an_expert(cast: Cast, app: Flask, panel: Panel) -> None:
    expert, _ = ids(app, "Delegate")
    address = f"{DESK}/{expert}"
    assert "Registered experts" not in cast.client("agenda").get(address).text
    neighbours.parts[10] = lambda *_: PagePart("experts/committee_part.html", {"found": [], "roles": {}, "national": 0})
    try:
        assert "Registered experts" in cast.client("agenda").get(address).text
    finally:
        del neighbours.parts[10]
