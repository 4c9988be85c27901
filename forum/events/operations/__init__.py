"""Running a forum: its settings, its life, its rooms, themes, segments and texts, and who works for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload

from forum.accounts.models import Account, AccountState
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.walltime import zone_named
from forum.events.errors import (
    ChangedMeanwhile,
    CodeTaken,
    DaysAreUsed,
    ForumCodeTaken,
    LastOrganiser,
    SlugTaken,
    StillUsed,
    UnknownAccount,
)
from forum.events.models import (
    FORUM_LIFE,
    Forum,
    ForumRole,
    ForumState,
    PracticalSection,
    Role,
    Room,
    Segment,
    Track,
    Venue,
)
from forum.events.queries import bump_revision
from forum.places.models import City
from forum.translation import operations as translation

Side = tuple[str, str]
Texts = Mapping[Side, str]
Part = TypeVar("Part", Room, Track, Segment, PracticalSection)


def create_forum(
    slug: str,
    code: str,
    zone_name: str,
    days: tuple[date, date],
    texts: Texts,
    *,
    actor: Actor,
    now: datetime,
    day_change: time = time(4, 0),
) -> Forum:
    """Make a forum in draft; who makes it with an account becomes its organiser.

    Raises ``SlugTaken``, ``ForumCodeTaken``, ``DaysAreUsed`` and ``UnknownZone``.
    """
    zone_named(zone_name)
    if days[1] < days[0]:
        raise DaysAreUsed
    if session.scalar(select(Forum.id).where(Forum.slug == slug)) is not None:
        raise SlugTaken
    if session.scalar(select(Forum.id).where(Forum.code == code)) is not None:
        raise ForumCodeTaken
    forum = Forum(
        slug=slug,
        code=code,
        zone_name=zone_name,
        first_day=days[0],
        last_day=days[1],
        day_change=day_change,
        state=ForumState.DRAFT,
    )
    try:
        with session.begin_nested():
            session.add(forum)
            session.flush()
    except IntegrityError as fault:
        # Of two who take one address at the same moment, the second finds it taken.
        raise SlugTaken from fault
    session.add(Venue(forum_id=forum.id))
    translation.record(forum, "forum", texts, actor=actor, now=now)
    if actor.account_id is not None:
        session.add(ForumRole(forum_id=forum.id, account_id=actor.account_id, role=Role.ORGANISER))
    session.flush()
    audit.record(actor, "create", "forum", forum.public_id, now=now, chain=forum.chain)
    return forum


def host(forum: Forum, city: City | None, *, actor: Actor, now: datetime) -> None:
    """Say in which city a forum takes place."""
    forum.host_city = city
    session.flush()
    bump_revision(forum)
    named = city.public_id if city is not None else ""
    audit.record(actor, "host", "forum", forum.public_id, now=now, chain=forum.chain, city=named)


def edit_forum(
    forum: Forum,
    version: int,
    texts: Texts,
    facts: Mapping[str, Any],
    venue_texts: Texts,
    *,
    actor: Actor,
    now: datetime,
) -> Forum:
    """Save the settings of a forum; raise ``ChangedMeanwhile``, ``DaysAreUsed`` or ``UnknownZone``."""
    _lock(forum)
    if forum.version != version:
        raise ChangedMeanwhile(at=forum.updated_at)
    if "zone_name" in facts:
        zone_named(facts["zone_name"])
    if facts.get("last_day", forum.last_day) < facts.get("first_day", forum.first_day):
        raise DaysAreUsed
    for name, value in facts.items():
        setattr(forum, name, value)
    translation.record(forum, "forum", texts, actor=actor, now=now)
    if forum.venue is None:
        forum.venue = Venue(forum_id=forum.id)
        session.flush()
    translation.record(forum.venue, "venue", venue_texts, actor=actor, now=now)
    session.flush()
    bump_revision(forum)
    audit.record(actor, "edit", "forum", forum.public_id, now=now, chain=forum.chain, fields=sorted(facts))
    return forum


def act(forum: Forum, action: str, *, actor: Actor, now: datetime, reason: str | None = None) -> Forum:
    """Take a forum one step through its life; raise ``UnlawfulAction`` or ``ReasonNeeded``."""
    _lock(forum)
    row = FORUM_LIFE.step(forum.state, action, actor.roles, reason)
    before, forum.state = forum.state, ForumState(row.target)
    session.flush()
    bump_revision(forum)
    audit.record(
        actor,
        action,
        "forum",
        forum.public_id,
        now=now,
        chain=forum.chain,
        before=before.value,
        after=forum.state.value,
        reason_given=bool(reason),
    )
    return forum


def save_part(
    forum: Forum,
    part: Part,
    version: int | None,
    texts: Texts,
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Part:
    """Save a room, theme, segment or practical section, new or known.

    ``version`` is None for a new one and for sections.  Raises ``ChangedMeanwhile`` or ``CodeTaken``.
    """
    new = part.id is None
    if not new:
        session.refresh(part, with_for_update=True)
        if version is not None and not isinstance(part, PracticalSection) and part.version != version:
            raise ChangedMeanwhile(at=part.updated_at)
    for name, value in facts.items():
        setattr(part, name, value)
    part.forum_id = forum.id
    try:
        with session.begin_nested():
            session.add(part)
            session.flush()
    except IntegrityError as fault:
        raise CodeTaken from fault
    kind = part.__tablename__
    translation.record(part, kind, texts, actor=actor, now=now)
    bump_revision(forum)
    audit.record(
        actor, "create" if new else "edit", kind, part.public_id, now=now, chain=forum.chain, fields=sorted(facts)
    )
    return part


def delete_part(forum: Forum, part: Room | Track | Segment | PracticalSection, *, actor: Actor, now: datetime) -> None:
    """Delete a room, theme, segment or section that no session uses; raise ``StillUsed``."""
    kind, public_id = part.__tablename__, part.public_id
    try:
        with session.begin_nested():
            session.delete(part)
            session.flush()
    except IntegrityError as fault:
        raise StillUsed from fault
    bump_revision(forum)
    audit.record(actor, "delete", kind, public_id, now=now, chain=forum.chain)


def grant(forum: Forum, email: str, role: Role, *, actor: Actor, now: datetime) -> None:
    """Give somebody a role on the forum; raise ``UnknownAccount``."""
    account = session.scalar(select(Account).where(Account.email == email, Account.state == AccountState.ACTIVE))
    if account is None:
        raise UnknownAccount
    held = select(ForumRole.id).where(
        ForumRole.forum_id == forum.id, ForumRole.account_id == account.id, ForumRole.role == role
    )
    if session.scalar(held) is not None:
        return
    session.add(ForumRole(forum_id=forum.id, account_id=account.id, role=role))
    session.flush()
    audit.record(actor, "grant", "forum_role", account.public_id, now=now, chain=forum.chain, role=role.value)


def revoke(forum: Forum, held: ForumRole, account: Account, *, actor: Actor, now: datetime) -> None:
    """Take a role away; raise ``LastOrganiser``."""
    if held.role is Role.ORGANISER:
        organisers = select(func.count()).where(ForumRole.forum_id == forum.id, ForumRole.role == Role.ORGANISER)
        if session.scalar(organisers) == 1:
            raise LastOrganiser
    session.delete(held)
    session.flush()
    audit.record(actor, "revoke", "forum_role", account.public_id, now=now, chain=forum.chain, role=held.role.value)


def _lock(forum: Forum) -> None:
    """Read the forum as it stands and hold it against other writers; what hangs on it isn't locked."""
    session.scalar(
        select(Forum)
        .where(Forum.id == forum.id)
        .options(lazyload("*"))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
