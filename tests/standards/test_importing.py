"""Bringing deliverables in: what is new, what changed, what was edited here, and what nobody is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from forum.audit.models import AuditEntry
from forum.committees.models import Committee, TitleStatus
from forum.core import revisions
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.standards.import_errors import AnotherAtWork, OlderDataset, OtherHeading, UnfinishedImport
from forum.standards.imports.deliverables import HEADING
from forum.standards.imports.running import BATCH
from forum.standards.models import (
    Assignment,
    ImportNote,
    ImportRun,
    ReferenceRecord,
    RunState,
    StageEvent,
    Standard,
    StandardIcs,
    StandardRelation,
)
from forum.standards.operations import importing_runs
from forum.standards.operations.summaries import Counts
from tests.conftest import START
from tests.standards.conftest import DAY, Written, bring, look, row

pytestmark = pytest.mark.usefixtures("inside")
LATER = date(2026, 9, 20)


def kept(iso_id: int) -> Standard:
    session.expire_all()
    return session.scalars(select(Standard).where(Standard.iso_id == iso_id)).one()


def notes(kind: str) -> list[ImportNote]:
    return list(session.scalars(select(ImportNote).where(ImportNote.kind == kind).order_by(ImportNote.id)))


def stages(iso_id: int) -> list[StageEvent]:
    query = select(StageEvent).where(StageEvent.standard_id == kept(iso_id).id).order_by(StageEvent.id)
    return list(session.scalars(query))


def counts(**more: int) -> Counts:
    return Counts(**more)


def test_a_first_import_brings_rows_and_what_hangs_on_them(write: Written) -> None:
    summary = bring(write([row(1), row(2, replaces="[1]"), row(3, currentStage="9020")]))
    assert summary.counts == counts(read=3, new=3)
    first = kept(1)
    assert (first.slug, first.reference, first.stage, first.standing) == ("iso-1", "ISO 1:2020", "60.60", "published")
    assert first.committee is not None
    assert first.committee.unreviewed
    assert session.scalars(select(StandardIcs.code).where(StandardIcs.standard_id == first.id)).all() == ["13.020.20"]
    assert [(each.code, each.on, each.silent) for each in stages(1)] == [("60.60", date(2020, 5, 4), True)]
    assert [(each.code, each.on) for each in stages(3)] == [("60.60", date(2020, 5, 4)), ("90.20", None)]
    relation = session.scalars(select(StandardRelation)).one()
    assert (relation.standard_id, relation.other_id) == (kept(2).id, first.id)
    assert session.scalar(select(func.count()).select_from(Assignment)) == 3
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == ["begin_import", "finish_import"]
    assert revisions.standing(revisions.STANDARDS)[0] > 0


def test_the_same_file_again_changes_nothing(write: Written) -> None:
    path = write([row(number) for number in range(1, 8)])
    bring(path)
    before = [(each.iso_id, each.version, each.updated_at) for each in session.scalars(select(Standard))]
    revision = revisions.standing(revisions.STANDARDS)
    summary = bring(path)
    assert summary.counts == counts(read=7, unchanged=7)
    session.expire_all()
    assert [(each.iso_id, each.version, each.updated_at) for each in session.scalars(select(Standard))] == before
    assert revisions.standing(revisions.STANDARDS) == revision
    assert session.scalar(select(func.count()).select_from(StageEvent)) == 7


def test_a_preview_says_the_same_and_writes_nothing(write: Written) -> None:
    bring(write([row(1), row(2), row(3)], "old.csv"))
    path = write(
        [row(1, title_en="Towns"), row(3, currentStage="4020"), row(4), row(5, currentStage="9999")], "new.csv"
    )
    rows = session.scalar(select(func.count()).select_from(ImportNote))
    expected = look(path, LATER)
    assert session.scalar(select(func.count()).select_from(ImportNote)) == rows
    assert kept(1).title_en == "Cities — Part 1"
    summary = bring(path, LATER)
    assert (summary.counts, summary.signature, summary.notes) == (expected.counts, expected.signature, expected.notes)
    assert summary.counts == counts(read=4, new=1, changed=2, quarantined=1, absent=1)


def test_a_new_reference_keeps_the_row_and_its_history(write: Written) -> None:
    draft = row(69273, reference="ISO/DIS 37187", currentStage="4020", publicationDate="")
    bring(write([draft]))
    published = row(69273, reference="ISO 37187:2026", currentStage="6060", publicationDate="2026-09-10")
    summary = bring(write([published], "later.csv"), LATER)
    assert summary.counts == counts(read=1, changed=1)
    standard = kept(69273)
    assert (standard.reference, standard.slug, standard.stage_on) == ("ISO 37187:2026", "iso-37187", date(2026, 9, 10))
    history = session.scalars(select(ReferenceRecord.reference).order_by(ReferenceRecord.id)).all()
    assert history == ["ISO/DIS 37187", "ISO 37187:2026"]
    assert [each.code for each in stages(69273)] == ["40.20", "60.60"]


def test_only_what_comes_after_the_first_import_of_a_committee_is_told(write: Written) -> None:
    bring(write([row(1, currentStage="4020"), row(2)]))
    assert {each.silent for each in session.scalars(select(StageEvent))} == {True}
    later = [row(1, currentStage="4060"), row(2), row(3), row(4, ownerCommittee="ISO/TC 1")]
    bring(write(later, "later.csv"), LATER)
    assert [(each.code, each.silent) for each in stages(1)] == [("40.20", True), ("40.60", False)]
    assert [each.silent for each in stages(3)] == [False]
    assert [each.silent for each in stages(4)] == [True]


def test_a_stage_never_goes_back_without_a_mark(write: Written) -> None:
    bring(write([row(1, currentStage="5020")]))
    bring(write([row(1, currentStage="3020")], "later.csv"), LATER)
    assert [(each.code, each.unusual, each.on) for each in stages(1)] == [
        ("50.20", False, None),
        ("30.20", True, LATER),
    ]
    (note,) = notes("unusual_stage")
    assert (note.before, note.after) == ("50.20", "30.20")


def test_what_was_edited_here_is_kept_with_a_word(write: Written) -> None:
    bring(write([row(1)]))
    begin_writing()
    standard = kept(1)
    standard.title_en, standard.edited_fields = "Cities, as we say", ["title_en"]
    session.commit()
    later = write([row(1, title_en="Cities, as they say")], "later.csv")
    summary = bring(later, LATER)
    assert summary.counts == counts(read=1, unchanged=1, kept_ours=1)
    assert kept(1).title_en == "Cities, as we say"
    (note,) = notes("kept_ours")
    assert (note.field, note.before, note.after) == ("title_en", "Cities, as we say", "Cities, as they say")
    assert bring(later, LATER).counts == counts(read=1, unchanged=1)


def test_without_the_mark_an_edited_field_is_overwritten(write: Written) -> None:
    bring(write([row(1)]))
    begin_writing()
    kept(1).title_en = "Cities, as we say"
    session.commit()
    bring(write([row(1, title_en="Cities, as they say")], "later.csv"), LATER)
    assert kept(1).title_en == "Cities, as they say"


def test_a_chinese_title_stays_and_is_checked_again_when_the_english_one_changes(write: Written) -> None:
    bring(write([row(1), row(2)]))
    begin_writing()
    for standard in (kept(1), kept(2)):
        standard.title_zh, standard.zh_status = "城市", TitleStatus.UNOFFICIAL
        session.flush()
    session.commit()
    bring(write([row(1, title_en="Towns"), row(2, title_en="CITIES - Part 2")], "later.csv"), LATER)
    assert (kept(1).title_zh, kept(1).zh_status) == ("城市", TitleStatus.RECHECK)
    assert (kept(2).title_zh, kept(2).zh_status) == ("城市", TitleStatus.UNOFFICIAL)


def test_a_row_that_is_gone_keeps_its_page_and_may_come_back(write: Written) -> None:
    both = [row(1), row(2)]
    bring(write(both))
    summary = bring(write(both[:1], "later.csv"), LATER)
    assert summary.counts.absent == 1
    assert (kept(2).absent_since, kept(2).slug) == (LATER, "iso-2")
    assert kept(1).as_of == LATER
    bring(write(both, "again.csv"), date(2026, 10, 1))
    assert kept(2).absent_since is None


def test_another_file_of_the_same_day_marks_nothing_as_gone(write: Written) -> None:
    bring(write([row(1), row(2)]))
    assert bring(write([row(3)], "other.csv")).counts.absent == 0
    assert kept(1).absent_since is None


def test_a_row_put_aside_is_not_gone(write: Written) -> None:
    bring(write([row(1), row(2)]))
    summary = bring(write([row(1), row(2, currentStage="9999")], "later.csv"), LATER)
    assert (summary.counts.quarantined, summary.counts.absent) == (1, 0)


def test_an_older_dataset_is_refused_unless_it_is_meant(write: Written) -> None:
    bring(write([row(1)]), LATER)
    older = write([row(1, title_en="Older")], "older.csv")
    with pytest.raises(OlderDataset):
        bring(older, DAY)
    assert kept(1).title_en == "Cities — Part 1"
    assert bring(older, DAY, forced=True).counts.changed == 1


def test_a_renamed_column_changes_nothing(write: Written) -> None:
    heading = ["stage" if name == "currentStage" else name for name in HEADING]
    with pytest.raises(OtherHeading):
        bring(write([row(1)], heading=heading))
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 0
    assert session.scalar(select(func.count()).select_from(Standard)) == 0


def test_a_number_that_stands_twice_counts_once(write: Written) -> None:
    summary = bring(write([row(1), row(1, title_en="Other"), row(2)]))
    assert summary.counts == counts(read=3, new=2, quarantined=1)
    assert kept(1).title_en == "Cities — Part 1"


def test_what_is_replaced_is_tied_when_it_comes(write: Written) -> None:
    bring(write([row(1, replacedBy="[2]"), row(3, replaces="[99]")]))
    unresolved = session.scalars(select(StandardRelation)).one()
    assert (unresolved.other_iso_id, unresolved.other_id) == (99, None)
    bring(write([row(1, replacedBy="[2]"), row(2), row(3, replaces="[99]"), row(99)], "later.csv"), LATER)
    session.expire_all()
    pairs = {(each.standard_id, each.other_id) for each in session.scalars(select(StandardRelation))}
    assert pairs == {(kept(3).id, kept(99).id), (kept(2).id, kept(1).id)}
    bring(write([row(1), row(2), row(3), row(99)], "last.csv"), date(2026, 10, 1))
    assert session.scalar(select(func.count()).select_from(StandardRelation)) == 0


def test_a_supplement_is_tied_to_its_base(write: Written) -> None:
    amendment = row(2, reference="ISO 1:2020/Amd 1:2024", supplementType="Amd")
    bring(write([amendment, row(1)]))
    assert kept(2).base_id == kept(1).id


def test_a_committee_that_moves_leaves_a_dated_trace(write: Written) -> None:
    bring(write([row(1)]))
    bring(write([row(1, ownerCommittee="ISO/IEC/JTC 4")], "later.csv"), LATER)
    owners = session.scalars(select(Assignment).order_by(Assignment.id)).all()
    found = [(each.committee.reference, each.starts_on, each.ends_on) for each in owners]
    assert found == [("ISO/TC 268", None, LATER), ("ISO/IEC JTC 4", LATER, None)]


def test_an_import_of_another_file_waits_for_the_one_that_was_cut_off(write: Written) -> None:
    begin_writing()
    origin = importing_runs.Origin("deliverables", "first.csv", 1, "0" * 64, DAY)
    importing_runs.begin(origin, forced=False, actor=SYSTEM, now=START)
    session.commit()
    path = write([row(1)])
    with pytest.raises(UnfinishedImport):
        bring(path)
    assert bring(path, forced=True).counts.new == 1
    states = session.scalars(select(ImportRun.state).order_by(ImportRun.id)).all()
    assert states == [RunState.DROPPED, RunState.FINISHED]


def test_two_processes_never_write_the_same_batch(write: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write([row(number) for number in range(1, 5)])
    compare = importing_runs.advance

    def late(run_id: int, found: Counts, *, position: int, rows: int) -> bool:
        session.execute(update(ImportRun).where(ImportRun.id == run_id).values(position=position + 1))
        return compare(run_id, found, position=position, rows=rows)

    monkeypatch.setattr(importing_runs, "advance", late)
    with pytest.raises(AnotherAtWork):
        bring(path)
    assert session.scalar(select(func.count()).select_from(Standard)) == 0


def test_a_file_longer_than_a_batch_goes_on_behind_it(write: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write([row(number) for number in range(1, BATCH + 50)])
    advance, calls = importing_runs.advance, []

    def fails_at_the_second(run_id: int, found: Counts, *, position: int, rows: int) -> bool:
        calls.append(position)
        if len(calls) == 2:
            raise RuntimeError("cut off")
        return advance(run_id, found, position=position, rows=rows)

    monkeypatch.setattr(importing_runs, "advance", fails_at_the_second)
    with pytest.raises(RuntimeError):
        bring(path)
    assert session.scalar(select(func.count()).select_from(Standard)) == BATCH
    summary = bring(path)
    assert summary.resumed_at == BATCH
    assert summary.counts == counts(read=BATCH + 49, new=BATCH + 49)
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 1


def test_what_was_entered_by_hand_becomes_the_published_row(write: Written) -> None:
    begin_writing()
    committee = Committee(reference="ISO/TC 268", slug="iso-tc-268", body="iso", kind="tc", sort_key="ISO/TC 000268")
    session.add(committee)
    session.flush()
    committee_id = committee.id
    session.add(
        Standard(
            slug="iso-1",
            scheme="iso",
            reference="ISO 1:2020",
            kind="IS",
            iso_id=1,
            title_en="Cities - Part 1",
            title_fr="Villes",
            title_zh="城市 第1部分",
            zh_status=TitleStatus.UNOFFICIAL,
            committee_id=committee_id,
            stage="60.60",
            stage_equivalent="60.60",
        )
    )
    session.commit()
    summary = bring(write([row(1)]))
    assert (summary.counts.new, summary.counts.changed) == (0, 1)
    standard = kept(1)
    assert (standard.title_en, standard.zh_status) == ("Cities — Part 1", TitleStatus.UNOFFICIAL)
    assert (standard.committee_id, standard.title_fr) == (committee_id, "Villes")  # the file has no French title
    assert stages(1) == []


def test_hostile_rows_are_put_aside_one_by_one(write: Written, tmp_path: Path) -> None:
    bad = [
        row(101, languages="[__import__('os').system('false')]"),
        row(102, currentStage="9999"),
        row(103, edition="1e9"),
        row(104, scope_en="<script>alert(1)</script>fine"),
        row(105, title_en="x" * 9_000),
        row(106, reference="=cmd|' /C calc'!A0"),
    ]
    path = write([row(1), *bad, row(2)])
    content = path.read_bytes().replace(b"ISO 2:2020", b"ISO 2:2020") + b'107,IS,,"open\n' + b"x" * 2_000_000 + b"\n"
    hostile = tmp_path / "hostile.csv"
    hostile.write_bytes(content)
    summary = bring(hostile)
    assert {note.key for note in notes("quarantined")} == {"101", "102", "103", "105", "107"}
    assert summary.counts == counts(read=9, new=4, quarantined=5)
    assert kept(104).scope_extract == "fine"


def test_the_plain_address_is_that_of_the_valid_edition(write: Written) -> None:
    past = row(1, reference="ISO 37120:2014", currentStage="9599")
    draft = row(2, reference="ISO/DIS 37120", currentStage="4020", publicationDate="")
    bring(write([past, draft, row(3, reference="ISO 37120:2018"), row(4, reference="ISO 37120:2018")]))
    assert [kept(number).slug for number in (1, 2, 3, 4)] == [
        "iso-37120-2014",
        "iso-37120-2",
        "iso-37120",
        "iso-37120-2018",
    ]
