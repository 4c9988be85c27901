"""What waits in the work on standards stands on the desk of those whose step it is, and of nobody else."""

from __future__ import annotations

import pytest

from forum.ballots.queries import cases
from forum.ballots.queries.due import KINDS as BALLOT_DATES
from forum.ballots.queries.waiting import Capacity, turns_of
from forum.core.database import begin_writing, session
from forum.experts.queries.reminding import KINDS as EXPERT_DATES
from forum.liaisons.queries.reminding import KINDS as LIAISON_DATES
from forum.partnerships.neighbours import neighbours
from tests.ballots import house as making
from tests.ballots.house import CHAIR, OFFICE, SECRETARY, House
from tests.cast import Cast
from tests.conftest import START
from tests.statements import counted_statements

HEADING = "Ballots whose next step is yours"


@pytest.fixture
def house(cast: Cast) -> House:
    with cast.app.app_context():
        begin_writing()
        made = making.furnish(cast)
        session.commit()
    return made


def _open(house: House, number: int = 1) -> list[str]:
    with house.cast.app.app_context():
        begin_writing()
        keys = [making.opened(house, document_number=f"N {each}").public_id for each in range(number)]
        session.commit()
    return keys


def test_a_ballot_to_be_taken_up_waits_on_the_desk_of_its_secretary_alone(house: House) -> None:
    (key,) = _open(house)
    page = house.cast.client(SECRETARY).get("/en/desk/").text
    assert HEADING in page
    assert f"/en/ballots/{key}/" in page
    assert "Take the ballot up" in page
    for other in (CHAIR, OFFICE, "delegate", "other_focal", "stranger"):
        assert HEADING not in house.cast.client(other).get("/en/desk/").text, other


def test_an_enquiry_waits_for_those_who_were_asked(house: House) -> None:
    (key,) = _open(house)
    with house.cast.app.app_context():
        begin_writing()
        ballot = cases.by_public_id(key)
        assert ballot is not None
        making.asked(house, ballot)
        session.commit()
    assert f"/en/ballots/{key}/answer" in house.cast.client("delegate").get("/en/desk/").text
    assert f"/en/ballots/{key}/answer" not in house.cast.client("viewer").get("/en/desk/").text


def test_the_desk_costs_no_more_for_many_ballots(house: House) -> None:
    mine = Capacity(offices=frozenset({"office"}))

    def statements() -> int:
        with house.cast.app.app_context():
            held = Capacity(secretary_of=frozenset({house.committee("SAC/TC 901").id}))
            with counted_statements() as seen:
                turns_of(held, START)
                turns_of(mine, START)
            return len(seen)

    _open(house)
    few = statements()
    _open(house, 6)
    assert statements() == few


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_has_nothing_waiting_reads_so(house: House, language: str) -> None:
    page = house.cast.client(CHAIR).get(f"/{language}/desk/").text
    assert ("Nothing waits for you." if language == "en" else "暂无待办事项。") in page
    assert HEADING not in page


def test_every_date_of_standards_work_stands_on_the_page_of_days(house: House) -> None:
    assert BALLOT_DATES.keys() | LIAISON_DATES.keys() | EXPERT_DATES.keys() <= neighbours.reminded.keys()
    page = house.cast.client("admin").get("/en/desk/partnerships/reminder-days").text
    assert "Ballot: vote to be submitted" in page
    assert "-14, -7, -3, -1, 0, 1, 3" in page


@pytest.mark.parametrize("page", ["standards/", "standards/changes", "ballots/", "liaisons/", "adoptions/", "ideas/"])
def test_each_public_page_of_standards_work_leads_to_the_others(cast: Cast, page: str) -> None:
    text = cast.client().get(f"/en/{page}").text
    tabs = text[text.index('class="strip slim"') :].partition("</nav>")[0]
    for other in ("standards/", "ballots/", "liaisons/", "adoptions/", "committees/", "ideas/", "standards/overlaps"):
        assert f'href="/en/{other}"' in tabs, other
    assert tabs.count('aria-current="page"') == 1
    header = text[text.index('class="masthead"') :].partition("</nav>")[0]
    assert 'href="/en/committees/"' not in header
    assert 'class="strip slim"' not in cast.client().get("/en/forums/").text


def test_whoever_has_one_group_of_rooms_sees_it_unfolded_and_others_fold_theirs(house: House) -> None:
    def navigation(who: str) -> str:
        text = house.cast.client(who).get("/en/desk/liaisons/obligations/").text
        return text[text.index('class="desk-nav"') :].partition("</nav>")[0]

    alone, everything = navigation(CHAIR), navigation("admin")
    assert "<details" not in alone
    assert 'href="/en/desk/liaisons/obligations/"' in alone
    assert everything.count("<details") == 4
    assert everything.count("<details open") == 1
