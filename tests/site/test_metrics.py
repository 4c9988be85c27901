"""Figures are for this machine, or for whoever knows the token."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import Cast

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


def test_requests_are_counted_by_endpoint_and_never_by_address(cast: Cast) -> None:
    client = cast.client()
    client.get("/en/forums/a-secret-name/agenda")
    client.get("/health")
    figures = client.get("/metrics")
    assert figures.status_code == 200
    assert 'forum_requests_total{endpoint="health.ready",method="GET",status="200"}' in figures.text
    assert "a-secret-name" not in figures.text
    assert 'forum_mails{state="dead"} 0.0' in figures.text


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_another_machine_finds_nothing(cast: Cast, headers: dict[str, str]) -> None:
    answer = cast.client().get("/metrics", environ_base=ELSEWHERE, headers=headers)
    assert answer.status_code == 404


def test_a_proxy_on_this_machine_does_not_open_the_figures(cast: Cast) -> None:
    assert cast.client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_the_token_opens_them_from_elsewhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(cast.app.extensions["forum.settings"], metrics_token="a long token")
    monkeypatch.setitem(cast.app.extensions, "forum.settings", settings)
    client = cast.client()
    right = client.get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": "Bearer a long token"})
    wrong = client.get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": "Bearer another"})
    assert (right.status_code, wrong.status_code) == (200, 404)
