"""Sessions out of the programme on which people still count."""

from __future__ import annotations

from forum.agenda.rules.conflicts_of_dropped import Dropped, dropped_conflicts
from forum.agenda.rules.findings import Code, Severity, for_reader
from forum.agenda.rules.sentences import sentence
from forum.core.bilingual import Text

TITLE = Text("Workshop", "工作坊")


def test_granted_seats_stop_the_release() -> None:
    [one] = dropped_conflicts([Dropped("s1", ("b", "a"), TITLE, seats=3, stars=9)])
    assert (one.code, one.severity, one.guids) == (Code.DROPPED_WITH_SEATS, Severity.ERROR, ("a", "b"))
    said = sentence(one.message, one.facts, "en", str)
    assert "“Workshop”" in said
    assert "people hold seats in it: 3." in said


def test_stars_alone_ask_for_an_acknowledgement() -> None:
    [one] = dropped_conflicts([Dropped("s1", ("a",), TITLE, stars=2)])
    assert one.severity is Severity.WARNING
    assert "agenda: 2." in sentence(one.message, one.facts, "en", str)


def test_a_session_on_which_nobody_counts_is_no_conflict() -> None:
    assert list(dropped_conflicts([Dropped("s1", ("a",), TITLE)])) == []


def test_a_session_that_was_never_released_goes_under_its_own_id() -> None:
    [one] = dropped_conflicts([Dropped("s1", (), TITLE, seats=1)])
    assert (one.guids, one.session_id) == (("s1",), "s1")


def test_two_sessions_are_two_conflicts() -> None:
    found = list(dropped_conflicts([Dropped("s1", ("a",), TITLE, seats=1), Dropped("s2", ("b",), TITLE, seats=1)]))
    assert len({one.key for one in found}) == 2


def test_who_may_not_read_it_learns_neither_title_nor_number() -> None:
    [one] = dropped_conflicts([Dropped("s1", ("a",), TITLE, seats=3)])
    hidden = for_reader(one, {"a"})
    assert (dict(hidden.facts), hidden.session_id) == ({}, "")
