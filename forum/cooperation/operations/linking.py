"""Tying a partnership to sessions of a forum and to standards."""

from __future__ import annotations

from datetime import datetime

from forum.agenda.models import AgendaSession
from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import SessionLink, SessionTie, StandardLink
from forum.cooperation.operations.acting import add_once, own_party
from forum.cooperation.rules.standards import read
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean_line
from forum.partnerships.models import Partnership
from forum.partnerships.rules.seeing import Standing

LONGEST = 120


def link_session(
    partnership: Partnership,
    held: AgendaSession,
    tie: SessionTie,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> SessionLink:
    """Say that a partnership came from a session, or was signed there; raise ``LinkedAlready``."""
    own_party(partnership, standing)
    link = SessionLink(partnership_id=partnership.id, session_id=held.id, tie=tie)
    add_once(link, errors.LinkedAlready)
    record(actor, "link_session", "partnership", partnership.public_id, now=now, session=held.public_id, tie=str(tie))
    return link


def link_standard(
    partnership: Partnership, typed: str, *, standing: Standing, actor: Actor, now: datetime
) -> StandardLink:
    """Name a standard that the partnership works with; raise ``ReferenceNeeded`` or ``LinkedAlready``.

    What was typed is kept beside the number as its publisher writes it.
    """
    own_party(partnership, standing)
    words = clean_line(typed)
    if not 3 <= len(words) <= LONGEST or not any(sign.isdigit() for sign in words):
        raise errors.ReferenceNeeded
    found = read(words)
    link = StandardLink(
        partnership_id=partnership.id, typed=words, reference=found.text[:LONGEST], recognised=found.recognised
    )
    add_once(link, errors.StandardLinkedAlready)
    record(actor, "link_standard", "partnership", partnership.public_id, now=now, recognised=found.recognised)
    return link


def unlink(
    partnership: Partnership, link: SessionLink | StandardLink, *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Take a link away again."""
    own_party(partnership, standing)
    session.delete(link)
    session.flush()
    record(actor, "unlink", "partnership", partnership.public_id, now=now, link=link.public_id)
