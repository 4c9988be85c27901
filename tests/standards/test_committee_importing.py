"""Bringing committees in: spellings, parents outside the file, members by date, liaisons in one direction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from forum.committees.models import Committee, CommitteeName, LiaisonRelation, MemberKind, Membership, TitleStatus
from forum.committees.queries import by_spelling
from forum.core.database import begin_writing, session
from forum.standards.import_errors import FileUnreadable, OtherHeading
from tests.standards.conftest import DAY, bring, look

pytestmark = pytest.mark.usefixtures("inside")
LATER = date(2026, 9, 20)


def body(number: int, acronym: str) -> dict[str, Any]:
    return {"id": number, "acronym": acronym}


def one(number: int, reference: str, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": number,
        "reference": reference,
        "status": "Active",
        "title": {"en": f"Title of {reference}"},
        "secretariat": body(1, "AFNOR"),
        "creationDate": "2012-02-23",
        "scope": {"en": "<p>Never kept"},
        "parentId": None,
        "childrenId": None,
        "pMembers": [body(1, "AFNOR"), body(2, "SAC")],
        "oMembers": None,
        "committeeLiaisons": None,
        "organizationLiaisons": None,
        "sortKey": f"~{reference}",
    }
    return plain | more


FIRST = [
    one(
        10,
        "ISO/TC268",
        childrenId=[11],
        committeeLiaisons=[{"id": 20, "reference": "ISO/TC 204"}, {"id": 7622897, "reference": None}],
        organizationLiaisons=[body(900, "ICLEI")],
    ),
    one(11, "ISO/TC 268/SC 1", parentId=10),
    one(20, "ISO/TC 204"),
    one(30, "ISO/IEC/JTC 4", status="Suspended", parentId=999),
    one(31, "ISO/IEC JTC 1/SC 41", pMembers=[body(3, "KATS")]),
]


def written(tmp_path: Path, records: Sequence[Any], *, as_lines: bool = False, name: str = "committees.json") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(each) for each in records) if as_lines else json.dumps(records))
    return path


def kept(iso_id: int) -> Committee:
    session.expire_all()
    return session.scalars(select(Committee).where(Committee.iso_id == iso_id)).one()


def current_names(iso_id: int) -> list[str]:
    return [each.title_en for each in kept(iso_id).names if each.ends_on is None]


@pytest.mark.parametrize("as_lines", [False, True])
def test_both_forms_of_the_file_are_taken(tmp_path: Path, as_lines: bool) -> None:
    summary = bring(written(tmp_path, FIRST, as_lines=as_lines), kind="committees")
    assert (summary.counts.read, summary.counts.new) == (5, 5)
    assert [each.reference for each in session.scalars(select(Committee).order_by(Committee.iso_id))] == [
        "ISO/TC 268",
        "ISO/TC 268/SC 1",
        "ISO/TC 204",
        "ISO/IEC JTC 4",
        "ISO/IEC JTC 1/SC 41",
    ]
    found = by_spelling("ISO/IEC/JTC 4")
    assert found is not None
    assert (found.state, found.kind, found.slug) == ("suspended", "jtc", "iso-iec-jtc-4")


def test_a_parent_outside_the_file_stays_an_id(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    assert kept(11).parent_id == kept(10).id
    assert (kept(30).parent_id, kept(30).parent_iso_id) == (None, 999)


def test_liaisons_stand_as_each_side_lists_them(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    rows = session.scalars(select(LiaisonRelation).where(LiaisonRelation.committee_id == kept(10).id)).all()
    found = {
        (each.external_iso_id, each.external_name, each.partner_id is not None, str(each.category)) for each in rows
    }
    assert found == {
        (20, "ISO/TC 204", True, "internal"),
        (7622897, "", False, "internal"),
        (900, "ICLEI", False, "unstated"),
    }
    back = select(func.count()).select_from(LiaisonRelation).where(LiaisonRelation.committee_id == kept(20).id)
    assert session.scalar(back) == 0


def test_a_committee_that_lists_its_secretariat_alone_has_no_count_of_members(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    assert not kept(31).p_complete
    assert kept(10).p_complete


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    bring(path, kind="committees")
    before = [(each.iso_id, each.version) for each in session.scalars(select(Committee).order_by(Committee.id))]
    assert bring(path, kind="committees").counts.unchanged == 5
    session.expire_all()
    assert [(each.iso_id, each.version) for each in session.scalars(select(Committee).order_by(Committee.id))] == before
    assert session.scalar(select(func.count()).select_from(Membership)) == 9


def test_members_and_names_end_and_begin_by_date(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    begin_writing()
    name = kept(20).names[0]
    name.title_zh, name.zh_status = "智能交通", TitleStatus.UNOFFICIAL
    session.commit()
    changed = [
        *FIRST[:2],
        one(20, "ISO/TC 204", title={"en": "Other"}, pMembers=[body(1, "AFNOR")], oMembers=[body(2, "SAC")]),
    ]
    path = written(tmp_path, changed + FIRST[3:], name="later.json")
    expected = look(path, LATER, kind="committees")
    summary = bring(path, LATER, kind="committees")
    assert (summary.counts.changed, summary.counts.unchanged, summary.signature) == (1, 4, expected.signature)
    rows = session.scalars(
        select(Membership)
        .where(Membership.committee_id == kept(20).id, Membership.acronym == "SAC")
        .order_by(Membership.id)
    )
    found = [(each.kind, each.starts_on, each.ends_on) for each in rows]
    assert found == [(MemberKind.P, None, LATER), (MemberKind.O, LATER, None)]
    names = [(each.title_en, each.title_zh, each.zh_status, each.starts_on, each.ends_on) for each in kept(20).names]
    assert ("Title of ISO/TC 204", "智能交通", TitleStatus.UNOFFICIAL, None, LATER) in names
    assert ("Other", "智能交通", TitleStatus.RECHECK, LATER, None) in names
    assert (kept(20).p_members, kept(20).o_members) == (1, 1)


def test_what_was_edited_here_is_kept_with_a_word(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    begin_writing()
    committee = kept(20)
    committee.secretariat, committee.edited_fields = "ANSI", ["secretariat"]
    session.commit()
    path = written(
        tmp_path, [*FIRST[:2], one(20, "ISO/TC 204", secretariat=body(5, "DIN")), *FIRST[3:]], name="later.json"
    )
    summary = bring(path, LATER, kind="committees")
    assert (summary.counts.kept_ours, kept(20).secretariat) == (1, "ANSI")


def test_a_committee_that_is_gone_keeps_its_page(tmp_path: Path) -> None:
    bring(written(tmp_path, FIRST), kind="committees")
    assert bring(written(tmp_path, FIRST[:4], name="later.json"), LATER, kind="committees").counts.absent == 1
    assert kept(31).absent_since == LATER


def test_a_committee_entered_by_hand_is_known_by_its_spelling(tmp_path: Path) -> None:
    begin_writing()
    mine = Committee(reference="ISO/TC 204", slug="tc-204", body="iso", kind="tc", sort_key="x", secretariat="")
    session.add(mine)
    session.flush()
    session.add(CommitteeName(committee_id=mine.id, title_en="Transport", title_zh="交通"))
    session.commit()
    bring(written(tmp_path, FIRST), kind="committees")
    assert kept(20).slug == "tc-204"
    assert current_names(20) == ["Title of ISO/TC 204"]
    assert session.scalar(select(func.count()).select_from(Committee)) == 5


def test_a_bad_record_is_put_aside(tmp_path: Path) -> None:
    bad = [
        one(40, "<b>"),
        one(41, "ISO/TC 1", status="Asleep"),
        one(42, "ISO/TC 2", pMembers="all"),
        one(-1, "ISO/TC 3"),
        "text",
        one(10, "ISO/TC 268"),
    ]
    summary = bring(written(tmp_path, [*FIRST, *bad]), kind="committees")
    assert (summary.counts.new, summary.counts.quarantined) == (5, 6)


def test_other_keys_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    record = one(10, "ISO/TC 268")
    record["state"] = record.pop("status")
    with pytest.raises(OtherHeading):
        bring(written(tmp_path, [record]), kind="committees")
    path = tmp_path / "no.json"
    path.write_text("[1, 2")
    with pytest.raises(FileUnreadable):
        bring(path, kind="committees")
    assert session.scalar(select(func.count()).select_from(Committee)) == 0


def test_committees_come_before_what_they_own(tmp_path: Path) -> None:
    from tests.standards.published import rows, table  # noqa: PLC0415 - this test alone

    path = tmp_path / "deliverables.csv"
    path.write_bytes(table(rows(30)))
    bring(written(tmp_path, [one(1000 + n, f"ISO/TC {n}") for n in range(1, 331)]), DAY, kind="committees")
    made = session.scalar(select(func.count()).select_from(Committee))
    bring(path)
    main = select(func.count()).select_from(Committee).where(Committee.reference.not_like("%/SC%"))
    assert session.scalar(main) == made == 330
