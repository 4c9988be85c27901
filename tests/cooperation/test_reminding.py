"""Due dates under a partnership on their way into the outbox, and the three ways to wake one up, each told once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.cooperation.models import ReportKind
from forum.cooperation.queries import reminding
from forum.cooperation.queries.pulse import heartbeats
from forum.cooperation.rules.due import REMINDER_DAYS
from forum.cooperation.rules.heartbeat import (
    REVIVAL_DAYS,
    REVIVAL_KINDS,
    REVIVAL_STEPS,
    Colour,
    Limits,
    heartbeat,
    revivals,
)
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.partnerships.operations.governing import set_reminder_days, set_terms
from forum.partnerships.states import VersionState
from forum.ports.mail.models import OutboxMail
from forum.reminders import jobs
from forum.schedule import REMINDER_SOURCES
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, held, in_force, planned
from tests.cooperation.test_reporting import opened, step, written
from tests.statements import counted_statements

SINCE = date(2027, 1, 1)  # the effective date of the pair


def named(pair: Pair, now: datetime = START) -> dict[str, set[str]]:
    """Return each kind that is named, with the people."""
    people = {account_id: who for who, account_id in pair.cast.accounts.items()}
    found: dict[str, set[str]] = {}
    for one in reminding.dues(now):
        found.setdefault(one.kind, set()).add(people[one.account_id])
    return found


def test_the_liaisons_of_both_sides_hear_of_a_report_until_it_is_there(pair: Pair) -> None:
    activity = held(pair)
    assert named(pair) == {"cooperation_activity_report": {"delegate", "door", "focal"}}
    (one, *_) = reminding.dues(START)
    assert one.link == f"/desk/partnerships/{pair.version.public_id}/plan/activities/{activity.public_id}"
    assert {place.country for place in one.places} == {"CN", "FR"}
    step(pair, written(pair, kind=ReportKind.ACTIVITY, activity=activity), "submit", "delegate")
    assert named(pair) == {}


def test_the_address_in_a_reminder_opens(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        pair = in_force(cast)
        held(pair)
        opened(pair, date(2027, 3, 10))
        links = {one.link for one in reminding.dues(START)}
        session.commit()
        session.remove()
    assert len(links) == 2
    for link in links:
        assert cast.client("focal").get(f"/en{link}").status_code == 200


def test_an_assessment_is_asked_of_the_side_that_owes_it(pair: Pair) -> None:
    opened(pair, date(2027, 3, 10))
    assert named(pair) == {"cooperation_assessment": {"delegate", "door", "focal"}}


def test_the_office_sets_other_days_and_the_date_is_named_in_time_for_them(pair: Pair) -> None:
    held(pair)
    early = datetime(2027, 1, 20, 9, tzinfo=UTC)
    assert named(pair, early) == {}
    set_reminder_days({"cooperation_activity_report": [-40, 0]}, seen=0, actor=SYSTEM, now=START)
    assert set(named(pair, early)) == {"cooperation_activity_report"}


class TestRevivals:
    """Three ways to wake a partnership up, one after the other."""

    def kinds(self, days: int, **limits: int) -> list[str]:
        known, today = Limits(**limits), SINCE + timedelta(days=days)
        pulse = heartbeat(None, SINCE, today, limits=known)
        return [one.kind.rpartition("_")[2] for one in revivals(pulse, today, limits=known, days=REVIVAL_DAYS)]

    def test_each_takes_the_place_of_the_one_before(self) -> None:
        assert self.kinds(100) == []
        assert self.kinds(180) == ["webinar"]
        assert self.kinds(271) == ["webinar", "review"]  # the next one is near
        assert self.kinds(272) == ["review"]
        assert self.kinds(365) == ["close"]
        assert self.kinds(900) == ["close"]
        assert self.kinds(90, amber=60, red=120) == ["review"]

    def test_every_kind_has_its_name_and_its_days(self) -> None:
        assert set(REVIVAL_KINDS) == set(REVIVAL_STEPS) == set(REVIVAL_DAYS)
        assert not set(REVIVAL_DAYS) & set(REMINDER_DAYS)

    def test_a_suspended_one_is_left_in_peace(self, pair: Pair) -> None:
        later = START + timedelta(days=200)
        assert "cooperation_revival_webinar" in named(pair, later)
        pair.version.state = VersionState.SUSPENDED
        session.flush()
        assert not any("revival" in kind for kind in named(pair, later))

    def test_a_new_activity_with_accepted_evidence_ends_them(self, pair: Pair) -> None:
        later = datetime(2027, 7, 10, 9, tzinfo=UTC)
        assert any("revival" in kind for kind in named(pair, later))
        activity = held(pair, last=date(2027, 2, 20))
        accepted(pair, target=activity.reference)
        assert not any("revival" in kind for kind in named(pair, later))

    def test_the_limits_are_those_of_the_national_office(self, pair: Pair) -> None:
        def colour() -> Colour:
            return heartbeats([pair.partnership.id], START)[pair.partnership.id].colour

        assert colour() is Colour.GREEN  # 59 days
        set_terms({"slows_down_days": 50}, seen=0, actor=SYSTEM, now=START)
        assert colour() is Colour.AMBER
        set_terms({"falls_asleep_days": 55}, seen=1, actor=SYSTEM, now=START)
        assert colour() is Colour.RED


@pytest.fixture
def kept(cast: Cast) -> Cast:
    """The pair in force, committed: rounds are made as the worker makes them."""
    with cast.app.app_context():
        begin_writing()
        in_force(cast)
        session.commit()
        session.remove()
    return cast


def go_round(cast: Cast, now: datetime) -> None:
    with cast.app.app_context():
        done = jobs.run(REMINDER_SOURCES, base_url="http://forum.test", now=now)
        session.remove()
    assert (done.unheard, done.failed) == ([], 0)


def letters(cast: Cast, who: str) -> list[OutboxMail]:
    with cast.app.app_context():
        wanted = select(OutboxMail).where(OutboxMail.recipient == cast.account(who).email).order_by(OutboxMail.id)
        found = [mail for mail in session.scalars(wanted) if mail.kind == "reminders_digest"]
        session.expunge_all()
        session.remove()
        return found


def test_each_way_to_wake_a_partnership_up_is_told_once(kept: Cast) -> None:
    """A year in which nothing happens, a round every fifth day: three mails to each liaison."""
    ways = ("Plan a webinar", "mutual review of a case", "honourable close")
    day = datetime(2027, 6, 20, 9, 0, tzinfo=UTC)
    for _ in range(43):
        go_round(kept, day)
        day += timedelta(days=5)
    english = [mail.body for mail in letters(kept, "focal")]
    assert [sum(way in body for body in english) for way in ways] == [1, 1, 1]
    assert "since Fri, 1 Jan 2027" in next(body for body in english if ways[0] in body)


def test_many_activities_are_read_with_as_many_statements_as_one(pair: Pair) -> None:
    counts = []
    for number in (1, 20):
        for each in range(number):
            planned(pair) if each % 2 else held(pair)
        session.flush()
        session.expire_all()
        with counted_statements() as seen:
            list(reminding.dues(START))
        counts.append(len(seen))
    assert counts[0] == counts[1]
