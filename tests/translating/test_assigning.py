"""Texts are given to somebody by a day, told in one mail, done when they are written or reviewed, and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from werkzeug.test import TestResponse

from forum.accounts.models import Account, AccountState
from forum.audit.models import AuditEntry
from forum.blueprints import OWN_DATA
from forum.core.bilingual import TextState
from forum.core.database import session
from forum.events.models import Forum, ForumRole
from forum.offices.models import Office
from forum.ports.mail.models import OutboxMail
from forum.schedule import REMINDER_SOURCES
from forum.translating import own_data
from forum.translating.models import Task, TextAssignment
from forum.translating.rules.dues import Standing, is_overdue, standing, suggested
from forum.translation import operations as translation
from tests.agenda.programme_of import planned
from tests.cast import Cast
from tests.conftest import START
from tests.gates.pages import Page
from tests.statements import counted_statements
from tests.translating.house import address, begin, held, title_of, written

MINE = "/en/desk/translation/mine"


@pytest.fixture
def talks(cast: Cast) -> list[str]:
    """Three sessions without Chinese titles; the stranger is the translator."""
    return begin(cast)


def person(cast: Cast, who: str) -> str:
    with cast.app.app_context():
        found = cast.account(who).public_id
        session.remove()
    return found


def query(*talks: str) -> str:
    return "assign?which=ticked" + "".join(f"&text=agenda_session.{name}.title" for name in talks)


def give(cast: Cast, page: str, to: str, by: str = "organiser", **more: str) -> TestResponse:
    facts = {"person": person(cast, to), "task": "translate", "due_on": "2027-03-20", "note": "", **more}
    answer: TestResponse = cast.client(by).submit(address(cast, page), facts)
    return answer


def rows(cast: Cast) -> list[tuple[str, Task, date, int]]:
    with cast.app.app_context():
        found = [
            (row.entity_id, row.task, row.due_on, row.account_id)
            for row in session.scalars(select(TextAssignment).order_by(TextAssignment.id))
        ]
        session.remove()
    return found


def write(cast: Cast, name: str, text: str, who: str, deed: str = "") -> None:
    with written(cast.app):
        record, actor = held(name), cast.account(who).actor()
        if deed:
            translation.review(record, "title", "zh", actor=actor, now=START)
        else:
            translation.record(record, "agenda_session", {("title", "zh"): text}, actor=actor, now=START)


def mails(cast: Cast) -> list[OutboxMail]:
    with cast.app.app_context():
        found = list(session.scalars(select(OutboxMail).where(OutboxMail.kind == "texts_assigned")))
        session.expunge_all()
        session.remove()
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_ticked_is_given_to_somebody_who_is_told_once_in_their_language(
    cast: Cast, talks: list[str], language: str
) -> None:
    with written(cast.app):
        cast.account("stranger").language = language
    answer = give(cast, query(*talks[:2]), "stranger", note="Names stay as they are.")
    assert answer.status_code == 303
    day = date(2027, 3, 20)
    number = cast.accounts["stranger"]
    assert rows(cast) == [(name, Task.TRANSLATE, day, number) for name in sorted(talks[:2])]
    (mail,) = mails(cast)
    assert mail.language == language
    assert {"en": "Texts for you by", "zh": "前完成"}[language] in mail.subject
    assert "Names stay as they are." in mail.body
    assert f"/{language}/desk/translation/mine" in mail.body
    with cast.app.app_context():
        told = "\n".join(session.scalars(select(AuditEntry.body)))
        session.remove()
    assert '"assign_texts"' in told
    assert "Quiet streets" not in told


def test_all_found_and_all_of_a_page_are_given_without_ticking(cast: Cast, talks: list[str]) -> None:
    with written(cast.app):
        for number in range(60):
            planned(cast, f"Talk {number}", "", start=f"2027-04-{20 + number // 30}T08:00", minutes=5)
    chosen = "state=missing&kind=agenda_session"
    assert give(cast, f"assign?which=page&page=2&{chosen}", "stranger").status_code == 303
    assert len(rows(cast)) == len(talks) + 60 - 50
    assert give(cast, f"assign?which=found&{chosen}", "stranger").status_code == 303
    assert len(rows(cast)) == len(talks) + 60
    assert len(mails(cast)) == 2


def test_without_a_day_the_texts_are_due_before_both_languages_are_needed(cast: Cast, talks: list[str]) -> None:
    shown = cast.client("organiser").get(address(cast, query(talks[0]))).text
    assert "6 Apr 2027" in shown
    assert give(cast, query(talks[0]), "stranger", due_on="").status_code == 303
    assert give(cast, query(talks[0]), "agenda", task="review", due_on="").status_code == 303
    assert [(task, day) for _name, task, day, _who in rows(cast)] == [
        (Task.TRANSLATE, date(2027, 4, 6)),
        (Task.REVIEW, date(2027, 4, 13)),
    ]


def test_a_day_that_is_over_is_refused_and_everything_typed_stays(cast: Cast, talks: list[str]) -> None:
    answer = give(cast, query(talks[0]), "stranger", due_on="2027-02-20", note="Soon")
    assert answer.status_code == 422
    page = Page("", answer.text).tree
    assert page.xpath("string(//*[@id='due_on-error'])").strip().endswith("Choose today or a later day.")
    assert page.xpath("//select[@name='person']/option[@selected]/@value") == [person(cast, "stranger")]
    assert "Soon" in page.xpath("string(//textarea[@name='note'])")
    with written(cast.app):
        forum = session.get_one(Forum, cast.forum_id)
        forum.first_day, forum.last_day = date(2027, 2, 1), date(2027, 2, 2)
    needed = give(cast, query(talks[0]), "stranger", due_on="")
    assert needed.status_code == 422
    assert "due_on-error" in needed.text
    assert rows(cast) == []


def test_only_those_who_work_on_the_texts_get_them(cast: Cast, talks: list[str]) -> None:
    page = Page("", cast.client("organiser").get(address(cast, query(talks[0]))).text).tree
    offered = set(page.xpath("//select[@name='person']/option/@value"))
    assert offered == {"", *(person(cast, who) for who in ("admin", "organiser", "agenda", "stranger"))}
    for who in ("delegate", "neighbour", "door"):
        assert give(cast, query(talks[0]), who).status_code == 422
    with written(cast.app):
        cast.account("agenda").state = AccountState.CLOSED
    assert give(cast, query(talks[0]), "agenda").status_code == 422
    assert rows(cast) == []


def test_who_translates_a_text_does_not_review_it(cast: Cast, talks: list[str]) -> None:
    assert give(cast, query(talks[0]), "stranger").status_code == 303
    refused = give(cast, query(*talks[:2]), "stranger", task="review")
    assert refused.status_code == 422
    assert "This person wrote 1 of these texts" in refused.text
    write(cast, talks[1], "水务", "agenda")
    assert give(cast, query(talks[1]), "agenda", task="review").status_code == 422
    assert give(cast, query(talks[1]), "stranger", task="review").status_code == 303
    assert give(cast, query(talks[1]), "stranger", task="translate").status_code == 422


def test_an_assignment_is_done_when_the_text_is_and_late_when_its_day_is_over(cast: Cast, talks: list[str]) -> None:
    give(cast, query(talks[0]), "stranger", due_on="2027-03-05")
    give(cast, query(talks[1]), "stranger", due_on="2027-03-04")
    give(cast, query(talks[0]), "agenda", task="review", due_on="2027-03-10")
    mine = cast.client("stranger").get(MINE).text
    assert mine.index("Water under") < mine.index("Quiet streets")
    assert "overdue" not in mine
    assert "No translation yet" in cast.client("agenda").get(MINE).text
    with written(cast.app):
        for row in session.scalars(select(TextAssignment).filter_by(task=Task.TRANSLATE)):
            row.due_on -= timedelta(days=6)
    assert cast.client("stranger").get(MINE).text.count("overdue since") == 2
    late = cast.client("organiser").get(address(cast, "?due=overdue")).text
    assert "2 texts" in late
    write(cast, talks[0], "安静街道", "stranger")
    assert cast.client("stranger").get(MINE).text.count("overdue since") == 1
    assert "Written, not reviewed" in cast.client("agenda").get(MINE).text
    write(cast, talks[0], "", "agenda", deed="review")
    assert title_of(cast, talks[0])[1] is TextState.REVIEWED
    done = Page("", cast.client("agenda").get(MINE).text).tree
    assert [text.strip() for text in done.xpath("//span[contains(@class, 'state')]/text()")] == ["Done"]


def test_the_worklist_is_filtered_by_who_has_a_text_and_when_it_is_due(cast: Cast, talks: list[str]) -> None:
    give(cast, query(talks[0]), "stranger", due_on="2027-03-05")
    give(cast, query(talks[1]), "agenda", due_on="2027-04-01")
    client = cast.client("stranger")

    def listed(more: str) -> list[bool]:
        shown = client.get(address(cast, f"?kind=agenda_session&{more}")).text
        return [f"agenda_session/{name}/" in shown for name in talks]

    assert listed("") == [True, True, True]
    assert listed("who=me") == [True, False, False]
    assert listed(f"who={person(cast, 'agenda')}") == [False, True, False]
    assert listed("who=nobody") == [False, False, True]
    assert listed("due=soon") == [True, False, False]
    assert listed("due=overdue") == [False, False, False]
    assert listed("who=nobody&due=soon") == [False, False, False]
    assert listed("who=%00&due=never") == [False, False, False]


def test_texts_are_taken_back_and_pass_on(cast: Cast, talks: list[str]) -> None:
    give(cast, query(*talks), "stranger")
    give(cast, query(talks[0]), "agenda")
    assert [who for *_rest, who in rows(cast)].count(cast.accounts["agenda"]) == 1
    back = address(cast, query(*talks).replace("assign", "assign/back"))
    facts = {"person": person(cast, "stranger"), "task": "translate"}
    client = cast.client("organiser")
    assert client.submit(back, facts, page=address(cast, query(*talks))).status_code == 303
    assert [who for *_rest, who in rows(cast)] == [cast.accounts["agenda"]]
    assert client.submit(back, facts, page=address(cast, query(*talks))).status_code == 422


def test_nothing_chosen_leads_back_with_a_sentence(cast: Cast, talks: list[str]) -> None:
    client = cast.client("organiser")
    for more in ("assign", "assign?which=ticked", f"assign?which=ticked&text=agenda_session.{talks[0][:-1]}.title"):
        answer = client.get(address(cast, more), follow_redirects=True)
        assert "Choose at least one text" in answer.text
        assert answer.request.path == address(cast)


def test_nobody_else_gives_texts_and_lost_rights_end_what_one_sees(cast: Cast, talks: list[str]) -> None:
    for who in ("delegate", "door", "neighbour"):
        assert cast.client(who).get(address(cast, query(talks[0]))).status_code == 404
    give(cast, query(talks[0]), "agenda")
    assert "Quiet streets" in cast.client("agenda").get(MINE).text
    with written(cast.app):
        session.query(ForumRole).filter_by(account_id=cast.accounts["agenda"]).delete()
    assert cast.client("agenda").get(MINE).status_code == 404


def test_the_lists_ask_as_much_for_many_assignments_as_for_few(cast: Cast, talks: list[str]) -> None:
    give(cast, query(talks[0]), "stranger")
    client = cast.client("stranger")
    pages = (address(cast), MINE)
    for page in pages:
        client.get(page)

    def counted() -> list[int]:
        found = []
        for page in pages:
            with cast.app.app_context(), counted_statements() as seen:
                assert client.get(page).status_code == 200
            found.append(len(seen))
        return found

    few = counted()
    with written(cast.app):
        for number in range(30):
            planned(cast, f"Talk {number}", "", start=f"2027-04-21T{8 + number % 12:02}:00", minutes=5)
    give(cast, "assign?which=found&state=missing", "stranger")
    give(cast, "assign?which=found&state=missing", "agenda", task="review")
    assert counted() <= few


def test_reminders_name_what_is_open_and_nothing_that_is_done(cast: Cast, talks: list[str]) -> None:
    give(cast, query(*talks), "stranger")
    give(cast, query(talks[0]), "agenda", task="review")
    source = next(each for each in REMINDER_SOURCES if each.name == "translating")

    def named() -> list[tuple[int, Any]]:
        with cast.app.app_context():
            found = [(each.account_id, each.facts["count"]) for each in source.dues(START)]
            session.remove()
        return found

    assert named() == [(cast.accounts["stranger"], 3)]
    write(cast, talks[0], "安静街道", "stranger")
    assert sorted(named()) == sorted([(cast.accounts["stranger"], 2), (cast.accounts["agenda"], 1)])


def test_own_data_tell_of_assignments_and_erasure_frees_the_texts(cast: Cast, talks: list[str]) -> None:
    assert (own_data.sections, own_data.erase_for) in OWN_DATA
    give(cast, query(*talks), "stranger", note="Take care")
    number = cast.accounts["stranger"]
    with written(cast.app):
        (section,) = own_data.sections(number, START)
        assert [value for _title, value in section["entries"]] == ["2027-03-20 Take care"] * 3
        own_data.erase_for(number, START)
        assert own_data.sections(number, START) == []
    assert rows(cast) == []


def test_an_account_that_goes_takes_its_assignments_along(cast: Cast, talks: list[str]) -> None:
    give(cast, query(*talks), "stranger")
    with written(cast.app):
        session.query(Office).filter_by(account_id=cast.accounts["stranger"]).delete()
        session.execute(delete(Account).where(Account.id == cast.accounts["stranger"]))
        assert session.scalar(select(func.count()).select_from(TextAssignment)) == 0


def test_what_a_state_makes_of_a_task() -> None:
    states = (TextState.MISSING, TextState.MACHINE, TextState.OUTDATED, TextState.HUMAN, TextState.REVIEWED)
    assert [standing(Task.TRANSLATE, each) for each in states] == [Standing.OPEN] * 3 + [Standing.DONE] * 2
    assert [standing(Task.REVIEW, each) for each in states] == [
        Standing.WAITING,
        *[Standing.OPEN] * 3,
        Standing.DONE,
    ]
    today = date(2027, 3, 1)
    assert is_overdue(date(2027, 2, 28), Standing.OPEN, today)
    assert not is_overdue(today, Standing.OPEN, today)
    assert not is_overdue(date(2027, 2, 28), Standing.DONE, today)
    assert suggested(date(2027, 3, 4), Task.TRANSLATE, today) == today
    assert suggested(date(2027, 2, 4), Task.TRANSLATE, today) is None
    assert suggested(None, Task.REVIEW, today) is None
