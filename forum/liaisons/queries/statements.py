"""Reading statements: one condition says who may see which, for lists and for single pages alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from forum.committees.models import Committee
from forum.core.database import session
from forum.liaisons.models import (
    Addressee,
    Attachment,
    Confidentiality,
    Obligation,
    Purpose,
    Side,
    Statement,
    StatementLink,
)
from forum.liaisons.queries.mirrors import mirrored_by, today
from forum.liaisons.rules.seeing import Standing
from forum.liaisons.states import StatementState

NOBODY = Standing()
_SEARCHED = ("title_en", "title_zh", "body_en", "body_zh", "number", "register_number")


def _concerns(national_ids: frozenset[int], day: date) -> ColumnElement[bool]:
    """Keep the statements from or to a group that these national committees answer for, or are."""
    if not national_ids:
        return false()
    groups = select(Addressee.statement_id).where(
        or_(Addressee.committee_id.in_(mirrored_by(national_ids, day)), Addressee.committee_id.in_(national_ids))
    )
    return Statement.id.in_(groups)


def public() -> ColumnElement[bool]:
    """Keep what everybody may read."""
    return and_(Statement.state == StatementState.POSTED, Statement.confidentiality == Confidentiality.PUBLIC)


def visible(standing: Standing, now: datetime) -> ColumnElement[bool]:
    """Keep what somebody may read now."""
    if standing.reads_all:
        return true()
    day = today(now)
    ways: list[ColumnElement[bool]] = [public()]
    if standing.reads_internal:
        ways.append(Statement.confidentiality != Confidentiality.CONFIDENTIAL)
    if standing.leads:
        ways.append(_concerns(standing.leads, day))
    if standing.members:
        ways.append(
            and_(
                Statement.state == StatementState.POSTED,
                Statement.confidentiality == Confidentiality.INTERNAL,
                _concerns(standing.members, day),
            )
        )
    if standing and standing.account_id is not None:  # one's own work, as long as any post is held
        owed = select(Obligation.statement_id).where(Obligation.owner_id == standing.account_id)
        ways += [Statement.drafted_by_id == standing.account_id, Statement.id.in_(owed)]
    return or_(*ways)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for."""

    text: str = ""
    direction: str = ""
    purpose: str = ""
    state: str = ""
    committee: str = ""  # its slug

    def narrowed(self, query: Select[Statement]) -> Select[Statement]:
        """Return the query with what was asked."""
        if self.direction:
            query = query.where(Statement.direction == self.direction)
        if self.state:
            query = query.where(Statement.state == StatementState(self.state))
        if self.purpose:
            asked = select(Addressee.statement_id).where(Addressee.purpose == Purpose(self.purpose))
            query = query.where(Statement.id.in_(asked))
        if self.committee:
            named = select(Addressee.statement_id).join(Committee).where(Committee.slug == self.committee)
            query = query.where(Statement.id.in_(named))
        for word in self.text.split()[:6]:
            group = (
                select(Addressee.statement_id)
                .outerjoin(Committee, Committee.id == Addressee.committee_id)
                .where(
                    or_(
                        Committee.reference.icontains(word, autoescape=True),
                        Addressee.external_name.icontains(word, autoescape=True),
                    )
                )
            )
            columns = [Statement.__table__.c[name] for name in _SEARCHED]
            query = query.where(
                or_(*(column.icontains(word, autoescape=True) for column in columns), Statement.id.in_(group))
            )
        return query


_NEWEST = (func.coalesce(Statement.posted_at, Statement.state_since).desc(), Statement.id.desc())


