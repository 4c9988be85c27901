"""An import from the desk: a file is handed in, its preview is made, somebody confirms it or lets it drop."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import BinaryIO

from sqlalchemy import update

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.ports.files import keeping
from forum.ports.files.kinds import PUBLISHED_RECORDS
from forum.standards.import_errors import NotToBeConfirmed, NotToBeDropped
from forum.standards.models import ImportRun, RunState
from forum.standards.operations.summaries import Summary

SHOWN = 20  # notes of each kind that a preview keeps


def hand_in(
    kind: str,
    stream: BinaryIO | None,
    filename: str | None,
    dataset_on: date,
    *,
    forced: bool,
    actor: Actor,
    now: datetime,
) -> ImportRun:
    """Keep a file to be imported; its preview is made by the worker.  Raises a ``FileRefused``."""
    kept = keeping.store(stream, filename, f"imports:{actor.reference}", PUBLISHED_RECORDS, field="file")
    run = ImportRun(
        kind=kind,
        file_name=kept.filename,
        size=kept.size,
        digest=kept.sha256,
        dataset_on=dataset_on,
        started_at=now,
        operator=actor.reference,
        account_id=actor.account_id,
        forced=forced,
        file_id=kept.id,
        state=RunState.WAITING,
    )
    session.add(run)
    session.flush()
    record(actor, "hand_in_import", "import_run", run.public_id, now=now, kind_of_file=kind, digest=run.digest)
    return run


def keep_preview(run: ImportRun, summary: Summary) -> None:
    """Keep what a preview came to."""
    shown: dict[str, int] = {}
    notes = []
    for note in summary.notes:
        shown[note.kind] = shown.get(note.kind, 0) + 1
        if shown[note.kind] <= SHOWN:
            notes.append(asdict(note))
    run.preview = {"counts": summary.counts.as_dict(), "signature": summary.signature, "notes": notes}
    run.state = RunState.PREVIEWED
    session.flush()


def refuse(run: ImportRun, refusal: Refusal, *, now: datetime) -> None:
    """Keep why the file isn't taken."""
    run.state = RunState.REFUSED
    run.ended_at = now
    run.sentence = refusal.message[:300]
    run.sentence_facts = {name: str(fact)[:300] for name, fact in refusal.facts.items()}
    _let_go(run)
    session.flush()


def confirm(run: ImportRun, *, actor: Actor, now: datetime) -> None:
    """Let the worker import what the preview showed."""
    _move(run, RunState.PREVIEWED, RunState.CONFIRMED, NotToBeConfirmed())
    run.operator, run.account_id = actor.reference, actor.account_id
    record(
        actor,
        "confirm_import",
        "import_run",
        run.public_id,
        now=now,
        signature=str(run.preview.get("signature", "")),
    )
    session.flush()


def drop(run: ImportRun, *, actor: Actor, now: datetime) -> None:
    """Let a file go that isn't to be imported."""
    if run.state not in {RunState.WAITING, RunState.PREVIEWED}:
        raise NotToBeDropped
    _move(run, run.state, RunState.DROPPED, NotToBeDropped())
    run.ended_at = now
    _let_go(run)
    record(actor, "drop_import", "import_run", run.public_id, now=now)
    session.flush()


def let_file_go(run: ImportRun) -> None:
    """Remove the file of an import that has ended; its fingerprint stays."""
    _let_go(run)
    session.flush()


def _let_go(run: ImportRun) -> None:
    if run.file is not None:
        stored, run.file = run.file, None
        session.flush()
        keeping.delete(stored)


def _move(run: ImportRun, before: RunState, after: RunState, refusal: Refusal) -> None:
    """Move a run on, unless somebody else has done so meanwhile."""
    moved = session.execute(
        update(ImportRun).where(ImportRun.id == run.id, ImportRun.state == before).values(state=after),
        execution_options={"synchronize_session": False},
    )
    if getattr(moved, "rowcount", 0) != 1:
        raise refusal
    session.refresh(run)
