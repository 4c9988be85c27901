"""One click on a translation: reviewed, or still right; with what changed in the original since."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState
from forum.core.database import begin_writing, session
from forum.core.refusals import StaleEdit
from forum.events.models import Track
from forum.translation.errors import NothingToReview
from forum.translation.operations import record, settle
from forum.translation.queries import mark_of, translations_of
from forum.translation.rules import difference
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast, Client

HERE = "/en/forums/hangzhou-test/desk"


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Clean water", "Clean water", [("same", "Clean water")]),
        ("Clean water", "Safe water", [("gone", "Clean"), ("new", "Safe"), ("same", " water")]),
        ("水务管理", "水务治理", [("same", "水务"), ("gone", "管"), ("new", "治"), ("same", "理")]),
        ("", "New", [("new", "New")]),
    ],
)
def test_what_changed_is_told_word_by_word(before: str, after: str, parts: list[tuple[str, str]]) -> None:
    assert list(difference(before, after)) == parts


def test_long_texts_are_compared_by_sentence_and_nothing_is_lost() -> None:
    before = "".join(f"Sentence number {number} stands here.\n" for number in range(500))
    after = before.replace("number 250 stands", "number 250 stood")
    parts = difference(before, after)
    assert "".join(text for kind, text in parts if kind != "new") == before
    assert "".join(text for kind, text in parts if kind != "gone") == after
    assert ("new", "Sentence number 250 stood here.") in [(kind, text.strip()) for kind, text in parts]


@pytest.fixture
def track(cast: Cast, writing: None) -> Track:
    """An outdated translation: the original was changed after it was written."""
    found = session.scalars(select(Track).where(Track.forum_id == cast.forum_id, Track.slug == "resilience")).one()
    record(found, "track", {("name", "en"): "Strong cities"}, actor=editor(cast), now=NOW)
    return found


def test_an_outdated_translation_shows_what_changed(track: Track) -> None:
    [one] = translations_of(track)
    assert (one.field, one.language, one.state) == ("name", "zh", TextState.OUTDATED)
    assert ("gone", "Resilience") in one.changed


def test_still_right_is_said_of_the_texts_that_were_read(cast: Cast, track: Track) -> None:
    mark = mark_of(track, "name")
    settle(track, "confirm", "name", mark, actor=editor(cast), now=NOW, chain=cast.forum.chain)
    [one] = translations_of(track)
    assert (one.state, one.changed) == (TextState.REVIEWED, ())
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "confirm_translation")).one()
    assert entry.chain == cast.forum.chain


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nobody_confirms_what_they_have_not_read(cast: Cast, track: Track, language: str) -> None:
    mark = mark_of(track, "name")
    record(track, "track", {("name", language): "X"}, actor=editor(cast), now=NOW)
    with pytest.raises(StaleEdit):
        settle(track, "confirm", "name", mark, actor=editor(cast), now=NOW)


def test_a_field_that_is_no_text_is_refused(cast: Cast, track: Track) -> None:
    with pytest.raises(NothingToReview):
        settle(track, "review", "colour", "x", actor=editor(cast), now=NOW)


def click(client: Client, page: str, html: str, number: int = 0) -> int:
    """Send one of the small forms of a page; return the status."""
    forms = re.findall(r'<form method="post" action="([^"]*translations[^"]*)">(.*?)</form>', html, re.DOTALL)
    action, body = forms[number]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', body))
    return client.post(action, data=fields).status_code


def test_a_session_is_reviewed_in_one_click_at_the_desk(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        held, _ = planned(cast)
        address = f"{HERE}/agenda/sessions/{held.public_id}"
        session.commit()
    client = cast.client("agenda")
    page = client.get(address).text
    assert "Mark as reviewed" in page
    assert click(client, address, page) == 303
    done = client.get(address).text
    assert "Mark as reviewed" not in done
    assert '<span class="state good">Reviewed</span>' in done
    assert "Mark as reviewed" not in cast.client("viewer").get(address).text
    assert click(cast.client("viewer"), address, page) in {400, 404}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_forum_venue_and_parts_have_the_click_too(app: Flask, cast: Cast, language: str) -> None:
    client = cast.client("organiser")
    desk = f"/{language}/forums/hangzhou-test/desk"
    settings = client.get(f"{desk}/settings").text
    with app.app_context():
        room = cast.forum.rooms[0].public_id
    assert [click(client, desk, settings, number) for number in (0, 1)] == [303, 303]
    part = client.get(f"{desk}/rooms/room/{room}").text
    assert click(client, desk, part) == 303
    assert click(client, desk, settings) == 303  # reviewed twice is reviewed


def test_an_outdated_text_is_confirmed_after_its_change_was_shown(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        record(cast.forum, "forum", {("title", "en"): "Hangzhou Water Forum"}, actor=editor(cast), now=NOW)
        session.commit()
    client = cast.client("organiser")
    page = client.get(f"{HERE}/settings").text
    assert "<ins>Water </ins>" in page or "<ins> Water</ins>" in page
    assert "The translation is still right" in page
    with app.app_context():
        begin_writing()
        record(cast.forum, "forum", {("title", "en"): "Hangzhou Waste Forum"}, actor=editor(cast), now=NOW)
        session.commit()
    assert click(client, HERE, page) == 409
    assert click(client, HERE, client.get(f"{HERE}/settings").text) == 303
