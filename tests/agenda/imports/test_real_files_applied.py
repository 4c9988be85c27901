"""Programmes that others published, imported into a database: whole, and the second time nothing changes.

They lie beside the repository; conftest.py leaves this module out where they don't.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from forum.agenda.commands import import_file
from forum.agenda.queries import draft
from forum.agenda.queries.standing import conflicts_of
from forum.agenda.rules.findings import Code
from forum.events.queries import by_slug
from tests.agenda.programme_of import NOW

REAL = Path(__file__).parents[3].parent / "shared" / "real"


@pytest.mark.parametrize(
    ("name", "zone", "events", "errors"),
    [
        ("38c3-2024.schedule.xml", None, 1007, {Code.ROOM_OVERLAP: 2}),
        ("coscup-2023.session.json", "Asia/Taipei", 352, {Code.PERSON_OVERLAP: 1}),
        ("lca2020-goldcoast.ics", "Australia/Brisbane", None, {}),
    ],
)
@pytest.mark.timeout(240)
def test_a_real_programme_arrives_whole_and_a_second_time_nothing_changes(
    app: Flask, name: str, zone: str | None, events: int | None, errors: dict[Code, int]
) -> None:
    told: list[str] = []
    with app.app_context():
        import_file(REAL / name, "real-one", zone, create=True, dry_run=False, say=told.append)
    with app.app_context():
        forum = by_slug("real-one")
        assert forum is not None
        programme = draft.programme(forum)
        mark = draft.revision(forum)
        assert events is None or len(programme.items) == events
        found = conflicts_of(forum, programme, NOW)
        double = {code: sum(each.code is code for each in found) for code in (Code.ROOM_OVERLAP, Code.PERSON_OVERLAP)}
        assert {code: count for code, count in double.items() if code in errors} == errors
    with app.app_context():
        import_file(REAL / name, "real-one", zone, create=False, dry_run=False, say=told.append)
    assert any("0 created, 0 changed" in line for line in told)
    with app.app_context():
        forum = by_slug("real-one")
        assert forum is not None
        assert draft.revision(forum) == mark
