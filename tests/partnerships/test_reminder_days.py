"""The page on which the national office sets the days of reminding."""

from __future__ import annotations

import pytest

from forum.core.database import session
from forum.partnerships.forms.governing import days_of
from forum.partnerships.neighbours import neighbours
from forum.reminders import queries as reminders
from tests.cast import Cast, hidden_fields
from tests.partnerships.people import drafted
from tests.partnerships.test_pages import Office

PAGE = "/en/desk/partnerships/reminder-days"
KIND = "partnership_validity"


@pytest.fixture
def office(cast: Cast) -> Office:
    made = Office(cast)
    made.open(drafted)
    return made


def fields(office: Office, **changed: str) -> dict[str, str]:
    """Return the form as it stands, with what somebody changed."""
    with office.cast.app.app_context():
        plain = {kind: ", ".join(map(str, each.days)) for kind, each in neighbours.reminded.items()}
        session.remove()
    return {**plain, "reason": "Earlier, please.", **changed}


def chosen(office: Office) -> dict[str, tuple[int, ...]]:
    with office.cast.app.app_context():
        found = dict(reminders.offsets())
        session.remove()
    return found


def test_an_approver_sets_the_days_and_the_settings_page_keeps_the_change(office: Office) -> None:
    browser = office.browser("approver")
    answer = browser.submit(PAGE, fields(office, **{KIND: "\u2212120，-30、0"}))
    assert answer.status_code == 303
    assert chosen(office) == {KIND: (-120, -30, 0)}
    assert "-120, -30, 0" in browser.get(PAGE).text
    kept = browser.get("/en/desk/partnerships/settings").text
    assert "Last day of an approval: -90, -30, -7 to -120, -30, 0" in kept
    assert "Earlier, please." in kept


@pytest.mark.parametrize(
    ("written", "words"), [("soon", "whole numbers"), ("-9999", "Choose at most"), ("1.5", "whole")]
)
def test_what_is_no_number_of_days_is_refused_at_its_field(office: Office, written: str, words: str) -> None:
    answer = office.browser("approver").submit(PAGE, fields(office, **{KIND: written}))
    assert answer.status_code == 422
    assert words in answer.text
    assert written in answer.text
    assert chosen(office) == {}


def test_of_two_who_change_them_at_once_the_second_is_told(office: Office) -> None:
    first, second = office.browser("approver"), office.browser("second_approver")
    second_form = second.get(PAGE).text
    assert first.submit(PAGE, fields(office, **{KIND: "-60"})).status_code == 303
    answer = second.post(PAGE, data={**hidden_fields(second_form), **fields(office, **{KIND: "-50"})})
    assert answer.status_code == 409
    assert "In force: -60" in answer.text
    assert chosen(office) == {KIND: (-60,)}


def test_who_may_not_set_them_reads_them_or_finds_nothing(office: Office) -> None:
    assert "<form" not in office.browser("auditor").get(PAGE).text.split('class="work"')[1]
    assert office.browser("auditor").get("/zh/desk/partnerships/reminder-days").status_code == 200
    assert office.browser("auditor").post(PAGE, data=fields(office)).status_code in {400, 404}
    for who in ("liaison", "other_liaison", "reviewer"):
        assert office.browser(who).get(PAGE).status_code == 404


def test_days_are_read_as_people_write_them() -> None:
    assert days_of("-30, -7,0 ，14") == (-30, -7, 0, 14)
    assert days_of("") == ()
