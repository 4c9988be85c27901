"""What a batch of published deliverables would change: compared with what is kept here, and nothing is written.

The key is the publisher’s id, never the reference, which changes on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forum.committees.models import TitleStatus
from forum.committees.references import folded as folded_committee
from forum.core.refusals import N_
from forum.core.text import fold
from forum.standards.operations.summaries import Counts, Note, short
from forum.standards.published import Deliverable, Read, printed_day
from forum.standards.queries import importing as queries
from forum.standards.references import folded
from forum.standards.stages import is_usual

TWICE = N_("This number stands in the file more than once; the first row was taken.")


@dataclass(slots=True)
class Ledger:
    """What an import knows from batch to batch."""

    run_id: int  # zero in a preview
    dataset_on: date
    committees: dict[str, int]  # by folded spelling; zero for one that a preview would make
    seen: set[int] = field(default_factory=set)  # the publisher's ids that stood in the file so far


@dataclass(slots=True)
class Plan:
    """What a batch would change."""

    counts: Counts = field(default_factory=Counts)
    notes: list[Note] = field(default_factory=list)
    new: list[Deliverable] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)  # to be made, unreviewed


@dataclass(slots=True)
class Change:
    """What changes of one standard: columns, and what hangs on it."""

    row: Any
    record: Deliverable
    columns: dict[str, Any] = field(default_factory=dict)
    stage: str | None = None
    is_unusual: bool = False
    reference: str | None = None
    ics: tuple[str, ...] | None = None
    committee: str | None = None
    is_shown: bool = False  # something the public sees


def note_seen(ledger: Ledger, reads: Sequence[Read]) -> None:
    """Take in which ids stand in the file, of rows that are behind a commit already."""
    for read in reads:
        _first_time(ledger, read)


def _first_time(ledger: Ledger, read: Read) -> bool:
    number = read.record.iso_id if read.record is not None else int(read.key) if read.key.isdecimal() else 0
    if read.record is None:
        if number:
            ledger.seen.add(-number)  # put aside, yet in the file: it may still come in another row
        return True
    if number in ledger.seen:
        return False
    ledger.seen.add(number)
    return True


def compare(ledger: Ledger, reads: Sequence[Read]) -> Plan:
    """Say what a batch would change; nothing is written."""
    plan = Plan()
    records: list[tuple[int, Deliverable]] = []
    for read in reads:
        plan.counts.read += 1
        if not _first_time(ledger, read):
            _put_aside(
                plan, Note(read.line, "quarantined", read.key, read.reference, "id", after=read.key, sentence=TWICE)
            )
        elif read.wrong is not None:
            wrong = read.wrong
            _put_aside(
                plan,
                Note(
                    read.line,
                    "quarantined",
                    read.key,
                    read.reference,
                    wrong.field,
                    after=short(wrong.found),
                    sentence=wrong.sentence,
                ),
            )
        elif isinstance(read.record, Deliverable):
            records.append((read.line, read.record))
    kept = queries.standards_by_iso_id([record.iso_id for _, record in records])
    unknown_ics = [row.id for row in kept.values() if "ics" not in row.imported]
    ics = queries.ics_of(unknown_ics) if unknown_ics else {}
    for line, record in records:
        _know_committee(ledger, plan, line, record)
        row = kept.get(record.iso_id)
        if row is None:
            plan.counts.new += 1
            plan.notes.append(Note(line, "new", str(record.iso_id), record.reference))
            plan.new.append(record)
        else:
            _compare_one(ledger, plan, line, record, row, ics.get(row.id, []))
    return plan


def _put_aside(plan: Plan, note: Note) -> None:
    plan.counts.quarantined += 1
    plan.notes.append(note)


def _know_committee(ledger: Ledger, plan: Plan, line: int, record: Deliverable) -> None:
    key = folded_committee(record.committee)
    if key and key not in ledger.committees:
        ledger.committees[key] = 0
        plan.committees.append(record.committee)
        plan.notes.append(Note(line, "new_committee", str(record.iso_id), record.committee))


_COLUMN_OF = {"committee": "committee_id", "published_on": "published_on"}
_PLAIN = (
    "kind",
    "supplement",
    "title_en",
    "title_fr",
    "edition",
    "replaces",
    "replaced_by",
    "languages",
    "pages",
    "scope_extract",
)


def _compare_one(ledger: Ledger, plan: Plan, line: int, record: Deliverable, row: Any, ics: list[str]) -> None:
    incoming, last = record.values(), row.imported
    if incoming == last and row.absent_since is None:
        plan.counts.unchanged += 1
        return
    change = Change(row, record)
    differs = False
    for name, value in incoming.items():
        if name in last and last[name] == value:
            continue
        ours = _ours(ledger, name, row, ics, value)
        if ours == value or (name not in last and value in (None, "", [])):  # entered here, not known to the file
            continue
        key = str(record.iso_id)
        if {name, _COLUMN_OF.get(name, name)} & set(row.edited_fields):
            plan.counts.kept_ours += 1
            plan.notes.append(Note(line, "kept_ours", key, record.reference, name, short(ours), short(value)))
            continue
        differs = True
        plan.notes.append(Note(line, "changed", key, record.reference, name, short(ours), short(value)))
        _take(plan, line, change, name, ours)
    if row.absent_since is not None:
        differs = True
        change.columns["absent_since"] = None
        note = Note(line, "changed", str(record.iso_id), record.reference, "absent_since", row.absent_since.isoformat())
        plan.notes.append(note)
    change.is_shown = differs
    change.columns["imported"] = incoming
    plan.counts.changed += differs
    plan.counts.unchanged += not differs
    plan.changed.append(change)


def _ours(ledger: Ledger, name: str, row: Any, ics: list[str], value: Any) -> Any:
    """Return what is kept here, in the publisher's form."""
    if name == "ics":
        return row.imported.get("ics", sorted(ics) if sorted(ics) != sorted(value) else value)
    if name == "committee":
        key = folded_committee(value)
        mine = row.committee_id
        return value if mine is not None and ledger.committees.get(key) == mine else row.committee or ""
    if name == "published_on":
        return printed_day(row.published_on, row.published_precision)
    if name == "stage":
        return row.stage
    return getattr(row, name)


def _take(plan: Plan, line: int, change: Change, name: str, before: Any) -> None:
    record, columns = change.record, change.columns
    if name == "reference":
        change.reference = record.reference
    elif name == "ics":
        change.ics = record.ics
    elif name == "committee":
        change.committee = record.committee
    elif name == "published_on":
        columns |= {"published_on": record.published_on, "published_precision": record.published_precision}
    elif name == "stage":
        change.stage = record.stage
        if change.row.stage and not is_usual(change.row.stage, record.stage):
            change.is_unusual = True
            key = str(record.iso_id)
            plan.notes.append(Note(line, "unusual_stage", key, record.reference, name, change.row.stage, record.stage))
    else:
        value = getattr(record, name)
        columns[name] = list(value) if isinstance(value, tuple) else value
    if name == "title_en" and change.row.title_zh and _words(before) != _words(record.title_en):
        columns["zh_status"] = TitleStatus.RECHECK


def _words(title: str) -> str:
    """Return a title without what spelling alone makes different: case, blanks and kinds of dashes."""
    return folded(fold(title))
