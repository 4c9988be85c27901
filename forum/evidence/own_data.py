"""What the evidence chain holds about somebody: the ideas and links that they entered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from forum.core.database import session
from forum.core.refusals import N_
from forum.evidence.models import EvidenceLink, Idea

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return the ideas and links that an account entered."""
    ideas = session.scalars(select(Idea).where(Idea.account_id == account_id).order_by(Idea.id))
    links = session.scalars(select(EvidenceLink).where(EvidenceLink.account_id == account_id).order_by(EvidenceLink.id))
    entries = [
        (N_("Idea that you raised"), f"{one.raised_on.isoformat()} {one.text('title').joined()}") for one in ideas
    ]
    entries += [(N_("Link that you entered"), one.asserted_at.date().isoformat()) for one in links]
    return [{"title": N_("Ideas and evidence"), "entries": entries}] if entries else []


def erase_for(account_id: int, now: datetime) -> None:  # noqa: ARG001 - what every room is asked
    """Take the account off what it entered: an idea belongs to an office, and stays."""
    session.execute(update(Idea).where(Idea.account_id == account_id).values(account_id=None))
    session.execute(update(EvidenceLink).where(EvidenceLink.account_id == account_id).values(account_id=None))
