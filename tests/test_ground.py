"""The ground stands: pages answer in their language, nothing is open by accident, reading never writes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.paths import PACKAGE
from forum.web.policy import Pages, undeclared
from tests.cast import Cast


def test_every_page_declares_who_may_see_it(app: Flask) -> None:
    assert undeclared(app) == []


def test_a_page_without_a_policy_cannot_be_registered() -> None:
    with pytest.raises(TypeError):
        Pages("x", __name__).page("/open")  # type: ignore[call-arg]


def test_health_answers(visitor: FlaskClient) -> None:
    assert visitor.get("/health").json == {"status": "ok", "database": "ok"}


def test_an_unknown_address_answers_in_its_own_language(visitor: FlaskClient) -> None:
    english, chinese = visitor.get("/en/nowhere"), visitor.get("/zh/nowhere")
    assert (english.status_code, chinese.status_code) == (404, 404)
    assert '<html lang="zh-Hans"' in chinese.text
    assert '<html lang="en"' in english.text
    assert 'href="/zh/nowhere"' in english.text


def test_the_cast_is_there(cast: Cast) -> None:
    with cast.app.app_context():
        assert cast.forum.title_zh == "杭州论坛"


def test_no_module_is_hidden_behind_a_package_of_its_name() -> None:
    assert [str(path) for path in PACKAGE.rglob("*.py") if (path.with_suffix("") / "__init__.py").is_file()] == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW,en;q=0.5", "zh"),
        ("zh-Hans-CN", "zh"),
        ("fr,en;q=0.3", "en"),
        ("*", "en"),
        ("", "en"),
        ("en-US,zh;q=0.8", "en"),
    ],
)
def test_only_the_root_negotiates_the_language(visitor: FlaskClient, asked: str, language: str) -> None:
    answer = visitor.get("/", headers={"Accept-Language": asked})
    assert answer.headers["Location"] == f"/{language}/"
    assert "Accept-Language" in answer.headers["Vary"]
    assert f'<html lang="{"zh-Hans" if language == "en" else "en"}"' in (
        visitor.get("/zh/" if language == "en" else "/en/", headers={"Accept-Language": asked}).text
    )


def test_the_language_of_the_account_comes_before_that_of_the_browser(cast: Cast) -> None:
    answer = cast.client("organiser").get("/", headers={"Accept-Language": "en"})
    assert answer.headers["Location"] == "/zh/"
