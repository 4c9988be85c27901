"""The statements of the demonstration: eight, invented, and each says so."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.core.database import session
from forum.liaisons.models import Obligation, Statement, StatementLink
from forum.offices.models import Office, OfficeRole
from forum.site.demonstration.loading import liaisons
from tests.conftest import START
from tests.liaisons.committees import SINCE, Desk, groups


def test_eight_statements_with_a_chain_and_one_that_is_due_soon(desk: Desk) -> None:
    assert liaisons.write(now=START) == 0  # nothing without its people
    groups()
    for email, role in (
        (liaisons.OFFICER, OfficeRole.LIAISON_OFFICER),
        (liaisons.APPROVER, OfficeRole.STANDARDS_OFFICER),
    ):
        account = Account(email=email, name="Somebody", language="zh")
        session.add(account)
        session.flush()
        session.add(Office(account_id=account.id, role=role, starts_on=SINCE))
    session.flush()
    assert liaisons.write(now=START) == 8
    rows = session.scalars(select(Statement)).all()
    assert len(rows) == 8
    assert all("invented" in (row.body_en or "") and "虚构" in (row.body_zh or "") for row in rows)
    assert session.scalar(select(func.count()).select_from(StatementLink)) == 2
    (owed,) = session.scalars(select(Obligation).where(Obligation.answered_at.is_(None)))
    assert owed.owner.email == liaisons.OFFICER
    assert 0 < (owed.due_at - START).days < 14
