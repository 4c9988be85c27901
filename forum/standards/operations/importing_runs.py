"""Beginning, continuing and ending an import."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update

from forum.audit.operations import record
from forum.committees.models import Committee
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.standards.import_errors import UnfinishedImport
from forum.standards.models import ImportRun, RelationKind, RunState, Standard, StandardRelation
from forum.standards.operations.bulk import put
from forum.standards.operations.importing import SOURCE, write_notes
from forum.standards.operations.summaries import Counts, Note, Signed, Summary
from forum.standards.published import COMMITTEES
from forum.standards.queries import importing as queries
from forum.standards.queries.importing import table
from forum.standards.search_index import settle

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file is imported, and as of which day."""

    kind: str
    file_name: str
    size: int
    digest: str
    dataset_on: date


def begin(origin: Origin, *, forced: bool, actor: Actor, now: datetime) -> ImportRun:
    """Enter a new import."""
    run = ImportRun(
        kind=origin.kind,
        file_name=origin.file_name[:200],
        size=origin.size,
        digest=origin.digest,
        dataset_on=origin.dataset_on,
        started_at=now,
        operator=actor.reference,
        account_id=actor.account_id,
        forced=forced,
        state=RunState.RUNNING,
    )
    session.add(run)
    session.flush()
    record(actor, "begin_import", "import_run", run.public_id, now=now, kind_of_file=origin.kind, digest=origin.digest)
    return run


def take_up(run_id: int, *, other: ImportRun | None, now: datetime) -> ImportRun:
    """Begin an import that somebody confirmed at the desk; raise where another one isn't finished."""
    if other is not None:
        raise UnfinishedImport(name=other.file_name, position=other.position)
    run = session.get_one(ImportRun, run_id)
    if run.state is RunState.CONFIRMED:
        run.state = RunState.RUNNING
        run.started_at = now
    session.flush()
    return run


def give_up(run: ImportRun, *, actor: Actor, now: datetime) -> None:
    """End an import that was cut off, for another file; what it brought stays."""
    run.state = RunState.DROPPED
    run.ended_at = now
    record(actor, "drop_import", "import_run", run.public_id, now=now, position=run.position)
    session.flush()


def advance(run_id: int, counts: Counts, *, position: int, rows: int) -> bool:
    """Move an import on by a batch; return False when another process has done so meanwhile."""
    runs = table(ImportRun)
    added: dict[str, Any] = {name: runs.c[name] + number for name, number in counts.as_dict().items() if number}
    moved = session.execute(
        update(runs)
        .where(runs.c.id == run_id, runs.c.position == position, runs.c.state == RunState.RUNNING)
        .values(position=position + rows, **added)
        .returning(runs.c.id)
    ).all()
    return len(moved) == 1


def absent_notes(kind: str, seen: Collection[int]) -> tuple[list[int], list[Note]]:
    """Return which rows an earlier file held and this one doesn't, with a note for each."""
    brought = queries.committees_brought_before() if kind == COMMITTEES else queries.brought_before()
    gone = [each for each in brought if each[0] not in seen and -each[0] not in seen]
    notes = [Note(0, "absent", str(iso_id), reference) for iso_id, _number, reference in gone]
    return [number for _iso_id, number, _reference in gone], notes


def mark_absent(run_id: int, kind: str, seen: Collection[int], *, on: date) -> int:
    """Say of what the file no longer holds since when; pages stay. Twice marks nothing more."""
    ids, notes = absent_notes(kind, seen)
    if ids:
        rows = table(Committee if kind == COMMITTEES else Standard)
        for at in range(0, len(ids), CHUNK):
            session.execute(update(rows).where(rows.c.id.in_(ids[at : at + CHUNK])).values(absent_since=on))
        write_notes(run_id, notes)
        runs = table(ImportRun)
        session.execute(update(runs).where(runs.c.id == run_id).values(absent=runs.c.absent + len(ids)))
    return len(ids)


