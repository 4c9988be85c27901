"""Inviting delegations: whom they stand for, how many may come, and who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from forum.accounts.operations import open_account
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import StaleEdit
from forum.core.text import pinyin_key
from forum.core.workflow import Transition
from forum.events.models import Forum
from forum.places.models import City, Country, Organisation
from forum.ports.mail.outbox import post
from forum.registration.errors import AlreadyFocalPoint, DelegationExists
from forum.registration.models import Delegation, DelegationKind, FocalPoint, Participation
from forum.registration.operations import composing
from forum.registration.operations.life import perform_many
from forum.registration.states import ACTIVE_STATES, DELEGATION_LIFE, DelegationState

FIELDS = ("name_en", "name_zh", "mail_policy", "note_verbale")
MAIL_POLICIES = ("registrant", "focal", "person")


def invite(
    forum: Forum, place: Country | City | Organisation, *, note_verbale: str = "", actor: Actor, now: datetime
) -> Delegation:
    """Invite a country, a city or an organisation; raise ``DelegationExists`` when it was invited before."""
    kind, represents = _represented(place)
    exists = session.scalar(
        select(Delegation.id).where(
            Delegation.forum_id == forum.id, Delegation.kind == kind, Delegation.represents == represents
        )
    )
    if exists is not None:
        raise DelegationExists
    delegation = Delegation(
        forum_id=forum.id,
        forum=forum,
        kind=kind,
        represents=represents,
        country_iso2=place.iso2 if isinstance(place, Country) else place.country_iso2,
        city_id=place.id if isinstance(place, City) else None,
        organisation_id=place.id if isinstance(place, Organisation) else None,
        name_en=place.side("name", "en"),
        name_zh=place.side("name", "zh"),
        sort_key=_sort_key(place.side("name", "zh"), place.side("name", "en")),
        note_verbale=note_verbale,
    )
    session.add(delegation)
    session.flush()
    record(actor, "invite", "delegation", delegation.public_id, now=now, chain=forum.chain, of=str(kind))
    return delegation


def _represented(place: Country | City | Organisation) -> tuple[DelegationKind, str]:
    if isinstance(place, Country):
        return DelegationKind.COUNTRY, place.iso2
    if isinstance(place, City):
        return DelegationKind.CITY, place.public_id
    return DelegationKind.ORGANISATION, place.public_id


def _sort_key(chinese: str, english: str) -> str:
    return pinyin_key(chinese or english)


def change(
    delegation: Delegation, values: Mapping[str, str], *, version: int, actor: Actor, now: datetime
) -> frozenset[str]:
    """Change names, mail policy or note verbale; raise ``StaleEdit`` when somebody saved in between."""
    session.refresh(delegation, ["version", *FIELDS], with_for_update=True)
    if version != delegation.version:
        raise StaleEdit
    changed = set()
    for name, value in values.items():
        if name not in FIELDS:
            raise KeyError(name)
        if (getattr(delegation, name) or "") != value:
            setattr(delegation, name, value)
            changed.add(name)
    if changed:
        delegation.sort_key = _sort_key(delegation.side("name", "zh"), delegation.side("name", "en"))
        session.flush()
        record(
            actor,
            "change",
            "delegation",
            delegation.public_id,
            now=now,
            chain=delegation.forum.chain,
            fields=sorted(changed),
        )
    return frozenset(changed)


def name_focal_point(
    delegation: Delegation, email: str, name: str, language: str, *, proof: str = "", actor: Actor, now: datetime
) -> FocalPoint:
    """Let somebody speak for a delegation; a new address gets an account and signs in by a link by mail.

    Raises ``AlreadyFocalPoint``.
    """
    account = open_account(email, name, language, actor=actor, now=now)
    known = session.scalar(
        select(FocalPoint.id).where(FocalPoint.delegation_id == delegation.id, FocalPoint.account_id == account.id)
    )
    if known is not None:
        raise AlreadyFocalPoint
    focal = FocalPoint(
        delegation_id=delegation.id, account_id=account.id, account=account, proof=proof, granted_by=actor.reference
    )
    delegation.focal_points.append(focal)
    session.flush()
    forum = delegation.forum
    record(
        actor,
        "name_focal_point",
        "delegation",
        delegation.public_id,
        now=now,
        chain=forum.chain,
        account=account.public_id,
    )
    own = account.language or language
    post(
        "delegation_focal_point",
        account.email,
        own,
        now=now,
        key=f"focal:{focal.public_id}",
        forum_id=forum.id,
        name=account.name or account.email,
        forum=forum.tr("title", own).text,
        delegation=delegation.tr("name", own).text,
        link=f"{premises().base_url}/{own}/desk",
        sign_in=f"{premises().base_url}/{own}/sign-in/link",
        contact=forum.contact_email,
    )
    return focal


def dismiss_focal_point(delegation: Delegation, focal: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Take the right to speak for a delegation away; the account stays."""
    account = focal.account.public_id
    delegation.focal_points.remove(focal)
    session.delete(focal)
    session.flush()
    record(
        actor,
        "dismiss_focal_point",
        "delegation",
        delegation.public_id,
        now=now,
        chain=delegation.forum.chain,
        account=account,
    )


def lawful(delegation: Delegation, actor: Actor) -> tuple[Transition, ...]:
    """Return the steps that somebody may take with a delegation now."""
    return DELEGATION_LIFE.lawful(delegation.state, actor.roles)


def active_members(delegation: Delegation) -> list[Participation]:
    """Return the members who still take part."""
    return [member for member in delegation.members if member.state in ACTIVE_STATES]


def step(
    delegation: Delegation, action: str, *, reason: str = "", version: int | None = None, actor: Actor, now: datetime
) -> Delegation:
    """Take one step of a delegation's life; withdrawing it takes its members along.

    Submitting asks of the desk what it asks of a focal point.
    Raises ``StaleEdit``, ``UnlawfulAction`` or ``ReasonNeeded``; on submission what ``composing.ready`` raises.
    """
    session.refresh(delegation, ["state", "version", "head_id"], with_for_update=True)
    if version is not None and version != delegation.version:
        raise StaleEdit
    row = DELEGATION_LIFE.step(delegation.state, action, actor.roles, reason)
    if action == "submit":
        composing.ready(delegation)
    source = delegation.state
    members = active_members(delegation) if row.target == DelegationState.WITHDRAWN else []
    delegation.state = DelegationState(row.target)
    session.flush()
    if members:
        perform_many(members, "withdraw", actor=actor, now=now)
    record(
        actor,
        row.action,
        "delegation",
        delegation.public_id,
        now=now,
        chain=delegation.forum.chain,
        **{"from": str(source), "to": row.target, "reason": reason.strip()[:200], "members": len(members)},
    )
    return delegation
