"""Reading registrations: always through the forum, the delegation or the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.agenda.models import AgendaSession
from forum.agenda.programme import SessionState
from forum.core.database import session
from forum.events.models import Forum
from forum.people.models import Person
from forum.registration.models import (
    Category,
    Delegation,
    FocalPoint,
    Participation,
    SessionSeat,
    WaitingEntry,
)
from forum.registration.states import ParticipationState, WaitingState

REGISTERED_STATES = (ParticipationState.APPROVED, ParticipationState.CONFIRMED, ParticipationState.ARRIVED)


# Asked with every request of somebody who has signed in, so they are made once.
_SPOKEN_FOR = select(FocalPoint.delegation_id).where(FocalPoint.account_id == bindparam("account"))
_SEATED = (
    select(Participation.forum_id, Delegation.id)
    .join(Person, Person.id == Participation.person_id)
    .outerjoin(Delegation, Delegation.head_id == Participation.id)
    .where(Person.account_id == bindparam("account"), Participation.state.in_(REGISTERED_STATES))
)


def grants_of(account_id: int, now: datetime) -> Iterable[tuple[str, str]]:  # noqa: ARG001 - no term
    """Return what an account is through registrations.

    ``focal`` of a delegation, ``registered`` at a forum, ``head`` of a delegation at a forum.
    """
    focal = session.scalars(_SPOKEN_FOR, {"account": account_id})
    grants = [("focal", f"delegation:{delegation_id}") for delegation_id in focal]
    seated = session.execute(_SEATED, {"account": account_id})
    for forum_id, headed in seated:
        grants.append(("registered", f"forum:{forum_id}"))
        if headed is not None:
            grants.append(("head", f"forum:{forum_id}"))
    return grants


def by_link(forum: Forum, link_hash: str) -> Participation | None:
    """Return the participation that a personal link opens."""
    return session.scalar(
        select(Participation).where(Participation.forum_id == forum.id, Participation.link_hash == link_hash)
    )


def own(forum: Forum, public_id: str, account_id: int) -> Participation | None:
    """Return a participation through its person, its registrant or a focal point of its delegation."""
    focal = select(FocalPoint.delegation_id).where(FocalPoint.account_id == account_id)
    return session.scalar(
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.forum_id == forum.id,
            Participation.public_id == public_id,
            or_(
                Person.account_id == account_id,
                Participation.registrant_id == account_id,
                Participation.delegation_id.in_(focal),
            ),
        )
    )


def roles_on(participation: Participation, account_id: int) -> set[str]:
    """Return what an account is to a participation: the delegate, the assistant, the focal point."""
    roles = set()
    if participation.person.account_id == account_id:
        roles.add("delegate")
    elif participation.registrant_id == account_id:
        roles.add("assistant")
    if participation.delegation_id is not None and session.scalar(
        select(FocalPoint.id).where(
            FocalPoint.account_id == account_id, FocalPoint.delegation_id == participation.delegation_id
        )
    ):
        roles.add("focal")
    return roles


def mine(account_id: int) -> Sequence[Participation]:
    """Return the participations that an account is or registered, the latest forum first."""
    return session.scalars(
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .join(Forum, Forum.id == Participation.forum_id)
        .where(or_(Person.account_id == account_id, Participation.registrant_id == account_id))
        .order_by(Forum.first_day.desc(), Participation.sort_key, Participation.id)
        .options(joinedload(Participation.forum), joinedload(Participation.delegation))
        .limit(500)
    ).all()


def delegation_of_focal(forum: Forum, public_id: str, delegation_ids: Collection[int]) -> Delegation | None:
    """Return a delegation of the forum, if it is among those of the focal point."""
    return session.scalar(
        select(Delegation).where(
            Delegation.forum_id == forum.id,
            Delegation.public_id == public_id,
            Delegation.id.in_(sorted(delegation_ids)),
        )
    )


def delegations_of_focal(account_id: int) -> Sequence[Delegation]:
    """Return the delegations of a focal point, the latest forum first."""
    return session.scalars(
        select(Delegation)
        .join(FocalPoint, FocalPoint.delegation_id == Delegation.id)
        .join(Forum, Forum.id == Delegation.forum_id)
        .where(FocalPoint.account_id == account_id)
        .order_by(Forum.first_day.desc(), Delegation.sort_key, Delegation.id)
        .options(joinedload(Delegation.forum))
    ).all()


def members(delegation: Delegation) -> Sequence[Participation]:
    """Return the members of a delegation in its order, those who left it at the end."""
    return session.scalars(
        select(Participation)
        .where(Participation.delegation_id == delegation.id)
        .order_by(Participation.is_alternate, Participation.order, Participation.id)
    ).all()


def categories(forum: Forum) -> Sequence[Category]:
    """Return the categories of a forum in order."""
    return session.scalars(
        select(Category).where(Category.forum_id == forum.id).order_by(Category.order, Category.id)
    ).all()


def category(forum: Forum, public_id: str) -> Category | None:
    """Return a category of the forum."""
    return session.scalar(select(Category).where(Category.forum_id == forum.id, Category.public_id == public_id))


def delegations(forum: Forum) -> Sequence[Delegation]:
    """Return the delegations of a forum by name."""
    return session.scalars(
        select(Delegation).where(Delegation.forum_id == forum.id).order_by(Delegation.sort_key, Delegation.id)
    ).all()


def delegation(forum: Forum, public_id: str) -> Delegation | None:
    """Return a delegation of the forum."""
    return session.scalar(select(Delegation).where(Delegation.forum_id == forum.id, Delegation.public_id == public_id))


def offer_by_link(forum: Forum, offer_hash: str) -> WaitingEntry | None:
    """Return the entry of a waiting list that a secret link opens."""
    return session.scalar(
        select(WaitingEntry)
        .where(WaitingEntry.forum_id == forum.id, WaitingEntry.offer_hash == offer_hash)
        .options(joinedload(WaitingEntry.participation))
    )


def bookable(forum: Forum) -> Sequence[AgendaSession]:
    """Return the sessions of a forum whose seats are booked one by one."""
    return session.scalars(
        select(AgendaSession)
        .where(
            AgendaSession.forum_id == forum.id,
            AgendaSession.bookable.is_(True),
            AgendaSession.state != SessionState.CANCELLED,
        )
        .options(selectinload(AgendaSession.slots))
        .order_by(AgendaSession.id)
    ).all()


def seats_of(participation: Participation) -> dict[int, SessionSeat]:
    """Return the seats of a participation by session."""
    rows = session.scalars(select(SessionSeat).where(SessionSeat.participation_id == participation.id))
    return {row.session_id: row for row in rows}


def open_entries(participation: Participation) -> Sequence[WaitingEntry]:
    """Return the open places in line of a participation."""
    return session.scalars(
        select(WaitingEntry)
        .where(
            WaitingEntry.participation_id == participation.id,
            WaitingEntry.state.in_([WaitingState.WAITING, WaitingState.OFFERED]),
        )
        .order_by(WaitingEntry.id)
    ).all()