def tie_replacements() -> bool:
    """Write which edition replaces which, from what the records say; ids of what isn't kept here stay ids."""
    rows = queries.replacements()
    wanted, brought = _wanted(rows), {row.id for row in rows if row.brought}
    relations, kept, gone, found = table(StandardRelation), set(), [], list[tuple[int, int]]()
    for each in queries.relations_by_iso_id():
        pair = (each.standard_id, each.other_iso_id)
        if pair in wanted:
            kept.add(pair)
            if each.other_id is None and (other_id := wanted[pair]) is not None:
                found.append((each.id, other_id))
        elif each.standard_id in brought:
            gone.append(each.id)
    made = [
        {"standard_id": one, "kind": RelationKind.REPLACES, "other_iso_id": other, "other_id": number}
        for (one, other), number in wanted.items()
        if (one, other) not in kept
    ]
    for number, other_id in found:
        session.execute(update(relations).where(relations.c.id == number).values(other_id=other_id))
    for at in range(0, len(gone), CHUNK):
        session.execute(delete(relations).where(relations.c.id.in_(gone[at : at + CHUNK])))
    put(StandardRelation, made)
    return bool(made or gone or found)


def _wanted(rows: Iterable[Any]) -> dict[tuple[int, int], int | None]:
    """Return which standard replaces which of the publisher's ids, and that one's id here."""
    by_iso_id = {row.iso_id: row.id for row in rows}
    wanted: dict[tuple[int, int], int | None] = {}
    for row in rows:
        for other in row.replaces:
            wanted[row.id, other] = by_iso_id.get(other)
        for other in row.replaced_by:
            if other in by_iso_id:
                wanted[by_iso_id[other], row.iso_id] = row.id
    return wanted


def tie_supplements() -> bool:
    """Tie amendments and corrigenda to the edition that their reference names, where it is kept here."""
    rows = [(row.id, row.reference.rpartition("/")[0]) for row in queries.supplements_without_base()]
    standards, changed = table(Standard), False
    for at in range(0, len(rows), CHUNK):
        part = rows[at : at + CHUNK]
        bases = queries.ids_by_reference({reference for _number, reference in part})
        for number, reference in part:
            if reference in bases and bases[reference] != number:
                changed = True
                session.execute(update(standards).where(standards.c.id == number).values(base_id=bases[reference]))
    return changed


def confirm_still_so(after: int, *, on: date) -> int:
    """Say of the next rows that the newer file holds as they were that they are so as of its day; return the last."""
    standards = table(Standard)
    last = queries.last_of_next(after, CHUNK)
    if last:
        session.execute(
            update(standards)
            .where(
                standards.c.id > after,
                standards.c.id <= last,
                standards.c.source == SOURCE,
                standards.c.absent_since.is_(None),
                standards.c.as_of < on,
            )
            .values(as_of=on)
        )
    return last


def finish(run: ImportRun, *, actor: Actor, now: datetime, is_shown: bool) -> Summary:
    """End an import: sign what it came to, and say so in the audit."""
    settle(session.connection())
    counts = counts_of(run)
    signed = Signed()
    for row in queries.notes_in_order(run):
        signed.add(Note(**row._mapping))
    run.signature = signed.signature(run.kind, run.digest, run.dataset_on, counts)
    run.state = RunState.FINISHED
    run.ended_at = now
    record(
        actor,
        "finish_import",
        "import_run",
        run.public_id,
        now=now,
        kind_of_file=run.kind,
        signature=run.signature,
        counts=counts.as_dict(),
    )
    if is_shown:
        revisions.bump(revisions.STANDARDS, now=now)
    session.flush()
    return Summary(counts, run.signature, signed.in_order(), run.public_id)


def counts_of(run: ImportRun) -> Counts:
    """Return the counts of a run."""
    return Counts(**{name: getattr(run, name) for name in Counts.__slots__})
