"""The work of a focal point: answer the invitation, compose the delegation, submit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.formkeys import claim
from forum.core.refusals import NotFound, StaleEdit, Word
from forum.registration import seats
from forum.registration.errors import DelegationFixed, DelegationNotOpen, NoMembers, OneHead
from forum.registration.models import Category, Delegation, Participation, SeatCounter
from forum.registration.operations import life
from forum.registration.operations.news import News
from forum.registration.operations.registering import DESK, Application, begin
from forum.registration.states import (
    ACTIVE_STATES,
    DELEGATION_LIFE,
    DELEGATION_STATES,
    NOMINATING,
    DelegationState,
    ParticipationState,
)

__all__ = [
    "NOMINATING",
    "decide",
    "describe",
    "meters",
    "name_head",
    "nominate",
    "nominate_once",
    "ready",
    "reorder",
    "set_alternate",
    "set_quota",
]


def decide(
    delegation: Delegation,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    version: int | None = None,
    news: News | None = None,
) -> Delegation:
    """Take one step of a delegation's life.

    Submitting needs exactly one head among the members; withdrawing takes every member along.
    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``StaleEdit``, ``OneHead`` or ``NoMembers``.
    """
    _lock(delegation, version)
    step = DELEGATION_LIFE.step(delegation.state, action, actor.roles, reason)
    if action == "submit":
        ready(delegation)
    if action == "withdraw":
        members = [m for m in delegation.members if m.state in ACTIVE_STATES]
        lawful = [m for m in members if any(row.action == "withdraw" for row in life.lawful(m, actor.roles))]
        life.perform_many(lawful, "withdraw", actor=actor, now=now)
    source = delegation.state
    delegation.state = DelegationState(step.target)
    session.flush()
    states: dict[str, Any] = {"from": str(source), "to": step.target}
    _note(delegation, action, actor, now, news, **states)
    return delegation


def _lock(delegation: Delegation, version: int | None = None) -> None:
    session.flush()
    session.refresh(delegation, ["state", "version", "head_id"], with_for_update=True)
    session.expire(delegation, ["members", "head"])
    if version is not None and version != delegation.version:
        raise StaleEdit


def ready(delegation: Delegation) -> None:
    """Hold that a delegation can be submitted: members, exactly one head who isn't an alternate, within quota.

    Raises ``NoMembers``, ``OneHead`` or ``QuotaUsedUp``.
    """
    members = [one for one in delegation.members if one.state in ACTIVE_STATES]
    if not members:
        raise NoMembers
    head = next((one for one in members if one.id == delegation.head_id), None)
    if head is None or head.is_alternate:
        raise OneHead
    for one in members:
        if one.state is not ParticipationState.DRAFT:
            life.hold_quota(one)


def nominate(
    delegation: Delegation,
    application: Application,
    *,
    alternate: bool = False,
    actor: Actor,
    now: datetime,
    news: News | None = None,
) -> Participation:
    """Nominate one member; the quota's place is taken at once, unless the member is an alternate.

    Raises ``DelegationNotOpen``, ``QuotaUsedUp`` or ``RegistrationClosed``.
    """
    _lock(delegation)
    if delegation.state not in NOMINATING:
        raise DelegationNotOpen(state=Word(DELEGATION_STATES[delegation.state]))
    told = news or News(actor, now)
    participation = begin(
        delegation.forum,
        replace(application, delegation=delegation, for_self=False),
        actor=actor,
        now=now,
        news=told,
    )
    participation.is_alternate = alternate
    participation.city_id = delegation.city_id
    session.flush()
    life.perform(participation, "nominate", actor=actor, now=now, news=told)
    if delegation.state is DelegationState.ACCEPTED:
        decide(delegation, "first_nomination", actor=actor, now=now, news=told)
    if news is None:
        told.tell()
    return participation


def name_head(delegation: Delegation, member: Participation, *, actor: Actor, now: datetime) -> None:
    """Name the one head of a delegation; an alternate has to be promoted first.

    Raises ``OneHead``, or ``DelegationFixed`` for a focal point after the submission.
    """
    _belongs(delegation, member)
    _lock(delegation)
    _still_open(delegation, actor)
    if member.is_alternate or member.state not in ACTIVE_STATES:
        raise OneHead
    delegation.head_id = member.id
    session.flush()
    _note(delegation, "name_head", actor, now, participation=member.public_id)


def reorder(delegation: Delegation, order: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Put the members into this order of public ids; those not named follow."""
    _lock(delegation)
    _still_open(delegation, actor)
    places = {public_id: place for place, public_id in enumerate(order)}
    for member in delegation.members:
        member.order = places.get(member.public_id, len(places))
    session.flush()
    _note(delegation, "reorder", actor, now)


