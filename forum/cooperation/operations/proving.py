"""Handing evidence in, checking it, and saying what it counts for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import (
    Activity,
    CountedObject,
    Deliverable,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    EvidenceVerdict,
    EvidenceVisibility,
    Milestone,
    Outcome,
)
from forum.cooperation.operations.acting import add_once, as_seen, own_party, tell
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.partnerships.models import Level, Partnership
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing
from forum.ports.files import keeping
from forum.ports.files.kinds import MATERIALS, Kind

TAKEN = MATERIALS | {Kind.CSV}
_TARGETS: dict[str, type[Activity | Milestone | Deliverable | Outcome]] = {
    "activity": Activity,
    "milestone": Milestone,
    "deliverable": Deliverable,
    "outcome": Outcome,
}
_COUNTED = re.compile(r"[a-z]+:.{1,100}")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said about a file that is handed in."""

    kind: EvidenceKind
    dated_on: date
    language: str = ""
    visibility: EvidenceVisibility = EvidenceVisibility.LEVELS
    supersedes: Evidence | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A piece of evidence, and how many others of this partnership hold the very same bytes."""

    evidence: Evidence
    same: int


def hand_in(
    partnership: Partnership,
    piece: Piece,
    stream: BinaryIO | None,
    filename: str | None,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> HandedIn:
    """Keep a file as evidence.  It counts for nothing before somebody else has accepted it.

    Raises a ``FileRefused``, ``DatedAhead``, ``NotYours`` or ``SupersededAlready``.
    """
    party = own_party(partnership, standing)
    if piece.dated_on > today_in(party.city.zone_name, now):
        raise errors.DatedAhead
    old = piece.supersedes
    if old is not None and (old.partnership_id != partnership.id or old.side is not party.side):
        raise errors.NotYours
    stored = keeping.store(stream, filename, f"evidence:{partnership.public_id}", TAKEN, field="file")
    same = session.scalar(
        select(func.count())
        .select_from(Evidence)
        .where(Evidence.partnership_id == partnership.id, Evidence.sha256 == stored.sha256)
    )
    evidence = Evidence(
        partnership_id=partnership.id,
        partnership=partnership,
        file_id=stored.id,
        file=stored,
        sha256=stored.sha256,
        kind=piece.kind,
        dated_on=piece.dated_on,
        party_id=party.id,
        side=party.side,
        language=clean_line(piece.language)[:8],
        visibility=piece.visibility,
        supersedes_id=old.id if old else None,
        uploaded_by=actor.account_id,
    )
    add_once(evidence, errors.SupersededAlready)
    if old is not None:
        session.refresh(old, ["superseded_by"])
        for use in old.uses:
            _use(evidence, use.supported)
    replaces = old.public_id if old else ""
    what = str(piece.kind)
    record(actor, "hand_in", "evidence", evidence.public_id, now=now, what=what, same=int(same or 0), replaces=replaces)
    return HandedIn(evidence, int(same or 0))


def check(
    evidence: Evidence,
    verdict: EvidenceVerdict,
    *,
    reason: str = "",
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Give the verdict on somebody else's file, once; weak or rejected evidence needs a reason.

    Parties check, and the province and the nation do.  Raises ``CheckerUploaded``, ``CheckedAlready``,
    ``VerdictReasonNeeded``.
    """
    if not standing.parties and standing.domestic < Level.PROVINCE:
        raise NotFound
    as_seen(evidence.version, seen)
    if actor.account_id is None or actor.account_id == evidence.uploaded_by:
        raise errors.CheckerUploaded
    if evidence.verdict is not None:
        raise errors.CheckedAlready
    said = clean(reason)
    if verdict is not EvidenceVerdict.ACCEPTED and not said:
        raise errors.VerdictReasonNeeded
    evidence.verdict, evidence.reason = verdict, said
    evidence.checked_by, evidence.checked_at = actor.account_id, now
    session.flush()
    record(actor, "check", "evidence", evidence.public_id, now=now, verdict=str(verdict))
    tell(
        evidence.partnership,
        evidence.side,
        "cooperation_evidence_checked",
        key=f"evidence:{evidence.public_id}",
        but=actor.account_id,
        now=now,
    )


def count_for(
    evidence: Evidence, target: str, counted: str = "", *, standing: Standing, actor: Actor, now: datetime
) -> CountedObject:
    """Say what a file supports: a target (``milestone:<id>``), and the thing that the target counts by it.

    The same file may support many targets, and several files one thing; each target counts a thing once.
    ``counted`` is such as ``standard:GB/T 36749-2018``; empty for the target itself.
    Raises ``UnknownTarget``, ``CountedHereAlready``.
    """
    own_party(evidence.partnership, standing)
    _check_target(evidence.partnership_id, target)
    thing = clean_line(counted) or target
    if not _COUNTED.fullmatch(thing):
        raise errors.UnknownTarget(field="counted")
    supported = _object(evidence.partnership_id, target, thing)
    add_once(EvidenceUse(evidence_id=evidence.id, object_id=supported.id), errors.CountedHereAlready)
    session.expire(evidence, ["uses"])
    record(actor, "count_for", "evidence", evidence.public_id, now=now, target=target)
    return supported


def _check_target(partnership_id: int, target: str) -> None:
    kind, _, public_id = target.partition(":")
    model = _TARGETS.get(kind)
    if model is None:
        raise errors.UnknownTarget
    found = session.scalar(select(model.id).where(model.partnership_id == partnership_id, model.public_id == public_id))
    if found is None:
        raise errors.UnknownTarget


def _object(partnership_id: int, target: str, counted: str) -> CountedObject:
    """Return the counted thing, made now if there was none; two at once make one."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(CountedObject)
        .values(partnership_id=partnership_id, target=target, counted=counted)
        .on_conflict_do_nothing(index_elements=["target", "counted"])
    )
    return session.scalars(
        select(CountedObject).where(CountedObject.target == target, CountedObject.counted == counted)
    ).one()


def _use(evidence: Evidence, supported: CountedObject) -> None:
    session.add(EvidenceUse(evidence_id=evidence.id, object_id=supported.id))
    session.flush()
    session.expire(evidence, ["uses"])
