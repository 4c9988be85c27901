"""Which texts the registry's files hold: what people settled, a machine's drafts only with their mark."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask

from forum.cooperation.models import PublishedOutcome
from forum.core.catalogue import translator
from forum.core.database import session
from forum.partnerships.models import AgreementVersion
from tests.conftest import START
from tests.registry.test_consent import Kept, kept  # noqa: F401 - a fixture
from tests.translation.planting import plant_state

DRAFTED, TITLE = "机器成果", "机器两城"


@pytest.fixture
def drafted(app: Flask, kept: Kept) -> Kept:  # noqa: F811
    """The registered title and the title of an outcome, each with a Chinese side that a machine wrote."""

    def change() -> None:
        outcome = session.query(PublishedOutcome).one()
        outcome.title_zh = DRAFTED
        version = session.query(AgreementVersion).filter_by(registered_title_en="Two cities").one()
        version.registered_title_zh = TITLE
        session.flush()
        plant_state(outcome, "title", "machine", START)
        plant_state(version, "registered_title", "machine", START)

    kept.change(change)
    kept.consent("outcome")
    return kept


def row(drafted: Kept, texts: str = "", language: str = "zh") -> dict[str, str]:
    answer = drafted.get(f"/partnerships.csv{'?texts=' if texts else ''}{texts}", language)
    (found,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    return found


@pytest.mark.parametrize("texts", ["", "reviewed", "source"])
def test_a_machine_s_draft_is_not_in_the_table_unless_somebody_asks(drafted: Kept, texts: str) -> None:
    found = "|".join(row(drafted, texts).values())
    assert DRAFTED not in found
    assert TITLE not in found
    assert "heron-outcome" in found
    assert "Two cities" in found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_asked_for_it_carries_its_mark(drafted: Kept, language: str) -> None:
    found = "|".join(row(drafted, "machine", language).values())
    mark = f" [{translator('zh')('machine translation')}]"
    assert (f"{DRAFTED}{mark}" in found) is (language == "zh")
    assert (f"{TITLE}{mark}" in found) is (language == "zh")
    links = drafted.get("/partnerships/", language).text
    assert all(f"/{language}/partnerships.csv?texts={texts}" in links for texts in ("reviewed", "machine", "source"))


def test_the_data_says_of_each_side_what_it_is(drafted: Kept) -> None:
    (one,) = json.loads(drafted.get("/partnerships.json").text)["partnerships"]
    assert one["title"] == {"en": "Two cities", "zh": TITLE, "state": {"en": "source", "zh": "machine"}}
    assert one["outcomes"][0]["title"]["state"] == {"en": "source", "zh": "machine"}
    (less,) = json.loads(drafted.get("/partnerships.json?texts=reviewed").text)["partnerships"]
    assert less["title"] == {"en": "Two cities", "zh": "", "state": {"en": "source", "zh": "missing"}}


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_another_word_is_refused(drafted: Kept, kind: str) -> None:
    answer = drafted.get(f"/partnerships.{kind}?texts=all")
    assert answer.status_code == 400
    assert "Possible values: reviewed, machine, source." in answer.text
