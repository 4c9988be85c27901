"""What the worker does with files that were handed in at the desk: previews, and imports that were confirmed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import BinaryIO

from forum.core.actor import Actor
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.refusals import Refusal
from forum.ports.files.keeping import open_file
from forum.ports.files.models import StoredFile
from forum.standards.import_errors import AnotherAtWork
from forum.standards.imports.running import Source, perform, preview
from forum.standards.models import ImportRun, RunState
from forum.standards.operations import handing_in
from forum.standards.queries import runs

MOST = 20  # files in one turn


def work(now: datetime) -> int:
    """Make the previews and the imports that wait; return how many were done."""
    done = 0
    while done < MOST and (run := runs.to_do()) is not None:
        number = run.id
        try:
            _one(run, now)
        except AnotherAtWork:
            session.rollback()
            break
        except Refusal as refusal:
            session.rollback()
            _refuse(number, refusal, now)
        done += 1
        session.expunge_all()
    session.rollback()
    return done


def _one(run: ImportRun, now: datetime) -> None:
    number, forced, is_asked = run.id, run.forced, run.state is RunState.WAITING
    actor = Actor(run.operator, run.account_id)
    source = Source(run.kind, run.file_name, partial(_opened, run.file_id or 0), run.dataset_on)
    if is_asked:
        summary = preview(source, forced=forced, now=now)
        begin_writing()
        waiting = session.get_one(ImportRun, number)
        if waiting.state is RunState.WAITING:  # else somebody let it drop meanwhile
            handing_in.keep_preview(waiting, summary)
        session.commit()
        return
    perform(source, forced=forced, actor=actor, clock=system_clock, run_id=number)
    begin_writing()
    handing_in.let_file_go(session.get_one(ImportRun, number))
    session.commit()


def _opened(file_id: int) -> BinaryIO:
    return open_file(session.get_one(StoredFile, file_id))


def _refuse(run_id: int, refusal: Refusal, now: datetime) -> None:
    begin_writing()
    handing_in.refuse(session.get_one(ImportRun, run_id), refusal, now=now)
    session.commit()
