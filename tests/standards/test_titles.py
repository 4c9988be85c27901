"""No title that we made is ever shown or exported as if its publisher had given it."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from forum.committees.models import CommitteeName, TitleStatus
from forum.committees.titles import Title, titles_of
from forum.core.database import session
from forum.standards.models import Standard
from tests.cast import Cast
from tests.standards.unofficial import in_data, in_feed, on_page

SURFACES = (
    "committees/",
    "committees/succession",
    "committees/iso-tc-268/",
    "committees/iso-tc-268-sc-1/",
    "committees/itu-t-sg-20/",
    "committees/sac-tc-567/",
    "standards/changes?since=2010-01-01",
    "standards/changes?since=2010-01-01&page=2",
)
DATA = ("committees.json", "committees/iso-tc-268.json", "standards/changes.json?since=2010-01-01")


def ours(app: Flask) -> tuple[set[str], list[str]]:
    """The unofficial titles of the catalogue, and the addresses of what carries them."""
    with app.app_context():
        rows = session.execute(
            select(Standard.title_zh, Standard.slug).where(Standard.zh_status == TitleStatus.UNOFFICIAL)
        ).all()
        official = set(session.scalars(select(Standard.title_zh).where(Standard.zh_status != TitleStatus.UNOFFICIAL)))
        names = set(
            session.scalars(select(CommitteeName.title_zh).where(CommitteeName.zh_status == TitleStatus.UNOFFICIAL))
        )
        session.remove()
    assert len(rows) == 124
    titles = {title for title, _slug in rows} | names
    # A word as short as “术语” stands on pages in its own sense too.
    return {title for title in titles - official if len(title) > 4}, [slug for _title, slug in rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_unofficial_title_stands_anywhere_as_official(catalogue: Cast, app: Flask, language: str) -> None:
    titles, slugs = ours(app)
    visitor, office = catalogue.client(), catalogue.client("registration")
    pages = [*SURFACES, *(f"standards/{slug}/" for slug in slugs[::4])]
    seen = 0
    for address in pages:
        text = visitor.get(f"/{language}/{address}").text
        assert list(on_page(text, titles)) == [], address
        seen += sum(text.count(title) for title in titles)
    assert seen > 30  # the test would be worth nothing on pages without such titles
    for address in ("desk/standards/", "desk/committees/", f"desk/standards/{slugs[0]}/"):
        assert list(on_page(office.get(f"/{language}/{address}").text, titles)) == [], address
    for address in (*DATA, f"standards/{slugs[0]}.json"):
        document = json.loads(visitor.get(f"/{language}/{address}").text)
        assert list(in_data(document, titles)) == [], address
    feed = visitor.get(f"/{language}/standards/changes.xml?since=2010-01-01").text
    assert list(in_feed(feed, titles)) == []


def test_the_guard_finds_a_title_without_its_mark() -> None:
    titles = {"城市指标"}
    assert list(on_page("<html><body><p><span>城市指标</span></p></body></html>", titles)) == ["城市指标"]
    assert list(on_page('<html><body><p title="城市指标">1</p></body></html>', titles)) == ["p[title]"]
    marked = "<html><body><span>城市指标</span> <span>非官方译名</span></body></html>"
    assert list(on_page(marked, titles)) == []
    assert list(in_data({"titles": {"zh": {"text": "城市指标", "official": True}}}, titles)) == ["城市指标"]
    assert list(in_data({"title": "城市指标"}, titles)) == ["城市指标"]
    assert list(in_data({"text": "城市指标", "status": "unofficial", "official": False}, titles)) == []
    assert list(in_feed("<feed><summary>城市指标</summary></feed>", titles)) == ["城市指标"]


def test_a_text_without_a_status_counts_as_ours_and_an_empty_one_as_none() -> None:
    found = titles_of("Indicators", "", "指标", (TitleStatus.OFFICIAL, TitleStatus.OFFICIAL, TitleStatus.NONE))
    assert found.chinese.status is TitleStatus.UNOFFICIAL
    assert found.french.status is TitleStatus.NONE
    assert [title.language for title in found] == ["en", "zh"]


def test_a_reader_gets_the_own_language_first_and_is_told_when_another_one_stands_in() -> None:
    both = titles_of("Indicators", "", "指标", (TitleStatus.OFFICIAL, TitleStatus.NONE, TitleStatus.UNOFFICIAL))
    assert both.for_reader("zh") == Title("zh", "指标", TitleStatus.UNOFFICIAL)
    assert both.for_reader("en").mark == ""
    english = titles_of("Indicators", "", "", (TitleStatus.OFFICIAL, TitleStatus.NONE, TitleStatus.NONE))
    assert english.for_reader("zh").is_fallback
    assert english.for_reader("zh").tag == "en"
