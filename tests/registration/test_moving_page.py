"""Moving at the desk, by page: said before, done in one step, refused with the choice kept."""

from __future__ import annotations

from flask import Flask

from forum.core.database import begin_writing, session
from forum.registration.states import ParticipationState
from tests.cast import Cast
from tests.registration.people import category, delegation, straight, submitted
from tests.registration.test_desk import at, one


def test_the_desk_moves_somebody_and_says_the_state(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        made = submitted(cast, straight(cast), 1).public_id
        city, lyon = category(cast, "CITY").public_id, delegation(cast).public_id
        session.commit()
    client = cast.client("registration")
    assert at(cast, f"/{made}/move") in client.get(at(cast, f"/{made}")).text
    assert "reviewed again" in client.get(at(cast, f"/{made}/move")).text
    alone = client.submit(at(cast, f"/{made}/move"), {"category": city, "delegation": ""})
    assert alone.status_code == 409
    assert "Choose the delegation to which this person belongs." in alone.text
    done = client.submit(at(cast, f"/{made}/move"), {"category": city, "delegation": lyon})
    assert done.status_code == 303
    assert "The state is “Under review”." in client.get(at(cast, f"/{made}")).text
    with app.app_context():
        assert one(app, made).state is ParticipationState.SCREENING


def test_only_those_who_decide_move_somebody(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        made = submitted(cast, category(cast), 1).public_id
        session.commit()
    assert cast.client("protocol").get(at(cast, f"/{made}/move")).status_code == 404
    assert cast.client("organiser").get(at(cast, f"/{made}/move")).status_code == 200
