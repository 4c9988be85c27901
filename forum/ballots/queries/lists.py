"""Lists of ballots: what the public sees, the tabs of those with reach, and how we do our duty to vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import NATIONAL_KINDS, Ballot, CaseState, Enquired, Position, Vote
from forum.ballots.rules.backplan import BEIJING
from forum.ballots.rules.risk import Duty
from forum.committees.models import Committee
from forum.committees.permissions import MirrorReach
from forum.core.database import session
from forum.core.refusals import N_

PAGE = 25
_PUBLIC = Ballot.kind.not_in(list(NATIONAL_KINDS))
_WITHOUT = (CaseState.MISSED, CaseState.NO_POSITION)
_DUE = (*_WITHOUT, CaseState.CLOSED, CaseState.DISPOSITIONED)


class Tab(StrEnum):
    """The lists of those who work on ballots, as in the tool of ISO."""

    REQUIRED = "required"
    MANDATORY = "mandatory"
    OPEN = "open"
    NEW = "new"
    CLOSING = "closing"
    CLOSED = "closed"


TABS: dict[str, str] = {
    "required": N_("Vote required"),
    "mandatory": N_("All mandatory"),
    "open": N_("All open"),
    "new": N_("New in two weeks"),
    "closing": N_("Closing in two weeks"),
    "closed": N_("Closed in two weeks"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A ballot with what a list shows of our case."""

    ballot: Ballot
    answer: str = ""  # of the latest position
    objections: int = 0  # of the guard against it
    voted: str = ""  # of the vote that counts


def within(reach: MirrorReach) -> ColumnElement[bool]:
    """Return the condition that a case is within reach."""
    return true() if reach.everything else Ballot.national_id.in_(sorted(reach.national_ids))


def _running(now: datetime) -> ColumnElement[bool]:
    return and_(Ballot.closes_at > now, Ballot.cancelled_at.is_(None))


def _loaded(query: Select[Ballot]) -> Select[Ballot]:
    return query.options(
        joinedload(Ballot.standard),
        joinedload(Ballot.committee).selectinload(Committee.names),
        joinedload(Ballot.secretary),
        selectinload(Ballot.steps),
    )


def public(now: datetime, page: int = 1) -> tuple[Sequence[Ballot], int]:
    """Return a page of what is open abroad, the next to close first, and how many there are."""
    wanted = select(Ballot).where(_PUBLIC, _running(now))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(_loaded(wanted).order_by(Ballot.closes_at, Ballot.id).offset((page - 1) * PAGE).limit(PAGE))
    return rows.all(), count


def _voted() -> ColumnElement[bool]:
    return exists().where(Vote.ballot_id == Ballot.id)


def _condition(tab: Tab, now: datetime, window: timedelta) -> ColumnElement[bool]:
    running = _running(now)
    if tab is Tab.REQUIRED:
        return and_(running, Ballot.mandatory.is_(True), Ballot.state != CaseState.NO_POSITION, ~_voted())
    if tab is Tab.MANDATORY:
        return and_(running, Ballot.mandatory.is_(True))
    if tab is Tab.NEW:
        return and_(running, Ballot.opens_at >= now - window)
    if tab is Tab.CLOSING:
        return and_(running, Ballot.closes_at <= now + window)
    if tab is Tab.CLOSED:
        return and_(Ballot.closes_at <= now, Ballot.closes_at >= now - window)
    return running


def of_tab(
    tab: Tab, reach: MirrorReach, now: datetime, *, window_days: int, page: int = 1
) -> tuple[Sequence[Line], int]:
    """Return a page of a tab within reach, and how many there are: a number of statements that doesn't grow."""
    wanted = select(Ballot).where(within(reach), _condition(tab, now, timedelta(days=window_days)))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = Ballot.closes_at.desc() if tab is Tab.CLOSED else Ballot.closes_at
    rows = session.scalars(_loaded(wanted).order_by(order, Ballot.id).offset((page - 1) * PAGE).limit(PAGE)).all()
    return lines(rows), count


