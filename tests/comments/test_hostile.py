"""What strangers and machines type: never a fault of ours."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.comments.operations import deciding
from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.comments.bench import EXPERT, NEAR, SECRETARY, Bench
from tests.statements import counted_statements

ODD = (
    "\0",
    "\ud800",
    "a" * 30_000,
    "%(x)s %d",
    "{{ 1/0 }}",
    "' OR 1=1 --",
    "<svg onload=1>",
    "９" * 50,
    "\u202e",
    "-1",
    "",
)


def address(app: Flask, bench: Bench, *parts: str) -> str:
    with app.app_context():
        return "/".join([f"/en/ballots/{bench.ballot.public_id}/comments", *parts])


@pytest.mark.parametrize("word", ODD, ids=ascii)
def test_odd_words_in_every_field_are_taken_as_text_or_refused(app: Flask, cast: Cast, kept: Bench, word: str) -> None:
    expert, page = cast.client(EXPERT), address(app, kept, "new")
    sound = {"kind": "te", "clause": "3.1", "text_en": "Words.", "deed": "hand_in"}
    fields = (
        "kind",
        "clause",
        "element",
        "line",
        "text_en",
        "text_zh",
        "change_en",
        "change_zh",
        "topic",
        "version",
        "deed",
    )
    for field in fields:
        typed = {**sound, field: word.encode("utf-8", "surrogatepass")}
        assert expert.submit(page, typed).status_code in {303, 422}, field
    assert expert.get(address(app, kept)).status_code == 200
    assert cast.client(SECRETARY).get(address(app, kept, "check")).status_code == 200


@pytest.mark.parametrize(
    "asked", ["page=99999999999999999999", "page=-1", "state=nothing", "kind=%00", "mine=x&page=2"]
)
def test_odd_addresses_show_the_desk(app: Flask, cast: Cast, kept: Bench, asked: str) -> None:
    assert cast.client(EXPERT).get(f"{address(app, kept)}?{asked}").status_code == 200


def test_what_isnt_there_is_not_found(app: Flask, cast: Cast, kept: Bench) -> None:
    for page in ("nobody", "tables/nobody", "nobody/english", "nobody/edit", "nobody/again", "nobody/files/x"):
        assert cast.client(SECRETARY).get(address(app, kept, page)).status_code == 404, page
    assert cast.client(SECRETARY).get("/en/ballots/nobody/comments").status_code == 404


def test_lists_ask_as_much_for_few_comments_as_for_many(app: Flask, cast: Cast, kept: Bench) -> None:
    def asked() -> list[int]:
        counts = []
        for who, page in (
            (SECRETARY, address(app, kept, "check")),
            (SECRETARY, address(app, kept, "answers")),
            (EXPERT, "/en/account/comments"),
            (SECRETARY, "/en/desk/comments"),
        ):
            cast.client(who).get(page)
            with app.app_context(), counted_statements() as seen:
                assert cast.client(who).get(page).status_code == 200
            counts.append(len(seen))
        return counts

    def say(first: int, last: int) -> None:
        with app.app_context():
            begin_writing()
            for place in range(first, last):
                kept.keep(kept.say(f"Comment {place} speaks of something else: {place * 7919}.", clause=f"4.{place}"))
            session.commit()

    say(0, 2)
    few = asked()
    say(2, 40)
    assert asked() == few
    assert max(few) < 30


def test_two_comments_are_never_merged_into_each_other(app: Flask, cast: Cast, kept: Bench) -> None:
    from forum.comments.errors import MergeIntoItself  # noqa: PLC0415 - what this one test looks for

    with app.app_context():
        begin_writing()
        one, other = kept.say(NEAR[0]), kept.say(NEAR[1])
        deciding.merge(one, other, **kept.as_(SECRETARY))
        with pytest.raises(MergeIntoItself):
            deciding.merge(other, one, **kept.as_(SECRETARY))
        session.rollback()
