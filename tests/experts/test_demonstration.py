"""The invented experts of the demonstration: twelve, with a nomination in each state, led there by lawful steps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.committees.models import Body, CommitteeKind
from forum.core.database import session
from forum.experts.models import ExpertProfile, Nomination
from forum.experts.queries import reading
from forum.experts.queries.seeing import Standing
from forum.experts.states import NOMINATION_LIFE, NominationState
from forum.site.demonstration.loading import experts
from tests.adoptions.shelf import committee, standard
from tests.conftest import FixedClock

pytestmark = pytest.mark.usefixtures("cast", "writing")


def test_without_the_catalogue_there_is_nothing_to_nominate_for(clock: FixedClock) -> None:
    assert experts.write(password_hash=None, now=clock()) == 0


def test_there_is_an_expert_for_each_state(clock: FixedClock) -> None:
    committee("SAC/TC 567", Body.SAC, CommitteeKind.NATIONAL)
    for reference in ("ISO/TC 268", "ISO/TC 268/SC 1", "ISO/TC 268/SC 2", "ISO/IEC JTC 4"):
        committee(reference, Body.ISO, CommitteeKind.TC)
    standard("ISO/DIS 37187", "40.20")
    for key in ("standards", "submission", "mirror", "chair", "expert"):
        session.add(Account(email=f"{key}@forum.example", name=key.title(), language="zh"))
    session.flush()
    assert experts.write(password_hash=None, now=clock()) == 13
    assert session.scalar(select(func.count(ExpertProfile.id)).where(ExpertProfile.fictitious)) == 12
    rows = session.scalars(select(Nomination)).all()
    assert {row.state for row in rows} == set(NominationState)
    steps = {row.action: row for row in NOMINATION_LIFE.rows}
    for row in rows:
        assert [step.number for step in row.steps] == list(range(1, len(row.steps) + 1))
        assert all(step.action in {"propose", *steps} for step in row.steps)
        assert all(step.at <= clock() for step in row.steps)
        deciders = [step.account_id for step in row.steps if step.action in {"endorse", "approve", "confirm"}]
        assert len(deciders) == len(set(deciders))
    soon = reading.ending(Standing(reads_all=True), clock().date())
    assert [row.ends_on for row in soon] == [clock().date() + timedelta(days=58)]
