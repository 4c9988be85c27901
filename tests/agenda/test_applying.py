"""Importing into the draft: whole, once, and the second time nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.agenda.commands import NoSuchForum, import_file
from forum.agenda.imports.applying import apply_plan, plan_for
from forum.agenda.imports.plans import Verdict
from forum.agenda.models import AgendaSession, Slot
from forum.agenda.operations import slots
from forum.agenda.operations.slots import Place
from forum.agenda.queries import draft
from forum.core.database import session
from forum.events.models import Forum
from forum.events.queries import by_slug
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast

SMALL = b"""<?xml version="1.0" encoding="utf-8"?>
<schedule><version>1</version><conference><title>Small congress</title><acronym>small</acronym>
<start>2027-04-20</start><end>2027-04-21</end><days>2</days><timeslot_duration>00:05</timeslot_duration>
<time_zone_name>Asia/Shanghai</time_zone_name></conference>
<day index="1" date="2027-04-20" start="2027-04-20T08:00:00+08:00" end="2027-04-21T04:00:00+08:00">
<room name="Great Hall">
<event id="1" guid="11111111-1111-4111-8111-111111111111"><date>2027-04-20T09:00:00+08:00</date><start>09:00</start>
<duration>01:00</duration><room>Great Hall</room><slug>a</slug><url>https://forum.example/1</url><title>Welcome</title>
<subtitle/><track>Resilience</track><type>lecture</type><language>en</language><abstract>How we begin.</abstract>
<description/><persons><person id="7" guid="77777777-7777-4777-8777-777777777777">Ada Example</person></persons>
<links/><attachments/></event>
</room>
<room name="Annex">
<event id="2" guid="22222222-2222-4222-8222-222222222222"><date>2027-04-21T00:30:00+08:00</date><start>00:30</start>
<duration>00:45</duration><room>Annex</room><slug>b</slug><url/><title>Night owls</title><subtitle/><track/><type/>
<language>en</language><abstract/><description/><persons/><links/><attachments/></event>
</room></day></schedule>"""


@pytest.fixture
def _draft(cast: Cast, writing: None) -> None:
    """An open draft; the cast commits before it is opened."""


@pytest.mark.usefixtures("cast", "_draft")
class TestASmallFile:
    """A file with two rooms, one of them known."""

    def imported(self, cast: Cast, raw: bytes = SMALL) -> dict[Verdict, int]:
        todo = plan_for(cast.forum, raw, filename="small.xml")
        return dict(apply_plan(cast.forum, todo, actor=editor(cast), now=NOW))

    def test_it_is_there_whole(self, cast: Cast) -> None:
        assert self.imported(cast)[Verdict.NEW] == 2
        first, second = draft.programme(cast.forum).items
        assert (first.guid, first.title.en) == ("11111111-1111-4111-8111-111111111111", "Welcome")
        assert [each.name.en for each in first.speakers] == ["Ada Example"]
        assert first.track_slug == "resilience"
        assert second.local_start.isoformat() == "2027-04-21T00:30:00"

    def test_known_rooms_are_used_and_new_ones_made(self, cast: Cast) -> None:
        self.imported(cast)
        names = [room.name.en for room in draft.programme(cast.forum).rooms]
        assert names == ["Great Hall", "Lake Room", "Canal Room", "Annex"]

    def test_a_second_time_changes_nothing(self, cast: Cast) -> None:
        self.imported(cast)
        before = draft.programme(cast.forum)
        mark = draft.revision(cast.forum)
        counts = self.imported(cast)
        assert counts[Verdict.SAME] == 2
        assert (draft.programme(cast.forum), draft.revision(cast.forum)) == (before, mark)

    def test_what_changed_in_the_file_changes_here_and_what_was_added_here_stays(self, cast: Cast) -> None:
        self.imported(cast)
        planned(cast, "Ours", "我们的", start="2027-04-20T15:00", code="lake")
        changed = SMALL.replace(b"<start>09:00", b"<start>10:00").replace(b"T09:00:00", b"T10:00:00")
        counts = self.imported(cast, changed.replace(b"77777777-", b"88888888-").replace(b"Ada Example", b"Bob Sample"))
        assert counts[Verdict.CHANGED] == 1
        items = {item.title.en: item for item in draft.programme(cast.forum).items}
        assert items["Welcome"].local_start.hour == 10
        assert [each.name.en for each in items["Welcome"].speakers] == ["Bob Sample"]
        assert "Ours" in items

    def test_a_file_of_another_zone_keeps_its_instants(self, cast: Cast) -> None:
        paris = SMALL.replace(b"Asia/Shanghai", b"Europe/Paris").replace(b"+08:00", b"+02:00")
        self.imported(cast, paris)
        welcome = draft.programme(cast.forum).items[0]
        assert welcome.starts_at.isoformat() == "2027-04-20T07:00:00+00:00"
        assert welcome.local_start.isoformat() == "2027-04-20T15:00:00"

    def test_moving_an_imported_session_is_put_right_by_importing_again(self, cast: Cast) -> None:
        self.imported(cast)
        slot = session.scalars(select(Slot).order_by(Slot.number)).first()
        assert slot is not None
        place = Place(None, slot.local_start + timedelta(hours=1), 30)
        slots.move(cast.forum, slot, slot.version, place, actor=editor(cast), now=NOW)
        assert self.imported(cast)[Verdict.CHANGED] == 1
        assert slot.minutes == 60
        assert slot.room is not None

    def test_guids_of_another_forum_are_not_taken(self, cast: Cast) -> None:
        self.imported(cast)
        other = session.get_one(Forum, cast.other_forum_id)
        apply_plan(other, plan_for(other, SMALL), actor=editor(cast), now=NOW)
        session.flush()
        assert session.scalar(select(func.count()).select_from(Slot)) == 4
        again = plan_for(other, SMALL)
        assert again.changes_nothing


def test_a_dry_run_says_everything_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "small.xml"
    path.write_bytes(SMALL)
    told: list[str] = []
    with app.app_context():
        import_file(path, "dry-run", None, create=True, dry_run=True, say=told.append)
    assert any("2 created" in line for line in told)
    with app.app_context():
        assert by_slug("dry-run") is None
        assert session.scalar(select(func.count()).select_from(AgendaSession)) == 0


def test_an_unknown_forum_is_named_and_not_made(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "small.xml"
    path.write_bytes(SMALL)
    told: list[str] = []
    with app.app_context(), pytest.raises(NoSuchForum, match="nowhere"):
        import_file(path, "nowhere", None, create=False, dry_run=False, say=told.append)


def test_one_who_stops_reading_the_report_does_not_undo_the_import(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "small.xml"
    path.write_bytes(SMALL)

    def closed(_line: str) -> None:
        raise BrokenPipeError

    with app.app_context(), pytest.raises(BrokenPipeError):
        import_file(path, "kept", None, create=True, dry_run=False, say=closed)
    with app.app_context():
        assert by_slug("kept") is not None
        assert session.scalar(select(func.count()).select_from(AgendaSession)) == 2
