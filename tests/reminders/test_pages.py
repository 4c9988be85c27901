"""What waits for me: a page of one's own, in both languages, with few statements; and old reminders end."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text, update

from forum import tables
from forum.accounts.models import SignIn
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.paths import MIGRATIONS
from forum.reminders import operations, own_data
from forum.reminders.models import Notice, Reminder
from tests.cast import Cast
from tests.conftest import START
from tests.reminders.dates import Room, due, go_round, seat
from tests.statements import counted_statements

ON = date(2027, 3, 5)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Memorandum with Lyon", "Due in 4 days, on Fri, 5 Mar 2027"]),
        ("zh", ["与里昂的合作备忘录", "2027年3月5日周五"]),
    ],
)
def test_everybody_sees_what_waits_for_them_and_for_nobody_else(cast: Cast, language: str, words: list[str]) -> None:
    room = Room()
    room.dates = [due(seat(cast, "focal", "Lyon", START), ON)]
    go_round(cast.app, START, room)
    mine = cast.client("focal").get(f"/{language}/reminders").text
    assert all(word in mine for word in [*words, translator(language)("What waits for you")])
    assert mine.count("<h1") == 1
    assert f'href="/{language}/agreements/abc"' in mine
    assert words[0] not in cast.client("organiser").get(f"/{language}/reminders").text
    assert cast.client("stranger").get(f"/{language}/reminders").status_code == 404
    assert cast.client().get(f"/{language}/reminders").status_code == 303


def test_a_hundred_reminders_cost_no_more_statements_than_one(cast: Cast) -> None:
    room = Room()
    person = seat(cast, "focal", "Lyon", START)
    browser = cast.client("focal")
    counts = []
    for number in (1, 100):
        room.dates = [due(person, ON, f"agreement:{each}") for each in range(number)]
        go_round(cast.app, START, room)
        with cast.app.app_context(), counted_statements() as seen:
            page = browser.get("/en/reminders")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "Page 2" in page.text
    assert browser.get("/en/reminders?page=x").status_code == 200


def test_a_quiet_round_asks_no_more_for_a_hundred_than_for_one(cast: Cast) -> None:
    room = Room()
    people = [seat(cast, who, "Lyon", START) for who in ("focal", "delegate")]
    counts = []
    for number in (1, 100):
        room.dates = [due(person, date(2027, 6, 1), f"agreement:{each}") for person in people for each in range(number)]
        go_round(cast.app, START, room)
        with cast.app.app_context(), counted_statements() as seen:
            operations.plan([("agreements", each) for each in room.dates], now=START)
            session.rollback()
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_ones_own_data_name_what_waits(cast: Cast) -> None:
    room = Room()
    person = seat(cast, "focal", "Lyon", START)
    room.dates = [due(person, ON)]
    go_round(cast.app, START, room)
    with cast.app.app_context():
        (section,) = own_data.sections(person, START)
        assert any("Memorandum with Lyon" in value for _, value in section["entries"])
        assert own_data.sections(cast.accounts["stranger"], START) == []
    assert "Memorandum with Lyon" in cast.client("focal").get("/en/account/data").text


def test_what_was_settled_long_ago_is_forgotten_and_what_is_open_is_not(cast: Cast) -> None:
    room = Room()
    person = seat(cast, "focal", "Lyon", START)
    room.dates = [due(person, ON), due(person, ON, "agreement:open")]
    go_round(cast.app, START, room)
    room.dates.pop(0)
    go_round(cast.app, START, room)
    with cast.app.app_context():
        begin_writing()
        assert operations.forget_old(START) == 0
        assert operations.forget_old(datetime(2030, 1, 1, tzinfo=UTC)) == 1
        assert session.scalars(select(Reminder.object_reference)).all() == ["agreement:open"]
        assert len(session.scalars(select(Notice)).all()) == 3  # the tellings of the open one
        session.commit()


def test_what_waits_is_seen_with_the_second_factor_alone(cast: Cast) -> None:
    room = Room()
    person = seat(cast, "focal", "Lyon", START)
    room.dates = [due(person, ON)]
    go_round(cast.app, START, room)
    with cast.app.app_context():
        begin_writing()
        session.execute(update(SignIn).where(SignIn.account_id == person).values(second_factor_at=None))
        session.commit()
    answer = cast.client("focal").get("/en/reminders")
    assert answer.status_code == 303
    assert "second-factor" in answer.headers["Location"]


@pytest.mark.once
@pytest.mark.parametrize("command", ["reminders", "partnership-reminders"])
def test_a_round_can_be_made_by_hand(tmp_path: Path, command: str) -> None:
    url = f"sqlite:///{tmp_path / 'forum.db'}"
    engine = create_engine(url)
    tables.metadata.create_all(engine)
    newest = max(path.name[:4] for path in MIGRATIONS.glob("versions/[0-9][0-9][0-9][0-9]_*.py"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})
    engine.dispose()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    done = subprocess.run(
        [sys.executable, "-m", "forum", command],
        env={**kept, "FORUM_DATA": str(tmp_path), "FORUM_DATABASE_URL": url, "FORUM_LOG_LEVEL": "ERROR"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "Mails: 0, with 0 lines." in done.stdout
    assert ("Partnerships: 0 moved on by themselves." in done.stdout) == (command == "partnership-reminders")
