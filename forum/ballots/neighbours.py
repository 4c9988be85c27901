"""What ballots ask of other rooms, and by default of nobody; the rooms are named where the site is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from forum.ballots.models import Ballot
from forum.ballots.rules.coherence import CommentFacts, ExpertFacts, UseFacts
from forum.committees.neighbours import PagePart
from forum.core.actor import Actor
from forum.web.viewer import Viewer

BallotPart = Callable[[Ballot, Viewer, datetime], PagePart | None]


def _no_comments(_ballot: Ballot) -> CommentFacts:
    return CommentFacts()


def _no_use(_ballot: Ballot) -> UseFacts:
    return UseFacts()


def _no_freezing(_ballot: Ballot, _actor: Actor, _now: datetime) -> None:
    """Nothing is numbered where there is no comment desk."""


@dataclass(slots=True)
class Neighbours:
    """Those in place now.

    ``experts`` is None while no room knows experts: then those named in the position count as confirmed.
    """

    comments: Callable[[Ballot], CommentFacts] = _no_comments
    use: Callable[[Ballot], UseFacts] = _no_use
    experts: Callable[[Ballot, datetime], ExpertFacts] | None = None
    # Called in the transaction in which the position begins to be drafted: the numbering of comments stands then.
    freeze_comments: Callable[[Ballot, Actor, datetime], None] = _no_freezing
    parts: dict[int, BallotPart] = field(default_factory=dict)  # of the internal page of a ballot, in order

    def shown(self, ballot: Ballot, who: Viewer, now: datetime) -> list[PagePart]:
        """Return the parts that have something to show to this viewer, who may read the case."""
        made = (part(ballot, who, now) for _, part in sorted(self.parts.items()))
        return [part for part in made if part is not None]


neighbours = Neighbours()
