"""Bringing published committees in: names by date, members by date, liaisons as each side lists them.

Nothing is overwritten that the product dates: what changed ends on the day of the dataset, and the next begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from forum.committees.models import (
    Committee,
    CommitteeName,
    CommitteeState,
    Confidence,
    LiaisonRelation,
    MemberKind,
    Membership,
    Precision,
    RelationCategory,
    RelationState,
    TitleStatus,
)
from forum.committees.references import folded
from forum.core.database import session
from forum.standards.operations import committee_making
from forum.standards.operations.import_plans import TWICE, Ledger
from forum.standards.operations.importing import SOURCE, write_notes
from forum.standards.operations.summaries import Counts, Note, short
from forum.standards.published import CommitteeRecord, Liaison, Read, printed_day
from forum.standards.queries import importing as queries

IEC_ADMINISTERED = 1  # where the file lists no more participating members than this, it lists the secretariat alone


@dataclass(slots=True)
class Plan:
    """What a batch would change."""

    counts: Counts = field(default_factory=Counts)
    notes: list[Note] = field(default_factory=list)
    wanted: list[tuple[CommitteeRecord, Committee | None, list[str]]] = field(default_factory=list)
    is_shown: bool = False


def note_seen(ledger: Ledger, reads: Sequence[Read]) -> None:
    """Take in which ids stand in the file, of rows that are behind a commit already."""
    for read in reads:
        _first_time(ledger, read)


def _first_time(ledger: Ledger, read: Read) -> bool:
    if read.record is None:
        if read.key.isdecimal():
            ledger.seen.add(-int(read.key))
        return True
    number = read.record.iso_id
    if number in ledger.seen:
        return False
    ledger.seen.add(number)
    return True


def compare(ledger: Ledger, reads: Sequence[Read]) -> Plan:
    """Say what a batch would change; nothing is written."""
    plan = Plan()
    records = [read.record for read in reads if isinstance(read.record, CommitteeRecord)]
    references = [record.reference for record in records]
    kept = queries.committees_by_iso_id([record.iso_id for record in records], references) if records else []
    by_id = {each.iso_id: each for each in kept if each.iso_id is not None}
    for read in reads:
        plan.counts.read += 1
        if not _first_time(ledger, read):
            note = Note(read.line, "quarantined", read.key, read.reference, "id", after=read.key, sentence=TWICE)
            plan.counts.quarantined += 1
            plan.notes.append(note)
        elif read.wrong is not None:
            wrong = read.wrong
            place = (read.line, "quarantined", read.key, read.reference, wrong.field)
            plan.counts.quarantined += 1
            plan.notes.append(Note(*place, after=short(wrong.found), sentence=wrong.sentence))
        elif isinstance(read.record, CommitteeRecord):
            _compare_one(ledger, plan, read.line, read.record, _kept(ledger, read.record, by_id, kept))
    return plan


def _kept(
    ledger: Ledger, record: CommitteeRecord, by_id: dict[int, Committee], kept: Sequence[Committee]
) -> Committee | None:
    """Return the committee by its id; one that was entered by hand has none yet and is known by its spelling."""
    if record.iso_id in by_id:
        return by_id[record.iso_id]
    number = ledger.committees.get(folded(record.reference))
    return next((each for each in kept if each.id == number and each.iso_id is None), None)


def _compare_one(ledger: Ledger, plan: Plan, line: int, record: CommitteeRecord, kept: Committee | None) -> None:
    key = str(record.iso_id)
    if kept is None:
        plan.counts.new += 1
        plan.notes.append(Note(line, "new", key, record.reference))
        plan.wanted.append((record, None, list(record.COMPARED)))
        plan.is_shown = True
        ledger.committees.setdefault(folded(record.reference), 0)
        return
    incoming, last = record.values(), kept.imported
    if incoming == last and kept.absent_since is None and kept.iso_id is not None:
        plan.counts.unchanged += 1
        return
    taken = []
    for name, value in incoming.items():
        if name in last and last[name] == value:
            continue
        ours = last.get(name, _ours(kept, name, value))
        if name in set(kept.edited_fields) and ours != value:
            plan.counts.kept_ours += 1
            plan.notes.append(Note(line, "kept_ours", key, record.reference, name, _told(ours), _told(value)))
            continue
        taken.append(name)
        if ours != value:
            plan.notes.append(Note(line, "changed", key, record.reference, name, _told(ours), _told(value)))
    differs = any(note.line == line and note.kind == "changed" for note in plan.notes) or kept.absent_since is not None
    plan.counts.changed += differs
    plan.counts.unchanged += not differs
    plan.is_shown |= differs
    plan.wanted.append((record, kept, taken))


def _ours(kept: Committee, name: str, value: Any) -> Any:
    """Return what was entered here before the first import, in the publisher's form."""
    if name == "title_en":
        current = [each for each in kept.names if each.ends_on is None]
        return current[-1].title_en if current else ""
    if name == "created_on":
        return printed_day(kept.created_on, kept.created_precision)
    if name in {"p_members", "o_members", "liaisons", "sort_key"}:
        return value  # entered by hand as counts, if at all: nothing that could be compared one by one
    found = getattr(kept, name)
    return str(found) if isinstance(found, CommitteeState) else found


def _told(value: Any) -> str:
    if isinstance(value, list):
        return short([each[1] or f"#{each[0]}" for each in value])
    return short(value)


