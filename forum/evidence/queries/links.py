"""Reading links: through both ends, and only where the reader may see both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from forum.committees.permissions import is_national_office
from forum.core.database import session
from forum.evidence.models import EvidenceLink
from forum.evidence.queries.ends import End, ends
from forum.evidence.states import LinkState, LinkVisibility
from forum.web.viewer import Viewer

MOST = 400


def thread_scope(who: Viewer) -> ColumnElement[bool]:
    """Return the condition under which an arrow stands on a thread for somebody: confirmed, and open to them."""
    open_to = [
        LinkVisibility.PUBLIC,
        *([LinkVisibility.OFFICES] if who.offices or who.standards_posts or who.is_admin else []),
    ]
    return and_(EvidenceLink.state == LinkState.CONFIRMED, EvidenceLink.visibility.in_(open_to))


def touching(references: Collection[str], who: Viewer) -> Sequence[EvidenceLink]:
    """Return the arrows of threads that begin or end at one of these."""
    wanted = sorted(references)
    return session.scalars(
        select(EvidenceLink)
        .where(
            or_(EvidenceLink.subject.in_(wanted), EvidenceLink.target.in_(wanted)),
            thread_scope(who),
        )
        .order_by(EvidenceLink.happened_on, EvidenceLink.id)
        .limit(MOST)
    ).all()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link with both its ends, as one reader sees it."""

    link: EvidenceLink
    subject: End
    target: End


def listed(who: Viewer, now: datetime, *, waiting: bool = False) -> list[Arrow]:
    """Return the links that concern somebody, those that wait first, then the newest.

    The national office and the auditor read all; others what they asserted and what touches something of theirs.
    """
    query = select(EvidenceLink).where(EvidenceLink.state != LinkState.WITHDRAWN)
    if waiting:
        query = query.where(EvidenceLink.state == LinkState.ASSERTED)
    rows = session.scalars(
        query.order_by(EvidenceLink.state, EvidenceLink.asserted_at.desc(), EvidenceLink.id.desc()).limit(MOST)
    ).all()
    return [arrow for arrow in _arrows(rows, who, now) if _concerns(arrow, who)]


def count_waiting() -> int:
    """Return how many links wait for the national office."""
    query = select(func.count()).select_from(EvidenceLink).where(EvidenceLink.state == LinkState.ASSERTED)
    return session.scalar(query) or 0


def one(public_id: str, who: Viewer, now: datetime) -> Arrow | None:
    """Return one link, if it concerns this reader and both ends exist for them."""
    row = session.scalar(select(EvidenceLink).where(EvidenceLink.public_id == public_id))
    found = [arrow for arrow in _arrows([row] if row is not None else [], who, now) if _concerns(arrow, who)]
    return found[0] if found else None


def _arrows(rows: Sequence[EvidenceLink], who: Viewer, now: datetime) -> list[Arrow]:
    known = ends({name for row in rows for name in (row.subject, row.target)}, who, now)
    return [
        Arrow(row, known[row.subject], known[row.target])
        for row in rows
        if row.subject in known and row.target in known
    ]


def _concerns(arrow: Arrow, who: Viewer) -> bool:
    if is_national_office(who) or who.places_of("auditor"):
        return True
    mine = {scope for _role, scope in who.grants}
    return arrow.link.account_id == who.account_id or bool(mine & (arrow.subject.owners | arrow.target.owners))
