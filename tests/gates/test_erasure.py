"""Somebody who was erased is named nowhere any more, however immutable the releases that named them are."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from flask import Flask

from forum.agenda.models import AgendaSession
from forum.agenda.operations import releases
from forum.agenda.queries import released
from forum.core.database import begin_writing, session
from forum.people.models import Person
from forum.registration.own_data import erase_for
from tests.agenda.public_programme import at
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.furnishing import Said, add_session, release
from tests.gates.embargo import as_text, surfaces

LATIN, HAN, FUNCTION, OFFICE = "zwrtqplkmn", "龘靐齉", "vbnxzkqwrt", "hgfdpoqzxw"
SECRETS = (LATIN, HAN, FUNCTION, OFFICE)
FURTHER = ("releases/2", "people/")

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def guid(app: Flask, cast: Cast, clock: FixedClock) -> str:
    """Somebody who stands in two releases, of which the second moved their session."""
    with app.app_context():
        begin_writing()
        person = Person(
            family_latin=LATIN.title(),
            given_latin="Ada",
            name_zh=HAN,
            function_en=FUNCTION,
            organisation_name_en=OFFICE,
            biography_en=f"{LATIN} has measured cities for years.",
            email="ada@example.org",
            account_id=cast.accounts["delegate"],
        )
        session.add(person)
        session.flush()
        hall = cast.rooms["hall"]
        made = add_session(cast.forum, Said(("Talk", "演讲")), None, at(20, 9), 30, person=person)
        add_session(cast.forum, Said(("Other", "其他"), speaker=("Stay Here", "留名")), None, at(20, 11), 30)
        release(cast.forum, clock(), "One")
        made.slots[0].room_id = hall
        session.flush()
        release(cast.forum, clock(), "Two")
        session.commit()
        found = person.guid
        session.remove()
    return found


def erase(cast: Cast, guid: str, clock: FixedClock) -> None:
    """Forget the person as the deletion of their account does."""
    with cast.app.app_context():
        begin_writing()
        erase_for(cast.accounts["delegate"], clock())
        assert session.query(Person).filter_by(guid=guid).one().erased_at == clock()
        session.commit()
        session.remove()


def telling(cast: Cast, guid: str) -> list[str]:
    """Every public address that names the person, in either language."""
    found = []
    for language in ("en", "zh"):
        own = [
            f"/{language}/forums/{cast.slug}/{path}"
            for path in (*FURTHER, f"people/{guid}", f"agenda.ics?person={guid}")
        ]
        for address in (*surfaces(cast.slug, language, slow=language == "en"), *own):
            text = as_text(cast.client().get(address))
            squeezed = re.sub(r"[\s\u00ad-]", "", text)
            if any(secret in squeezed for secret in SECRETS):
                found.append(address)
    return found


def test_no_public_surface_names_somebody_who_was_erased(app: Flask, cast: Cast, clock: FixedClock, guid: str) -> None:
    before = telling(cast, guid)
    assert {address.rpartition("/")[2].partition("?")[0] for address in before} >= {
        "agenda", "agenda.json", "agenda.ics", "agenda.csv", "agenda.xlsx", "agenda.pdf", "schedule.xml",
        "schedule.json", "programme", guid,
    }  # fmt: skip
    erase(cast, guid, clock)
    assert telling(cast, guid) == []


def test_the_role_stays_without_a_name_and_the_page_of_the_person_is_gone(
    app: Flask, cast: Cast, clock: FixedClock, guid: str
) -> None:
    erase(cast, guid, clock)
    with app.app_context():
        talk = session.query(AgendaSession).filter_by(title_en="Talk").one().public_id
    pages = {language: f"/{language}/forums/{cast.slug}/" for language in ("en", "zh")}
    assert "Name withheld" in cast.client().get(f"{pages['en']}sessions/{talk}").text
    assert "姓名不予公布" in cast.client().get(f"{pages['zh']}sessions/{talk}").text
    assert cast.client().get(f"{pages['en']}people/{guid}").status_code == 404
    listed = cast.client().get(f"{pages['en']}people/").text
    assert "STAY" in listed
    assert "withheld" not in listed


def test_the_desk_reads_no_erased_name_in_old_releases(app: Flask, cast: Cast, clock: FixedClock, guid: str) -> None:
    erase(cast, guid, clock)
    for number in (1, 2):
        page = cast.client("organiser").get(f"/en/forums/{cast.slug}/desk/releases/{number}")
        assert page.status_code == 200
        assert not any(secret in page.text.casefold() for secret in SECRETS)
    with app.app_context():
        stored = released.changes(released.by_number(cast.forum, 2) or pytest.fail("there is no second version"))
        assert stored
        assert not any(secret in repr(stored).casefold() for secret in SECRETS)


def test_an_erasure_is_no_change_of_the_programme(app: Flask, cast: Cast, clock: FixedClock, guid: str) -> None:
    erase(cast, guid, clock)
    with app.app_context():
        assert not releases.candidate(cast.forum, clock()).is_new


def test_without_the_mask_the_sweep_finds_the_name(app: Flask, cast: Cast, clock: FixedClock, guid: str) -> None:
    erase(cast, guid, clock)
    with patch.object(released, "erased_among", lambda _guids: frozenset()):
        assert telling(cast, guid)
