"""The numbers of the desk; each one opens a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.core.database import session
from forum.events.models import Forum
from forum.registration.models import Delegation, Participation, RequiredDocument, SeatCounter, WaitingEntry
from forum.registration.queries.desk.listing import TO_DECIDE
from forum.registration.queries.desk.scopes import lines_by_scope
from forum.registration.states import ACTIVE_STATES, SEATED_STATES, DelegationState, ParticipationState, WaitingState


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers of the desk; each one opens a list."""

    states: dict[str, int]
    to_decide: int
    returned: int
    approved: int
    seated: int
    active: int
    waiting: int
    offers: int
    letters: int
    unchecked_documents: int
    delegations: dict[str, int]
    cap: int | None
    taken: int

    @property
    def delegations_to_credential(self) -> int:
        """Delegations that were submitted and wait for the protocol."""
        return self.delegations.get(DelegationState.SUBMITTED, 0)

    @property
    def delegations_without_answer(self) -> int:
        """Delegations that were invited and haven't answered."""
        return self.delegations.get(DelegationState.INVITED, 0)


def waiting_numbers(forum: Forum) -> dict[str, int]:
    """Return what waits at the desk, in three small statements: to decide, on waiting lists, to credential."""
    participations = session.scalar(
        select(func.count()).where(Participation.forum_id == forum.id, Participation.state.in_(sorted(TO_DECIDE)))
    )
    entries = session.scalar(
        select(func.count()).where(
            WaitingEntry.forum_id == forum.id, WaitingEntry.state.in_((WaitingState.WAITING, WaitingState.OFFERED))
        )
    )
    delegations = session.scalar(
        select(func.count()).where(Delegation.forum_id == forum.id, Delegation.state == DelegationState.SUBMITTED)
    )
    return {"participations": participations or 0, "entries": entries or 0, "delegations": delegations or 0}


def overview(forum: Forum) -> Overview:
    """Return the numbers of the desk, in five statements."""
    states: Counter[str] = Counter()
    letters = 0
    by_state = session.execute(
        select(Participation.state, Participation.needs_letter, func.count())
        .where(Participation.forum_id == forum.id)
        .group_by(Participation.state, Participation.needs_letter)
    )
    for state, letter, number in by_state:
        states[str(state)] += number
        letters += number if letter and state in ACTIVE_STATES else 0
    delegations = {
        str(state): number
        for state, number in session.execute(
            select(Delegation.state, func.count()).where(Delegation.forum_id == forum.id).group_by(Delegation.state)
        )
    }
    lines = lines_by_scope(forum)
    unchecked = session.scalar(
        select(func.count())
        .select_from(RequiredDocument)
        .join(Participation, Participation.id == RequiredDocument.participation_id)
        .where(
            Participation.forum_id == forum.id,
            Participation.state.in_(sorted(TO_DECIDE)),
            RequiredDocument.superseded.is_(False),
            RequiredDocument.checked_by == "",
        )
    )
    counter = session.get(SeatCounter, f"forum:{forum.public_id}", populate_existing=True)
    return Overview(
        states=dict(states),
        to_decide=sum(states[state] for state in TO_DECIDE),
        returned=states[ParticipationState.RETURNED],
        approved=states[ParticipationState.APPROVED],
        seated=sum(states[state] for state in SEATED_STATES),
        active=sum(states[state] for state in ACTIVE_STATES),
        waiting=sum(line_of[WaitingState.WAITING] for line_of in lines.values()),
        offers=sum(line_of[WaitingState.OFFERED] for line_of in lines.values()),
        letters=letters,
        unchecked_documents=unchecked or 0,
        delegations=delegations,
        cap=counter.cap if counter else None,
        taken=counter.taken if counter else 0,
    )
