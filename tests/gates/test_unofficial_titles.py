"""No title of ours is shown or exported as official: every public surface of the demonstration, and its packs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.adoptions.models import Adoption
from forum.ballots.models import Ballot
from forum.committees.models import Committee, TitleStatus
from forum.core.database import session
from forum.evidence.models import Idea
from forum.liaisons.models import Statement
from forum.standards.models import Standard
from tests.demonstration import browser_of
from tests.gates.channels import legible
from tests.standards.unofficial import MARKS, in_data, in_feed, on_page

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(240)]
OURS = frozenset({TitleStatus.UNOFFICIAL, TitleStatus.RECHECK})
LISTS = (
    "standards/", "standards/?q=城市", "standards.json", "standards.csv", "standards/changes", "standards/changes.json",
    "standards/changes.xml", "standards/overlaps", "committees/", "committees.json", "committees/succession",
    "committees/succession.json", "ballots/", "ballots.ics", "adoptions/", "adoptions.json", "adoptions.csv",
    "liaisons/", "liaisons.json", "liaisons/relations/", "ideas/", "cities/",
)  # fmt: skip
PACKS = ("desk/evidence/packs/{}", "desk/evidence/packs/{}/file.docx", "desk/evidence/packs/{}/file.pdf")
EACH = (
    (Standard.slug, ("standards/{}/", "standards/{}.json"), 30),
    (Committee.slug, ("committees/{}/", "committees/{}.json"), 12),
    (Ballot.public_id, ("ballots/{}/",), 12),
    (Adoption.public_id, ("adoptions/{}/",), 12),
    (Statement.public_id, ("liaisons/{}/",), 6),
    (Idea.public_id, ("ideas/{}/",), 6),
)


@pytest.fixture
def titles(demonstration: Flask) -> set[str]:
    """The Chinese titles that are ours alone: no row gives the same words as official."""
    with demonstration.app_context():
        rows = session.execute(select(Standard.title_zh, Standard.zh_status).where(Standard.title_zh != "")).all()
        session.remove()
    ours = {title for title, status in rows if status in OURS}
    # A word as short as “术语” stands on pages in its own sense too.
    return {title for title in ours - {title for title, status in rows if status not in OURS} if len(title) > 4}


def surfaces(app: Flask) -> tuple[list[str], list[str]]:
    """The addresses that everybody reads, and those of packs."""
    public = list(LISTS)
    with app.app_context():
        for column, pages, most in EACH:
            query = select(column).order_by(column).limit(most)
            if column is Standard.slug:
                query = query.where(Standard.title_zh != "")
            public += [page.format(name) for name in session.scalars(query) for page in pages]
        some = session.scalars(select(Standard.slug).where(Standard.title_zh != "").order_by(Standard.slug).limit(4))
        packs = [page.format(slug) for slug in some for page in PACKS]
        session.remove()
    return public, packs


def found_in(answer: Response, titles: set[str]) -> Iterator[str]:
    """The titles that an answer gives as if they were official."""
    kind = answer.mimetype or ""
    if kind == "text/html":
        yield from on_page(answer.get_data(as_text=True), titles)
    elif kind == "application/json":
        yield from in_data(json.loads(answer.get_data(as_text=True)), titles)
    elif kind == "text/csv":
        for row in csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))):
            cells = " ".join(row)
            yield from (cell for cell in row if cell in titles and not any(mark in cells for mark in TOLD))
    elif kind.endswith("xml"):
        yield from in_feed(answer.get_data(as_text=True), titles)
    else:
        text = legible(answer)
        marked = any(mark.casefold() in text for mark in MARKS)
        yield from (title for title in titles if title.casefold() in text and not marked)


TOLD = (*MARKS, "unofficial", "recheck")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_title_of_ours_is_shown_or_exported_as_official(
    demonstration: Flask, titles: set[str], language: str
) -> None:
    public, packs = surfaces(demonstration)
    faults: list[str] = []
    holding = 0
    for who, addresses in ((None, public), ("standards", [*packs, *public[::3]])):
        client = browser_of(demonstration, who)
        for address in addresses:
            answer = client.get(f"/{language}/{address}", follow_redirects=True)
            if answer.status_code != 200:
                assert answer.status_code == 404, address
                continue
            holding += any(title in answer.get_data(as_text=False).decode("utf-8", "replace") for title in titles)
            faults += [f"{who} {address}: {fault}" for fault in found_in(answer, titles)]
    assert not faults, "\n".join(faults)
    assert len(titles) > 20
    assert holding > 30, "and most of these do hold such titles, marked as what they are"


def test_a_title_without_its_mark_is_found_in_a_table() -> None:
    for told, found in (("", ["城市术语表"]), (",unofficial", [])):
        bare = Response(f"reference,title\r\nISO 1,城市术语表{told}\r\n", content_type="text/csv")
        assert list(found_in(bare, {"城市术语表"})) == found
