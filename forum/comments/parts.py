"""What the comment desk puts on the page of a ballot: how many comments there are, and the way to them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from forum.ballots.models import Ballot
from forum.comments.permissions import standing_at
from forum.comments.queries.desk import handed_in
from forum.comments.states import COMMENT_STATES
from forum.committees.neighbours import PagePart
from forum.web.viewer import Viewer


def ballot_part(ballot: Ballot, who: Viewer, now: datetime) -> PagePart | None:  # noqa: ARG001 - as every part is asked
    """Return the counts by state, for readers of the desk alone."""
    if not standing_at(ballot, who).reads:
        return None
    counts = Counter(str(row.state) for row in handed_in(ballot.id))
    shown = [(label, counts[state]) for state, label in COMMENT_STATES.items() if counts[state]]
    return PagePart("comments/on_ballot.html", {"counts": shown, "ballot_id": ballot.public_id})
