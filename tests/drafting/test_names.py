"""Names that no engine translates: they go through it unharmed, and whatever is called otherwise isn't among them."""

from __future__ import annotations

from flask import Flask

from forum.core.database import begin_writing, session
from forum.drafting.models import JobState
from forum.drafting.neighbours import neighbours
from forum.places.models import Organisation
from tests.agenda.programme_of import planned, speaking
from tests.cast import Cast
from tests.drafting.scene import asked, at_work, chinese, cleared, quiet_forum, states, worked
from tests.statements import counted_statements
from tests.translation.libre import libre

PERSON, BODY, ACRONYM = "Marie Durand", "Institute for Quiet Streets", "IQS"
TITLE = f"{PERSON} and M. Street of the {BODY} ({ACRONYM}) on ISO 37120:2018"


def _careless(text: str, target: str, as_html: bool) -> str:
    """An engine that writes every word small and translates one of them."""
    return text.lower().replace("street", "街道")


def _known(cast: Cast) -> None:
    """A speaker, and a body with an acronym; the body's acronym begins a reference of a standard elsewhere."""
    begin_writing()
    held, _slot = planned(cast, "Already written", "已写", start="2027-04-22T09:00", minutes=30)
    speaking(cast, held, PERSON)
    session.add_all(
        [
            Organisation(name_en=BODY, name_zh="安静街道研究院", acronym=ACRONYM),
            Organisation(name_en="Street", name_zh="街道", acronym="St"),
            Organisation(name_en="International Organization for Standardization", acronym="ISO"),
        ]
    )
    session.commit()


def test_a_planted_name_goes_through_the_engine_unharmed(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        server.speak = _careless
        quiet_forum(cast)
        _known(cast)
        [made] = cleared(cast, [TITLE])
        asked(cast)
        assert worked(server) == 1
        assert states() == [JobState.DONE]
        drafted = chinese(made)
        assert f"{PERSON} and m. 街道 of the {BODY} ({ACRONYM}) on ISO 37120:2018" == drafted
        assert all(name not in text for text in server.texts for name in (PERSON, BODY, ACRONYM))


def test_without_the_list_the_same_engine_damages_the_name(app: Flask, cast: Cast) -> None:
    kept, neighbours.names = neighbours.names, tuple
    try:
        with at_work(app), libre() as server:
            server.speak = _careless
            quiet_forum(cast)
            _known(cast)
            [made] = cleared(cast, [TITLE])
            asked(cast)
            worked(server)
            assert PERSON not in chinese(made)
    finally:
        neighbours.names = kept


def test_the_list_has_names_of_people_and_bodies_and_no_words(app: Flask, cast: Cast) -> None:
    with at_work(app):
        _known(cast)
        with counted_statements() as asked_for:
            names = set(neighbours.names())
        assert {PERSON, "Marie DURAND", BODY, ACRONYM, "安静街道研究院"} <= names
        assert not names & {"Street", "街道", "St", "ISO", "玛丽·杜兰德", "", " "}
        assert len(asked_for) <= 2
