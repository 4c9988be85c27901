"""Bringing published deliverables in: each batch is compared first, then written in one transaction.

What was cut off goes on behind its last batch; every step gives the same result when it is done twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from forum.committees.models import Committee, Confidence, Precision
from forum.committees.references import folded as folded_committee
from forum.core.database import session
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
from forum.standards.operations.import_plans import Change, Ledger, Plan
from forum.standards.operations.summaries import Note
from forum.standards.ordering import moved_on, sort_key
from forum.standards.published import Deliverable
from forum.standards.queries import importing as queries
from forum.standards.queries.importing import table
from forum.standards.references import dated_slug, folded, parse, slug
from forum.standards.schemes import standing_of
from forum.standards.search_index import refresh, search_text

SOURCE = "ISO Open Data"
PUBLISHED, WITHDRAWN = "60.60", "95.99"


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
