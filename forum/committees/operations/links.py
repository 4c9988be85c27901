"""What ties committees to each other: national mirrors, and who came out of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.committees.errors import EndsTooEarly, MirrorStands, NotNational, SameCommittee
from forum.committees.models import Committee, Confidence, Mirror, MirrorRole, Precision, Succession, SuccessionKind
from forum.committees.operations.locking import hold
from forum.committees.queries.desk import is_national
from forum.committees.rules import runs_on
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session


@dataclass(frozen=True, slots=True)
class MirrorTerms:
    """How a national committee answers for an international one."""

    role: MirrorRole = MirrorRole.FIRST
    starts_on: date | None = None
    basis: str = ""
    confidence: Confidence = Confidence.VERIFIED


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened between two committees, on which day and by which evidence."""

    kind: SuccessionKind
    effective_on: date
    precision: Precision = Precision.DAY
    from_name: str = ""
    note: tuple[str, str] = ("", "")  # English, Chinese
    evidence_url: str = ""
    confidence: Confidence = Confidence.VERIFIED


def add_mirror(committee: Committee, national: Committee, terms: MirrorTerms, *, actor: Actor, now: datetime) -> Mirror:
    """Let a national committee answer for an international one.

    Raises ``SameCommittee``, ``NotNational`` or ``MirrorStands``.
    """
    if committee.id == national.id:
        raise SameCommittee
    if not is_national(national) or is_national(committee):
        raise NotNational
    hold(committee)  # two who add the same mirror take turns
    same = session.scalars(select(Mirror).where(Mirror.committee_id == committee.id, Mirror.national_id == national.id))
    day = terms.starts_on or now.date()
    if any(runs_on(row.starts_on, row.ends_on, day) for row in same):
        raise MirrorStands
    made = Mirror(
        committee_id=committee.id,
        national_id=national.id,
        role=terms.role,
        starts_on=terms.starts_on,
        confidence=terms.confidence,
        basis=terms.basis,
    )
    session.add(made)
    session.flush()
    record(actor, "add_mirror", "committee", committee.public_id, now=now, national=national.public_id)
    revisions.bump(revisions.STANDARDS, now=now)
    return made


def end_mirror(mirror: Mirror, ends_on: date, *, actor: Actor, now: datetime) -> None:
    """End a mirror with a last day; the row stays.  Raises ``EndsTooEarly``."""
    if mirror.starts_on is not None and ends_on < mirror.starts_on:
        raise EndsTooEarly
    mirror.ends_on = ends_on
    session.flush()
    record(actor, "end_mirror", "committee", mirror.committee.public_id, now=now, on=ends_on.isoformat())
    revisions.bump(revisions.STANDARDS, now=now)


def add_succession(
    source: Committee | None, target: Committee | None, turn: Turn, *, actor: Actor, now: datetime
) -> Succession:
    """Write down what became of a committee, or where it came from; raise ``SameCommittee``."""
    if source is not None and target is not None and source.id == target.id:
        raise SameCommittee
    made = Succession(
        from_id=source.id if source else None,
        to_id=target.id if target else None,
        from_name=turn.from_name if source is None else "",
        kind=turn.kind,
        effective_on=turn.effective_on,
        precision=turn.precision,
        note_en=turn.note[0] or None,
        note_zh=turn.note[1] or None,
        evidence_url=turn.evidence_url,
        confidence=turn.confidence,
    )
    session.add(made)
    session.flush()
    record(
        actor,
        "add_succession",
        "committee",
        (target or source).public_id if (target or source) else made.public_id,  # type: ignore[union-attr]
        now=now,
        turn=str(turn.kind),
        on=turn.effective_on.isoformat(),
    )
    revisions.bump(revisions.STANDARDS, now=now)
    return made
