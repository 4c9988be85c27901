"""What waits for somebody in the work on international standards, gathered from its rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.adoptions.permissions import hand_of
from forum.adoptions.permissions import reach_of as adoptions_of
from forum.adoptions.queries import ledger
from forum.adoptions.states import EntryState
from forum.ballots.models import Ballot, Enquired
from forum.ballots.queries import lists
from forum.ballots.queries.waiting import Capacity, Turn, turns_of
from forum.comments.queries.waiting import undecided
from forum.committees.permissions import CHAIRS, SECRETARIES, committees_of, is_national_office, reach_of
from forum.evidence.queries import links, uses
from forum.experts.permissions import standing_of as expert_standing
from forum.experts.queries import reading as experts
from forum.liaisons.permissions import standing_of as liaison_standing
from forum.liaisons.queries import obligations, statements
from forum.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StandardsWork:
    """What waits; a number without anything behind it is nought."""

    asked: Sequence[Enquired] = ()
    turns: Sequence[Turn] = ()
    undecided: Sequence[tuple[Ballot, int]] = ()
    to_vote: int = 0  # ballots on which this country must vote and hasn't
    owed: int = 0
    overdue: int = 0  # of those owed
    statements: int = 0
    nominations: int = 0
    adoptions: int = 0
    links: int = 0
    uses: int = 0

    def __bool__(self) -> bool:
        numbers = (
            self.to_vote + self.owed + self.statements + self.nominations + self.adoptions + self.links + self.uses
        )
        return bool(self.asked or self.turns or self.undecided or numbers)


def standards_work(who: Viewer, now: datetime) -> StandardsWork:
    """Return what waits for somebody; a number of statements that doesn't grow with the cases."""
    liaison = liaison_standing(who)
    if who.account_id is None or not (reach_of(who) or liaison):
        return StandardsWork()
    office, submits = is_national_office(who), bool(who.places_of("submission_officer"))
    secretary_of, chair_of = committees_of(who, *SECRETARIES), committees_of(who, *CHAIRS)
    offices = {name for name, held in (("office", office), ("submission", submits)) if held}
    owed, overdue = obligations.owed_by(who.account_id, now)
    return StandardsWork(
        asked=lists.asked_of(who.account_id, now),
        turns=turns_of(Capacity(secretary_of, chair_of, frozenset(offices)), now),
        undecided=undecided(secretary_of | chair_of, now),
        to_vote=lists.count_required(reach_of(who), now) if office or submits or secretary_of or chair_of else 0,
        owed=owed,
        overdue=overdue,
        statements=len(statements.waiting(liaison, now)),
        nominations=len(experts.waiting(expert_standing(who))) if reach_of(who) else 0,
        adoptions=_adoptions(who),
        links=links.count_waiting() if office else 0,
        uses=uses.count_waiting() if office else 0,
    )


def _adoptions(who: Viewer) -> int:
    """Return how many entries wait: proposals for the office, returned ones for those who proposed them."""
    roles = hand_of(who).roles
    awaited = {EntryState.PROPOSED} if "office" in roles else set()
    awaited |= {EntryState.RETURNED} if "secretary" in roles else set()
    return sum(row.entry in awaited for row in ledger.at_the_desk(adoptions_of(who))) if awaited else 0
