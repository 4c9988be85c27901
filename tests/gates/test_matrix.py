"""Every route, every role, every side: exactly what the reviewed table says, and nobody else gets in."""

from __future__ import annotations

from datetime import datetime
from unittest.mock import patch

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from forum.offices.models import Office
from forum.places.models import City
from forum.web.policy import PUBLIC, Pages, Policy, seal_policies
from tests.conftest import FixedClock
from tests.gates.matrix import UNSAFE, Row, answers, reviewed, room_of, rows, token_of
from tests.gates.partnering import OFFICERS
from tests.gates.standing import OFFICES, POSTS, ROOMS_OF_LANGUAGES, ROOMS_OF_STANDARDS, post_of
from tests.gates.world import ROLES, ROOMS_OF_FORUMS, World

pytestmark = [pytest.mark.once, pytest.mark.timeout(240)]

# Nobody is signed in behind these: the secret of the address is the key, and nothing can be changed with it alone.
WITHOUT_TOKEN: frozenset[str] = frozenset()
# What whoever holds any office may open.
OF_EVERY_OFFICE = frozenset({"reminders.mine"})


def test_every_route_is_in_the_table_and_every_row_has_a_route(app: Flask, world: World) -> None:
    assert {row for row, _rule in rows(app, world)} == set(reviewed()), "run python -m tests.gates.matrix"


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_exactly_what_the_table_says(app: Flask, world: World, role: str) -> None:
    table = reviewed()
    got = answers(app, world, role)
    wrong = {row: (word, table[row][role]) for row, word in got.items() if table.get(row, {}).get(role) != word}
    assert not wrong, f"{role}: row → (got, reviewed)"


def test_the_table_lets_nobody_reach_across_forums() -> None:
    reached = [
        (row, role)
        for row, words in reviewed().items()
        for role, word in words.items()
        if row[2] == "crossed" and word == "yes" and row[0] != "agenda.star"  # taking off a star that isn't there
    ]
    assert reached == []


def test_the_table_lets_no_neighbour_work_on_this_forum() -> None:
    table = reviewed()
    reached = [row for row, words in table.items() if words["neighbour"] == "yes" and words["stranger"] != "yes"]
    # Rows of cities and partnerships belong to no forum; the neighbour is the liaison of another city.
    of_forums = [row for row in reached if row[0].partition(".")[0] in {"events", "agenda", "registration"}]
    assert all(row[2] == "other" for row in of_forums)
    assert reached, "and yet a neighbour works on the forum elsewhere"


def test_the_table_lets_nobody_into_the_review_of_another_province() -> None:
    strangers = {
        "province": ("other_province", "other_province_lead", "municipality", "municipal_lead", "other_expert"),
        "elsewhere": ("province", "province_lead", "city_fa", "province_fa", "expert", "delegate", "registration"),
    }
    theirs = {"province": ("province", "province_lead", "city_fa", "expert"), "elsewhere": ("municipality",)}
    for side, roles in strangers.items():
        of_cases = [
            (row, words)
            for row, words in reviewed().items()
            if row[2] == side and row[0].partition(".")[0] in {"partnerships", "cooperation"}
        ]
        assert [(row, role) for row, words in of_cases for role in (*roles, "focal") if words[role] == "yes"] == []
        assert all(any(words[role] == "yes" for _row, words in of_cases) for role in theirs[side])


def test_the_table_lets_a_city_alone_write_in_its_profile_and_its_plan() -> None:
    writers = {"own": {"focal", "counterpart_lead"}, "elsewhere": {"municipal_lead"}}
    for (endpoint, method, side), words in reviewed().items():
        if endpoint.startswith("cities.") and method == "POST" and side in writers:
            assert {role for role, word in words.items() if word == "yes"} <= writers[side] | {"admin"}, endpoint
        if endpoint.startswith("cooperation.new_") and side == "own":
            writing = {role for role, word in words.items() if word == "yes"}
            assert writing == {"delegate", "door", "neighbour", "registration", "focal", "counterpart_lead"}, endpoint


@pytest.mark.slow
def test_all_offices_together_open_nothing_in_a_forum(app: Flask, world: World, clock: FixedClock) -> None:
    with app.app_context():
        begin_writing()
        for role, place in dict.fromkeys(OFFICERS.values()):
            office = Office(account_id=world.cast.accounts["stranger"], role=role, starts_on=clock().date())
            if place.isdecimal():
                office.province_code = place
            elif place:
                office.city_id = session.query(City).filter_by(name_en=place).one().id
            session.add(office)
        session.commit()
        session.remove()
    got = answers(app, world, "stranger", ROOMS_OF_FORUMS)
    table = reviewed()
    assert {row: word for row, word in got.items() if table[row]["stranger"] != word} == {}
    assert len(got) > 100


