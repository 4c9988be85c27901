"""What the page of a committee shows of its liaison statements."""

from __future__ import annotations

from datetime import datetime

from forum.committees.models import Committee
from forum.committees.neighbours import PagePart
from forum.liaisons.models import PURPOSES
from forum.liaisons.permissions import standing_of
from forum.liaisons.queries import statements
from forum.web.viewer import Viewer


def of_committee(committee: Committee, who: Viewer, now: datetime) -> PagePart | None:
    """Return the newest posted statements from or to a committee that this viewer may read."""
    rows, count = statements.of_committee(committee.id, statements.visible(standing_of(who), now))
    if not count:
        return None
    facts = {"rows": rows, "count": count, "purposes": PURPOSES, "slug": committee.slug}
    return PagePart("liaisons/of_committee.html", facts)
