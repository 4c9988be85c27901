"""Beginning a forum: from nothing by the site's administrators, or as the last one was laid out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState
from forum.core.database import session
from forum.events import operations
from forum.events.errors import ForumCodeTaken, SlugTaken
from forum.events.kinds import SegmentKind
from forum.events.models import Forum, ForumRole, ForumState, PracticalSection, Role, Segment
from forum.events.operations.repeating import Shift, repeat_forum
from forum.places.models import City
from forum.registration import seats
from forum.registration.models import Category, Chain, Participation
from forum.translation.operations import record, review
from forum.translation.queries import state, states_of
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast
from tests.statements import counted_statements

TITLES = {("title", "en"): "Hangzhou Forum 2028", ("title", "zh"): "杭州论坛2028"}
FIRST = date(2028, 4, 18)


def repeated(cast: Cast, **changed: Any) -> Forum:
    """Repeat the forum in Hangzhou."""
    facts = {"slug": "hangzhou-2028", "code": "hangzhou_2028", "first_day": FIRST, "texts": TITLES, **changed}
    return repeat_forum(cast.forum, **facts, actor=editor(cast, "organiser"), now=NOW)


def reading(statements: list[str]) -> list[str]:
    """Return the statements that read."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def new_forum(**changed: str) -> dict[str, str]:
    """Return the form of a new forum."""
    return {
        "title_en": "Qingdao Forum", "title_zh": "青岛论坛", "slug": "qingdao-2028", "code": "qingdao_2028",
        "zone": "Asia/Shanghai", "city": "", "first_day": "2028-06-01", "last_day": "2028-06-03", **changed,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_administrator_makes_a_forum_and_becomes_its_organiser(app: Flask, cast: Cast, language: str) -> None:
    with app.app_context():
        city = session.scalars(select(City).where(City.search.like("hangzhou%"))).one().public_id
    answer = cast.client("admin").submit(f"/{language}/forums/new", new_forum(city=city))
    assert (answer.status_code, answer.location) == (303, f"/{language}/forums/qingdao-2028/desk/")
    with app.app_context():
        made = session.scalars(select(Forum).where(Forum.slug == "qingdao-2028")).one()
        assert (made.state, made.zone_name, made.side("title", "zh")) == (
            ForumState.DRAFT, "Asia/Shanghai", "青岛论坛",
        )  # fmt: skip
        assert made.host_city is not None
        assert made.host_city.name_en == "Hangzhou"
        held = session.scalars(select(ForumRole).where(ForumRole.forum_id == made.id)).one()
        assert (held.role, held.account_id) == (Role.ORGANISER, cast.accounts["admin"])


@pytest.mark.parametrize("who", ["organiser", "agenda", "delegate", "stranger"])
def test_nobody_else_makes_a_forum(cast: Cast, who: str) -> None:
    assert cast.client(who).get("/en/forums/new").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"slug": "hangzhou-test"}, "Another forum already has this address."),
        ({"code": "hangzhou_test"}, "Another forum already has this code."),
        ({"slug": "new"}, "small letters, digits and hyphens"),
        ({"slug": "Qingdao 2028"}, "small letters, digits and hyphens"),
        ({"code": "a"}, "digits and underscores"),
        ({"zone": "CST"}, "is not a known time zone"),
        ({"zone": "../etc/passwd"}, "is not a known time zone"),
        ({"last_day": "2028-05-01"}, "be before the first"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    answer = cast.client("admin").submit("/en/forums/new", new_forum(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "青岛论坛" in answer.text


def test_the_desk_leads_to_a_new_forum_only_those_who_may(cast: Cast) -> None:
    assert "/en/forums/new" in cast.client("admin").get("/en/desk/").text
    assert "/en/forums/new" not in cast.client("organiser").get("/en/desk/").text


@pytest.mark.usefixtures("cast", "writing")
def test_one_code_belongs_to_one_forum(cast: Cast) -> None:
    days = (cast.forum.first_day, cast.forum.last_day)
    with pytest.raises(ForumCodeTaken):
        operations.create_forum("other", "hangzhou_test", "Asia/Tokyo", days, {}, actor=editor(cast), now=NOW)
    with pytest.raises(SlugTaken):
        repeated(cast, slug="elsewhere-test")


@pytest.mark.usefixtures("cast", "writing")
class TestRepeating:
    """What the next forum takes from the last one."""

    def test_rooms_themes_and_segments_come_along_without_sessions_and_people(self, cast: Cast) -> None:
        planned(cast)
        made = repeated(cast)
        former = cast.forum
        assert (made.state, made.first_day, made.last_day) == (ForumState.DRAFT, FIRST, date(2028, 4, 20))
        assert [(room.code, room.capacity, room.booths) for room in made.rooms] == [
            (room.code, room.capacity, room.booths) for room in former.rooms
        ]
        assert {room.guid for room in made.rooms}.isdisjoint(room.guid for room in former.rooms)
        assert [track.slug for track in made.tracks] == ["resilience", "smart-city"]
        assert [segment.code for segment in made.segments] == ["parallel"]
        assert made.venue is not None
        assert made.venue.side("name", "zh") == "会议中心"
        assert session.scalar(select(func.count()).where(AgendaSession.forum_id == made.id)) == 0
        assert session.scalar(select(func.count()).where(Participation.forum_id == made.id)) == 0

    def test_dates_move_and_the_time_of_the_day_stays(self, cast: Cast) -> None:
        forum = cast.forum
        opening = datetime(2027, 4, 20, 1, 0, tzinfo=UTC)
        session.add(Segment(forum_id=forum.id, code="opening", kind=SegmentKind.OPENING, starts_at=opening, order=1))
        made = repeated(cast)
        moved = next(segment for segment in made.segments if segment.code == "opening")
        assert moved.starts_at == datetime(2028, 4, 18, 1, 0, tzinfo=UTC)
        assert moved.kind is SegmentKind.OPENING
        assert forum.registration_closes_at is not None
        assert made.registration_closes_at == forum.registration_closes_at + (FIRST - forum.first_day)

    def test_categories_come_with_their_questions_and_limits_and_without_seats(self, cast: Cast) -> None:
        former = session.get_one(Category, cast.categories["CITY"])
        former.fields, former.required_documents = ["letter"], ["note_verbale"]
        former.closes_at = datetime(2027, 4, 1, 10, 0, tzinfo=UTC)
        seats.set_cap(seats.of_category(former), 40)
        seats.hold([seats.of_category(former)], 3)
        made = repeated(cast)
        found = session.scalars(select(Category).where(Category.forum_id == made.id).order_by(Category.order)).all()
        assert [each.code for each in found] == ["CITY", "EXPERT", "MEDIA"]
        city = found[0]
        assert (city.chain, city.needs_delegation, city.fields) == (Chain.FOCAL_THEN_SECRETARIAT, True, ["letter"])
        assert city.closes_at == former.closes_at + (FIRST - cast.forum.first_day)
        counter = seats.counter(seats.of_category(city))
        assert counter is not None
        assert (counter.cap, counter.taken) == (40, 0)
        assert seats.reconcile(made) == []
        city.fields.append("diet")
        assert former.fields == ["letter"]

    def test_what_is_known_of_translations_comes_along(self, cast: Cast) -> None:
        actor = editor(cast)
        section = PracticalSection(forum_id=cast.forum_id)
        session.add(section)
        texts = {("title", "en"): "Visas", ("title", "zh"): "签证", ("body", "en"): "Apply.", ("body", "zh"): "申请。"}
        record(section, "practical_section", texts, actor=actor, now=NOW)
        review(section, "title", "zh", actor=actor, now=NOW)
        record(section, "practical_section", {("body", "en"): "Apply early."}, actor=actor, now=NOW)
        made = repeated(cast)
        copied = session.scalars(select(PracticalSection).where(PracticalSection.forum_id == made.id)).one()
        known = states_of([copied])
        assert state(copied, "title", "zh", known) is TextState.REVIEWED
        assert state(copied, "body", "zh", known) is TextState.OUTDATED
        assert copied.side("body", "en") == "Apply early."

    def test_the_former_forum_is_left_as_it_was(self, cast: Cast) -> None:
        before = (cast.forum.revision, cast.forum.version, len(cast.forum.rooms))
        repeated(cast)
        session.expire_all()
        assert (cast.forum.revision, cast.forum.version, len(cast.forum.rooms)) == before
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert last.action == "repeat"
        assert '"room":3' in last.body.replace(" ", "")

    def test_nothing_is_read_row_by_row(self, cast: Cast) -> None:
        session.add(PracticalSection(forum_id=cast.forum_id, title_en="First part"))
        session.flush()
        with counted_statements() as few:
            repeated(cast)
        for number in range(30):
            session.add(PracticalSection(forum_id=cast.forum_id, title_en=f"Part {number}", order=number))
        session.flush()
        with counted_statements() as many:
            repeated(cast, slug="hangzhou-2029", code="hangzhou_2029")
        assert len(reading(many)) == len(reading(few))


def test_a_time_that_the_clocks_jump_over_is_an_hour_later() -> None:
    paris = ZoneInfo("Europe/Paris")
    shift = Shift(timedelta(days=7), paris)
    at = datetime(2027, 3, 21, 2, 30, tzinfo=paris).astimezone(UTC)
    moved = shift.moment(at)
    assert moved is not None
    assert moved.astimezone(paris).strftime("%d %H:%M") == "28 03:30"
    assert shift.moment(None) is None


def test_an_organiser_repeats_the_forum_in_one_step(app: Flask, cast: Cast) -> None:
    client = cast.client("organiser")
    page = client.get("/en/forums/hangzhou-test/desk/repeat")
    assert 'value="hangzhou-test-2028"' in page.text
    assert 'value="2028-04-18"' in page.text
    answer = client.submit(
        "/zh/forums/hangzhou-test/desk/repeat",
        {"title_en": "Next", "title_zh": "下一届", "slug": "next-one", "code": "next_one", "first_day": "2028-04-18"},
    )
    assert (answer.status_code, answer.location) == (303, "/zh/forums/next-one/desk/")
    assert client.get(answer.location).status_code == 200
    again = client.submit(
        "/en/forums/hangzhou-test/desk/repeat",
        {"title_en": "Next", "title_zh": "下一届", "slug": "next-one", "code": "next_two", "first_day": "2028-04-18"},
    )
    assert again.status_code == 422


@pytest.mark.parametrize("who", ["agenda", "viewer", "neighbour", "stranger"])
def test_others_cannot_repeat_it(cast: Cast, who: str) -> None:
    assert cast.client(who).get("/en/forums/hangzhou-test/desk/repeat").status_code == 404
