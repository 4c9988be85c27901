"""The number of conflicts beside the navigation follows the draft."""

from __future__ import annotations

from flask import Flask

from forum.agenda.views.counting import conflicts_waiting, remember
from tests.cast import Cast
from tests.conftest import FixedClock


def test_a_kept_number_ages_and_is_counted_anew(app: Flask, cast: Cast, clock: FixedClock) -> None:
    with app.test_request_context():
        remember(cast.forum, 7)
        assert conflicts_waiting(cast.forum, {"agenda"}) == {"conflicts": 7}
        assert conflicts_waiting(cast.forum, {"registration"}) == {}
    clock.forward(minutes=2)
    with app.test_request_context():
        assert conflicts_waiting(cast.forum, {"agenda"}) == {"conflicts": 0}
