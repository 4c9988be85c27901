"""Raising an idea, wording it, leading it from step to step, and the cities that would try it out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from forum.agenda.models import AgendaSession
from forum.audit.operations import record
from forum.committees.models import Committee
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.refusals import NotFound
from forum.evidence import errors
from forum.evidence.models import EvidenceLink, Idea, IdeaStep, WillingCity
from forum.evidence.operations.keeping import hold
from forum.evidence.operations.links import Assertion, assert_link, settled_link
from forum.evidence.operations.publishing import republish
from forum.evidence.operations.telling import tell_raiser
from forum.evidence.queries.ends import End, idea_as_end
from forum.evidence.states import IDEA_LIFE, NATION, OPEN_IDEAS, Capacity, EndKind, IdeaState, LinkState, Relation
from forum.places.models import City
from forum.translation.both_sides import write_both


@dataclass(frozen=True, slots=True)
class Wording:
    """An idea as it is raised or reworded."""

    title: Text
    problem: Text
    proposer: Text
    committee: Committee | None = None
    city: City | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A step in the life of an idea with what it needs."""

    action: str
    reason: str = ""
    into: Idea | None = None
    standard: End | None = None


def _sound(words: Wording) -> None:
    if not words.title:
        raise errors.TitleNeeded
    if not words.problem:
        raise errors.ProblemNeeded


def _write(idea: Idea, words: Wording, actor: Actor, now: datetime) -> None:
    _sound(words)
    texts = {"title": words.title, "problem": words.problem, "proposer": words.proposer}
    write_both(idea, texts, actor=actor, now=now)
    idea.committee_id = words.committee.id if words.committee is not None else None
    idea.city_id = words.city.id if words.city is not None else None


def raise_idea(
    words: Wording, capacity: Capacity, held_at: tuple[AgendaSession, End] | None = None, *, actor: Actor, now: datetime
) -> Idea:
    """Raise an idea, from the outcome of a session where there is one; the link waits for confirmation with it.

    Raises ``TitleNeeded`` or ``ProblemNeeded``.
    """
    idea = Idea(raised_on=now.date(), account_id=actor.account_id, raised_as=capacity)
    _write(idea, words, actor, now)
    if held_at is not None:
        idea.session_id = held_at[0].id
    session.add(idea)
    session.flush()
    record(actor, "raise", "idea", idea.public_id, now=now, state=str(idea.state), capacity=str(capacity))
    if held_at is not None:
        talk = held_at[1]
        on = min(talk.on or now.date(), now.date())
        assert_link(Assertion(talk, Relation.LED_TO, idea_as_end(idea, {}), on), capacity, actor=actor, now=now)
    return idea


def reword(idea: Idea, words: Wording, *, seen: int, actor: Actor, now: datetime) -> None:
    """Change the words of an idea; raise ``ChangedMeanwhile`` and what ``raise_idea`` raises."""
    hold(idea, seen)
    _write(idea, words, actor, now)
    idea.updated_at = now
    session.flush()
    record(actor, "reword", "idea", idea.public_id, now=now, state=str(idea.state))


def decide(
    idea: Idea, decision: Decision, roles: Collection[str], *, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Lead an idea one step on, tell whoever raised it, and write down who did it and when.

    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``ChangedMeanwhile``, ``TargetIdeaNeeded`` or ``StandardNeeded``.
    """
    hold(idea, seen)
    row = IDEA_LIFE.step(idea.state, decision.action, roles, decision.reason)
    source, end = idea.state, idea_as_end(idea, {})
    if row.action == "merge":
        _merge(idea, decision.into)
    if row.action == "become":
        if decision.standard is None or decision.standard.kind is not EndKind.STANDARD:
            raise errors.StandardNeeded
        idea.standard_id = decision.standard.key
        said = Assertion(end, Relation.BECAME, decision.standard, now.date())
        settled_link(said, actor=actor, now=now)
    if row.action == "screen":
        idea.published_at = now
        _confirm_origin(end, actor, now)
    if row.action == "reopen":
        idea.published_at = None
    idea.state = IdeaState(row.target)
    idea.updated_at = now
    step = IdeaStep(idea_id=idea.id, action=row.action, source=source, target=idea.state, at=now, by=actor.reference)
    step.capacity = Capacity.NATION if NATION in roles else Capacity.SECRETARY
    step.reason = decision.reason.strip()
    session.add(step)
    session.flush()
    record(actor, row.action, "idea", idea.public_id, now=now, source=str(source), state=str(idea.state))
    republish(now)
    tell_raiser(idea, step, actor=actor, now=now)


def _merge(idea: Idea, into: Idea | None) -> None:
    if into is None or into.id == idea.id or into.state not in OPEN_IDEAS:
        raise errors.TargetIdeaNeeded
    idea.merged_into_id = into.id


def _confirm_origin(end: End, actor: Actor, now: datetime) -> None:
    """Screening confirms where the idea came from; who raised it and screens it leaves that to a colleague."""
    links = session.scalars(
        select(EvidenceLink).where(
            EvidenceLink.target == end.reference,
            EvidenceLink.relation == Relation.LED_TO,
            EvidenceLink.state == LinkState.ASSERTED,
        )
    )
    for link in links:
        if link.asserted_by != actor.reference:
            link.state, link.confirmed_by, link.confirmed_at = LinkState.CONFIRMED, actor.reference, now
            record(actor, "confirm_link", "evidence_link", link.public_id, now=now, state=str(link.state))


def say_willing(idea: Idea, city: City, *, willing: bool, actor: Actor, now: datetime) -> None:
    """Say for one's own city that it would try the idea out, or no longer; said twice it stays said once."""
    if idea.state not in OPEN_IDEAS:
        raise NotFound
    if not willing:
        session.execute(delete(WillingCity).where(WillingCity.idea_id == idea.id, WillingCity.city_id == city.id))
    else:
        insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(WillingCity)
        session.execute(
            insert.values(
                idea_id=idea.id, city_id=city.id, said_on=_day(now), public_id=public_id()
            ).on_conflict_do_nothing(index_elements=["idea_id", "city_id"])
        )
    record(actor, "willing" if willing else "unwilling", "idea", idea.public_id, now=now, city=city.public_id)


def _day(now: datetime) -> date:
    return now.date()