def page(wanted: Wanted, seen: ColumnElement[bool], *, offset: int, limit: int) -> tuple[Sequence[Statement], int]:
    """Return a page of the statements that fit, the newest first, and how many there are: four statements of SQL."""
    query = wanted.narrowed(select(Statement).where(seen))
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Statement.id).subquery())) or 0
    rows = session.scalars(
        query.options(selectinload(Statement.addressees), selectinload(Statement.back_links))
        .order_by(*_NEWEST)
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, count


def one(public_id: str, seen: ColumnElement[bool]) -> Statement | None:
    """Return a statement, if it exists for this reader."""
    return session.scalar(
        select(Statement)
        .where(Statement.public_id == public_id, seen)
        .options(
            selectinload(Statement.addressees),
            selectinload(Statement.contacts),
            selectinload(Statement.attachments),
            selectinload(Statement.sendings),
            joinedload(Statement.drafted_by),
            joinedload(Statement.approved_by),
        )
    )


def attachment(statement: Statement, public_id: str, *, removed: bool = False) -> Attachment | None:
    """Return a file of a statement; one that was taken out only where it is asked for."""
    rows = statement.attachments if removed else statement.present_attachments
    return next((row for row in rows if row.public_id == public_id), None)


@dataclass(frozen=True, slots=True)
class Relative:
    """A statement that is tied to another one; ``back``: it came later and points here."""

    kind: str
    statement: Statement
    back: bool


def relatives(statement: Statement, seen: ColumnElement[bool]) -> Sequence[Relative]:
    """Return the statements that this one is tied to, as far as they exist for this reader."""
    found: list[Relative] = []
    for here, there, back in (
        (StatementLink.from_id, StatementLink.to_id, False),
        (StatementLink.to_id, StatementLink.from_id, True),
    ):
        rows = session.execute(
            select(StatementLink.kind, Statement)
            .join(Statement, Statement.id == there)
            .where(here == statement.id, seen)
            .options(selectinload(Statement.addressees))
            .order_by(StatementLink.id)
        )
        found += [Relative(str(kind), row, back) for kind, row in rows]
    return found


def waiting(standing: Standing, now: datetime, limit: int = 50) -> Sequence[Statement]:
    """Return what waits for somebody: to be finished, approved, taken up or posted."""
    if not standing.records:
        return []
    at_work = (StatementState.DRAFT, StatementState.PENDING, StatementState.APPROVED, StatementState.RECEIVED)
    return session.scalars(
        select(Statement)
        .where(Statement.state.in_(at_work), visible(standing, now))
        .options(selectinload(Statement.addressees))
        .order_by(Statement.deadline_at.is_(None), Statement.deadline_at, Statement.id)
        .limit(limit)
    ).all()


def counts(seen: ColumnElement[bool]) -> Mapping[str, int]:
    """Return how many statements there are by state, as far as they exist for this reader."""
    rows = session.execute(select(Statement.state, func.count()).where(seen).group_by(Statement.state))
    return {str(state): count for state, count in rows}


def of_committee(committee_id: int, seen: ColumnElement[bool], limit: int = 5) -> tuple[Sequence[Statement], int]:
    """Return the newest posted statements from or to a committee, and how many there are."""
    named = select(Addressee.statement_id).where(Addressee.committee_id == committee_id)
    query = select(Statement).where(Statement.id.in_(named), Statement.state == StatementState.POSTED, seen)
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Statement.id).subquery())) or 0
    rows = session.scalars(query.options(selectinload(Statement.addressees)).order_by(*_NEWEST).limit(limit)).all()
    return rows, count


def committees_named(seen: ColumnElement[bool], limit: int = 200) -> Sequence[Committee]:
    """Return the committees that statements for this reader come from or go to: the choices of the filter."""
    return session.scalars(
        select(Committee)
        .where(
            Committee.id.in_(
                select(Addressee.committee_id).join(Statement, Statement.id == Addressee.statement_id).where(seen)
            )
        )
        .order_by(Committee.sort_key, Committee.reference)
        .limit(limit)
    ).all()


def senders_of(statement: Statement) -> list[int | None]:
    """Return the committees it comes from; None for a group that isn't kept here."""
    return [one.committee_id for one in statement.addressees if one.side is Side.FROM]


def groups_of(statement: Statement) -> list[int | None]:
    """Return the committees on both sides."""
    return [one.committee_id for one in statement.addressees]
