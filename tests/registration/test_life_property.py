"""No walk leaves the table: random deeds by random people, with the seats checked all along."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import func, select

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Participation
from forum.registration.operations.life import perform
from forum.registration.states import PARTICIPATION_LIFE, SEATED_STATES
from tests.cast import Cast
from tests.registration.people import NOW, category, delegation, drafted, straight

ROLES = ("delegate", "assistant", "focal", "organiser", "registration", "admin", "door", "system", "stranger")
ACTIONS = tuple(dict.fromkeys(row.action for row in PARTICIPATION_LIFE.rows))
TABLE = {(source, row.action): row for row in PARTICIPATION_LIFE.rows for source in row.sources}
BY_ITSELF = {
    ("submit", "approved"),
    ("submit", "confirmed"),
    ("submit", "waitlisted"),
    ("resubmit", "approved"),
    ("resubmit", "confirmed"),
    ("resubmit", "waitlisted"),
    ("approve", "waitlisted"),
    ("approve", "confirmed"),
    ("accept_offer", "confirmed"),
}


def mails() -> int:
    return session.scalar(select(func.count()).select_from(OutboxMail)) or 0


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("cast", "writing")
def test_no_random_walk_leaves_the_table(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    kinds = [straight(cast, needs_confirmation=seed % 2 == 0), category(cast), category(cast, "CITY")]
    seats.set_cap(seats.of_forum(cast.forum), 3)
    people = [
        drafted(cast, kind, number, delegation=delegation(cast) if kind.needs_delegation else None)
        for number, kind in enumerate(chance.choices(kinds, k=8))
    ]
    steps = 0
    for _ in range(160):
        one: Participation = chance.choice(people)
        action, role = chance.choice(ACTIONS), chance.choice(ROLES)
        before, told = one.state, mails()
        if chance.random() < 0.5 and (rows := [r for r in PARTICIPATION_LIFE.rows if before in r.sources]):
            row = chance.choice(rows)
            action, role = row.action, chance.choice(sorted(row.actors))
        lawful = {row.action for row in PARTICIPATION_LIFE.lawful(before, {role})}
        try:
            with session.begin_nested():
                perform(
                    one,
                    action,
                    actor=Actor("account:x", roles=frozenset({role})),
                    now=NOW,
                    reason="Because" if chance.random() < 0.8 else None,
                )
        except UnlawfulAction as unlawful:
            session.refresh(one)
            named = set(unlawful.lawful)
            assert action not in lawful
            assert named == {row.label for row in PARTICIPATION_LIFE.lawful(before, {role})}
        except ReasonNeeded:
            session.refresh(one)
            assert TABLE[before, action].needs_reason
        except Refusal:
            session.refresh(one)
            assert action in lawful
        else:
            steps += 1
            assert action in lawful
            row = TABLE[before, action]
            assert one.state == row.target or (action, str(one.state)) in BY_ITSELF
            if row.silent:
                assert mails() == told
            people += session.scalars(
                select(Participation).where(
                    Participation.replaces_id == one.id, Participation.id.not_in([p.id for p in people])
                )
            ).all()
        assert seats.reconcile(cast.forum) == []
    assert steps > 10
    seated = [one for one in people if one.state in SEATED_STATES]
    assert all(seats.of_forum(cast.forum) in one.scopes for one in seated)
    assert len(seated) <= 3
