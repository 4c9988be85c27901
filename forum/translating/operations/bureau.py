"""A file of a bureau: noted when it goes out; handed in, looked at, and taken in or let go when it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete, select

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.drafting.neighbours import Scope
from forum.drafting.queries.texts import record_of
from forum.ports.files import keeping
from forum.ports.files.kinds import BUREAU_FILES
from forum.translating.errors import FileWaitsNoLonger
from forum.translating.models import BureauFile
from forum.translating.operations import keep
from forum.translating.queries import units_of
from forum.translating.queries.comparing import Compared, Comparison, compared
from forum.translating.queries.leaving import Leaving
from forum.translating.rules.returned import Outcome, Returned, TextId
from forum.translation.rules import Side


def note_sent(
    scope: Scope, file_format: str, language: str, count: int, leaving: Leaving, *, actor: Actor, now: datetime
) -> None:
    """Note that texts went out in a file; the audit keeps how many, never a text."""
    audit.record(
        actor,
        "send_texts_out",
        scope.entity,
        scope.entity_id,
        now=now,
        chain=scope.chain,
        format=file_format,
        into=language,
        texts=count,
        left_out=leaving.stays,
    )


def hand_in(scope: Scope, stream: BinaryIO, filename: str, *, actor: Actor) -> BureauFile:
    """Keep a file until somebody has seen what it would do; one that this person left waiting goes.

    Raises a ``FileRefused``.
    """
    for former in session.scalars(select(BureauFile).where(BureauFile.account_id == actor.account_id)).all():
        let_go(former)
    kept = keeping.store(stream, filename, f"bureau:{actor.reference}", BUREAU_FILES, field="file")
    row = BureauFile(file_id=kept.id, account_id=actor.account_id, collection=scope.collection, scope=scope.name)
    session.add(row)
    session.flush()
    return row


def let_go(row: BureauFile) -> None:
    """Remove a file that waits.  Raises ``FileWaitsNoLonger`` when it is gone."""
    stored, number = row.file, row.id
    session.expunge(row)
    gone = session.execute(
        delete(BureauFile).where(BureauFile.id == number), execution_options={"synchronize_session": False}
    )
    if not getattr(gone, "rowcount", 0):
        raise FileWaitsNoLonger
    keeping.delete(stored)


def waiting(scope: Scope, public_id: str, account_id: int | None) -> BureauFile | None:
    """Return a file that this person handed in at this worklist and that still waits."""
    return session.scalar(
        select(BureauFile).where(
            BureauFile.public_id == public_id,
            BureauFile.account_id == account_id,
            BureauFile.collection == scope.collection,
            BureauFile.scope == scope.name,
        )
    )


def confirm(
    scope: Scope, row: BureauFile, found: Sequence[Returned], *, actor: Actor, now: datetime
) -> Comparison:  # fmt: skip
    """Take a file in, once: its texts are translations by whoever takes them in, to be reviewed by somebody else.

    It is compared anew with the records, which are held against other writers until the commit.  Raises
    ``FileWaitsNoLonger`` for whoever comes second.
    """
    let_go(row)
    _hold(scope, found)
    comparison = compared(found, units_of(scope))
    for texts in _by_record(comparison.taken):
        _write(texts, actor=actor, now=now)
    counts = comparison.counts
    audit.record(
        actor,
        "take_texts_in",
        scope.entity,
        scope.entity_id,
        now=now,
        chain=scope.chain,
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        same=counts[Outcome.SAME],
        refused=counts[Outcome.REFUSED],
    )
    return comparison


def _hold(scope: Scope, found: Iterable[Returned]) -> None:
    """Lock the records of which a file speaks, in one order whoever comes; those of other scopes aren't touched."""
    known = {(unit.source.entity, unit.entity_id): unit.source for unit in units_of(scope)}
    named = {(each.entity, each.entity_id) for one in found if (each := TextId.read(one.text_id)) is not None}
    for key in sorted(named & known.keys()):
        record_of(known[key], key[1], lock=True)
    session.expire_all()  # what was read of translations before the lock may be old


def _by_record(texts: Iterable[Compared]) -> Iterable[list[Compared]]:
    found: dict[tuple[str, str], list[Compared]] = {}
    for each in texts:
        if each.unit is not None:
            found.setdefault((each.unit.source.entity, each.unit.entity_id), []).append(each)
    return found.values()


def _write(texts: Sequence[Compared], *, actor: Actor, now: datetime) -> None:
    """Write the translations of one record."""
    units = [each.unit for each in texts if each.unit is not None]
    source, record = units[0].source, units[0].record
    sides: dict[Side, str] = {
        (unit.field, unit.language): each.text for unit, each in zip(units, texts, strict=True)
    }  # fmt: skip
    keep(source, record, sides, actor=actor, now=now, from_file=True)
