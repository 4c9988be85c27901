"""When a job is due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from forum.ports.jobs.timing import Job, due

MINUTELY = Job("offers", lambda _now: None, timedelta(minutes=1))
NIGHTLY = Job("anchor", lambda _now: None, timedelta(days=1), at=time(18, 0))
WEEKLY = Job("report", lambda _now: None, timedelta(days=7), at=time(18, 0))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def test_what_was_never_done_is_due() -> None:
    assert due(MINUTELY, None, at(1, 9))
    assert due(NIGHTLY, None, at(1, 9))


def test_a_job_rests_for_its_time() -> None:
    assert not due(MINUTELY, at(1, 9, 0), at(1, 9, 0) + timedelta(seconds=59))
    assert due(MINUTELY, at(1, 9, 0), at(1, 9, 1))


def test_a_nightly_job_waits_for_its_hour() -> None:
    assert not due(NIGHTLY, at(1, 18, 1), at(2, 17, 59))
    assert due(NIGHTLY, at(1, 18, 1), at(2, 18, 0))


def test_a_nightly_job_that_was_missed_is_made_up_for_once() -> None:
    assert due(NIGHTLY, at(1, 18, 0), at(5, 9))
    assert not due(NIGHTLY, at(5, 9), at(5, 10))
    assert due(NIGHTLY, at(5, 9), at(5, 18))


def test_a_weekly_job_does_not_run_each_night() -> None:
    assert not due(WEEKLY, at(1, 18, 0), at(3, 18, 0))
    assert due(WEEKLY, at(1, 18, 0), at(8, 18, 0))
