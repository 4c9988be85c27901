"""What the tests of standards share: the catalogue, files written for a case, and how one is brought in."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.standards.imports.deliverables import HEADING
from forum.standards.imports.running import of_path, perform, preview
from forum.standards.operations.summaries import Summary
from tests.cast import Cast
from tests.conftest import START, FixedClock, Slate, again
from tests.standards.ground import furnish

DAY = date(2026, 9, 1)
Row = dict[str, str]
Written = Callable[..., Path]


def row(number: int, **more: str) -> Row:
    """One row of the deliverables file: a published standard of ISO/TC 268."""
    plain = dict.fromkeys(HEADING, "")
    plain |= {
        "id": str(number),
        "deliverableType": "IS",
        "reference": f"ISO {number}:2020",
        "title.en": f"Cities — Part {number}",
        "publicationDate": "2020-05-04",
        "edition": "1",
        "icsCode": "['13.020.20']",
        "ownerCommittee": "ISO/TC 268",
        "currentStage": "6060",
        "languages": "['en', 'fr']",
        "pages.en": "20",
    }
    return plain | {name.replace("_", "."): text for name, text in more.items()}


@pytest.fixture
def write(tmp_path: Path) -> Written:
    """Write rows as the table that is published."""

    def written(rows: Sequence[Row], name: str = "file.csv", heading: Sequence[str] = HEADING) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(heading)
            writer.writerows([each[name] for name in HEADING] for each in rows)
        return path

    return written


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """The application's context on an empty database."""
    with app.app_context():
        yield
        session.rollback()
        session.remove()


def bring(path: Path, day: date = DAY, *, kind: str = "deliverables", forced: bool = False) -> Summary:
    """Import a file."""
    return perform(of_path(kind, path, day), forced=forced, actor=SYSTEM, clock=lambda: START)


def look(path: Path, day: date = DAY, *, kind: str = "deliverables") -> Summary:
    """Make the preview of a file."""
    return preview(of_path(kind, path, day), forced=False, now=START)


@pytest.fixture(scope="session")
def the_catalogue(application: Flask, slate: Slate, the_cast: Cast) -> Cast:
    """The seeds in the cast's database, loaded once."""
    slate.bring("cast")
    with application.app_context():
        furnish(again(the_cast), START)
    slate.keep("catalogue")
    return the_cast


@pytest.fixture
def catalogue(app: Flask, slate: Slate, the_catalogue: Cast, clock: FixedClock) -> Cast:
    """The cast with the catalogue."""
    clock.at = START
    slate.bring("catalogue")
    return again(the_catalogue)
