"""Bringing published deliverables in: each batch is compared first, then written in one transaction.

A preview compares and writes nothing.  What was cut off goes on behind its last batch; every step gives the same
result when it is done twice.  The key is the publisher’s id, never the
reference, which changes on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from forum.committees.models import Committee, Confidence, Precision, TitleStatus
from forum.committees.references import folded as folded_committee
from forum.core.database import session
from forum.core.refusals import N_
from forum.core.text import fold
from forum.standards.models import (
    Assignment,
    ImportNote,
    ReferenceRecord,
    Scheme,
    StageEvent,
    StageKind,
    Standard,
    StandardIcs,
)
from forum.standards.operations import committee_making
from forum.standards.operations.bulk import change, put, put_and_tell
from forum.standards.operations.summaries import Counts, Note, short
from forum.standards.ordering import moved_on, sort_key
from forum.standards.published import Deliverable, Read, printed_day
from forum.standards.queries import importing as queries
from forum.standards.queries.importing import table
from forum.standards.references import dated_slug, folded, parse, slug
from forum.standards.schemes import standing_of
from forum.standards.search_index import refresh, search_text
from forum.standards.stages import is_usual

SOURCE = "ISO Open Data"
PUBLISHED, WITHDRAWN = "60.60", "95.99"
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


# --- Writing -----------------------------------------------------------------------------------------


def write(ledger: Ledger, plan: Plan) -> bool:
    """Write what a plan says; return whether the public sees a change."""
    for reference in plan.committees:
        ledger.committees[folded_committee(reference)] = committee_making.unreviewed(reference, SOURCE)
    silent = _silent(ledger, plan)
    events: list[dict[str, Any]] = []
    _write_new(ledger, plan.new, silent, events)
    _write_changes(ledger, plan.changed, silent, events)
    put(StageEvent, events)
    write_notes(ledger.run_id, plan.notes)
    return bool(plan.new or plan.committees or any(change.is_shown for change in plan.changed))


def write_notes(run_id: int, notes: Sequence[Note]) -> None:
    """Keep notes of a run."""
    put(ImportNote, [{name: getattr(note, name) for name in Note.__slots__} | {"run_id": run_id} for note in notes])


def _silent(ledger: Ledger, plan: Plan) -> set[int]:
    """Return the committees whose first import this is, and mark them."""
    used = {_committee_id(ledger, record) for record in (*plan.new, *(change.record for change in plan.changed))}
    known = queries.first_imports([number for number in used if number])
    fresh = [number for number, run in known.items() if run is None]
    if fresh:
        session.execute(
            update(table(Committee)).where(table(Committee).c.id.in_(fresh)).values(first_import=ledger.run_id)
        )
    return {number for number, run in known.items() if run in {None, ledger.run_id}}


def _committee_id(ledger: Ledger, record: Deliverable) -> int | None:
    return ledger.committees.get(folded_committee(record.committee)) or None


def _write_new(ledger: Ledger, records: Sequence[Deliverable], silent: set[int], events: list[dict[str, Any]]) -> None:
    if not records:
        return
    addresses = _addresses(records)
    rows = [_new_row(ledger, record, addresses[record.iso_id]) for record in records]
    ids = put_and_tell(Standard, rows, "iso_id")
    references, codes, owners = [], [], []
    for record in records:
        number, committee_id = ids[record.iso_id], _committee_id(ledger, record)
        references.append(_reference_row(number, record.reference, ledger.dataset_on))
        codes += [{"standard_id": number, "code": code} for code in record.ics]
        if committee_id:
            owners.append({"standard_id": number, "committee_id": committee_id})
        events.extend(_first_events(ledger, number, record, is_silent=committee_id in silent or committee_id is None))
    refresh(session.connection(), list(ids.values()))
    put(ReferenceRecord, references)
    put(StandardIcs, codes)
    put(Assignment, owners)


def _new_row(ledger: Ledger, record: Deliverable, address: str) -> dict[str, Any]:
    plain = {name: getattr(record, name) for name in ("kind", "supplement", "title_en", "title_fr", "edition", "pages")}
    on, _precision = _stage_day(record)
    return {
        **plain,
        **_reference_columns(record.reference),
        "slug": address,
        "scheme": Scheme.ISO,
        "iso_id": record.iso_id,
        "published_on": record.published_on,
        "published_precision": record.published_precision,
        "languages": list(record.languages),
        "scope_extract": record.scope_extract,
        "committee_id": _committee_id(ledger, record),
        **_stage_columns(record.stage),
        "stage_on": on,
        "replaces": list(record.replaces),
        "replaced_by": list(record.replaced_by),
        "as_of": ledger.dataset_on,
        "confidence": Confidence.VERIFIED,
        "source": SOURCE,
        "imported": record.values(),
        "search": search_text(record.reference, (record.title_en, record.title_fr)),
        "moved_on": moved_on(on, record.published_on, ledger.dataset_on),
    }


def _reference_columns(reference: str) -> dict[str, str]:
    known = parse(reference)
    return {
        "reference": reference,
        "folded_reference": folded(reference),
        "number": known.number[:40] if known is not None else "",
        "sort_key": sort_key(reference)[:160],
    }


def _stage_columns(stage: str) -> dict[str, Any]:
    return {"stage": stage, "stage_equivalent": stage, "standing": standing_of(Scheme.ISO, stage)}


def _stage_day(record: Deliverable) -> tuple[date | None, Precision]:
    """Return when a stage was entered; the file tells that of publication alone."""
    if record.stage == PUBLISHED and record.published_on is not None:
        return record.published_on, record.published_precision
    return None, Precision.DAY


def _first_events(ledger: Ledger, number: int, record: Deliverable, *, is_silent: bool) -> list[dict[str, Any]]:
    """Return the stage as it was found, and publication before it where the file tells its day."""
    made = []
    if record.published_on is not None and record.stage > PUBLISHED:
        published = _event(ledger, number, PUBLISHED, record.published_on, is_silent=True)
        made.append(published | {"precision": record.published_precision})
    on, precision = _stage_day(record)
    return [*made, _event(ledger, number, record.stage, on, is_silent=is_silent) | {"precision": precision}]


def _event(ledger: Ledger, number: int, code: str, on: date | None, *, is_silent: bool) -> dict[str, Any]:
    return {
        "standard_id": number,
        "scheme": Scheme.ISO,
        "code": code,
        "on": on,
        "precision": Precision.DAY,
        "kind": StageKind.OBSERVED,
        "source": SOURCE,
        "as_of": ledger.dataset_on,
        "unusual": False,
        "run_id": ledger.run_id,
        "silent": is_silent,
    }


def _reference_row(number: int, reference: str, on: date) -> dict[str, Any]:
    return {"standard_id": number, "reference": reference, "folded": folded(reference), "seen_on": on}


def _addresses(records: Sequence[Deliverable]) -> Mapping[int, str]:
    """Return an address for each new standard: the plain one for what is valid, the year for what isn't any more."""
    wanted: dict[int, list[str]] = {}
    for record in sorted(records, key=lambda each: (each.stage < PUBLISHED, each.iso_id)):
        plain, dated, last = slug(record.reference), dated_slug(record.reference), f"-{record.iso_id}"
        if record.stage == WITHDRAWN:
            wanted[record.iso_id] = [dated, dated + last]
        elif record.stage < PUBLISHED:  # it will have a year one day, and keep its address
            wanted[record.iso_id] = [plain, plain + last]
        else:
            wanted[record.iso_id] = [plain, dated, dated + last]
    taken = queries.taken_slugs({choice for choices in wanted.values() for choice in choices})
    found = {}
    for number, choices in wanted.items():
        found[number] = next((choice for choice in choices if choice and choice not in taken), f"iso-id-{number}")
        taken.add(found[number])
    return found


