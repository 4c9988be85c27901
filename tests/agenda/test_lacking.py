"""What a release would lack in one of its languages, step by step, with the way to the work."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask

from forum.agenda.models import AgendaSession
from forum.agenda.programme import SpeakerRole, Visibility
from forum.agenda.queries import draft
from forum.agenda.rules.parity import Lack, lacks
from forum.core.bilingual import TextState
from forum.core.database import begin_writing, session
from forum.events.models import Track
from forum.translation import operations
from forum.translation.models import Origin
from forum.translation.operations import record
from tests.agenda.exports import programmes
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast, Client

SESSION = "agenda_session"
SAID = {
    "missing": ("1 abstract has no Chinese.", "1个摘要没有中文。"),
    "machine": ("1 abstract in Chinese is a machine draft.", "1个摘要的中文为机器翻译初稿。"),
    "outdated": (
        "1 abstract in Chinese: the original has changed since it was translated.",
        "1个摘要的中文：翻译后原文已有更新。",
    ),
    "human": (
        "1 abstract in Chinese has not been reviewed: official files hold the original in its place.",
        "1个摘要的中文尚未审校：正式文件中以原文代替。",
    ),
}


def told(client: Client, cast: Cast) -> dict[str, tuple[list[str], list[str]]]:
    """Return the sentences and the ways of the page before a release in each language."""
    found = {}
    for language in ("en", "zh"):
        page = client.get(f"/{language}/forums/{cast.slug}/desk/releases/new").text
        sentences = [html.unescape(each) for each in re.findall(r"<div><p>([^<]+)</p>", page)]
        found[language] = (
            sentences,
            [html.unescape(each) for each in re.findall(r'href="([^"]+\?state=[^"]+)"', page)],
        )
    return found


@pytest.mark.parametrize("who", ["agenda", "organiser"])
def test_the_warnings_follow_each_step(app: Flask, cast: Cast, who: str) -> None:
    client = cast.client(who)
    with app.app_context():
        begin_writing()
        held, _slot = planned(cast)
        actor = editor(cast)
        operations.review(held, "title", "zh", actor=actor, now=NOW)
        key, public_id = held.id, held.public_id
        session.commit()

    def write(language: str, text: str, **facts: Any) -> None:
        with app.app_context():
            begin_writing()
            found = session.get_one(AgendaSession, key)
            record(found, SESSION, {("abstract", language): text}, actor=actor, now=NOW, **facts)
            session.commit()

    def review() -> None:
        with app.app_context():
            begin_writing()
            operations.review(session.get_one(AgendaSession, key), "abstract", "zh", actor=actor, now=NOW)
            session.commit()

    def expect(state: str) -> None:
        page = told(client, cast)
        for place, language in enumerate(("en", "zh")):
            sentences, ways = page[language]
            assert {kind: said[place] in sentences for kind, said in SAID.items()} == {
                kind: kind == state for kind in SAID
            }, sentences
            if state:
                way = next(each for each in ways if f"state={state}" in each and f"kind={SESSION}" in each)
                assert way.startswith(f"/{language}/desk/translation/forums/{cast.slug}/?")
                desk = client.get(way)
                assert desk.status_code == 200
                assert f"/{SESSION}/{public_id}/" in desk.text

    write("en", "Pipes and wells.")
    expect("missing")
    write("zh", "管网与水井。", origin=Origin.MACHINE, engine="test")
    expect("machine")
    review()
    expect("")
    write("en", "Pipes, wells and rain.")
    expect("outdated")
    write("zh", "管网、水井与雨水。")
    expect("human")
    review()
    expect("")


def test_names_count_when_a_machine_wrote_them_or_they_are_missing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        track = session.query(Track).filter_by(forum_id=cast.forum_id).order_by(Track.id).first()
        assert track is not None
        held, _slot = planned(cast)
        operations.review(held, "title", "zh", actor=editor(cast), now=NOW)
        assert lacks(draft.programme(cast.forum)) == ()
        record(
            track, "track", {("name", "zh"): "机器主题"}, actor=editor(cast), now=NOW, origin=Origin.MACHINE, engine="x"
        )
        assert lacks(draft.programme(cast.forum)) == (Lack("track", "name", "zh", TextState.MACHINE, 1),)
        session.rollback()


def test_a_session_counts_once_and_what_the_public_never_sees_does_not() -> None:
    title = programmes.item().title
    missing = type(title)("Water", "")
    twice = [
        programmes.item(1, title=missing, session_id="one"), programmes.item(2, title=missing, session_id="one"),
        programmes.item(3, title=missing, visibility=Visibility.STAFF),
        programmes.item(4, title=missing, speakers=(
            programmes.speaker(1, SpeakerRole.CHAIR, name=missing, person_guid="place-1"),
            programmes.speaker(2, name=missing),
        )),
    ]  # fmt: skip
    found = {
        (each.entity, each.field): each.count for each in lacks(programmes.programme(*twice)) if each.state == "missing"
    }
    assert found == {(SESSION, "title"): 2, ("contribution", "placeholder"): 1}
