"""The page of the engine, the command that asks for a forum's drafts, and the turn of the schedule."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from forum import schedule
from forum.commands import opening
from forum.commands.translating import translate
from forum.core.database import begin_writing, session
from forum.drafting.commands import translate_forum
from forum.drafting.errors import EngineOff, NoSuchField, NoSuchForum
from forum.drafting.models import ClearedProgramme, JobState
from tests.agenda.programme_of import planned
from tests.cast import Cast
from tests.conftest import START, FixedClock
from tests.drafting.scene import KEY, SET, asked, at_work, cleared, jobs, quiet_forum, worked
from tests.translation.libre import Server, libre

PAGE = "/en/desk/translation/engine"


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """A server that the settings of the application name."""
    before = app.extensions["forum.settings"]
    with libre() as made:
        app.extensions["forum.settings"] = replace(
            before, translation_engine="libretranslate", libretranslate_url=made.url, libretranslate_key=KEY
        )
        yield made
    app.extensions["forum.settings"] = before


def test_only_the_office_and_administrators_see_the_engine(cast: Cast) -> None:
    for who in ("stranger", "organiser", "focal", "agenda"):
        assert cast.client(who).get(PAGE).status_code == 404
        assert cast.client(who).post(f"{PAGE}/again").status_code in {400, 404}
    assert cast.client().get(PAGE).status_code == 303
    assert cast.client("admin").get(PAGE).status_code == 200


def test_without_an_engine_the_page_says_that_nothing_leaves(cast: Cast) -> None:
    page = cast.client("admin").get(PAGE).text
    assert "Machine translation is switched off" in page
    assert "no text leaves this product" in page


def test_the_page_names_the_host_and_tells_of_failures_without_a_text(
    app: Flask, cast: Cast, server: Server, clock: FixedClock
) -> None:
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, ["Canary one", "Canary with ISO 37101"])
        asked(cast)
        server.speak = lambda _text, _target, _html: "译文"
        worked(server)
        assert [job.state for job in jobs()] == [JobState.DONE, JobState.FAILED]
    browser = cast.client("admin")
    page = browser.get(PAGE).text
    assert server.url.removeprefix("http://") in page
    assert "Something protected was lost or damaged" in page
    assert "Canary" not in page
    assert KEY not in page
    assert "ISO 37101" not in page
    answer = browser.submit(f"{PAGE}/again", page=PAGE)
    assert answer.status_code == 303
    assert "1 draft waits again." in browser.get(PAGE).text
    server.mode = "503"
    with at_work(app):
        for _each in range(5):
            clock.forward(minutes=2)
            worked(server, clock())
    for address in (PAGE, PAGE.replace("/en/", "/zh/")):
        page = browser.get(address).text
        assert "status 503" in page
        assert "Canary" not in page
    assert "Paused after failures" in browser.get(PAGE).text


def test_the_schedule_drafts_with_the_engine_of_the_settings(app: Flask, cast: Cast, server: Server) -> None:
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, ["Opening"])
        asked(cast)
        assert schedule.draft_translations(START) == 1
    assert server.got[0].said["api_key"] == KEY
    assert "draft_translations" in {job.name for job in schedule.JOBS if job.own_transactions}


def test_pages_wait_for_no_engine(app: Flask, cast: Cast, server: Server) -> None:
    """The engine hangs, and neither asking nor reading notices."""
    server.mode = "slow"
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, ["Opening"])
        begun = time.monotonic()
        asked(cast)
    assert cast.client("admin").get(PAGE).status_code == 200
    assert time.monotonic() - begun < 2
    assert server.got == []


def test_the_command_says_what_it_asked_for_and_what_stays_here_and_why(app: Flask, cast: Cast) -> None:
    said: list[str] = []
    with at_work(app):
        quiet_forum(cast)
        begin_writing()
        for number in range(45):
            start = (START + timedelta(days=50, minutes=20 * number)).strftime("%Y-%m-%dT%H:%M")
            planned(cast, f"Session {number}", "", start=start, minutes=10)
        held, _slot = planned(cast, "Embargoed", "", start="2027-04-22T09:00", embargo_until=START + timedelta(days=9))
        secret = held.public_id
        session.commit()
        translate_forum(cast.slug, "title", engine=SET, language="en", say=said.append)
        assert said[0] == "0 drafts asked for, 0 asked for already, 46 texts left out."
        assert said[1].startswith("left out: Session ")
        assert "nobody has cleared the programme" in said[1]
        assert said[-3:][0].startswith("… and 6 more")
        said.clear()
        translate_forum(cast.slug, "title", engine=SET, language="en", say=said.append, clear=True)
        assert said[0] == "45 drafts asked for, 0 asked for already, 1 texts left out."
        assert said[1] == (
            f"left out: Session {secret}, title. It isn’t public: it is under embargo, or not everybody may see it."
        )
        assert len(said) == 2
        assert session.get(ClearedProgramme, cast.forum_id) is not None
        session.rollback()
        with pytest.raises(NoSuchForum, match="nowhere"):
            translate_forum("nowhere", None, engine=SET, language="en", say=said.append)
        with pytest.raises(NoSuchField, match="abstract, body"):
            translate_forum(cast.slug, "biography", engine=SET, language="en", say=said.append)
        with pytest.raises(EngineOff):
            translate_forum(cast.slug, None, engine=None, language="en", say=said.append)


def test_the_command_ends_with_a_sentence_when_the_engine_is_off(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def house() -> Iterator[Flask]:
        with at_work(app):
            yield app

    monkeypatch.setattr(opening, "house", house)
    outcome = CliRunner().invoke(translate, ["--forum", cast.slug])
    assert outcome.exit_code == 1
    assert "Machine translation is switched off." in outcome.output
