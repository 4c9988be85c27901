"""An import from its file to its signature, and the preview of one.

Each batch is one transaction with the position behind it: killed anywhere and run again, an import goes on behind
its last batch and comes to the same end as one that ran through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from forum.core import revisions
from forum.core.actor import Actor
from forum.core.clock import Clock
from forum.core.database import begin_writing, session
from forum.standards.import_errors import AnotherAtWork, OlderDataset, UnfinishedImport
from forum.standards.imports import committees, deliverables
from forum.standards.models import ImportRun, RunState
from forum.standards.operations import committee_importing, import_plans, importing, importing_runs
from forum.standards.operations.import_plans import Ledger
from forum.standards.operations.importing_runs import Origin
from forum.standards.operations.summaries import Counts, Signed, Summary
from forum.standards.published import COMMITTEES, Read
from forum.standards.queries import importing as queries

BATCH = 1_000  # records in one transaction
_PIECE = 1024 * 1024
Opened = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be imported: where its bytes are and what it is called."""

    kind: str
    name: str
    open: Opened
    dataset_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Steps:
    """What differs between the two kinds of files."""

    compare: Callable[[Ledger, tuple[Read, ...]], import_plans.Plan | committee_importing.Plan]
    write: Callable[[Ledger, import_plans.Plan | committee_importing.Plan], bool]
    note_seen: Callable[[Ledger, tuple[Read, ...]], None]


_STEPS: dict[bool, _Steps] = {
    False: _Steps(import_plans.compare, importing.write, import_plans.note_seen),  # type: ignore[arg-type]
    True: _Steps(committee_importing.compare, committee_importing.write, committee_importing.note_seen),  # type: ignore[arg-type]
}


def of_path(kind: str, path: Path, dataset_on: date | None = None) -> Source:
    """Return a file of this machine as a source."""
    return Source(kind, path.name, lambda: path.open("rb"), dataset_on)


def _digest(source: Source) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    with source.open() as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
            size += len(piece)
    return found.hexdigest(), size


def _reads(source: Source, stream: BinaryIO) -> Iterator[Read]:
    if source.kind == COMMITTEES:
        return committees.from_stream(stream)
    first = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    return deliverables.from_lines(stream) if first.startswith(b"{") else deliverables.from_table(stream)


def _batches(source: Source, stream: BinaryIO) -> Iterator[tuple[Read, ...]]:
    reads = _reads(source, stream)
    while part := tuple(islice(reads, BATCH)):
        yield part


def _origin(source: Source, now: datetime) -> Origin:
    digest, size = _digest(source)
    return Origin(source.kind, source.name, size, digest, source.dataset_on or now.date())


def _not_older(origin: Origin, *, forced: bool) -> None:
    last = queries.last_finished(origin.kind)
    if last is not None and origin.dataset_on < last.dataset_on and not forced:
        raise OlderDataset(day=origin.dataset_on.isoformat(), last=last.dataset_on.isoformat())


def _is_newer(kind: str, dataset_on: date, run_id: int = 0) -> bool:
    last = queries.last_finished(kind)
    return last is not None and last.id != run_id and dataset_on > last.dataset_on


def preview(source: Source, *, forced: bool, now: datetime) -> Summary:
    """Say what an import would come to; nothing is written.  Raises a ``Refusal`` for a file that isn't taken."""
    origin = _origin(source, now)
    _not_older(origin, forced=forced)
    ledger = Ledger(0, origin.dataset_on, queries.committees_by_spelling())
    counts, signed, steps = Counts(), Signed(), _STEPS[source.kind == COMMITTEES]
    with source.open() as stream:
        for reads in _batches(source, stream):
            plan = steps.compare(ledger, reads)
            counts.add(plan.counts)
            for note in plan.notes:
                signed.add(note)
            session.rollback()  # a preview holds no long transaction
    if _is_newer(source.kind, origin.dataset_on):
        ids, notes = importing_runs.absent_notes(source.kind, ledger.seen)
        counts.absent = len(ids)
        for note in notes:
            signed.add(note)
    session.rollback()
    signature = signed.signature(source.kind, origin.digest, origin.dataset_on, counts)
    return Summary(counts, signature, signed.in_order())