# --- Writing -----------------------------------------------------------------------------------------


def write(ledger: Ledger, plan: Plan) -> bool:
    """Write what a plan says; return whether the public sees a change."""
    for record, kept, taken in plan.wanted:
        committee = kept if kept is not None else _new(ledger, record)
        _fill(ledger, committee, record, taken)
        session.flush()
        committee_making.remember(committee, record.reference, record.spelling)
        ledger.committees[folded(record.reference)] = committee.id
    write_notes(ledger.run_id, plan.notes)
    session.flush()
    return plan.is_shown


def _new(ledger: Ledger, record: CommitteeRecord) -> Committee:
    made = committee_making.of_reference(record.reference)
    made.unreviewed = True
    session.add(made)
    session.flush()
    ledger.committees[folded(record.reference)] = made.id
    return made


def _fill(ledger: Ledger, committee: Committee, record: CommitteeRecord, taken: Sequence[str]) -> None:
    day = ledger.dataset_on
    committee.iso_id = record.iso_id
    if "state" in taken:
        committee.state = CommitteeState(record.state)
    if "secretariat" in taken:
        committee.secretariat = record.secretariat
    if "created_on" in taken:
        committee.created_on, committee.created_precision = record.created_on, record.created_precision
    if "parent_iso_id" in taken:
        committee.parent_iso_id = record.parent_iso_id
    if "sort_key" in taken and record.sort_key:
        committee.sort_key = record.sort_key
    if "title_en" in taken:
        _rename(ledger, committee, record)
    for name, kind in (("p_members", MemberKind.P), ("o_members", MemberKind.O)):
        if name in taken:
            _members(ledger, committee, getattr(record, name), kind)
            setattr(committee, name, len(getattr(record, name)))
    # Bodies that IEC administers are listed with their secretariat alone: that is no count of members.
    committee.p_complete = len(record.p_members) > IEC_ADMINISTERED
    if "liaisons" in taken:
        _liaisons(ledger, committee, record.liaisons)
    committee.imported = record.values()
    committee.absent_since = None
    committee.as_of, committee.as_of_precision = day, Precision.DAY
    committee.confidence, committee.source = Confidence.VERIFIED, SOURCE


def _rename(ledger: Ledger, committee: Committee, record: CommitteeRecord) -> None:
    current = [each for each in committee.names if each.ends_on is None]
    before = current[-1] if current else None
    if before is not None and before.title_en == record.title_en:
        return
    if before is not None and not committee.imported:  # a spelling that was entered by hand, not another name
        before.title_en = record.title_en
        return
    chinese = before.title_zh if before is not None else ""
    if before is not None:
        before.ends_on = ledger.dataset_on
    committee.names.append(
        CommitteeName(
            title_en=record.title_en,
            title_zh=chinese,
            zh_status=TitleStatus.RECHECK if chinese else TitleStatus.NONE,
            starts_on=ledger.dataset_on if before is not None else None,
        )
    )


def _members(ledger: Ledger, committee: Committee, listed: Sequence[tuple[int, str]], kind: MemberKind) -> None:
    known = {each.acronym: each for each in queries.members_of(committee.id) if each.kind is kind}
    names = {acronym: number for number, acronym in listed}
    for acronym in sorted(known.keys() - names.keys()):
        known[acronym].ends_on = ledger.dataset_on
    starts_on = ledger.dataset_on if committee.imported else None
    for acronym in sorted(names):
        if acronym in known:
            known[acronym].body_iso_id = names[acronym] or None
            continue
        session.add(
            Membership(
                committee_id=committee.id,
                acronym=acronym,
                body_iso_id=names[acronym] or None,
                kind=kind,
                starts_on=starts_on,
            )
        )


def _liaisons(ledger: Ledger, committee: Committee, listed: Sequence[Liaison]) -> None:
    known = {(each.external_iso_id, each.external_name): each for each in queries.liaisons_of(committee.id, SOURCE)}
    wanted = {(each.iso_id, each.name): each for each in listed}
    for key in sorted(known.keys() - wanted.keys(), key=str):
        known[key].ends_on = ledger.dataset_on
        known[key].state = RelationState.ENDED
    starts_on = ledger.dataset_on if committee.imported else None
    for key, each in wanted.items():
        if key in known:
            continue
        session.add(
            LiaisonRelation(
                committee_id=committee.id,
                external_iso_id=each.iso_id,
                external_name=each.name,
                category=RelationCategory.INTERNAL if each.is_committee else RelationCategory.UNSTATED,
                starts_on=starts_on,
                source=SOURCE,
            )
        )


def join(ledger: Ledger) -> bool:
    """Tie parents and partners that are kept here to their ids; what isn't stays an id. Twice gives the same."""
    by_iso_id, changed = queries.committee_ids(), False
    for committee in queries.committees_with_parent_id():
        parent = by_iso_id.get(committee.parent_iso_id or 0)
        if parent is not None and committee.parent_id != parent:
            committee.parent_id, changed = parent, True
    for relation in queries.committee_liaisons(SOURCE):
        partner = by_iso_id.get(relation.external_iso_id or 0) or (
            ledger.committees.get(folded(relation.external_name)) if relation.external_name else None
        )
        if partner and relation.partner_id != partner:
            relation.partner_id, changed = partner, True
    session.flush()
    return changed
