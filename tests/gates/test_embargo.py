"""No public surface tells what is under embargo or for fewer people, and all tell it when its time has come."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime
from unittest.mock import patch

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from forum.agenda import visibility
from forum.agenda.programme import Programme
from forum.agenda.queries import released
from forum.core.database import begin_writing, session
from forum.events.models import Forum
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.gates.embargo import plant, surfaces, sweep

pytestmark = pytest.mark.timeout(180)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_surface_tells_too_early_and_none_keeps_back(app: Flask, cast: Cast, clock: FixedClock, seed: int) -> None:
    def set_clock(at: datetime) -> None:
        clock.at = at

    found = sweep(app, cast.slug, seed, clock(), set_clock, sessions=8, slow=seed == 1)
    assert not found, "\n".join(found)


def test_without_the_visibility_rule_the_sweep_finds_the_leak(app: Flask, cast: Cast, clock: FixedClock) -> None:
    def set_clock(at: datetime) -> None:
        clock.at = at

    with patch.object(visibility, "may_see", lambda *_facts: True):
        found = sweep(app, cast.slug, 1, clock(), set_clock, sessions=8, slow=False)
    assert any("tells" in leak for leak in found)


def test_a_hidden_session_leaves_every_public_byte_and_every_etag_as_it_was(
    app: Flask, cast: Cast, clock: FixedClock
) -> None:
    with app.app_context():
        begin_writing()
        secrets = plant(cast.forum, random.Random(7), 10, clock())
        session.commit()
        session.remove()
    gone = {each.public_id for each in secrets if not each.is_public(clock()) and not each.has_placeholder}
    assert gone
    addresses = list(surfaces(cast.slug, "en", slow=False))
    with_it = {address: cast.client().get(address) for address in addresses}
    app.extensions["forum.public_bodies"].forget()
    read = released.current

    def without(forum: Forum) -> Programme | None:
        programme = read(forum)
        if programme is None:
            return None
        return replace(programme, items=tuple(item for item in programme.items if item.session_id not in gone))

    with patch.object(released, "current", without):
        without_it = {address: cast.client().get(address) for address in addresses}
    for address in addresses:
        assert shared(with_it[address]) == shared(without_it[address]), address
        assert with_it[address].headers.get("ETag") == without_it[address].headers.get("ETag"), address


def shared(answer: TestResponse) -> bytes:
    """A body without what is new in every answer: the nonce of its scripts and the token of its forms."""
    return re.sub(rb'(nonce|value)="[\w.-]{20,}"', b"", answer.get_data())
