"""What ballots put on the pages of a standard and of a committee: international facts alone, never a case."""

from __future__ import annotations

from datetime import datetime

from forum.ballots.models import BALLOT_KINDS
from forum.ballots.queries import lists
from forum.ballots.rules.backplan import BEIJING
from forum.committees.models import Committee
from forum.committees.neighbours import PagePart
from forum.standards.models import Standard
from forum.web.viewer import Viewer


def on_standard(standard: Standard, _who: Viewer, now: datetime) -> PagePart | None:
    """Return the international ballots on a standard."""
    rows = lists.of_standard(standard.id, now)
    if not rows:
        return None
    return PagePart("ballots/on_page.html", {"ballots": rows, "kinds": BALLOT_KINDS, "beijing": BEIJING})


def on_committee(committee: Committee, _who: Viewer, now: datetime) -> PagePart | None:
    """Return what a committee votes on now."""
    rows = lists.of_committee(committee.id, now)
    if not rows:
        return None
    return PagePart("ballots/on_page.html", {"ballots": rows, "kinds": BALLOT_KINDS, "beijing": BEIJING})
