"""The organisers' desk: life, settings, rooms, texts and roles."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.events import operations
from forum.events.errors import ChangedMeanwhile, LastOrganiser, SlugTaken, StillUsed
from forum.events.models import Forum, ForumRole, ForumState, Role, Room, Track
from forum.web.viewer import STAFF_ROLES, Viewer
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast, hidden_fields

HERE = "/en/forums/hangzhou-test/desk"


def token(html: str) -> str:
    """Return the form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "page",
    ["", "settings", "rooms", "rooms/room/new", "rooms/track/new", "rooms/segment/new", "rooms/section/new", "roles"],
)
def test_every_page_opens_in_both_languages(cast: Cast, language: str, page: str) -> None:
    answer = cast.client("organiser").get(f"/{language}/forums/hangzhou-test/desk/{page}")
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1


@pytest.mark.parametrize(
    ("who", "page"),
    [("agenda", "settings"), ("viewer", "settings"), ("agenda", "roles"), ("viewer", "rooms/room/new"),
     ("door", "rooms"), ("neighbour", ""), ("delegate", ""), ("stranger", "settings")],
)  # fmt: skip
def test_nobody_opens_what_isnt_theirs(cast: Cast, who: str, page: str) -> None:
    assert cast.client(who).get(f"{HERE}/{page}").status_code == 404


def test_staff_roles_are_those_of_a_forum() -> None:
    assert frozenset(Role) == STAFF_ROLES


def test_taking_part_is_no_staff_role(app: Flask, cast: Cast) -> None:
    taking_part = Viewer(account_id=1, grants=frozenset({("registered", "forum:1"), ("head", "forum:1")}))
    with app.app_context():
        assert taking_part.roles_in(cast.forum) == frozenset()
        assert taking_part.standing_in(cast.forum) == {"registered", "head"}
    assert not taking_part.is_staff


def test_a_forum_goes_through_its_life(app: Flask, cast: Cast) -> None:
    client = cast.client("organiser")
    key = token(client.get(f"{HERE}/").text)
    assert client.post(f"{HERE}/act", data={"csrf_token": key, "action": "start"}).status_code == 303
    assert client.post(f"{HERE}/act", data={"csrf_token": key, "action": "announce"}).status_code == 409
    assert client.post(f"{HERE}/act", data={"csrf_token": key, "action": "cancel"}).status_code == 409
    with app.app_context():
        assert cast.forum.state is ForumState.RUNNING


def settings_form(html: str, **changed: Any) -> dict[str, Any]:
    """Return the form of the settings as it stands, with changes."""
    values = {
        "title_en": "Hangzhou Forum", "title_zh": "杭州论坛", "first_day": "2027-04-20", "last_day": "2027-04-22",
        "day_starts": "08:00", "day_ends": "22:00",
    }  # fmt: skip
    return {**hidden_fields(html), **values, **changed}


def test_settings_are_saved_and_the_public_revision_rises(app: Flask, cast: Cast) -> None:
    client = cast.client("organiser")
    page = client.get(f"{HERE}/settings")
    answer = client.post(f"{HERE}/settings", data=settings_form(page.text, theme_en="Cities that last"))
    assert answer.status_code == 303
    with app.app_context():
        assert cast.forum.side("theme", "en") == "Cities that last"
        assert cast.forum.revision == 2


def test_two_organisers_lose_nothing(cast: Cast) -> None:
    client = cast.client("organiser")
    page = client.get(f"{HERE}/settings")
    assert client.post(f"{HERE}/settings", data=settings_form(page.text, theme_en="First")).status_code == 303
    late = client.post(f"{HERE}/settings", data=settings_form(page.text, theme_en="<i>Second</i>"))
    assert late.status_code == 409
    assert "First" in late.text
    assert "&lt;i&gt;Second&lt;/i&gt;" in late.text
    again = client.post(f"{HERE}/settings", data=settings_form(late.text, theme_en="Second"))
    assert again.status_code == 303


def test_days_in_the_wrong_order_are_refused_at_their_field(cast: Cast) -> None:
    client = cast.client("organiser")
    page = client.get(f"{HERE}/settings")
    answer = client.post(f"{HERE}/settings", data=settings_form(page.text, last_day="2027-04-01"))
    assert answer.status_code == 422
    assert "be before the first" in answer.text