@pytest.mark.slow
def test_all_offices_and_posts_of_standards_together_open_nothing_elsewhere(
    app: Flask, world: World, clock: FixedClock
) -> None:
    with app.app_context():
        begin_writing()
        holder = world.cast.accounts["stranger"]
        for office in OFFICES.values():
            session.add(Office(account_id=holder, role=office, starts_on=clock().date()))
        for role, reference in set(POSTS.values()):
            session.add(post_of(holder, role, reference, clock()))
        session.commit()
        session.remove()
    elsewhere = frozenset(room_of(row) for row, _rule in rows(app, world)) - ROOMS_OF_STANDARDS - ROOMS_OF_LANGUAGES
    got = answers(app, world, "stranger", elsewhere)
    table = reviewed()
    opened = {row[0] for row, word in got.items() if table[row]["stranger"] != word}
    assert opened <= OF_EVERY_OFFICE
    assert len(got) > 500


def test_a_post_that_has_ended_opens_no_more_than_an_account(app: Flask, world: World) -> None:
    differing = [
        row
        for row, words in reviewed().items()
        if room_of(row) in ROOMS_OF_STANDARDS and words["former_secretary"] != words["stranger"]
    ]
    assert differing == []


def test_the_table_lets_no_other_mirror_committee_into_the_work_of_this_one() -> None:
    table = reviewed()
    inside = [
        (row, words)
        for row, words in table.items()
        if room_of(row) in {"ballots", "comments", "experts"} and row[2] == "own" and words["secretary"] == "yes"
        if (row[0], row[1], "other") in table  # what belongs to somebody
    ]
    reached = [row for row, words in inside if words["stranger"] != "yes" and words["other_secretary"] == "yes"]
    assert reached == []
    assert len([row for row, words in inside if words["stranger"] != "yes"]) > 10


def test_the_table_has_no_fault() -> None:
    assert [row for row, words in reviewed().items() if any("fault" in word for word in words.values())] == []


@pytest.mark.parametrize("endpoint", ["accounts.people", "registration.person"])
def test_a_policy_that_is_dropped_is_noticed(app: Flask, world: World, endpoint: str) -> None:
    everybody = Policy("everybody", lambda _who, _args: True, public=True)
    view = app.view_functions[endpoint]
    with patch.object(view, "policy", everybody):
        got = _answers_of(app, world, "stranger", endpoint)
    table = reviewed()
    assert any(table[row]["stranger"] != word for row, word in got.items())


def _answers_of(app: Flask, world: World, role: str, endpoint: str) -> dict[Row, str]:
    asked = [each for each in rows(app, world) if each[0][0] == endpoint]
    with patch("tests.gates.matrix.rows", lambda *_: asked):
        return answers(app, world, role)


def test_a_route_without_a_policy_does_not_start() -> None:
    app = Flask("mutant")
    app.add_url_rule("/secret", "secret", lambda: "secret")
    vars(app.view_functions["static"])["policy"] = PUBLIC
    with pytest.raises(RuntimeError, match="secret"):
        seal_policies(app)


def test_a_view_cannot_have_two_policies() -> None:
    pages = Pages("mutant", __name__)
    other = Policy("other", lambda _who, _args: True)

    def view() -> str:
        return ""

    pages.page("/one", policy=PUBLIC)(view)
    with pytest.raises(RuntimeError, match="two policies"):
        pages.page("/two", policy=other)(view)


def test_no_unsafe_route_does_anything_without_the_form_token(app: Flask, world: World, clock: FixedClock) -> None:
    commits: list[datetime] = []
    table, checked = reviewed(), 0
    with patch.object(session, "commit", lambda: commits.append(clock())):
        for row, rule in rows(app, world):
            endpoint, method, side = row
            if method not in UNSAFE or endpoint in WITHOUT_TOKEN:
                continue
            role = next((role for role in reversed(ROLES) if table[row][role] == "yes"), None)
            if role is None:
                continue
            client = world.client(role)
            token_of(client)
            answer = client.open(world.address(rule, side), method=method, data=world.body(rule, side))
            assert answer.status_code in {400, 409, 422}, f"{row} as {role} answers {answer.status_code}"
            checked += 1
    assert commits == []
    assert checked >= 25


def test_a_foreign_form_token_is_no_token(app: Flask, world: World) -> None:
    mine, theirs = world.client("stranger"), world.client("delegate")
    token_of(mine)
    answer = mine.post("/en/sign-out", data={"csrf_token": token_of(theirs)})
    assert answer.status_code == 400
