"""Reading obligations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from forum.core.database import session
from forum.liaisons.models import Obligation, Side, Statement
from forum.liaisons.queries.statements import visible
from forum.liaisons.rules.figures import Answered, Figures, figures
from forum.liaisons.rules.seeing import Standing
from forum.liaisons.states import OWED, ObligationState


def _for(standing: Standing, now: datetime) -> Select[Obligation]:
    return (
        select(Obligation)
        .join(Statement, Statement.id == Obligation.statement_id)
        .where(visible(standing, now))
        .options(joinedload(Obligation.statement).selectinload(Statement.addressees))
    )


def _narrowed(show: str, standing: Standing, now: datetime) -> list[ColumnElement[bool]]:
    owed = Obligation.state.in_(OWED)
    ways: dict[str, list[ColumnElement[bool]]] = {
        "mine": [owed, Obligation.owner_id == standing.account_id],
        "overdue": [owed, Obligation.due_at <= now],
        "done": [Obligation.state.not_in(OWED)],
        "all": [],
    }
    return ways.get(show, [owed])


def page(show: str, standing: Standing, now: datetime, *, offset: int, limit: int) -> tuple[Sequence[Obligation], int]:
    """Return a page of the register, the nearest date first; ``show``: open, mine, overdue, done or all."""
    query = _for(standing, now).where(*_narrowed(show, standing, now))
    counted = query.with_only_columns(Obligation.id).options().order_by(None)
    count = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    late_first = Obligation.state.not_in(OWED)
    rows = session.scalars(query.order_by(late_first, Obligation.due_at, Obligation.id).offset(offset).limit(limit))
    return rows.unique().all(), count


def one(public_id: str, standing: Standing, now: datetime) -> Obligation | None:
    """Return an obligation, if it exists for this reader."""
    return session.scalars(_for(standing, now).where(Obligation.public_id == public_id)).unique().one_or_none()


def of_statement(statement_id: int) -> Obligation | None:
    """Return what is owed in answer to a statement."""
    return session.scalar(select(Obligation).where(Obligation.statement_id == statement_id))


def count_owed_by(account_id: int | None) -> int:
    """Return how many answers somebody owes."""
    query = select(func.count()).where(Obligation.owner_id == account_id, Obligation.state.in_(OWED))
    return session.scalar(query) or 0


def owed_by(account_id: int, now: datetime) -> tuple[int, int]:
    """Return how many answers somebody owes, and how many of them are late: one statement."""
    late = func.sum(case((Obligation.due_at <= now, 1), else_=0))
    query = select(func.count(), late).where(Obligation.owner_id == account_id, Obligation.state.in_(OWED))
    count, overdue = session.execute(query).one()
    return int(count), int(overdue or 0)


def owed() -> Sequence[Obligation]:
    """Return every answer that still waits, with its statement."""
    return (
        session.scalars(
            select(Obligation)
            .where(Obligation.state.in_(OWED))
            .options(joinedload(Obligation.statement).selectinload(Statement.addressees))
            .order_by(Obligation.due_at, Obligation.id)
        )
        .unique()
        .all()
    )


def figures_for(standing: Standing, now: datetime) -> Sequence[Figures]:
    """Return how answers went, by the committee that was asked; what was waived doesn't count."""
    rows = session.scalars(_for(standing, now).where(Obligation.state != ObligationState.WAIVED)).unique()
    return figures(
        (
            Answered(
                tuple(group.name for group in row.statement.addressees if group.side is Side.TO),
                row.opened_at,
                row.due_at,
                row.answered_at,
            )
            for row in rows
        ),
        now,
    )
