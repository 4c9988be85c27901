"""What ballots put on the pages of a standard and of a committee: international facts alone, never a case."""

from __future__ import annotations

from datetime import datetime

from forum.ballots.models import BALLOT_KINDS
from forum.ballots.queries import entering, lists
from forum.ballots.rules.backplan import BEIJING, day_in_beijing
from forum.committees.models import Committee
from forum.committees.neighbours import PagePart
from forum.committees.permissions import committees_of, is_national_office
from forum.standards.models import Standard
from forum.web.viewer import Viewer


def on_standard(standard: Standard, who: Viewer, now: datetime) -> PagePart | None:
    """Return the international ballots on a standard, and the way to enter the one that belongs to its stage."""
    rows = lists.of_standard(standard.id, now)
    kind = _to_enter(standard, who, now)
    if any(row.kind == kind and row.cancelled_at is None and row.closes_at > now for row in rows):
        kind = ""
    if not (rows or kind):
        return None
    facts = {"ballots": rows, "kinds": BALLOT_KINDS, "beijing": BEIJING, "enters": kind, "slug": standard.slug}
    return PagePart("ballots/on_page.html", facts)


def _to_enter(standard: Standard, who: Viewer, now: datetime) -> str:
    """Return the kind of ballot that the viewer may enter on a standard now; empty for everybody else."""
    own = committees_of(who, "mirror_secretary")
    if not (own or is_national_office(who)) or standard.committee_id is None:
        return ""
    kind = entering.kind_of(standard)
    nationals = None if is_national_office(who) else own
    return kind if kind and entering.is_mirrored(standard.committee_id, nationals, day_in_beijing(now)) else ""


def on_committee(committee: Committee, _who: Viewer, now: datetime) -> PagePart | None:
    """Return what a committee votes on now."""
    rows = lists.of_committee(committee.id, now)
    if not rows:
        return None
    facts = {"ballots": rows, "kinds": BALLOT_KINDS, "beijing": BEIJING, "enters": ""}
    return PagePart("ballots/on_page.html", facts)
