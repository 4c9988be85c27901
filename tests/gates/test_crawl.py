"""The crawl gate: everybody opens everything that is offered to them, in both languages.

It finds what no catalogue can: a sentence that was never given to the catalogue, a text shown in another language
than its ``lang`` says, a link that leads nowhere, a page without a title or with a field that has no name.  In the
world that is walked through machines wrote the reader's language: it finds what they wrote without a mark, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import session
from forum.people.models import Person
from tests.demonstration import EVERYBODY, SLUG, browser_of, starts_in
from tests.gates.conftest import Draft
from tests.gates.crawl import Walk, walk
from tests.gates.drafted import Drafted
from tests.gates.pages import Names, Page
from tests.gates.stated import unstated

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(300)]

# Names that stay as they are: of both languages, of time zones, of sources and licences, of the account made here.
PATTERNS = re.compile(
    r"(?i)^\s*(?:English|简体中文)\s*$|^\s*[A-Z][A-Za-z]+(?:/[A-Z][\w -]+)+\s*$|"
    r"\b(?:Wikidata|Unicode CLDR|ODC-By|Open Data|Stranger|GeoNames|Creative Commons|CC BY|CC0|SIL Open Font Licence)\b"
)
LANGUAGES = ("en", "zh")
OF_PARTNERSHIPS = frozenset(
    {
        "activity.title",
        "board_clause.title",
        "board_clause.difference",
        "board_result.remark",
        "cooperation_report.done",
        "deliverable.title",
        "milestone.title",
        "outcome.indicator",
        "outcome.unit",
        "outcome.source",
        "published_outcome.title",
        "published_outcome.summary",
    }
)


@cache
def names_of(app: Flask) -> Names:
    """The names of people stand in both scripts on every page: they are no words of a language."""
    with app.app_context():
        people = session.execute(select(Person.family_latin, Person.given_latin, Person.name_zh, Person.native_name))
        found = {name for row in people for name in row if name}
        found |= set(session.scalars(select(Account.name)))
        session.remove()
    return Names(found, PATTERNS)


def walked(app: Flask, drafts: Drafted, who: str | None, language: str) -> Walk:
    client = browser_of(app, who)
    offered = [start for start in starts_in(language) if client.get(start).status_code == 200]

    def inspect(page: Page) -> list[str]:
        clashes = [f"in {told}: {text[:90]}" for told, text in page.foreign_words(names_of(app))]
        return [*page.blemishes(), *clashes, *drafts.unmarked(page), *unstated(page)]

    most_alike = 2 if who is None else 1
    return walk(app, client, offered, prefix=f"/{language}/", most_alike=most_alike, inspect=inspect)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", [None, *EVERYBODY])
def test_everything_that_is_offered_can_be_read(
    drafted: Callable[[str], Draft], who: str | None, language: str
) -> None:
    app, drafts = drafted(language)
    found = walked(app, drafts, who, language)
    assert len(found.pages) >= 10
    assert not found.faults, "\n".join(found.faults)
    assert drafts.kinds(found.pages.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_partnership_comes_to_is_marked(drafted: Callable[[str], Draft], language: str) -> None:
    app, drafts = drafted(language)
    pages: dict[str, Page] = {}
    for who, start in (("liaison", drafts.plan), ("nation", drafts.plan), (None, "partnerships/")):
        below = f"/{language}/{start}"
        found = walk(app, browser_of(app, who), [below], prefix=below, most_alike=40, by_query=False)
        pages |= found.pages
    assert not [f"{at}: {fault}" for at, page in pages.items() for fault in drafts.unmarked(page)]
    assert drafts.kinds(pages.values()) >= OF_PARTNERSHIPS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_beside_a_text_is_marked_too(drafted: Callable[[str], Draft], language: str) -> None:
    app, drafts = drafted("zh" if language == "en" else "en")
    found = walk(app, browser_of(app, None), [f"/{language}/"], prefix=f"/{language}/", inspect=drafts.unmarked)
    assert "forum.title" in drafts.kinds(found.pages.values())
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_its_notice_a_page_is_found(drafted: Callable[[str], Draft], language: str) -> None:
    app, drafts = drafted(language)
    client = browser_of(app, "organiser")
    for path in ("forums/", f"forums/{SLUG}/desk/agenda"):
        address = f"/{language}/{path}"
        assert not list(drafts.unmarked(Page(address, client.get(address).text)))
        with patch("forum.web.marks.doubts", lambda _page: ()):
            assert list(drafts.unmarked(Page(address, client.get(address).text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_its_own_mark_a_heading_or_a_longer_text_is_found(
    drafted: Callable[[str], Draft], language: str
) -> None:
    app, drafts = drafted(language)
    address = f"/{language}/forums/{SLUG}/"
    whole = browser_of(app, None).get(address).text
    bare = re.sub(r'<span class="text-note[^"]*">.*?</span>', "", whole)
    faults = list(drafts.unmarked(Page(address, bare)))
    assert not list(drafts.unmarked(Page(address, whole)))
    assert any("forum.title in h1" in fault for fault in faults)
    assert any("forum.summary in p" in fault for fault in faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_outside_of_the_catalogue_is_found(language: str) -> None:
    told = {"en": "论坛日程", "zh": "Programme of the forum"}[language]
    tag = {"en": "en", "zh": "zh-Hans"}[language]
    page = Page("/", f'<html lang="{tag}"><title>ISO</title><body><h1>{told}</h1><p lang="{tag}">12</p></body></html>')
    assert list(page.foreign_words()) == [(tag, told)]


def test_a_text_with_its_own_language_is_no_fault() -> None:
    page = Page(
        "/", '<html lang="zh-Hans"><title>论坛</title><body><h1 lang="en">Forum</h1><p>论坛 PDF</p></body></html>'
    )
    assert list(page.foreign_words()) == []
