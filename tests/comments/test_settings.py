"""The desk's numbers and words from a day on."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask

from forum.comments import errors
from forum.comments.operations.settings import parsed, set_terms
from forum.comments.queries.settings import bundled, terms_on
from forum.comments.rules.dispositions import Disposition, Pattern
from forum.core.database import session
from tests.cast import Cast
from tests.comments.bench import EXPERT, OFFICE, SECRETARY, Bench
from tests.conftest import START

TODAY = START.date()
WORDS = {"rejected": Disposition.REJECTED, "不采纳": Disposition.REJECTED, "accepted": Disposition.ACCEPTED}


def test_what_is_set_holds_from_its_day_on_and_not_before(bench: Bench) -> None:
    assert terms_on(TODAY).similarity == Fraction(85, 100)
    tomorrow = TODAY + timedelta(days=1)
    set_terms(tomorrow, 90, 24, [Pattern("ok", Disposition.ACCEPTED)], **bench.as_(OFFICE))
    assert terms_on(TODAY).similarity == Fraction(85, 100)
    later = terms_on(tomorrow)
    assert (later.similarity, later.near, len(later.patterns)) == (Fraction(90, 100), timedelta(hours=24), 1)


def test_the_past_and_nonsense_are_refused(bench: Bench) -> None:
    who = bench.as_(OFFICE)
    with pytest.raises(errors.StartsInThePast):
        set_terms(TODAY - timedelta(days=1), 90, 24, [], **who)
    with pytest.raises(errors.LikenessOutOfRange):
        set_terms(TODAY, 10, 24, [], **who)
    with pytest.raises(errors.HoursOutOfRange):
        set_terms(TODAY, 90, 0, [], **who)


def test_patterns_are_read_in_both_languages_and_an_unclear_line_is_named() -> None:
    assert parsed("not accepted = Rejected\n\n不同意＝不采纳", WORDS) == [
        Pattern("not accepted", Disposition.REJECTED),
        Pattern("不同意", Disposition.REJECTED),
    ]
    for text, line in (("fine = maybe", 1), ("ok = accepted\nno sign", 2), (" = accepted", 1), ("", 1)):
        with pytest.raises(errors.PatternUnclear) as refused:
            parsed(text, WORDS)
        assert refused.value.facts == {"line": line}


def test_the_page_brings_the_list_along_and_saves_it_unchanged(app: Flask, cast: Cast, kept: Bench) -> None:
    page = "/en/desk/comments/settings"
    shown = cast.client(OFFICE).get(page)
    assert "not accepted = Rejected" in shown.text
    assert cast.client(SECRETARY).get(page).status_code == 404
    assert cast.client(EXPERT).get(page).status_code == 404
    with app.app_context():
        lines = [f"{words} = {dict(WORDS_IN_FULL)[meant]}" for words, meant in bundled()["patterns"]]
    typed = {
        "effective_from": TODAY.isoformat(),
        "similarity_percent": "88",
        "near_hours": "24",
        "patterns": "\n".join(lines),
    }
    assert cast.client(OFFICE).submit(page, {**typed, "similarity_percent": "7"}).status_code == 422
    assert cast.client(OFFICE).submit(page, {**typed, "patterns": "x"}).status_code == 422
    assert cast.client(OFFICE).submit(page, typed).status_code == 303
    with app.app_context():
        terms = terms_on(TODAY)
        assert terms.similarity == Fraction(88, 100)
        assert len(terms.patterns) == len(lines)
        session.rollback()
    assert "88 %" in cast.client(OFFICE).get("/zh/desk/comments/settings").text


WORDS_IN_FULL = (
    ("accepted", "Accepted"),
    ("in_principle", "Accepted in principle"),
    ("partly", "Partially accepted"),
    ("noted", "Noted"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
)