def test_a_room_is_made_edited_and_deleted(app: Flask, cast: Cast) -> None:
    client = cast.client("agenda")
    new = {
        "code": "tower",
        "name_en": "Tower",
        "name_zh": "塔楼厅",
        "layout": "theatre",
        "theatre": "40",
        "booths": "1",
    }
    assert client.submit(f"{HERE}/rooms/room/new", new).status_code == 303
    assert client.submit(f"{HERE}/rooms/room/new", new).status_code == 422  # the code is taken
    with app.app_context():
        room = session.scalars(select(Room).where(Room.code == "tower")).one()
        assert (room.capacity, room.side("name", "zh")) == (40, "塔楼厅")
        address = f"{HERE}/rooms/room/{room.public_id}"
    assert client.submit(address, {**new, "theatre": "55"}).status_code == 303
    assert "55 seats" in client.get(f"{HERE}/rooms").text
    assert client.submit(f"{address}/delete").status_code == 303
    assert client.get(address).status_code == 404


def test_a_section_a_theme_and_a_segment_are_made(cast: Cast) -> None:
    client = cast.client("organiser")
    names = {"name_en": "Heritage", "name_zh": "历史城区"}
    assert client.submit(f"{HERE}/rooms/track/new", {"code": "heritage", **names}).status_code == 303
    assert (
        client.submit(f"{HERE}/rooms/segment/new", {"code": "opening", "kind": "opening", **names}).status_code == 303
    )
    texts = {"title_en": "Getting there", "title_zh": "交通指南", "body_en": "By train.", "body_zh": "乘火车。"}
    assert client.submit(f"{HERE}/rooms/section/new", texts).status_code == 303
    page = client.get(f"{HERE}/rooms")
    assert "Getting there" in page.text
    assert "Heritage" in page.text


def test_a_room_in_use_is_not_deleted(cast: Cast, writing: None) -> None:
    planned(cast)
    room = session.get_one(Room, cast.rooms["hall"])
    with pytest.raises(StillUsed):
        operations.delete_part(cast.forum, room, actor=editor(cast), now=NOW)
    assert session.get(Room, cast.rooms["hall"]) is not None


def test_a_stale_room_is_refused(cast: Cast, writing: None) -> None:
    track = session.scalars(select(Track)).first()
    assert track is not None
    with pytest.raises(ChangedMeanwhile):
        operations.save_part(cast.forum, track, track.version + 1, {}, {"order": 5}, actor=editor(cast), now=NOW)


def test_roles_are_given_and_taken_away_but_never_the_last_organiser(app: Flask, cast: Cast) -> None:
    client = cast.client("organiser")
    given = client.submit(f"{HERE}/roles", {"email": "stranger@forum.test", "role": "door"})
    assert given.status_code == 303
    assert client.submit(f"{HERE}/roles", {"email": "nobody@forum.test", "role": "door"}).status_code == 422
    with app.app_context():
        stranger = session.scalars(select(ForumRole).where(ForumRole.account_id == cast.accounts["stranger"])).one()
        organiser = session.scalars(select(ForumRole).where(ForumRole.account_id == cast.accounts["organiser"])).one()
        ids = (stranger.public_id, organiser.public_id)
    key = token(client.get(f"{HERE}/roles").text)
    assert client.post(f"{HERE}/roles/{ids[0]}/revoke", data={"csrf_token": key}).status_code == 303
    assert client.post(f"{HERE}/roles/{ids[1]}/revoke", data={"csrf_token": key}).status_code == 409
    with app.app_context():
        assert LastOrganiser.status == 409
        assert session.get(ForumRole, 1) is not None


def test_one_address_belongs_to_one_forum(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        days = (cast.forum.first_day, cast.forum.last_day)
        with pytest.raises(SlugTaken):
            operations.create_forum("hangzhou-test", "other", "Asia/Shanghai", days, {}, actor=editor(cast), now=NOW)
        made = operations.create_forum("new-one", "new_one", "Asia/Tokyo", days, {}, actor=editor(cast), now=NOW)
        assert made.state is ForumState.DRAFT
        assert session.scalars(select(Forum.id)).all()
        session.rollback()
