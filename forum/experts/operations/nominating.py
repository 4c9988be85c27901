"""Nominating an expert for a role in a committee or a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.committees.models import Committee
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound, Word
from forum.core.text import clean, clean_line
from forum.experts import errors
from forum.experts.models import EXPERT_ROLES, Capacity, ExpertProfile, ExpertRole, Nomination, NominationStep
from forum.experts.operations.telling import tell_waiting
from forum.experts.queries import reading
from forum.experts.queries.seeing import Standing
from forum.experts.rules.deciding import BALLOT_ROLES, FOR_THE_COUNTRY, fits_target
from forum.experts.rules.terms import today
from forum.experts.states import NominationState
from forum.standards.models import Standard


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody is nominated for; either a committee or a project."""

    national: Committee
    role: ExpertRole
    capacity: Capacity
    starts_on: date
    interests: str
    committee: Committee | None = None
    project: Standard | None = None
    ends_on: date | None = None
    qualification: str = ""
    evidence: str = ""
    replaces: Nomination | None = None


def nominate(expert: ExpertProfile, what: Proposal, *, standing: Standing, actor: Actor, now: datetime) -> Nomination:
    """Nominate an expert: themselves, the contact of their unit, or the secretary of the mirror committee.

    Raises ``OpenAlready``, ``MonitorMayNotVote``, ``UnitMissing``, ``CommitteeForeign`` or what the proposal lacks.
    """
    _may_nominate(expert, what, standing)
    _check(expert, what)
    row = Nomination(
        expert=expert,
        national=what.national,
        committee=what.committee,
        standard=what.project,
        role=what.role,
        ballot_role="ballot" if what.role in BALLOT_ROLES else None,
        capacity=what.capacity,
        organisation_id=expert.organisation_id,
        qualification=clean(what.qualification) or expert.qualification,
        interests=clean(what.interests),
        interests_declared_on=today(now),
        starts_on=what.starts_on,
        ends_on=what.ends_on,
        evidence=clean_line(what.evidence),
        replaces=what.replaces,
        proposed_by_id=actor.account_id,
        state=NominationState.PROPOSED,
        state_since=now,
    )
    row.steps.append(
        NominationStep(number=1, at=now, action="propose", after=str(row.state), account_id=actor.account_id)
    )
    _insert(row)
    record(actor, "nominate", "nomination", row.public_id, now=now, role=str(row.role), expert=expert.public_id)
    tell_waiting(row, now=now)
    return row


def _insert(row: Nomination) -> None:
    committee_id = row.committee.id if row.committee is not None else None
    project_id = row.standard.id if row.standard is not None else None
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as taken:
        # Which of the indexes refused can't be read from the message in the same way on both engines.
        place = (row.expert.id, committee_id, project_id)
        if reading.open_in(*place, roles=[row.role]):
            raise errors.OpenAlready from taken
        if row.role in BALLOT_ROLES and reading.open_in(*place, roles=BALLOT_ROLES):
            raise errors.MonitorMayNotVote from taken
        raise


def _may_nominate(expert: ExpertProfile, what: Proposal, standing: Standing) -> None:
    own = standing.account_id is not None and expert.account_id == standing.account_id
    if standing.office:
        return
    if what.national.id not in standing.member_ids:
        raise errors.CommitteeForeign
    if own or what.national.id in standing.mirror_ids:
        return
    if (what.national.id, expert.organisation_id) not in standing.units:
        raise errors.UnitForeign if standing.units else NotFound


def _check(expert: ExpertProfile, what: Proposal) -> None:
    if (what.committee is None) == (what.project is None):
        raise errors.TargetMissing
    if not fits_target(what.role, project=what.project is not None):
        raise errors.WrongTarget(role=Word(EXPERT_ROLES[what.role]))
    if (what.role in FOR_THE_COUNTRY) != (what.capacity is Capacity.DELEGATE):
        raise errors.CapacityWrong
    if expert.organisation_id is None:
        raise errors.UnitMissing
    if not clean(what.interests):
        raise errors.InterestsMissing
    if what.ends_on is not None and what.ends_on < what.starts_on:
        raise errors.TermReversed
    if what.replaces is not None and not _same_place(what.replaces, what):
        raise errors.ReplacedForeign


def _same_place(other: Nomination, what: Proposal) -> bool:
    committee = what.committee.id if what.committee is not None else None
    project = what.project.id if what.project is not None else None
    return (other.role, other.committee_id, other.standard_id) == (what.role, committee, project)
