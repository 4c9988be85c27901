"""My participation: booking seats, what an embargo hides, grants, documents, and few statements."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.agenda.operations import releases
from forum.agenda.operations.slots import Place, add_slot
from forum.agenda.programme import SessionState
from forum.agenda.queries.standing import conflict_id
from forum.core.actor import Actor
from forum.core.database import begin_writing, session
from forum.events.models import Room
from forum.registration import queries, seats
from forum.registration.models import Category, Delegation, Participation, RequiredDocument, SessionSeat
from forum.registration.operations.composing import name_head
from forum.registration.states import SeatState
from tests.cast import Cast, Client
from tests.conftest import FixedClock
from tests.registration.people import DESK, NOW, straight, submitted
from tests.registration.test_delegate import ask_for, begun, filled
from tests.statements import counted_statements

EDITOR = Actor("account:editor", roles=frozenset({"organiser", "agenda"}))


def released(cast: Cast, capacity: int = 1, embargo: timedelta | None = None) -> str:
    """Release a programme with one bookable workshop; return the workshop's public id."""
    with cast.app.app_context():
        begin_writing()
        workshop = AgendaSession(
            forum_id=cast.forum_id,
            title_en="Workshop on indicators",
            title_zh="指标工作坊",
            bookable=True,
            capacity=capacity,
            state=SessionState.CONFIRMED,
            abstract_en="Indicators.",
            abstract_zh="指标。",
            embargo_until=NOW + embargo if embargo else None,
        )
        session.add(workshop)
        session.flush()
        room = session.get_one(Room, cast.rooms["canal"])
        place = Place(room, datetime(2027, 4, 20, 10, 0), 60)
        add_slot(cast.forum, workshop, place, actor=EDITOR, now=NOW)
        report = releases.candidate(cast.forum, NOW)
        agreed = {conflict_id(each): "Agreed" for each in report.warnings}
        releases.release(cast.forum, "First", "First", "第一版", agreed, actor=EDITOR, now=NOW)
        public_id = workshop.public_id
        session.commit()
    return public_id


def approved(cast: Cast, client: Client, **start: str) -> str:
    base = begun(cast, client, "MEDIA", **start)
    filled(client, base)
    assert client.submit(f"{base}check").status_code == 303
    return base


def seat_states(cast: Cast) -> list[SeatState]:
    with cast.app.app_context():
        return list(session.scalars(select(SessionSeat.state).order_by(SessionSeat.id)))


def test_a_seat_is_booked_and_given_back_and_the_second_one_waits(cast: Cast) -> None:
    workshop = released(cast)
    first, second = cast.client("delegate"), cast.client("stranger")
    pages = [f"{approved(cast, client, for_whom='self')}sessions" for client in (first, second)]
    assert "Workshop on indicators" in first.get(pages[0]).text
    assert "指标工作坊" in first.get(pages[0].replace("/en/", "/zh/")).text
    for _ in range(2):
        assert first.submit(pages[0], {"session": workshop, "deed": "book"}).status_code == 303
    assert second.submit(pages[1], {"session": workshop, "deed": "book"}).status_code == 303
    assert "in place 1" in second.get(pages[1]).text
    assert seat_states(cast) == [SeatState.GRANTED, SeatState.WAITLISTED]
    first.submit(pages[0], {"session": workshop, "deed": "release"})
    with cast.app.app_context():
        assert seats.reconcile(cast.forum) == []
    assert seat_states(cast) == [SeatState.RELEASED, SeatState.WAITLISTED]


def test_an_embargoed_session_is_neither_shown_nor_bookable(cast: Cast, clock: FixedClock) -> None:
    workshop = released(cast, embargo=timedelta(days=3))
    client = cast.client("delegate")
    page = f"{approved(cast, client, for_whom='self')}sessions"
    assert "Workshop on indicators" not in client.get(page).text
    other = client.get(page.removesuffix("sessions") + "deeds/withdraw").text
    assert "Workshop" not in other
    answer = client.submit(page, {"session": workshop, "deed": "book"}, page=page.removesuffix("sessions") + "person")
    assert answer.status_code == 404
    clock.forward(days=4)
    assert "Workshop on indicators" in client.get(page).text


def test_somebody_not_yet_approved_books_nothing(cast: Cast) -> None:
    workshop = released(cast)
    client = cast.client("delegate")
    base = begun(cast, client, "EXPERT", for_whom="self")
    answer = client.submit(f"{base}sessions", {"session": workshop, "deed": "book"}, page=f"{base}person")
    assert answer.status_code == 409
    assert "as soon as your participation is approved" in answer.text
    assert seat_states(cast) == []


@pytest.mark.usefixtures("cast", "writing")
def test_grants_follow_the_state_and_the_headship(cast: Cast) -> None:
    account_id = cast.accounts["delegate"]
    assert list(queries.grants_of(account_id, NOW)) == []
    one = submitted(cast, straight(cast), actor=cast.account("delegate").actor("delegate"), for_self=True)
    assert list(queries.grants_of(account_id, NOW)) == [("registered", f"forum:{cast.forum_id}")]
    lyon = session.get_one(Delegation, cast.delegations["focal"])
    one.delegation_id = lyon.id
    session.flush()
    name_head(lyon, one, actor=DESK, now=NOW)
    assert ("head", f"forum:{cast.forum_id}") in list(queries.grants_of(account_id, NOW))
    assert ("focal", f"delegation:{lyon.id}") in list(queries.grants_of(cast.accounts["focal"], NOW))


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 100), "white").save(kept, "PNG")
    return kept.getvalue()


def test_required_documents_are_handed_in_checked_and_replaced(cast: Cast) -> None:
    ask_for(cast, "EXPERT", documents=("photo",))
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    filled(client, base)
    assert "The photograph is missing" in client.submit(f"{base}check").text
    wrong = client.submit(
        f"{base}needs",
        {"attendance": "onsite", "document-photo": (io.BytesIO(b"MZ not a picture"), "me.png")},
        content_type="multipart/form-data",
    )
    assert wrong.status_code == 422
    for _ in range(2):
        right = client.submit(
            f"{base}needs",
            {"attendance": "onsite", "document-photo": (io.BytesIO(picture()), "me.png")},
            content_type="multipart/form-data",
        )
        assert right.status_code == 303, right.text
    with cast.app.app_context():
        kept = session.scalars(select(RequiredDocument).order_by(RequiredDocument.id)).all()
        assert [one.superseded for one in kept] == [True, False]
    assert client.submit(f"{base}consents", {"notice": "y", "identity": "y"}).status_code == 303
    assert client.submit(f"{base}check").status_code == 303


def test_my_list_and_the_sheet_ask_no_more_for_many_than_for_few(cast: Cast) -> None:
    client = cast.client("focal")

    def grown(number: int) -> tuple[int, int]:
        with cast.app.app_context():
            begin_writing()
            lyon = session.get_one(Delegation, cast.delegations["focal"])
            kind = session.get_one(Category, cast.categories["CITY"])
            for n in range(number):
                made = submitted(cast, kind, 100 * number + n, delegation=lyon)
                made.registrant_id = cast.accounts["focal"]
            sheet = f"/en/forums/{cast.slug}/delegations/{lyon.public_id}/"
            session.commit()
            with counted_statements() as of_list:
                assert client.get("/en/my/participations").status_code == 200
            with counted_statements() as of_sheet:
                assert client.get(sheet).status_code == 200
            assert session.scalars(select(Participation)).all()
            session.rollback()
        return len(of_list), len(of_sheet)

    client.get("/en/my/participations")
    few, many = grown(2), grown(12)
    assert many == few
