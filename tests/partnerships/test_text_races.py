"""Two who negotiate one clause at the same moment, over HTTP: one is told who and when, and no word is lost."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from forum.agreements import queries
from forum.agreements.models import AgreementText, Clause, ClauseRevision, Proposal
from forum.core.database import session
from forum.partnerships.library_text import text_of
from forum.partnerships.models import AgreementVersion
from forum.partnerships.operations.texts import start_text
from tests.cast import Cast, hidden_fields
from tests.gates.pages import Page
from tests.partnerships.people import World, act, drafted, standing
from tests.partnerships.test_pages import Office

SIDES = ("liaison", "other_liaison")
MINE, THEIRS = "Heron words of Wenzhou.", "Plover words of Nantes."


def negotiated(of: World) -> AgreementVersion:
    """A case whose text both sides negotiate."""
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "express_interest", of["other_liaison"])
    start_text(version, standing=standing(version, of["liaison"]), actor=of["liaison"].actor, now=version.state_since)
    return version


@dataclass
class Text:
    """A text on the table, and those who write in it."""

    office: Office
    case: str

    def address(self, rest: str = "", language: str = "en") -> str:
        return f"/{language}/desk/partnerships/{self.case}/text{rest}"

    def opened(self, who: str, rest: str, page: str | None = None) -> Callable[..., Any]:
        """Open a page; return what sends one of its forms, which somebody may do much later, and again from an answer.

        A page that lies elsewhere than its form holds several forms.
        """
        browser = self.office.browser(who)
        hidden = self.form(browser.get(self.address(page if page is not None else rest)).text, rest)

        def send(data: dict[str, Any], after: Any = None) -> Any:
            fields = hidden if after is None else self.form(after.text, rest)
            return browser.post(self.address(rest), data={**fields, **data})

        return send

    def form(self, page: str, rest: str) -> dict[str, str]:
        """Return the hidden fields of the form that leads to an address, or of the one that leads back to its page."""
        own = re.search(rf'<form[^>]*action="{re.escape(self.address(rest))}"[^>]*>(.*?)</form>', page, re.DOTALL)
        main = re.search(r"<form method=\"post\"(?![^>]*action=)[^>]*>(.*?)</form>", page, re.DOTALL)
        found = own or main
        return hidden_fields(found[1] if found else page)

    def at_once(self, *deeds: Callable[[], Any]) -> list[Any]:
        """Do the deeds at the same moment; return the answers."""
        answers: list[Any] = [None] * len(deeds)
        start = threading.Barrier(len(deeds))

        def work(number: int, deed: Callable[[], Any]) -> None:
            start.wait()
            answers[number] = deed()

        threads = [threading.Thread(target=work, args=each) for each in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def stored(self) -> AgreementText:
        version = session.scalars(select(AgreementVersion).where(AgreementVersion.public_id == self.case)).one()
        text = text_of(version)
        assert text is not None
        return text

    def words(self, key: str) -> str:
        with self.office.cast.app.app_context():
            found = queries.clause_of(self.stored(), key)
            return found.en if found else ""

    def order(self) -> list[str]:
        with self.office.cast.app.app_context():
            return [place.key for place in queries.places(self.stored())]


@pytest.fixture
def text(cast: Cast) -> Text:
    office = Office(cast)
    return Text(office, office.open(negotiated))


def sound(answer: Any) -> None:
    assert list(Page("", answer.text).blemishes()) == []


def test_of_two_who_write_in_one_clause_the_second_keeps_every_word_and_learns_who_and_when(text: Text) -> None:
    send = {who: text.opened(who, "/clauses/scope") for who in SIDES}
    said = dict(zip(SIDES, (MINE, THEIRS), strict=True))
    answers = text.at_once(*(lambda who=who: send[who]({"en": said[who], "zh": "鹭"}) for who in SIDES))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    lost = next(at for at, answer in enumerate(answers) if answer.status_code == 409)
    page = answers[lost].text
    for words in (MINE, THEIRS, "Two wordings"):
        assert words in page
    other = ("Nantes", "Wenzhou")[lost]
    assert f"By {other} on " in page
    assert "2027" in page.split(f"By {other} on ", 1)[1][:30]
    sound(answers[lost])
    assert text.words("scope") == said[SIDES[1 - lost]]
    # What was refused goes through once it is sent from the page that showed both.
    again = send[SIDES[lost]]({"en": f"{MINE} {THEIRS}", "zh": "鹭"}, after=answers[lost])
    assert again.status_code == 303
    with text.office.cast.app.app_context():
        kept = session.scalars(select(ClauseRevision.wording).where(ClauseRevision.clause_key == "scope")).all()
        assert {said[SIDES[1 - lost]], f"{MINE} {THEIRS}"} <= set(kept)


def test_a_colleague_is_named_and_the_other_side_is_called_by_its_city(text: Text) -> None:
    first, second = (text.opened("liaison", "/clauses/scope") for _ in range(2))
    assert first({"en": MINE, "zh": "鹭"}).status_code == 303
    refused = second({"en": "Wigeon words.", "zh": "凫"})
    assert refused.status_code == 409
    assert "By Officer " in refused.text  # the same office, in another window
    theirs = text.opened("other_liaison", "/clauses/scope")
    assert text.opened("liaison", "/clauses/scope")({"en": "Third.", "zh": "三"}).status_code == 303
    told = theirs({"en": THEIRS, "zh": "鸻"}).text
    assert "By Wenzhou on " in told
    assert "Officer" not in told.split("<main", 1)[1]


def test_of_two_proposals_at_once_none_replaces_one_that_its_author_has_not_read(text: Text) -> None:
    send = {who: text.opened(who, "/clauses/costs/propose") for who in SIDES}
    said = dict(zip(SIDES, (MINE, THEIRS), strict=True))
    answers = text.at_once(*(lambda who=who: send[who]({"en": said[who], "zh": "费"}) for who in SIDES))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    lost = next(at for at, answer in enumerate(answers) if answer.status_code == 409)
    assert MINE in answers[lost].text
    assert THEIRS in answers[lost].text
    assert f"By {('Nantes', 'Wenzhou')[lost]} on " in answers[lost].text
    sound(answers[lost])
    with text.office.cast.app.app_context():
        assert [each.en for each in session.scalars(select(Proposal))] == [said[SIDES[1 - lost]]]
    # Having read it, the second one answers it.
    again = send[SIDES[lost]]({"en": said[SIDES[lost]], "zh": "费"}, after=answers[lost])
    assert again.status_code == 303
    with text.office.cast.app.app_context():
        states = {each.en: str(each.state) for each in session.scalars(select(Proposal))}
    assert states == {said[SIDES[1 - lost]]: "replaced", said[SIDES[lost]]: "open"}


def test_words_for_a_clause_that_is_taken_out_at_the_same_moment_are_given_back_or_kept(text: Text) -> None:
    add = text.opened("liaison", "/add", page="")
    assert add({"key": "publicity"}).status_code == 303
    write = text.opened("other_liaison", "/clauses/publicity")
    take_out = text.opened("liaison", "/clauses/publicity/remove", page="/clauses/publicity")
    written, removed = text.at_once(lambda: write({"en": THEIRS, "zh": "鸻"}), lambda: take_out({}))
    assert (written.status_code, removed.status_code) in {(303, 409), (409, 303)}
    if written.status_code == 409:
        assert THEIRS in written.text
        sound(written)
    else:
        assert text.words("publicity") == THEIRS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_for_a_clause_that_was_taken_out_are_given_back(text: Text, language: str) -> None:
    assert text.opened("liaison", "/add", page="")({"key": "publicity"}).status_code == 303
    browser = text.office.browser("other_liaison")
    address = text.address("/clauses/publicity", language)
    hidden = hidden_fields(browser.get(address).text)
    take_out = text.opened("liaison", "/clauses/publicity/remove", page="/clauses/publicity")
    assert take_out({}).status_code == 303
    refused = browser.post(address, data={**hidden, "en": THEIRS, "zh": "鸻"})
    assert refused.status_code == 409
    assert THEIRS in refused.text
    sound(refused)
    assert browser.get(address).status_code == 404  # there is nothing to read


def test_words_that_come_after_the_text_was_agreed_are_given_back_and_not_saved(text: Text) -> None:
    late = {who: text.opened(who, "/clauses/scope") for who in SIDES}
    case = f"/en/desk/partnerships/{text.case}"
    for who in SIDES:
        assert text.office.browser(who).submit(f"{case}/steps/agree_text", {}).status_code == 303
    before = text.words("scope")
    for who, words in zip(SIDES, (MINE, THEIRS), strict=True):
        answer = late[who]({"en": words, "zh": "迟"})
        assert answer.status_code == 409
        assert words in answer.text
        sound(answer)
    assert "City sign-off" not in late["other_liaison"]({"en": THEIRS, "zh": "迟"}).text  # the other side's steps
    assert text.words("scope") == before
    # Who isn't at the table learns nothing by writing.
    answer = text.office.browser("lead").post(text.address("/clauses/scope"), data={"en": MINE, "zh": "鹭"})
    assert answer.status_code in {400, 404}


def test_a_clause_moves_while_somebody_writes_in_it_and_both_go_through(text: Text) -> None:
    assert text.order()[:3] == ["purpose", "scope", "forms"]
    write = text.opened("other_liaison", "/clauses/scope")
    move = text.opened("liaison", "/clauses/scope/move", page="/clauses/scope")
    written, moved = text.at_once(lambda: write({"en": THEIRS, "zh": "鸻"}), lambda: move({"beside": "forms"}))
    assert (written.status_code, moved.status_code) == (303, 303)
    assert text.order()[:3] == ["purpose", "forms", "scope"]
    assert text.words("scope") == THEIRS


def test_of_two_who_move_one_clause_at_once_it_moves_once(text: Text) -> None:
    move = [text.opened(who, "/clauses/scope/move", page="/clauses/scope") for who in SIDES]
    answers = text.at_once(*(lambda send=send: send({"beside": "forms"}) for send in move))
    # Pressed on the same page, the second press would put it back: the two stand beside each other still.
    assert {answer.status_code for answer in answers} <= {303, 409}
    assert sorted(text.order()) == sorted(set(text.order()))


@pytest.mark.parametrize(
    ("key", "beside"), [("purpose", "scope"), ("scope", "purpose"), ("signature", "languages"), ("scope", "costs")]
)
def test_a_clause_moves_past_its_neighbour_alone_and_the_first_and_last_stay(text: Text, key: str, beside: str) -> None:
    before = text.order()
    refused = text.opened("liaison", f"/clauses/{key}/move", page=f"/clauses/{key}")({"beside": beside})
    assert refused.status_code == 409
    assert text.order() == before


def test_another_wording_of_the_library_is_matched_at_once_and_a_confirmation_is_taken_back(text: Text) -> None:
    take = text.opened("liaison", "/clauses/costs/wording", page="/clauses/costs")
    assert take({"variant": "nothing of the kind"}).status_code == 422
    assert take({"variant": "reciprocity"}).status_code == 303
    assert text.words("costs").startswith("Visits follow the principle of reciprocity")
    confirm = text.opened("liaison", "/confirm", page="")
    assert confirm({}).status_code == 303
    with text.office.cast.app.app_context():
        assert len(queries.standing_confirmations(text.stored())) == 1
        costs = session.scalars(select(Clause).where(Clause.key == "costs")).one()
        assert queries.is_matched(costs)
    assert text.opened("liaison", "/take-back", page="")({}).status_code == 303
    with text.office.cast.app.app_context():
        assert queries.standing_confirmations(text.stored()) == {}
    stale = take({"variant": "own"})  # the page was opened on the wording before
    assert stale.status_code == 409
    assert text.words("costs").startswith("Visits follow")


def test_a_move_makes_a_confirmation_void(text: Text) -> None:
    assert text.opened("other_liaison", "/confirm", page="")({}).status_code == 303
    assert text.opened("liaison", "/clauses/scope/move", page="/clauses/scope")({"beside": "forms"}).status_code == 303
    with text.office.cast.app.app_context():
        assert queries.standing_confirmations(text.stored()) == {}
