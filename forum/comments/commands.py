"""Tables of comments from the command line; ``forum.commands`` holds the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forum.ballots.models import Ballot
from forum.comments import exports, imports
from forum.comments.errors import NothingToImport
from forum.comments.operations import sending, taking_in
from forum.comments.queries.desk import ballot_by
from forum.comments.rules.findings import is_rejected
from forum.comments.rules.preflight import put_right
from forum.comments.states import DECIDER
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.refusals import N_, Refusal

_MOST_LINES = 40


class NoSuchBallot(Refusal):
    """Nothing is known under this id."""

    message = N_("There is no ballot “%(ballot)s”. Its id stands in the address of its page.")
    status = 404


def _ballot(public_id: str) -> Ballot:
    ballot = ballot_by(public_id)
    if ballot is None:
        raise NoSuchBallot(ballot=public_id)
    return ballot


def import_file(file: Path, ballot_id: str, *, dry_run: bool, say: Callable[[str], None]) -> None:
    """Take a table in as comments that were handed in, and say what was found; raise a ``Refusal``.

    A fix that the check offers is applied.  With ``dry_run`` nothing changes.
    """
    now = system_clock()
    begin_writing()
    ballot = _ballot(ballot_id)
    read = imports.read(file.read_bytes(), file.name)
    findings = [*read.findings, *taking_in.objections(ballot, read.table, now, read.is_national)]
    for each in findings[:_MOST_LINES]:
        say(f"{each.rule} {each.place(str)}: {each.say(str)}")
    if len(findings) > _MOST_LINES:
        say(f"… and {len(findings) - _MOST_LINES} more")
    if is_rejected(findings):
        session.rollback()
        raise NothingToImport
    made = taking_in.take_in_comments(
        ballot,
        put_right(read.table, findings),
        findings,
        units=read.is_national,
        actor=SYSTEM.with_roles(DECIDER),
        now=now,
    )
    if dry_run:
        session.rollback()
        say(f"{len(made)} comments would be taken in.")
    else:
        session.commit()
        say(f"{len(made)} comments are taken in.")


def export_file(ballot_id: str, file_format: str, language: str, output: Path, *, say: Callable[[str], None]) -> None:
    """Write the comments that leave to a file: the member body as their only author."""
    table = sending.table_of(_ballot(ballot_id), language, system_clock())
    output.write_bytes(exports.table_as(table, file_format, language))
    say(f"{len(table.rows)} comments are in {output}.")
