"""Who gets what from every route: the reviewed table, and how it is written anew.

``python -m tests.gates.matrix`` asks every route of the application as everybody, from every side, and writes the
answers into ``matrix.tsv``. Read the difference before it is committed: the table is the decision, not the code.
``python -m tests.gates.matrix partnerships cities`` asks the routes of these rooms alone and keeps the other lines.

    yes       the page, a file, a further address, or the form's own answer
    sign in   only for those who have signed in
    no        403: known, but not for this person
    -         404: for this person there is no such thing
    .         not asked: an office is nothing in the rooms of forums, nor a post outside those of standards,
              which tests of their own try
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.cast import hidden_fields
from tests.gates.hostile import nothing_kept
from tests.gates.partnering import OFFICERS
from tests.gates.standing import ROOMS_OF_LANGUAGES, ROOMS_OF_STANDARDS, STANDARDS_PEOPLE
from tests.gates.world import ROLES, ROOMS_OF_FORUMS, World

TABLE = Path(__file__).with_name("matrix.tsv")
HEAD = ("endpoint", "method", "side")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
Row = tuple[str, str, str]


def rows(app: Flask, world: World) -> Iterator[tuple[Row, Rule]]:
    """Every route with every method from every side; HEAD and OPTIONS go with GET."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.endpoint, each.rule)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for side in world.sides(rule):
                yield (rule.endpoint, method, side), rule


def token_of(client: FlaskClient) -> str:
    """A form token of somebody's browser."""
    opened = client.get("/en/account")
    if opened.status_code == 303:
        opened = client.get("/en/sign-in")
    assert opened.status_code == 200, f"{opened.request.path} answers {opened.status_code}"
    return hidden_fields(opened.text)["csrf_token"]


def word_for(answer: TestResponse) -> str:
    """What an answer comes to."""
    status = answer.status_code
    if status >= 500:
        return f"fault {status}"
    if status == 401 or (status == 303 and "/sign-in?" in answer.headers.get("Location", "")):
        return "sign in"
    return {403: "no", 404: "-"}.get(status, "yes")


def room_of(row: Row) -> str:
    """The room that a row belongs to."""
    return row[0].partition(".")[0]


def asked(app: Flask, world: World, role: str) -> Iterator[tuple[Row, Rule]]:
    """The rows that somebody is tried with: officers not with those of forums, those of standards with theirs alone."""
    for row, rule in rows(app, world):
        room = room_of(row)
        if role in STANDARDS_PEOPLE:
            if room in ROOMS_OF_STANDARDS | ROOMS_OF_LANGUAGES:
                yield row, rule
        elif role not in OFFICERS or room not in ROOMS_OF_FORUMS:
            yield row, rule


def bare_error(status: int, *_sentence: str | None, **_facts: object) -> tuple[str, int]:
    """The status alone: most answers are refusals, and drawing the page of each would take a third of the time."""
    return "", status


def answers(app: Flask, world: World, role: str, only: frozenset[str] = frozenset()) -> dict[Row, str]:
    """What somebody gets from every route; nothing that they do is kept."""
    client = world.client(role)
    token = token_of(client)
    got: dict[Row, str] = {}
    # Signing out and deleting the account take the cookies away: each request begins with those of the first.
    cookies = dict(client._cookies or {})
    with nothing_kept(), patch("forum.web.errors.error_page", bare_error):
        for row, rule in asked(app, world, role):
            if only and room_of(row) not in only:
                continue
            client._cookies = dict(cookies)
            address = world.address(rule, row[2])
            if row[1] in UNSAFE:
                answer = client.open(address, method=row[1], data={"csrf_token": token, **world.body(rule, row[2])})
            else:
                answer = client.open(address, method=row[1])
            got[row] = word_for(answer)
    return got


def reviewed() -> dict[Row, dict[str, str]]:
    """The table as it was reviewed: by row, what each role gets."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        lines = csv.DictReader(source, delimiter="\t")
        return {(line["endpoint"], line["method"], line["side"]): {r: line[r] for r in ROLES} for line in lines}


def write(table: dict[Row, dict[str, str]]) -> None:
    """Write the table, one line for each row."""
    with TABLE.open("w", encoding="utf-8", newline="") as target:
        lines = csv.writer(target, delimiter="\t", lineterminator="\n")
        lines.writerow([*HEAD, *ROLES])
        lines.writerows([*row, *(words.get(role, ".") for role in ROLES)] for row, words in sorted(table.items()))


def main() -> None:
    """Ask everybody and write the table."""
    import sys  # noqa: PLC0415 - the command alone reads its arguments
    import tempfile  # noqa: PLC0415 - the command alone needs a world of its own

    from forum.core.database import Base, db, session  # noqa: PLC0415
    from tests.cast import summon  # noqa: PLC0415
    from tests.conftest import START, FixedClock  # noqa: PLC0415
    from tests.gates.world import furnish  # noqa: PLC0415
    from tests.trial import trial_application  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        app = trial_application(Path(folder), FixedClock())
        with app.app_context():
            Base.metadata.create_all(db.engine)
            world = furnish(app, summon(app, START), START)
            session.remove()
        only = frozenset(sys.argv[1:])
        kept = reviewed() if only else {}
        table: dict[Row, dict[str, str]] = {row: kept.get(row, {}) for row, _rule in rows(app, world)}
        for role in ROLES:
            for row, word in answers(app, world, role, only).items():
                table[row][role] = word
    write(table)
    faults = [(row, role) for row, words in table.items() for role, word in words.items() if "fault" in word]
    print(f"{len(table)} rows, {len(table) * len(ROLES)} answers, {len(faults)} faults")
    for row, role in faults[:40]:
        print("  fault:", *row, role)


if __name__ == "__main__":
    main()