def set_alternate(member: Participation, alternate: bool, *, actor: Actor, now: datetime) -> None:  # noqa: FBT001 - the new value
    """Make a member an alternate, or promote one: the quota's place is given back or taken.

    Raises ``QuotaUsedUp``, or ``DelegationFixed`` for a focal point after the submission.
    """
    delegation = member.delegation
    if delegation is None:
        raise NotFound
    _lock(delegation)
    _still_open(delegation, actor)
    session.refresh(member, ["state", "scopes", "version", "is_alternate"], with_for_update=True)
    if member.is_alternate == alternate:
        return
    quota = seats.of_delegation(delegation, member.category)
    if alternate:
        if quota in member.scopes:
            member.scopes = [scope for scope in member.scopes if scope != quota]
            session.flush()
            seats.give_back([quota])
        if delegation.head_id == member.id:
            delegation.head_id = None
    member.is_alternate = alternate
    session.flush()
    if not alternate and member.state is not ParticipationState.DRAFT:
        life.hold_quota(member)
    session.flush()
    _note(delegation, "set_alternate", actor, now, participation=member.public_id, alternate=alternate)


def describe(
    delegation: Delegation,
    *,
    note_verbale: str,
    mail_policy: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the note verbale's number, date and signatory, and who receives the mail."""
    _lock(delegation, version)
    delegation.note_verbale = note_verbale
    delegation.mail_policy = mail_policy
    session.flush()
    _note(delegation, "describe", actor, now, mail_policy=mail_policy)


def meters(delegation: Delegation, categories: Sequence[Category]) -> list[tuple[Category, SeatCounter]]:
    """Return the quota of each category that has one for this delegation."""
    scopes = {seats.of_delegation(delegation, category): category for category in categories}
    found = seats.counters(scopes)
    return [(category, found[scope]) for scope, category in scopes.items() if scope in found]


def set_quota(delegation: Delegation, category: Category, cap: int | None, *, actor: Actor, now: datetime) -> None:
    """Set the quota of a delegation in a category; raise ``CapBelowTaken`` below what is taken."""
    scope = seats.of_delegation(delegation, category)
    seats.ensure(delegation.forum_id, scope)
    seats.set_cap(scope, cap)
    _note(delegation, "set_quota", actor, now, category=category.code, cap=cap)


def _still_open(delegation: Delegation, actor: Actor) -> None:
    """Hold what the submission promises: from then on only the desk changes who is who."""
    if delegation.state not in NOMINATING and not actor.roles & DESK:
        raise DelegationFixed


def _belongs(delegation: Delegation, member: Participation) -> None:
    if member.delegation_id != delegation.id:
        raise NotFound


def _note(
    delegation: Delegation, action: str, actor: Actor, now: datetime, news: News | None = None, **facts: Any
) -> None:
    told = news or News(actor, now)
    told.note(action, "delegation", delegation.public_id, delegation.forum, by=actor, **facts)
    if news is None:
        told.tell()


def nominate_once(
    delegation: Delegation,
    application: Application,
    *,
    form_key: str,
    body_hash: str,
    alternate: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Nominate by a form; the same form sent again changes nothing."""
    if claim(form_key, f"nominate:{delegation.public_id}", body_hash, now) is None:
        nominate(delegation, application, alternate=alternate, actor=actor, now=now)
