"""Writing where a national text departs from its base edition, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forum.adoptions import errors
from forum.adoptions.models import Adoption, AdoptionDifference, Degree, DifferenceKind
from forum.adoptions.operations.entering import Hand, as_seen, may_change, technical_of, unconfirm, write_texts
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean, clean_line


@dataclass(frozen=True, slots=True)
class Departure:
    """A difference as it is typed."""

    kind: DifferenceKind
    clause: str
    change: Text
    reason: Text = field(default_factory=Text)

    def texts(self) -> Mapping[str, Text]:
        """Return what is bilingual."""
        return {"change": self.change, "reason": self.reason}


def write_difference(
    row: Adoption,
    found: AdoptionDifference | None,
    what: Departure,
    *,
    hand: Hand,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> AdoptionDifference:
    """Write a difference, a new one where none is given; a technical one has its reason.

    Raises ``ChangeMissing``, ``ReasonMissing``, or ``IdenticalDiffers`` where the degree is confirmed as identical.
    """
    may_change(row, hand)
    if found is not None:
        as_seen(found.version, seen)
    if not _says(what.change):
        raise errors.ChangeMissing
    technical = what.kind is DifferenceKind.TECHNICAL
    if technical and row.confirmed_degree is Degree.IDT:
        raise errors.IdenticalDiffers(field="kind")
    if technical and not _says(what.reason):
        raise errors.ReasonMissing(clause=clean_line(what.clause))
    made = found or AdoptionDifference()
    made.kind, made.clause = what.kind, clean_line(what.clause)
    write_texts(made, what.texts(), actor=actor, now=now)
    if found is None:
        row.differences.append(made)
    session.flush()
    record(
        actor, "write_difference", "adoption", row.public_id, now=now, what=str(made.kind), count=len(row.differences)
    )
    return made


def _says(text: Text) -> bool:
    return bool(clean(text.en) or clean(text.zh))


def remove_difference(row: Adoption, found: AdoptionDifference, *, hand: Hand, actor: Actor, now: datetime) -> None:
    """Take a difference out; a degree confirmed as modified that loses its last one is open again."""
    may_change(row, hand)
    row.differences.remove(found)
    session.flush()
    if row.confirmed_degree is Degree.MOD and not technical_of(row):
        unconfirm(row)
        session.flush()
    record(actor, "remove_difference", "adoption", row.public_id, now=now, count=len(row.differences))
