"""Confirming words, and saying what they may be used for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean
from forum.terms import errors
from forum.terms.models import TermRendering
from forum.terms.operations.settling import settle
from forum.terms.operations.writing import as_seen
from forum.terms.states import OFFICE, USE_LIFE, Certainty, Use


def confirm(row: TermRendering, roles: frozenset[str], *, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Note that a person has compared a word with its source.

    Whoever entered it doesn't confirm it, unless they act for the national office.
    Raises ``SureAlready``, ``SourceMissing``, ``OwnWord`` or ``TermChangedMeanwhile``.
    """
    as_seen(row.version, seen)
    if row.is_sure:
        raise errors.SureAlready
    if not row.source and not row.owner:
        raise errors.SourceMissing
    if row.entered_by == actor.reference and OFFICE not in roles:
        raise errors.OwnWord
    row.certainty, row.confirmed_by, row.confirmed_at = Certainty.VERIFIED, actor.reference, now
    settle(row.concept)
    session.flush()
    record(actor, "confirm", "term", row.concept.public_id, now=now, word=row.public_id)


def turn(
    row: TermRendering,
    action: str,
    roles: frozenset[str],
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Prefer, admit, deprecate or forbid a word; the last two with a reason that every reader sees.

    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``PreferredTaken`` or ``TermChangedMeanwhile``.
    """
    as_seen(row.version, seen)
    found = USE_LIFE.step(row.use, action, roles, reason)
    if found.target == Use.PREFERRED:
        for each in row.concept.renderings:
            if each.use is Use.PREFERRED and (each.lang, each.owner) == (row.lang, row.owner):
                raise errors.PreferredTaken(text=each.text)
    before = row.use
    row.use = Use(found.target)
    row.reason = clean(reason) if found.needs_reason else ""
    settle(row.concept)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as taken:  # somebody else was faster
        raise errors.PreferredTaken(text=row.text) from taken
    facts = {"word": row.public_id, "from": str(before), "to": found.target}
    record(actor, action, "term", row.concept.public_id, now=now, **facts)
