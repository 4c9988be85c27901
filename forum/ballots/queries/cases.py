"""One case: its ballot, position, approvals, votes, enquiry, history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import (
    NATIONAL_KINDS,
    Ballot,
    BallotDocument,
    BallotEvent,
    BallotIncident,
    BallotResult,
    Enquired,
    GuardSignature,
    Position,
    Vote,
)
from forum.committees.models import Committee
from forum.core.database import session

_LOADED = (
    joinedload(Ballot.standard),
    joinedload(Ballot.committee).selectinload(Committee.names),
    joinedload(Ballot.national).selectinload(Committee.names),
    selectinload(Ballot.steps),
)


def by_public_id(public_id: str) -> Ballot | None:
    """Return a ballot with what its page always shows."""
    return session.scalar(select(Ballot).where(Ballot.public_id == public_id).options(*_LOADED))


def is_public(ballot: Ballot) -> bool:
    """Tell whether anybody may know of a ballot."""
    return ballot.kind not in NATIONAL_KINDS


def locked(ballot: Ballot) -> Ballot:
    """Return the ballot read again under its row's lock, so that two who act come one after the other."""
    return session.execute(
        select(Ballot)
        .where(Ballot.id == ballot.id)
        .with_for_update(of=Ballot)
        .execution_options(populate_existing=True)
    ).scalar_one()


def position(ballot_id: int) -> Position | None:
    """Return the latest wording of the position with its approvals."""
    return session.scalar(
        select(Position)
        .where(Position.ballot_id == ballot_id)
        .order_by(Position.number.desc())
        .limit(1)
        .options(joinedload(Position.author), selectinload(Position.approvals))
    )


def votes(ballot_id: int) -> Sequence[Vote]:
    """Return every vote that was submitted, the latest first."""
    return session.scalars(
        select(Vote).where(Vote.ballot_id == ballot_id).order_by(Vote.number.desc()).options(joinedload(Vote.account))
    ).all()


def latest_vote(ballot_id: int) -> Vote | None:
    """Return the vote that counts."""
    return session.scalar(select(Vote).where(Vote.ballot_id == ballot_id).order_by(Vote.number.desc()).limit(1))


def signatures(position_id: int) -> Sequence[GuardSignature]:
    """Return the warnings that somebody answered for a wording."""
    return session.scalars(
        select(GuardSignature)
        .where(GuardSignature.position_id == position_id)
        .order_by(GuardSignature.code)
        .options(joinedload(GuardSignature.account))
    ).all()


def everybody_asked(ballot_id: int) -> Sequence[Enquired]:
    """Return who was asked, with their answers."""
    return session.scalars(
        select(Enquired)
        .where(Enquired.ballot_id == ballot_id)
        .order_by(Enquired.id)
        .options(joinedload(Enquired.account))
    ).all()


def enquired(ballot_id: int, account_id: int) -> Enquired | None:
    """Return what was asked of one person."""
    return session.scalar(select(Enquired).where(Enquired.ballot_id == ballot_id, Enquired.account_id == account_id))


def events(ballot_id: int) -> Sequence[BallotEvent]:
    """Return what happened, the latest first."""
    return session.scalars(
        select(BallotEvent)
        .where(BallotEvent.ballot_id == ballot_id)
        .order_by(BallotEvent.at.desc(), BallotEvent.id.desc())
        .options(joinedload(BallotEvent.account))
    ).all()


def documents(ballot_id: int) -> Sequence[BallotDocument]:
    """Return the files of a ballot."""
    return session.scalars(
        select(BallotDocument)
        .where(BallotDocument.ballot_id == ballot_id)
        .order_by(BallotDocument.id)
        .options(joinedload(BallotDocument.file))
    ).all()


def document(ballot_id: int, public_id: str) -> BallotDocument | None:
    """Return one file of a ballot."""
    return session.scalar(
        select(BallotDocument)
        .where(BallotDocument.ballot_id == ballot_id, BallotDocument.public_id == public_id)
        .options(joinedload(BallotDocument.file))
    )


def result(ballot_id: int) -> BallotResult | None:
    """Return the international result as it was entered last."""
    return session.scalar(
        select(BallotResult).where(BallotResult.ballot_id == ballot_id).order_by(BallotResult.number.desc()).limit(1)
    )


def incident(ballot_id: int) -> BallotIncident | None:
    """Return the incident of a missed ballot."""
    return session.scalar(select(BallotIncident).where(BallotIncident.ballot_id == ballot_id))
