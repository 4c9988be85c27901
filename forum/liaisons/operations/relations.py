"""Liaison relations: proposed, put into force, reviewed every two years, represented by somebody for a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.committees.models import Committee, LiaisonRelation, RelationCategory, RelationState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.liaisons import errors
from forum.liaisons.models import LiaisonRule, RelationReview, Representative
from forum.liaisons.operations.recording import as_seen
from forum.liaisons.queries import relations
from forum.liaisons.queries.mirrors import committee_called, today
from forum.liaisons.rules.seeing import Standing
from forum.liaisons.rules.terms import LEAST_MOST, MOST_DAYS, Terms
from forum.liaisons.states import RELATION_LIFE

REVIEWED = frozenset({RelationCategory.A, RelationCategory.B, RelationCategory.C})
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation as it is proposed: who lists whom."""

    committee: str
    partner: str
    category: RelationCategory
    reason: str = ""


def roles_towards(row: LiaisonRelation, standing: Standing, now: datetime) -> frozenset[str]:
    """Return what somebody is towards a relation: the national office keeps it, those concerned propose."""
    found = {"keeper"} if standing.nation else set()
    if standing.officer or relations.concerns(row, standing.leads, today(now)):
        found.add("proposer")
    return frozenset(found)


def propose(proposal: Proposal, *, standing: Standing, actor: Actor, now: datetime) -> LiaisonRelation:
    """Propose a relation in one direction; the other one is never supposed.

    Raises ``UnknownCommittee``, ``PartnerNeeded`` and ``RelationThere``.
    """
    if not standing.proposes:
        raise NotFound
    committee = committee_called(proposal.committee)
    if committee is None:
        raise errors.UnknownCommittee
    name = clean_line(proposal.partner)
    if not name:
        raise errors.PartnerNeeded
    partner: Committee | None = committee_called(name)
    if partner is not None and partner.id == committee.id:
        raise errors.PartnerNeeded
    if relations.same(committee.id, partner.id if partner else None, "" if partner else name[:160]) is not None:
        raise errors.RelationThere
    row = LiaisonRelation(
        committee_id=committee.id,
        partner_id=partner.id if partner else None,
        external_name="" if partner else name[:160],
        category=proposal.category,
        state=RelationState.PROPOSED,
    )
    session.add(row)
    session.flush()
    _reviewed(row, "propose", "", proposal.reason, actor=actor, now=now)
    return row


def move(
    row: LiaisonRelation,
    action: str,
    reason: str = "",
    next_due_on: date | None = None,
    *,
    seen: int | None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Take one step in the life of a relation.

    Raises ``ChangedMeanwhile``, ``UnlawfulAction``, ``ReasonNeeded`` and ``NextReviewNeeded``.
    """
    as_seen(row.version, seen)
    roles = roles_towards(row, standing, now)
    if not roles:
        raise NotFound
    step = RELATION_LIFE.step(row.state, action, roles, reason)
    before, day = str(row.state), today(now)
    due: date | None = None
    if step.target == RelationState.ACTIVE:
        due = next_due_on or (next_review(row, day) if row.category in REVIEWED or action == "renew" else None)
        if due is not None and due <= day:
            raise errors.NextReviewNeeded
        row.review_due_on = due
        row.starts_on = row.starts_on or day
    elif step.target == RelationState.ENDED:
        row.ends_on, row.review_due_on = day, None
    row.state = RelationState(step.target)
    session.flush()
    _reviewed(row, action, before, reason, due=due, actor=actor, now=now)


def next_review(row: LiaisonRelation, day: date) -> date:
    """Return the day of the next review: so many years after this one (Directives Part 1, 1.17.1)."""
    years = relations.terms_on(day).review_years
    start = max(row.review_due_on or day, day)
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)


def _reviewed(
    row: LiaisonRelation,
    action: str,
    before: str,
    reason: str,
    due: date | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    review = RelationReview(
        relation_id=row.id,
        action=action,
        at=now,
        by=actor.reference,
        before=before,
        after=str(row.state),
        reason=clean(reason),
        next_due_on=due,
    )
    session.add(review)
    session.flush()
    facts: dict[str, Any] = {"before": before, "after": str(row.state), "next_due": due.isoformat() if due else None}
    record(actor, f"relation_{action}", "liaison_relation", row.public_id, now=now, **facts)


@dataclass(frozen=True, slots=True)
class Term:
    """Who represents a relation, from when to when."""

    starts_on: date
    ends_on: date | None = None
    account: Account | None = None
    name: str = ""
    organisation: str = ""


def represent(row: LiaisonRelation, term: Term, *, standing: Standing, actor: Actor, now: datetime) -> Representative:
    """Name who represents a relation; a term that runs is ended first, never overwritten.

    Raises ``RepresentativeNeeded``, ``TermReversed`` and ``TermOverlaps``.
    """
    if not roles_towards(row, standing, now):
        raise NotFound
    if term.account is None and not clean_line(term.name):
        raise errors.RepresentativeNeeded
    if term.ends_on is not None and term.ends_on < term.starts_on:
        raise errors.TermReversed
    last = term.ends_on or date.max
    if any(
        each.starts_on <= last and (each.ends_on or date.max) >= term.starts_on
        for each in relations.representatives_of(row.id)
    ):
        raise errors.TermOverlaps
    made = Representative(
        relation_id=row.id,
        account_id=term.account.id if term.account else None,
        name="" if term.account else clean_line(term.name),
        organisation=clean_line(term.organisation),
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    )
    session.add(made)
    if made.starts_on <= today(now) <= last:
        row.representative_id = made.account_id
    session.flush()
    record(actor, "relation_represent", "liaison_relation", row.public_id, now=now, account=made.account_id)
    return made


def end_term(row: LiaisonRelation, made: Representative, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """End the term of a representative: yesterday was its last day, or its first where it began today."""
    if not roles_towards(row, standing, now) or made.relation_id != row.id:
        raise NotFound
    day = today(now)
    if made.ends_on is not None and made.ends_on < day:
        raise errors.ChangedMeanwhile
    made.ends_on = max(made.starts_on, day - timedelta(days=1))
    row.representative_id = None
    session.flush()
    record(actor, "relation_end_term", "liaison_relation", row.public_id, now=now, account=made.account_id)


def set_rule(
    terms: Terms, effective_from: date, source: str = "", *, seen: int, standing: Standing, actor: Actor, now: datetime
) -> LiaisonRule:
    """Set the numbers that hold from a day on; what holds already stays on record.

    ``seen`` is the number of the latest row that was read.  Raises ``RuleOutside`` and ``DaysUnreadable`` at their
    field, and ``RuleMeanwhile``.
    """
    if not standing.nation:
        raise NotFound
    for name, (least, most) in LEAST_MOST.items():
        if not least <= getattr(terms, name) <= most:
            raise errors.RuleOutside(field=name, least=least, most=most)
    for name in ("reminder_days", "review_days"):
        days = getattr(terms, name)
        if not days or len(days) > MOST_DAYS or any(not 0 <= day <= _FARTHEST for day in days):
            raise errors.DaysUnreadable(field=name, most=MOST_DAYS)
    kept = relations.rules()
    if (kept[0].number if kept else 0) != seen:
        raise errors.RuleMeanwhile
    row = LiaisonRule(
        number=seen + 1,
        effective_from=effective_from,
        terms=terms.kept(),
        source=clean_line(source),
        by=actor.reference,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as clash:
        raise errors.RuleMeanwhile from clash
    record(actor, "set_rule", "liaison_rule", row.public_id, now=now, number=row.number, terms=row.terms)
    return row
