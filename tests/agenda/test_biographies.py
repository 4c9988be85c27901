"""What readers learn of a person beside the programme: written at the desk, told only of those on the programme."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.agenda.models import AgendaSession
from forum.core.database import begin_writing, session
from forum.people.models import Person
from tests.agenda.public_programme import SECRET, Published, at, publish
from tests.cast import Cast, Client
from tests.conftest import FixedClock
from tests.furnishing import Said, add_session, release
from tests.statements import counted_statements

ENGLISH, CHINESE = "She measured rivers for twenty years.", "她从事河流测量工作二十年。"


@pytest.fixture
def published(app: Flask, cast: Cast, clock: FixedClock) -> Published:
    with app.app_context():
        return publish(cast, clock())


def person_of(cast: Cast, published: Published, name: str) -> tuple[str, str]:
    """Return guid of the person and id of the part of a session's only speaker."""
    with cast.app.app_context():
        part = session.query(AgendaSession).filter_by(public_id=published.sessions[name]).one().contributions[0]
        assert part.person is not None
        return part.person.guid, part.public_id


def write(cast: Cast, published: Published, name: str, **texts: str) -> int:
    _guid, part = person_of(cast, published, name)
    address = published.page(f"desk/agenda/sessions/{published.sessions[name]}/people/{part}/biography")
    return int(cast.client("agenda").submit(address, texts).status_code)


def test_a_biography_shows_at_once_in_both_languages(cast: Cast, published: Published, visitor: Client) -> None:
    guid, _part = person_of(cast, published, "opening")
    pages = {
        language: [
            published.page(path, language) for path in (f"people/{guid}", f"sessions/{published.sessions['opening']}")
        ]
        for language in ("en", "zh")
    }
    assert all(ENGLISH not in visitor.get(address).text for address in pages["en"])
    assert write(cast, published, "opening", biography_en=ENGLISH, biography_zh=CHINESE) == 303
    assert all(ENGLISH in visitor.get(address).text for address in pages["en"])
    assert all(CHINESE in visitor.get(address).text for address in pages["zh"])


def test_a_biography_in_one_language_says_that_it_stands_in(cast: Cast, published: Published, visitor: Client) -> None:
    guid, _part = person_of(cast, published, "opening")
    write(cast, published, "opening", biography_en=ENGLISH, biography_zh="")
    page = visitor.get(published.page(f"people/{guid}", "zh")).text
    assert ENGLISH in page
    assert "text-note" in page


def test_nobody_is_told_of_whom_no_visible_session_names(cast: Cast, published: Published, visitor: Client) -> None:
    guid, _part = person_of(cast, published, "secret")
    assert write(cast, published, "secret", biography_en=f"{SECRET} is under embargo.", biography_zh="") == 303
    assert visitor.get(published.page(f"people/{guid}")).status_code == 404
    assert visitor.get(published.page(f"sessions/{published.sessions['secret']}")).status_code == 404
    assert SECRET not in visitor.get(published.page("people/")).text
    assert SECRET in cast.client("organiser").get(published.page(f"people/{guid}")).text


def test_a_biography_holds_no_markup(cast: Cast, published: Published, visitor: Client) -> None:
    guid, _part = person_of(cast, published, "opening")
    write(cast, published, "opening", biography_en="<script>alert(1)</script>", biography_zh="")
    assert "<script>alert" not in visitor.get(published.page(f"people/{guid}")).text


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(cast: Cast, published: Published) -> None:
    _guid, part = person_of(cast, published, "opening")
    address = published.page(f"desk/agenda/sessions/{published.sessions['opening']}/people/{part}/biography")
    client = cast.client("agenda")
    texts = {"biography_en": ENGLISH, "biography_zh": CHINESE}
    assert client.submit(address, {**texts, "version": "999"}).status_code == 409
    with cast.app.app_context():
        assert all(not person.biography_en for person in session.query(Person))


def test_the_session_page_asks_the_same_for_one_speaker_as_for_many(
    app: Flask, cast: Cast, published: Published, visitor: Client, clock: FixedClock
) -> None:
    def statements() -> int:
        app.extensions["forum.public_bodies"].forget()
        with app.app_context(), counted_statements() as seen:
            assert visitor.get(published.page(f"sessions/{published.sessions['water']}")).status_code == 200
        return len(seen)

    def speakers(first: int, last: int) -> None:
        with app.app_context():
            begin_writing()
            held = session.query(AgendaSession).filter_by(public_id=published.sessions["water"]).one()
            for number in range(first, last):
                other = add_session(
                    cast.forum,
                    Said((f"T{number}", f"题{number}"), speaker=(f"F{number} G", f"名{number}")),
                    None,
                    at(22, 9),
                    20,
                )
                other.contributions[0].person.biography_en = ENGLISH  # type: ignore[union-attr]
                held.contributions.append(other.contributions[0])
            session.flush()
            clock.forward(hours=1)
            release(cast.forum, clock())
            session.commit()

    speakers(0, 1)
    few = statements()
    speakers(1, 12)
    assert statements() == few
