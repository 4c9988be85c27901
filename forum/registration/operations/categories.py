"""Categories of participants: what they ask for, who approves, when they are open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import StaleEdit
from forum.events.models import Forum
from forum.events.queries import bump_revision
from forum.registration import seats
from forum.registration.errors import CategoryExists, WindowReversed
from forum.registration.models import Category, Chain

FIELDS = (
    "code",
    "name_en",
    "name_zh",
    "description_en",
    "description_zh",
    "order",
    "chain",
    "fields",
    "required_documents",
    "needs_delegation",
    "self_registration",
    "needs_confirmation",
    "in_list_of_participants",
    "waiting_list",
    "opens_at",
    "closes_at",
)


def create(forum: Forum, values: Mapping[str, object], *, actor: Actor, now: datetime) -> Category:
    """Open a category with its counter, without a limit; raise ``CategoryExists`` or ``WindowReversed``."""
    category = Category(forum_id=forum.id, forum=forum, code=str(values["code"]), chain=Chain.SECRETARIAT)
    _refuse_twice(forum, str(values["code"]), None)
    _write(category, values)
    session.add(category)
    session.flush()
    seats.ensure(forum.id, seats.of_category(category))
    bump_revision(forum)
    record(actor, "create", "category", category.public_id, now=now, chain=forum.chain, code=category.code)
    return category


def change(
    category: Category, values: Mapping[str, object], *, version: int, actor: Actor, now: datetime
) -> frozenset[str]:
    """Change a category and return the fields that changed; participations keep what they answered.

    Raises ``StaleEdit``, ``CategoryExists`` or ``WindowReversed``.
    """
    session.refresh(category, with_for_update=True)
    if version != category.version:
        raise StaleEdit
    _refuse_twice(category.forum, str(values["code"]), category)
    changed = _write(category, values)
    if changed:
        session.flush()
        bump_revision(category.forum)
        record(
            actor,
            "change",
            "category",
            category.public_id,
            now=now,
            chain=category.forum.chain,
            fields=sorted(changed),
        )
    return changed


def _refuse_twice(forum: Forum, code: str, own: Category | None) -> None:
    taken = session.scalar(select(Category.id).where(Category.forum_id == forum.id, Category.code == code))
    if taken is not None and (own is None or taken != own.id):
        raise CategoryExists


def _write(category: Category, values: Mapping[str, object]) -> frozenset[str]:
    opens, closes = values.get("opens_at"), values.get("closes_at")
    if isinstance(opens, datetime) and isinstance(closes, datetime) and closes <= opens:
        raise WindowReversed
    changed = set()
    for name, value in values.items():
        if name not in FIELDS:
            raise KeyError(name)
        wanted = Chain(str(value)) if name == "chain" else value
        if (getattr(category, name) or None) != (wanted or None):
            setattr(category, name, wanted)
            changed.add(name)
    return frozenset(changed)
