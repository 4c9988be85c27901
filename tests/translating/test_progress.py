"""After asking for drafts of a whole forum the worklist follows them, and names what failed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from forum.core.bilingual import TextState
from forum.core.database import session
from forum.drafting.models import TranslationJob
from forum.drafting.queries import progress
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.drafting.scene import KEY, at_work, cleared, jobs, quiet_forum, worked
from tests.gates.pages import Page
from tests.translating.house import address, title_of
from tests.translation.libre import Server, libre


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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_follows_the_drafts_until_they_are_settled_and_names_what_failed(
    app: Flask, cast: Cast, server: Server, clock: FixedClock, language: str
) -> None:
    with at_work(app):
        quiet_forum(cast)
        good, lost = cleared(cast, ["Canary one", "Canary with ISO 37101"])
    client, page = cast.client("organiser"), address(cast, language=language)
    assert "data-progress" not in client.get(page).text
    assert client.submit(f"{page}draft", {}, page=page).status_code == 303
    shown = Page(page, client.get(page).text).tree
    (box,) = shown.xpath("//*[@data-progress]")
    said = {"en": "Machine drafts: 0 of 2 are ready.", "zh": "机器初译：已完成0/2项。"}[language]
    assert box.xpath("string(.//*[@role='status'])") == said
    assert {"en": "Look again", "zh": "刷新"}[language] in box.xpath("string(.)")
    assert shown.xpath("//script[contains(@src, 'js/progress.js')]/@nonce")
    polled = box.get("data-progress")
    assert client.get(polled).json == {"done": 0, "total": 2, "failed": 0, "sentence": said}
    clock.forward(minutes=1)
    server.speak = lambda _text, _target, _html: "译文"
    with at_work(app):
        worked(server, clock())
        assert len(jobs()) == 2
    found = client.get(polled).json
    assert found is not None
    assert (found["done"], found["total"], found["failed"]) == (2, 2, 1)
    shown = Page(page, client.get(page).text).tree
    assert not shown.xpath("//script[contains(@src, 'js/progress.js')]")
    (failure,) = shown.xpath("//details[summary[contains(., '1')]]//li[a[contains(@href, 'agenda_session')]]")
    assert lost in failure.xpath("string(a/@href)")
    said = {"en": "Something protected was lost or damaged", "zh": "受保护"}[language]
    assert said in failure.xpath("string(.)")
    assert title_of(cast, good) == ("译文", TextState.MACHINE)
    assert title_of(cast, lost) == ("", TextState.MISSING)


def test_a_later_asking_counts_for_itself(app: Flask, cast: Cast, server: Server, clock: FixedClock) -> None:
    client, page = cast.client("organiser"), address(cast)
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, ["Canary one"])
    client.submit(f"{page}draft", {}, page=page)
    clock.forward(minutes=1)
    with at_work(app):
        worked(server, clock())
        assert progress.round_of(cast.forum.chain) == progress.Round(1, 1, 0)
        cleared(cast, ["Canary two", "Canary three"])
    client.submit(f"{page}draft", {}, page=page)
    with at_work(app):
        assert progress.round_of(cast.forum.chain) == progress.Round(2, 0, 0)
        assert session.query(TranslationJob).count() == 3
        assert progress.round_of("forum:none") == progress.Round()


def test_nobody_else_learns_how_far_the_drafts_are(cast: Cast) -> None:
    for who in ("stranger", "door", "neighbour"):
        assert cast.client(who).get(address(cast, "drafts.json")).status_code == 404