def _write_changes(ledger: Ledger, changes: Sequence[Change], silent: set[int], events: list[dict[str, Any]]) -> None:
    if not changes:
        return
    for each in changes:
        _stage_changed(ledger, each, silent, events)
        _hanging_changed(ledger, each)
        _searched(ledger, each)
        if each.is_shown:
            each.columns |= {"as_of": ledger.dataset_on, "confidence": Confidence.VERIFIED, "source": SOURCE}
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for each in changes:
        by_columns.setdefault(tuple(sorted(each.columns)), []).append(each.columns | {"id": each.row.id})
    for names, rows in by_columns.items():
        change(Standard, names, rows)
    refresh(session.connection(), [each.row.id for each in changes if "search" in each.columns])


def _stage_changed(ledger: Ledger, change: Change, silent: set[int], events: list[dict[str, Any]]) -> None:
    if change.stage is None:
        return
    record, committee_id = change.record, _committee_id(ledger, change.record)
    on, precision = _stage_day(record)
    if on is None and change.row.imported:
        on = ledger.dataset_on  # between two datasets; the later one is the day on which it was seen
    is_silent = committee_id in silent or not change.row.imported
    event = _event(ledger, change.row.id, record.stage, on, is_silent=is_silent)
    events.append(event | {"precision": precision, "unusual": change.is_unusual})
    change.columns |= {**_stage_columns(record.stage), "stage_on": on}


def _hanging_changed(ledger: Ledger, change: Change) -> None:
    number = change.row.id
    if change.reference is not None:
        _renamed(ledger, change)
    if change.ics is not None:
        codes = table(StandardIcs)
        session.execute(delete(codes).where(codes.c.standard_id == number))
        put(StandardIcs, [{"standard_id": number, "code": code} for code in change.ics])
    if change.committee is not None:
        committee_id = _committee_id(ledger, change.record)
        owners = table(Assignment)
        session.execute(
            update(owners)
            .where(owners.c.standard_id == number, owners.c.ends_on.is_(None))
            .values(ends_on=ledger.dataset_on)
        )
        if committee_id:
            starts_on = ledger.dataset_on if change.row.committee_id else None
            put(Assignment, [{"standard_id": number, "committee_id": committee_id, "starts_on": starts_on}])
        change.columns["committee_id"] = committee_id


def _renamed(ledger: Ledger, change: Change) -> None:
    """Keep the former reference in the record, and this one beside it."""
    change.columns |= _reference_columns(change.record.reference)
    known = queries.known_references(change.row.id)
    rows = [
        _reference_row(change.row.id, reference, on)
        for reference, on in ((change.row.reference, change.row.as_of), (change.record.reference, ledger.dataset_on))
        if reference not in known
    ]
    put(ReferenceRecord, rows)


def _searched(ledger: Ledger, change: Change) -> None:
    row, columns = change.row, change.columns
    if {"reference", "title_en", "title_fr"} & columns.keys():
        titles = (columns.get("title_en", row.title_en), columns.get("title_fr", row.title_fr), row.title_zh)
        columns["search"] = search_text(columns.get("reference", row.reference), titles)
    if change.is_shown:
        stage_on, published_on = columns.get("stage_on", row.stage_on), columns.get("published_on", row.published_on)
        columns["moved_on"] = moved_on(stage_on, published_on, ledger.dataset_on)
