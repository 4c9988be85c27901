"""What the registry shows by consent: on each of its surfaces when every party has said yes, on none before."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from lxml import etree, html
from sqlalchemy import select

from forum.cooperation.models import EvidenceVisibility, PublishedOutcome, SessionTie
from forum.cooperation.operations import linking, publishing
from forum.cooperation.operations.publishing import OfficeWords
from forum.cooperation.queries import publishing as reading
from forum.cooperation.rules.publishing import CONTACT, SUMMARY, Thing
from forum.cooperation.states import OutcomeState
from forum.core import revisions
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.events.models import Forum, ForumState
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, held, in_force
from tests.cooperation.test_publishing import WORDS, consent, take_back
from tests.furnishing import Said, add_session, release
from tests.statements import counted_statements

BY_PEOPLE = {"en": "source", "zh": "human"}
WORD = {SUMMARY: "heron-summary", CONTACT: "heron-office", "activity": "heron-activity", "outcome": "heron-outcome",
        "session": "heron-session"}  # fmt: skip


@dataclass
class Kept:
    """A registered partnership with something of each kind that waits for consent."""

    app: Flask
    cast: Cast
    pair: Pair
    number: str
    keys: dict[str, str]  # by kind

    def get(self, address: str, language: str = "en") -> Any:
        return self.cast.client().get(f"/{language}{address}")

    def change(self, deed: Callable[[], object]) -> None:
        with self.app.app_context():
            begin_writing()
            deed()
            session.commit()

    def consent(self, kind: str, *people: str) -> None:
        for who in people or ("delegate", "focal"):
            self.change(lambda who=who: consent(self.pair, self.keys[kind], who))  # type: ignore[misc]

    def surfaces(self) -> dict[str, str]:
        """Return the text of every public page, file and feed that speaks of the partnership."""
        page = f"/partnerships/{self.number}/"
        known = (
            "/partnerships/",
            "/partnerships/map",
            "/partnerships.json",
            "/partnerships.csv",
            "/partnerships/news.xml",
        )
        return {address: self.get(address).text for address in (page, *known)}

    def showing(self, word: str) -> set[str]:
        return {address.rpartition("/")[2] or "page" for address, text in self.surfaces().items() if word in text}


@pytest.fixture
def kept(app: Flask, cast: Cast) -> Kept:
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        pair.version.registered_on = date(2027, 1, 1)
        pair.version.registered_title_en, pair.version.registered_title_zh = "Two cities", "两城"
        pair.version.registered_objectives_en = pair.version.registered_objectives_zh = WORD[SUMMARY]
        office = OfficeWords(Text(WORD[CONTACT], WORD[CONTACT]), "office@lyon.test")
        publishing.name_office(pair.partnership, office, **pair.as_("focal"))  # type: ignore[arg-type]
        activity = held(pair, title=Text(WORD["activity"], WORD["activity"]))
        evidence = accepted(pair)
        evidence.visibility = EvidenceVisibility.PUBLIC
        standard = linking.link_standard(pair.partnership, "ISO 37101:2016", **pair.as_("delegate"))  # type: ignore[arg-type]
        words = replace(
            WORDS,
            title=Text(WORD["outcome"], WORD["outcome"]),
            summary=Text("heron-words", "heron-words"),
            evidence=evidence,
            standard=standard,
        )
        outcome = publishing.propose_outcome(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]
        forum = session.get_one(Forum, cast.forum_id)
        forum.state = ForumState.OPEN
        morning = datetime.combine(forum.first_day, time(9))
        talk = add_session(forum, Said((WORD["session"], WORD["session"])), None, morning, 60)
        release(forum, START)
        link = linking.link_session(pair.partnership, talk, SessionTie.SIGNING, **pair.as_("focal"))  # type: ignore[arg-type]
        keys = {
            SUMMARY: SUMMARY,
            CONTACT: CONTACT,
            "activity": activity.reference,
            "outcome": outcome.reference,
            "session": link.reference,
        }
        made = Kept(app, cast, pair, pair.version.registry_number or "", keys)
        session.commit()
    return made


SURFACES = {
    SUMMARY: {"page", "partnerships.json", "partnerships.csv"},
    CONTACT: {"page", "partnerships.json"},
    "activity": {"page", "partnerships.json"},
    "outcome": {"page", "partnerships.json", "partnerships.csv", "news.xml"},
    "session": {"page"},
}


@pytest.mark.parametrize("kind", sorted(WORD))
def test_a_thing_is_shown_by_consent_of_each_party_and_hidden_when_one_takes_it_back(kept: Kept, kind: str) -> None:
    assert kept.showing(WORD[kind]) == set()
    kept.consent(kind, "focal")
    if kind != "outcome":  # whoever proposes an outcome has consented to it
        assert kept.showing(WORD[kind]) == set()
        kept.consent(kind, "delegate")
    assert kept.showing(WORD[kind]) == SURFACES[kind]
    others = set(WORD.values()) - {WORD[kind]}
    assert all(kept.showing(other) == set() for other in others)
    kept.change(lambda: take_back(kept.pair, kept.keys[kind], "delegate"))
    assert kept.showing(WORD[kind]) == set()


def test_without_the_guard_everything_would_stand_there(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Thing, "may_be_shown", lambda *_: True)
    kept.change(lambda: session.scalars(select(PublishedOutcome)).one().__setattr__("state", OutcomeState.PUBLISHED))
    kept.change(lambda: revisions.bump(revisions.PARTNERSHIPS, now=START))
    assert kept.showing(WORD["activity"]) == SURFACES["activity"]
    assert kept.showing(WORD[SUMMARY]) == SURFACES[SUMMARY]


def test_an_outcome_says_its_kind_day_standard_and_file(kept: Kept) -> None:
    page = f"/partnerships/{kept.number}/"
    key = kept.keys["outcome"].partition(":")[2]
    assert kept.get(f"{page}outcomes/{key}/file").status_code == 404
    kept.consent("outcome", "focal")
    text = kept.get(page).text
    for word in ("Standard published", "20 Feb 2027", "ISO 37101:2016", "heron-words"):
        assert word in text
    assert kept.get(f"{page}outcomes/{key}/file").data.startswith(b"name,count")
    assert kept.get(f"/partnerships/P-1999-0001/outcomes/{key}/file").status_code == 404
    made: Any = html.fromstring(text)
    (line,) = made.xpath("//ol[@class='timeline']/li[1]//a")
    assert line.get("href") == f"#outcome-{key}"
    kept.change(lambda: take_back(kept.pair, kept.keys["outcome"], "focal"))
    assert kept.get(f"{page}outcomes/{key}/file").status_code == 404


def test_a_file_that_is_not_for_everybody_stays_closed_beside_a_published_outcome(kept: Kept) -> None:
    def close() -> None:
        session.scalars(select(PublishedOutcome)).one().evidence.visibility = EvidenceVisibility.LEVELS
        session.flush()
        publishing.reword_outcome(
            session.scalars(select(PublishedOutcome)).one(),
            replace(WORDS, evidence=session.scalars(select(PublishedOutcome)).one().evidence),
            **kept.pair.as_("delegate"),  # type: ignore[arg-type]
        )

    kept.change(close)
    kept.consent("outcome", "focal")
    page = f"/partnerships/{kept.number}/"
    assert "A joint indicator table" in kept.get(page).text
    assert "Evidence (file)" not in kept.get(page).text
    key = kept.keys["outcome"].partition(":")[2]
    assert kept.get(f"{page}outcomes/{key}/file").status_code == 404


def test_the_data_holds_each_thing_in_both_languages(kept: Kept) -> None:
    for kind in (SUMMARY, CONTACT, "activity"):
        kept.consent(kind)
    kept.consent("outcome", "focal")
    (one,) = json.loads(kept.get("/partnerships.json").text)["partnerships"]
    assert one["outcomes"] == [
        {
            "kind": "standard",
            "kind_name": "Standard published",
            "title": {"en": "heron-outcome", "zh": "heron-outcome", "state": BY_PEOPLE},
            "summary": {"en": "heron-words", "zh": "heron-words", "state": BY_PEOPLE},
            "reached_on": "2027-02-20",
            "standard": "ISO 37101:2016",
        }
    ]
    assert one["activities"][0]["last_day"] == "2027-02-10"
    assert one["contact_offices"][0]["country"] == "FR"
    (row,) = csv.DictReader(io.StringIO(kept.get("/partnerships.csv").data.decode("utf-8-sig")))
    assert (row["Summary"], row["Outcomes"]) == ("heron-summary", "heron-outcome")


def test_the_feed_tells_of_an_outcome_when_it_is_published(kept: Kept) -> None:
    kept.consent("outcome", "focal")
    feed: Any = etree.fromstring(kept.get("/partnerships/news.xml").data)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("a:entry/a:title/text()", namespaces=names) == ["Hangzhou – Lyon: heron-outcome"]
    (key,) = feed.xpath("a:entry/a:id/text()", namespaces=names)
    assert key.endswith(f"#outcome-{kept.keys['outcome'].partition(':')[2]}")


def test_the_statements_don_t_grow_with_what_is_published(kept: Kept) -> None:
    addresses = (f"/partnerships/{kept.number}/", "/partnerships.json", "/partnerships.csv", "/partnerships/news.xml")
    for kind in (SUMMARY, CONTACT, "activity"):
        kept.consent(kind)
    kept.consent("outcome", "focal")

    def asked() -> dict[str, int]:
        counts = {}
        for address in addresses:
            kept.app.extensions["forum.public_bodies"].forget()
            with kept.app.app_context(), counted_statements() as seen:
                assert kept.get(address).status_code == 200
            counts[address] = len(seen)
        return counts

    before = asked()

    def more() -> None:
        pair = kept.pair
        evidence = session.scalars(select(PublishedOutcome)).one().evidence
        for number in range(12):
            activity = held(pair, title=Text(f"Course {number}", f"培训{number}"))
            words = replace(WORDS, title=Text(f"Outcome {number}", f"成果{number}"), evidence=evidence)
            outcome = publishing.propose_outcome(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]
            for key in (activity.reference, outcome.reference):
                for who in ("delegate", "focal"):
                    consent(pair, key, who)

    kept.change(more)
    assert asked() == before
    with kept.app.app_context():
        assert len(reading.newest_public(60)) == 13
