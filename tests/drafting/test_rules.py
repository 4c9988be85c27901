"""How long a failed call waits, when an engine rests, and that a page tells of a failure without its text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.drafting.models import BreakerState
from forum.drafting.rules import (
    AWAY,
    DAMAGED,
    FAILURES_ALLOWED,
    HIDDEN,
    LEASE,
    Breaker,
    minute_of,
    month_of,
    told,
    wait_after,
)
from tests.conftest import START


def failed(times: int) -> Breaker:
    made = Breaker()
    for _each in range(times):
        made = made.failed(START)
    return made


def test_the_wait_doubles_up_to_ten_minutes() -> None:
    assert [wait_after(tries).seconds for tries in (1, 2, 3, 6, 9, 10, 40)] == [2, 4, 8, 64, 512, 600, 600]


def test_a_breaker_opens_after_five_failures_in_a_row_and_not_before() -> None:
    assert failed(FAILURES_ALLOWED - 1).may_call(START)
    opened = failed(FAILURES_ALLOWED)
    assert (opened.state, opened.pause) == (BreakerState.OPEN, 60)
    assert not opened.may_call(START + timedelta(seconds=59))
    assert opened.may_call(START + timedelta(seconds=60))
    assert failed(FAILURES_ALLOWED - 1).succeeded().failed(START).failures == 1


def test_the_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    made, now, pauses = failed(FAILURES_ALLOWED), START, []
    for _each in range(6):
        pauses.append(made.pause)
        now += timedelta(seconds=made.pause)
        made = made.called(now).failed(now)
    assert pauses == [60, 120, 240, 480, 900, 900]


def test_while_one_call_tries_no_other_is_made_unless_it_never_ends() -> None:
    trying = failed(FAILURES_ALLOWED).called(START + timedelta(minutes=2))
    assert trying.state is BreakerState.HALF_OPEN
    assert not trying.may_call(START + timedelta(minutes=3))
    assert trying.may_call(START + timedelta(minutes=2) + LEASE)
    assert trying.succeeded() == Breaker()


def test_a_failure_that_began_before_the_pause_does_not_lengthen_it() -> None:
    opened = failed(FAILURES_ALLOWED)
    assert opened.failed(START + timedelta(seconds=30)).until == opened.until


def test_calls_are_counted_by_minute_and_month_in_utc() -> None:
    assert minute_of(START + timedelta(seconds=59)) == START
    assert month_of(START - timedelta(days=1)) == "2027-02"


@pytest.mark.parametrize(
    ("error", "word", "facts"),
    [
        ("lost: a secret name", DAMAGED, {}),
        ("engine: status 503", AWAY, {"reason": "status 503"}),
        (str(HIDDEN), HIDDEN, {}),
        ("anything else", AWAY, {}),
    ],
)
def test_a_failure_is_told_without_its_text(error: str, word: str, facts: dict[str, str]) -> None:
    found, given = told(error)
    assert found == word
    assert "secret" not in found + str(given)
    assert facts.items() <= given.items()
