"""The numbers beside the navigation: what waits, for those who see it, and nothing where nothing waits."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from forum.events.models import Forum, ForumState
from forum.registration.states import DelegationState
from tests.cast import Cast
from tests.registration.people import category, delegation, straight, submitted
from tests.registration.test_moving import limited

HERE = "/en/forums/hangzhou-test/desk"


def numbers(html: str) -> dict[str, int]:
    """Return the numbers of the navigation by what they count."""
    found = re.findall(r'<span class="count">(\d+)<span class="unseen"> ([^<]+)</span>', html)
    return {words: int(number) for number, words in found}


@pytest.fixture
def some_wait(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        limited(straight(cast), 0)
        submitted(cast, straight(cast), 1)
        submitted(cast, category(cast), 2)
        submitted(cast, category(cast), 3)
        session.commit()


@pytest.mark.usefixtures("some_wait")
def test_the_registration_desk_sees_what_waits_on_every_page(cast: Cast) -> None:
    for page in ("/", "/participations", "/categories"):
        shown = numbers(cast.client("registration").get(HERE + page).text)
        assert shown == {"to be decided": 2, "on waiting lists": 1}


@pytest.mark.usefixtures("some_wait")
def test_the_agenda_editor_sees_no_numbers_of_the_registration(cast: Cast) -> None:
    assert "to be decided" not in numbers(cast.client("agenda").get(HERE + "/").text)


@pytest.mark.usefixtures("some_wait")
def test_the_protocol_sees_the_delegations_that_wait_for_it_and_nothing_to_decide(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        delegation(cast).state = DelegationState.SUBMITTED
        session.commit()
    assert numbers(cast.client("protocol").get(HERE + "/").text) == {"delegations to credential": 1}
    assert "delegations to credential" not in numbers(cast.client("registration").get(HERE + "/").text)


def test_nothing_waiting_shows_no_number(cast: Cast) -> None:
    assert numbers(cast.client("registration").get(HERE + "/").text) == {}


@pytest.mark.parametrize(("state", "english", "chinese"), [("open", "Registration open", "报名进行中")])
def test_the_overview_names_the_state_in_the_readers_language(
    app: Flask, cast: Cast, state: str, english: str, chinese: str
) -> None:
    with app.app_context():
        begin_writing()
        session.get_one(Forum, cast.forum.id).state = ForumState(state)
        session.commit()
    client = cast.client("organiser")
    assert english in client.get(HERE + "/").text
    assert chinese in client.get(HERE.replace("/en/", "/zh/") + "/").text


def test_cancelling_a_forum_is_never_one_click_away(cast: Cast) -> None:
    page = cast.client("organiser").get(HERE + "/").text
    cancelling = page.index('value="cancel"')
    assert page.rindex("<details>", 0, cancelling) > page.rfind("</details>", 0, cancelling)
