"""The button to follow, on the pages of standards and committees."""

from __future__ import annotations

from datetime import datetime

from forum.committees.models import Committee
from forum.committees.neighbours import PagePart
from forum.standards.models import Standard
from forum.watching.queries import lists
from forum.web.viewer import Viewer

FOLLOW_ORDER = 5  # first among the parts


def standard_part(standard: Standard, who: Viewer, now: datetime) -> PagePart:  # noqa: ARG001 - what every part is asked
    """Return the button for a deliverable."""
    return _part("standard", standard.id, standard.slug, who)


def committee_part(committee: Committee, who: Viewer, now: datetime) -> PagePart:  # noqa: ARG001
    """Return the button for a committee."""
    return _part("committee", committee.id, committee.slug, who)


def _part(kind: str, key: int, slug: str, who: Viewer) -> PagePart:
    watch = lists.by_key(who.account_id, f"{kind}:{key}") if who.account_id is not None else None
    return PagePart("watching/follow_part.html", {"watch_kind": kind, "watch_slug": slug, "watch": watch})
