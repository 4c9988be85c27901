"""The front page, the notices, and what search engines are told."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient

from forum.core.database import begin_writing, session
from forum.events.models import ForumState, PracticalSection
from tests.agenda.public_programme import Published, publish
from tests.cast import Cast
from tests.conftest import FixedClock


@pytest.fixture
def published(cast: Cast, clock: FixedClock) -> Published:
    with cast.app.app_context():
        return publish(cast, clock())


@pytest.mark.parametrize(("header", "language"), [("zh-CN,zh;q=0.9", "zh"), ("en-GB", "en"), ("fr", "en"), ("", "en")])
def test_only_the_root_negotiates(cast: Cast, header: str, language: str) -> None:
    answer = cast.client().get("/", headers={"Accept-Language": header})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert cast.client().get("/zh/", headers={"Accept-Language": "en"}).text.count('<html lang="zh-Hans">') == 1


def test_home_shows_the_next_forum_and_what_is_new(published: Published, visitor: FlaskClient) -> None:
    page = visitor.get("/en/").text
    assert "The agenda is published" in page
    assert "Hangzhou Forum" in page
    assert "杭州论坛" in visitor.get("/zh/").text


def test_a_draft_forum_is_nowhere(cast: Cast, visitor: FlaskClient) -> None:
    with cast.app.app_context():
        begin_writing()
        cast.forum.state = ForumState.DRAFT
        session.commit()
    for address in ("/en/", "/en/forums/", "/sitemap.xml"):
        assert cast.slug not in visitor.get(address).text, address
    assert visitor.get(f"/en/forums/{cast.slug}/").status_code == 404
    assert visitor.get(f"/en/forums/{cast.slug}/agenda.ics").status_code == 404
    assert cast.client("organiser").get(f"/en/forums/{cast.slug}/").status_code == 200


@pytest.mark.parametrize("page", ["", "forums/", "attribution", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_of_the_site_has_one_heading_a_title_and_its_twin(cast: Cast, language: str, page: str) -> None:
    answer = cast.client().get(f"/{language}/{page}")
    assert answer.status_code == 200
    assert len(re.findall(r"<h1\b", answer.text)) == 1
    assert re.search(r"<title>[^<]{4,}</title>", answer.text)
    far = "zh" if language == "en" else "en"
    assert f'href="/{far}/{page}"' in answer.text
    assert answer.headers["Content-Language"] == {"en": "en", "zh": "zh-Hans"}[language]


def test_the_attribution_page_names_sources_and_licences(visitor: FlaskClient) -> None:
    for language in ("en", "zh"):
        page = visitor.get(f"/{language}/attribution").text
        assert "GeoNames" in page
        assert "https://creativecommons.org/licenses/by/4.0/" in page
        assert "CC0" in page


def test_the_first_page_of_a_forum_says_what_when_and_where(published: Published, visitor: FlaskClient) -> None:
    page = visitor.get(published.page("")).text
    assert "20–22 Apr 2027" in page
    assert "Convention Centre" in page
    assert "office@forum.example" in page
    assert "4 sessions" in page


def test_practical_information_is_markdown_without_markup_of_its_own(cast: Cast, visitor: FlaskClient) -> None:
    with cast.app.app_context():
        begin_writing()
        session.add(
            PracticalSection(
                forum_id=cast.forum_id,
                title_en="Getting there",
                title_zh="交通",
                body_en="**By air.** See <script>alert(1)</script> [here](javascript:alert(1)).",
                body_zh="**乘飞机。**请见",
            )
        )
        session.commit()
    page = visitor.get(f"/en/forums/{cast.slug}/practical").text
    assert "<strong>By air.</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert "<strong>乘飞机。</strong>请见" in visitor.get(f"/zh/forums/{cast.slug}/practical").text


def test_the_sitemap_holds_both_languages_of_what_the_public_sees(published: Published, visitor: FlaskClient) -> None:
    tree = ElementTree.fromstring(visitor.get("/sitemap.xml").data)
    places = [element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places))
    water = f"/forums/{published.slug}/sessions/{published.sessions['water']}"
    assert {f"http://forum.test/{code}{water}" for code in ("en", "zh")} <= set(places)
    assert not any(published.sessions[name] in place for name in ("secret", "staff", "registered") for place in places)
    for place in places:
        assert visitor.get(place.removeprefix("http://forum.test")).status_code == 200, place


def test_robots_are_sent_to_the_sitemap_and_kept_from_the_desk(visitor: FlaskClient) -> None:
    text = visitor.get("/robots.txt").text
    assert "Sitemap: http://forum.test/sitemap.xml" in text
    assert "Disallow: /en/forums/*/desk" in text
    assert "Disallow: /zh/calendar/" in text
