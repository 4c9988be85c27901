"""Following from the pages, the rounds of the job, and stopping the mails without signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.watching import jobs, operations
from forum.watching.models import Frequency, Level, Watch
from forum.watching.parts import committee_part, standard_part
from forum.watching.queries import lists
from forum.web.viewer import NOBODY
from tests.cast import Cast
from tests.conftest import START, FixedClock
from tests.evidence.chain import viewer_of
from tests.watching.following import Followed, followed, mails, moved

LIST = "/account/watching"


@pytest.fixture
def kept(app: Flask, cast: Cast) -> Followed:
    """The committee and its standards, committed, for pages."""
    with app.app_context():
        begin_writing()
        made = followed(cast)
        session.commit()
        session.remove()
    return made


def held(app: Flask) -> list[Watch]:
    with app.app_context():
        return list(session.scalars(select(Watch).order_by(Watch.id)))


def declare(app: Flask, kept: Followed, code: str) -> None:
    with app.app_context():
        begin_writing()
        moved(kept.standard, code)
        session.commit()


def test_somebody_follows_changes_and_stops_on_one_page(app: Flask, cast: Cast, kept: Followed) -> None:
    client = cast.client("stranger")
    for kind, slug in (("standard", "iso-37101"), ("committee", "iso-tc-268"), ("topic", "indicators")):
        sent = client.submit(f"/en{LIST}/follow", {"kind": kind, "slug": slug}, page=f"/en{LIST}")
        assert sent.status_code == 303
    for language, words in (("en", ("ISO 37101:2016", "ISO/TC 268", "Indicators")), ("zh", ("指标", "ISO/TC 268"))):
        text = client.get(f"/{language}{LIST}").text
        for word in words:
            assert word in text
    first = held(app)[0]
    address = f"/en{LIST}/{first.public_id}"
    assert "1 deliverable now" in client.get(address).text
    wish = {"frequency": "weekly", "level": "significant", "exclusions": "ISO 37120"}
    assert client.submit(address, {**wish, "exclusions": "ISO 1"}).status_code == 422
    assert client.submit(address, wish).status_code == 303
    changed = held(app)[0]
    assert (changed.frequency, changed.level) == (Frequency.WEEKLY, Level.SIGNIFICANT)
    assert client.submit(address, {**wish, "version": "1"}).status_code == 409  # saved in another window
    assert client.submit(f"{address}/stop", {}, page=f"/en{LIST}").status_code == 303
    assert len(held(app)) == 2


def test_what_somebody_follows_is_nobody_elses_business(app: Flask, cast: Cast, kept: Followed) -> None:
    cast.client("stranger").submit(f"/en{LIST}/follow", {"kind": "committee", "slug": "iso-tc-268"}, page=f"/en{LIST}")
    address = f"/en{LIST}/{held(app)[0].public_id}"
    other = cast.client("focal")
    assert other.get(address).status_code == 404
    assert other.submit(f"{address}/stop", {}, page=f"/en{LIST}").status_code == 404
    assert "ISO/TC 268" not in other.get(f"/en{LIST}").text
    assert cast.client().get(f"/en{LIST}").status_code == 303
    nonsense = cast.client("focal").submit(f"/en{LIST}/follow", {"kind": "person", "slug": "x"}, page=f"/en{LIST}")
    assert nonsense.status_code == 404


def test_a_rule_is_shown_before_it_is_saved(app: Flask, cast: Cast, kept: Followed) -> None:
    client, address = cast.client("stranger"), f"/zh{LIST}/new"
    rule = {"name": "城市", "committee": "iso-tc-268", "ics": "13.", "frequency": "at_once", "level": "all"}
    shown = client.submit(address, {**rule, "deed": "preview"})
    assert shown.status_code == 200
    assert "ISO 37101:2016" in shown.text
    assert "ISO 37120:2018" not in shown.text.partition("<aside")[2]
    assert held(app) == []
    assert client.submit(address, {"name": "x", "deed": "save"}).status_code == 422
    assert client.submit(address, {**rule, "name": "", "deed": "save"}).status_code == 422
    assert client.submit(address, {**rule, "deed": "save"}).status_code == 303
    assert client.get(f"/en{LIST}/{held(app)[0].public_id}").status_code == 200


def test_the_round_tells_each_once_and_goes_on_after_a_fault(
    app: Flask, cast: Cast, kept: Followed, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        begin_writing()
        for who in ("stranger", "organiser"):
            kept.follow(kept.standard, who)
        session.commit()
    declare(app, kept, "90.92")
    real, failing = operations.tell, cast.accounts["stranger"]

    def fails(person, **more):  # type: ignore[no-untyped-def]
        told = real(person, **more)
        if person.account.id == failing:
            raise RuntimeError
        return told

    with app.app_context():
        monkeypatch.setattr(operations, "tell", fails)
        first = jobs.run(base_url="http://forum.test", now=START)
        assert (first.gathered, first.mails, first.failed) == (2, 1, 1)
        monkeypatch.setattr(operations, "tell", real)
        second = jobs.run(base_url="http://forum.test", now=START + timedelta(minutes=10))
        assert (second.gathered, second.mails, second.failed) == (0, 1, 0)
        third = jobs.run(base_url="http://forum.test", now=START + timedelta(minutes=20))
        assert (third.gathered, third.mails) == (0, 0)
        assert len(mails()) == 2
        assert lists.gathered_until() == START + timedelta(minutes=20)


def test_one_click_in_a_mail_stops_the_mails_without_signing_in(app: Flask, cast: Cast, kept: Followed) -> None:
    with app.app_context():
        begin_writing()
        kept.follow(kept.standard)
        session.commit()
    declare(app, kept, "90.92")
    with app.app_context():
        jobs.run(base_url="http://forum.test", now=START)
        path = mails()[0].unsubscribe.removeprefix("http://forum.test")
    visitor = cast.client()
    assert "Stop the mails" in visitor.get(path).text
    assert held(app)[0].frequency is Frequency.AT_ONCE  # opening the page changes nothing
    # What a mail program sends (RFC 8058, section 3.1): no cookie, no form token.
    answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert held(app)[0].frequency is Frequency.OFF
    assert visitor.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200  # twice does no harm
    assert visitor.get("/en/watching/link/nonsense").status_code == 404
    assert visitor.post("/zh/watching/link/" + "x" * 300).status_code == 404


def test_the_button_knows_who_follows(app: Flask, cast: Cast, kept: Followed) -> None:
    with app.app_context():
        begin_writing()
        kept.follow(kept.standard)
        session.commit()
    with app.test_request_context("/en/"):
        one = standard_part(kept.standard, viewer_of(cast.account("stranger"), START), START)
        assert "Stop following" in render_template(one.template, **one.facts)
        nobody = committee_part(kept.committee, NOBODY, START)
        assert "Sign in to follow" in render_template(nobody.template, **nobody.facts)


def test_own_data_tell_what_is_followed(app: Flask, cast: Cast, kept: Followed) -> None:
    with app.app_context():
        begin_writing()
        kept.follow(kept.committee)
        session.commit()
    text = cast.client("stranger").get("/en/account/data").text
    assert "ISO/TC 268" in text
