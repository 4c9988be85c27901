"""What an import would do, and that doing it twice does it once."""

from dataclasses import replace
from datetime import UTC, datetime

from forum.agenda.imports.plans import (
    ExistingItem,
    Verdict,
    as_existing,
    foreign_key,
    index,
    own_guid,
    plan,
)
from forum.agenda.imports.values import (
    ImportedItem,
    ImportedProgramme,
    ImportedRoom,
    ImportedSpeaker,
)
from forum.core.bilingual import Text

GUID = "0d3c5a3e-5b1f-5a34-8f0e-6a2f6f0a7b11"
ROW = ImportedItem(
    foreign_id="7",
    title=Text("Opening"),
    local_start=datetime(2026, 5, 20, 9),
    minutes=30,
    starts_at=datetime(2026, 5, 20, 1, tzinfo=UTC),
    room="hall",
    speakers=(ImportedSpeaker("id:1", Text("Amal")),),
)


def file(*rows: ImportedItem) -> ImportedProgramme:
    return ImportedProgramme(
        format="schedule-json",
        source="schedule:x",
        title=Text("X"),
        zone="Asia/Shanghai",
        first_day=datetime(2026, 5, 20).date(),
        last_day=datetime(2026, 5, 20).date(),
        rooms=(ImportedRoom("hall", Text("Hall")), ImportedRoom("yard", Text("Yard"))),
        items=rows,
    )


def done(imported: ImportedProgramme) -> dict[str, ExistingItem]:
    return index(as_existing(imported, row) for row in plan(imported, {}).rows)


def test_a_first_import_is_new_and_a_second_changes_nothing() -> None:
    first = plan(file(ROW), {})
    assert [(row.verdict, row.creates) for row in first.rows] == [(Verdict.NEW, True)]
    assert first.counts[Verdict.NEW] == 1
    second = plan(file(ROW), done(file(ROW)))
    assert [row.verdict for row in second.rows] == [Verdict.SAME]
    assert second.changes_nothing
    assert not first.changes_nothing


def test_each_changed_field_is_named() -> None:
    changed = replace(
        ROW, title=Text("Grand opening"), minutes=45, room="yard", speakers=(), local_start=datetime(2026, 5, 20, 10)
    )
    (row,) = plan(file(changed), done(file(ROW))).rows
    assert row.verdict is Verdict.CHANGED
    assert {each.field for each in row.differences} == {"title_en", "minutes", "room", "speakers", "local_start"}
    (title,) = (each for each in row.differences if each.field == "title_en")
    assert (title.before, title.after) == ("Opening", "Grand opening")


def test_what_was_translated_here_is_no_difference() -> None:
    known = as_existing(file(ROW), plan(file(ROW), {}).rows[0])
    translated = replace(
        known, title=Text("Opening", "开幕式"), room=Text("Hall", "大厅"), speakers=(Text("Amal", "阿迈勒"),)
    )
    assert plan(file(ROW), index([translated])).changes_nothing


def test_rows_are_matched_by_guid_then_by_foreign_id_and_never_by_title() -> None:
    with_guid = replace(ROW, source_guid=GUID)
    known = ExistingItem(GUID, Text("Opening"), ROW.local_start, 30, room=Text("Hall"), speakers=(Text("Amal"),))
    assert plan(file(with_guid), index([known])).rows[0].guid == GUID
    other = replace(known, guid="other", foreign_id="7", source="schedule:x")
    assert plan(file(ROW), index([other])).rows[0].guid == "other"
    stranger = replace(known, guid="stranger", foreign_id="8", source="schedule:x")
    fresh = plan(file(ROW), index([stranger]))
    assert fresh.rows[0].verdict is Verdict.NEW
    assert fresh.absent == ("stranger",)


def test_new_guids_are_the_sources_own_or_always_the_same() -> None:
    with_guid = replace(ROW, source_guid=GUID)
    assert plan(file(with_guid), {}).rows[0].guid == GUID
    assert plan(file(with_guid), {}, taken={GUID}).rows[0].guid == own_guid("schedule:x", "7")
    assert plan(file(ROW), {}).rows[0].guid == own_guid("schedule:x", "7") != own_guid("schedule:y", "7")
    assert foreign_key("a", "b") != foreign_key("a\nb", "")


def test_a_row_whose_guid_was_taken_is_found_again() -> None:
    with_guid = replace(ROW, source_guid=GUID)
    (row,) = plan(file(with_guid), {}, taken={GUID}).rows
    known = replace(as_existing(file(with_guid), row), foreign_id="", source="")
    assert plan(file(with_guid), index([known]), taken={GUID}).changes_nothing