def lines(rows: Sequence[Ballot]) -> Sequence[Line]:
    """Return ballots with our latest position and vote: two statements for all."""
    ids = [row.id for row in rows]
    wordings: dict[int, tuple[str, int]] = {}
    for ballot_id, answer, objections in session.execute(
        select(Position.ballot_id, Position.answer, Position.objections)
        .where(Position.ballot_id.in_(ids))
        .order_by(Position.number)
    ):
        wordings[ballot_id] = (answer, objections)
    votes = session.execute(select(Vote.ballot_id, Vote.answer).where(Vote.ballot_id.in_(ids)).order_by(Vote.number))
    cast: dict[int, str] = {row[0]: row[1] for row in votes}
    return [Line(row, *wordings.get(row.id, ("", 0)), cast.get(row.id, "")) for row in rows]


def counts(reach: MirrorReach, now: datetime, *, window_days: int) -> Mapping[Tab, int]:
    """Return how many ballots each tab holds: one statement."""
    window = timedelta(days=window_days)
    columns = [func.sum(case((_condition(tab, now, window), 1), else_=0)) for tab in Tab]
    found = session.execute(select(*columns).where(within(reach))).one()
    return {tab: int(number or 0) for tab, number in zip(Tab, found, strict=True)}


def count_required(reach: MirrorReach, now: datetime) -> int:
    """Return how many open ballots within reach still need our vote."""
    needed = _condition(Tab.REQUIRED, now, timedelta())
    return session.scalar(select(func.count()).select_from(Ballot).where(within(reach), needed)) or 0


def asked_of(account_id: int, now: datetime) -> Sequence[Enquired]:
    """Return the enquiries that wait for somebody's answer."""
    return session.scalars(
        select(Enquired)
        .join(Ballot, Ballot.id == Enquired.ballot_id)
        .where(Enquired.account_id == account_id, Enquired.answered_at.is_(None), _running(now))
        .where(Ballot.state.not_in([CaseState.NO_POSITION, CaseState.MISSED]))
        .order_by(Ballot.closes_at)
        .limit(50)
        .options(
            joinedload(Enquired.ballot).joinedload(Ballot.standard),
            joinedload(Enquired.ballot).selectinload(Ballot.steps),
        )
    ).all()


def duties(reach: MirrorReach, now: datetime) -> Sequence[tuple[Committee, Duty]]:
    """Return for each international committee how many votes were due this year and how many weren't given.

    A ballot on which no position was taken counts as one without a vote: abroad nobody sees the difference.
    """
    year = now.astimezone(ZoneInfo(BEIJING)).year
    begin = datetime(year, 1, 1, tzinfo=ZoneInfo(BEIJING)).astimezone(UTC)
    missed = func.sum(case((Ballot.state.in_(_WITHOUT), 1), else_=0))
    rows = session.execute(
        select(Ballot.committee_id, func.count(), missed)
        .where(
            within(reach),
            _PUBLIC,
            Ballot.mandatory.is_(True),
            Ballot.state.in_(_DUE),
            Ballot.closes_at >= begin,
            Ballot.closes_at <= now,
        )
        .group_by(Ballot.committee_id)
    ).all()
    committees = {
        one.id: one
        for one in session.scalars(
            select(Committee).where(Committee.id.in_([row[0] for row in rows])).order_by(Committee.sort_key)
        )
    }
    by_id = {row[0]: Duty(int(row[1]), int(row[2] or 0)) for row in rows}
    return [(committee, by_id[key]) for key, committee in committees.items()]


def of_standard(standard_id: int, now: datetime) -> Sequence[Ballot]:
    """Return the international ballots on a standard, the latest first."""
    return session.scalars(
        _loaded(select(Ballot).where(Ballot.standard_id == standard_id, _PUBLIC, Ballot.opens_at <= now))
        .order_by(Ballot.closes_at.desc())
        .limit(20)
    ).all()


def for_calendar(reach: MirrorReach, since: datetime) -> Sequence[Ballot]:
    """Return what a calendar holds: what everybody may see, and national ballots within reach."""
    return session.scalars(
        _loaded(select(Ballot).where(or_(_PUBLIC, within(reach)), Ballot.closes_at >= since))
        .order_by(Ballot.closes_at, Ballot.id)
        .limit(500)
    ).all()


def of_committee(committee_id: int, now: datetime) -> Sequence[Ballot]:
    """Return the international ballots that a committee has open."""
    return session.scalars(
        _loaded(select(Ballot).where(Ballot.committee_id == committee_id, _PUBLIC, _running(now)))
        .order_by(Ballot.closes_at)
        .limit(20)
    ).all()