def perform(source: Source, *, forced: bool, actor: Actor, clock: Clock, run_id: int = 0) -> Summary:
    """Import a file, from its beginning or from where it was cut off; commits after every batch.

    ``run_id`` is the run that somebody confirmed at the desk.  Raises a ``Refusal`` before anything is written.
    """
    origin = _origin(source, clock())
    with source.open() as stream:
        batches = _batches(source, stream)
        first = next(batches, ())  # the heading is checked before a run is entered
        run_id, position = _begun(origin, forced=forced, actor=actor, now=clock(), run_id=run_id)
        resumed_at = position
        run = session.get_one(ImportRun, run_id)
        ledger = Ledger(run.id, run.dataset_on, queries.committees_by_spelling())
        session.rollback()
        steps, passed = _STEPS[source.kind == COMMITTEES], 0
        while first:
            if passed < position:
                steps.note_seen(ledger, first)
            else:
                _one_batch(ledger, steps, first, passed, clock)
            passed += len(first)
            first = next(batches, ())
    summary = _end(ledger, source.kind, run_id, actor, clock)
    summary.resumed_at = resumed_at
    return summary


def _begun(origin: Origin, *, forced: bool, actor: Actor, now: datetime, run_id: int) -> tuple[int, int]:
    """Return the run to go on with and its position: the one that was cut off, or a new one."""
    begin_writing()
    try:
        run = queries.unfinished(origin.kind)
        if run_id and (run is None or run.id != run_id):
            _not_older(origin, forced=forced)
            run = importing_runs.take_up(run_id, other=run, now=now)
        if run is not None and run.digest == origin.digest and run.state is RunState.RUNNING:
            pass  # goes on behind its last batch, with the day that it was begun with
        else:
            if run is not None and run.state is RunState.RUNNING:
                _give_up(run, forced=forced, actor=actor, now=now)
            _not_older(origin, forced=forced)
            run = importing_runs.begin(origin, forced=forced, actor=actor, now=now)
        found = run.id, run.position
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return found


def _give_up(run: ImportRun, *, forced: bool, actor: Actor, now: datetime) -> None:
    if not forced:
        raise UnfinishedImport(name=run.file_name, position=run.position)
    importing_runs.give_up(run, actor=actor, now=now)


def _one_batch(ledger: Ledger, steps: _Steps, reads: tuple[Read, ...], position: int, clock: Clock) -> None:
    begin_writing()
    try:
        plan = steps.compare(ledger, reads)
        if not importing_runs.advance(ledger.run_id, plan.counts, position=position, rows=len(reads)):
            raise AnotherAtWork  # noqa: TRY301 - whatever ends a batch takes all of it back
        if steps.write(ledger, plan):
            revisions.bump(revisions.STANDARDS, now=clock())
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.expunge_all()


def _end(ledger: Ledger, kind: str, run_id: int, actor: Actor, clock: Clock) -> Summary:
    """Tie what refers to another, mark what is gone, and sign; each step may be done twice."""
    begin_writing()
    run = session.get_one(ImportRun, run_id)
    is_newer, dataset_on = _is_newer(kind, run.dataset_on, run.id), run.dataset_on
    is_shown = False
    if is_newer:
        is_shown = importing_runs.mark_absent(run_id, kind, ledger.seen, on=dataset_on) > 0
        if is_shown:
            revisions.bump(revisions.STANDARDS, now=clock())
    session.commit()
    begin_writing()
    if kind == COMMITTEES:
        ledger.committees |= queries.committees_by_spelling()
        is_shown |= committee_importing.join(ledger)
    else:
        is_shown |= importing_runs.tie_replacements()
        is_shown |= importing_runs.tie_supplements()
    session.commit()
    after = 0
    while is_newer and kind != COMMITTEES:
        begin_writing()
        after = importing_runs.confirm_still_so(after, on=dataset_on)
        session.commit()
        if not after:
            break
    begin_writing()
    run = session.get_one(ImportRun, run_id)
    # A preparation that was cut off before its end has perhaps tied something already: better to say it twice.
    summary = importing_runs.finish(
        run, actor=actor, now=clock(), is_shown=is_shown or is_newer or run.new + run.changed > 0
    )
    session.commit()
    session.expunge_all()
    return summary
