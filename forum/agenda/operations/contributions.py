"""People on a session: added, edited, replaced, put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forum.agenda.errors import NobodyNamed, PersonTwice
from forum.agenda.models import AgendaSession, Contribution
from forum.agenda.operations.history import step
from forum.agenda.operations.sessions import Side, locked
from forum.agenda.programme import SpeakerRole, SpeakerState
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import N_, NotFound
from forum.events.models import Forum
from forum.people.models import Person
from forum.translation import operations as translation


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What somebody does on a session; without a person, ``texts`` say who is to be found."""

    person: Person | None = None
    role: SpeakerRole = SpeakerRole.PANELLIST
    state: SpeakerState = SpeakerState.PROPOSED
    texts: Mapping[Side, str] = field(default_factory=dict)
    language: str = ""
    minutes: int | None = None
    remote: bool = False


def add_part(forum: Forum, held: AgendaSession, facts: PartFacts, *, actor: Actor, now: datetime) -> Contribution:
    """Put somebody on a session, as the last one; raise ``PersonTwice`` or ``NobodyNamed``."""
    held = locked(forum, held)
    _check(held, facts, None)
    with step(forum, N_("Add a person to a session"), actor=actor) as made:
        made.touch(held)
        part = Contribution(order=max((each.order for each in held.contributions), default=-1) + 1)
        _apply(part, facts)
        held.contributions.append(part)
        session.flush()
        translation.record(part, "contribution", facts.texts, actor=actor, now=now)
        held.edited_by = actor.reference
    _audit("add_person", forum, held, part, actor, now)
    return part


def edit_part(
    forum: Forum, held: AgendaSession, public_id: str, facts: PartFacts, *, actor: Actor, now: datetime
) -> Contribution:
    """Save what somebody does on a session; raise ``PersonTwice`` or ``NobodyNamed``."""
    held = locked(forum, held)
    part = _part(held, public_id)
    _check(held, facts, part)
    with step(forum, N_("Edit a person on a session"), actor=actor) as made:
        made.touch(held)
        _apply(part, facts)
        translation.record(part, "contribution", facts.texts, actor=actor, now=now)
        held.edited_by = actor.reference
    _audit("edit_person", forum, held, part, actor, now)
    return part


def remove_part(forum: Forum, held: AgendaSession, public_id: str, *, actor: Actor, now: datetime) -> None:
    """Take somebody off a session."""
    held = locked(forum, held)
    part = _part(held, public_id)
    with step(forum, N_("Remove a person from a session"), actor=actor) as made:
        made.touch(held)
        held.contributions.remove(part)
        held.edited_by = actor.reference
    _audit("remove_person", forum, held, part, actor, now)


def replace_part(
    forum: Forum, held: AgendaSession, public_id: str, person: Person, *, actor: Actor, now: datetime
) -> Contribution:
    """Let somebody else take a part over; the first one stays, marked as replaced and by whom."""
    held = locked(forum, held)
    part = _part(held, public_id)
    facts = PartFacts(person, part.role, SpeakerState.INVITED, {}, part.language, part.minutes, part.remote)
    _check(held, facts, part if part.person_id == person.id else None)
    with step(forum, N_("Replace a person on a session"), actor=actor) as made:
        made.touch(held)
        part.state = SpeakerState.REPLACED
        part.replaced_by_id = person.id
        successor = Contribution(order=part.order)
        _apply(successor, facts)
        held.contributions.append(successor)
        held.edited_by = actor.reference
    _audit("replace_person", forum, held, successor, actor, now)
    return successor


def reorder(forum: Forum, held: AgendaSession, order: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Put the parts into this order, by public id; those that aren't named follow as they were."""
    held = locked(forum, held)
    rank = {public_id: place for place, public_id in enumerate(order)}
    with step(forum, N_("Reorder the people of a session"), actor=actor) as made:
        made.touch(held)
        ordered = sorted(held.contributions, key=lambda part: rank.get(part.public_id, len(rank) + part.order))
        for place, part in enumerate(ordered):
            part.order = place
        held.edited_by = actor.reference
    session.expire(held, ["contributions"])
    audit.record(actor, "reorder", "agenda_session", held.public_id, now=now, chain=forum.chain)


def _part(held: AgendaSession, public_id: str) -> Contribution:
    for part in held.contributions:
        if part.public_id == public_id:
            return part
    raise NotFound


def _check(held: AgendaSession, facts: PartFacts, own: Contribution | None) -> None:
    if facts.person is None and not any(text.strip() for text in facts.texts.values()):
        raise NobodyNamed
    twice = (
        part is not own and part.person_id == facts.person.id and part.role is facts.role
        for part in held.contributions
        if facts.person is not None
    )
    if any(twice):
        raise PersonTwice


def _apply(part: Contribution, facts: PartFacts) -> None:
    part.person_id = facts.person.id if facts.person is not None else None
    part.role, part.state = facts.role, facts.state
    part.language, part.minutes, part.remote = facts.language, facts.minutes, facts.remote
    if facts.state is not SpeakerState.REPLACED:
        part.replaced_by_id = None


def _audit(verb: str, forum: Forum, held: AgendaSession, part: Contribution, actor: Actor, now: datetime) -> None:
    audit.record(
        actor,
        verb,
        "agenda_session",
        held.public_id,
        now=now,
        chain=forum.chain,
        part=part.public_id,
        role=part.role.value,
        state=part.state.value,
    )
