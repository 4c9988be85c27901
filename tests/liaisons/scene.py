"""What addresses of this room name: of a national committee's own statements, and of another one's."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.committees.models import LiaisonRelation, RelationCategory, RelationState
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.liaisons.models import Confidentiality, Purpose
from forum.liaisons.operations import attaching, drafting
from forum.liaisons.operations.relations import Term, represent
from forum.liaisons.queries import obligations
from forum.liaisons.rules.seeing import Standing
from forum.offices.models import Office, OfficeRole
from tests.cast import Cast
from tests.liaisons.committees import committee, groups, words
from tests.liaisons.test_statements import PDF

OWNER = "liaison-owner@forum.test"
SIDES = {"own": ("ISO/TC 268", "ITU-T SG20"), "other": ("ITU-T SG20", "IEC SyC Smart Cities")}


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Record a confidential statement for each side, with a file, an obligation and a relation."""
    groups()
    owner = session.scalar(select(Account).where(Account.email == OWNER))
    if owner is None:
        owner = Account(email=OWNER, name="Liaison Owner", language="en")
        session.add(owner)
        session.flush()
        session.add(Office(account_id=owner.id, role=OfficeRole.LIAISON_OFFICER, starts_on=date(2026, 1, 1)))
        session.flush()
    return {side: _side(owner, to, other, now) for side, (to, other) in SIDES.items()}


def _side(owner: Account, to: str, other: str, now: datetime) -> dict[str, str]:
    doing: dict[str, Any] = {"standing": Standing(nation=True), "actor": SYSTEM, "now": now}
    written = words(
        senders=("World Council of Invented Cities",),
        receivers=((to, Purpose.ACTION),),
        confidentiality=Confidentiality.CONFIDENTIAL,
        deadline_on=(now + timedelta(days=30)).date(),
    )
    statement = drafting.receive(written, owner, **doing)
    file = attaching.attach(statement, "Terms", io.BytesIO(PDF), "terms.pdf", **doing)
    relation = LiaisonRelation(
        committee_id=committee(to).id,
        partner_id=committee(other).id,
        category=RelationCategory.A,
        state=RelationState.ACTIVE,
        review_due_on=(now + timedelta(days=400)).date(),
    )
    session.add(relation)
    session.flush()
    term = represent(relation, Term(now.date(), name="Wu Min"), **doing)
    obligation = obligations.of_statement(statement.id)
    assert obligation is not None
    return {
        "statement_id": statement.public_id,
        "attachment_id": file.public_id,
        "obligation_id": obligation.public_id,
        "relation_id": relation.public_id,
        "term_id": term.public_id,
        "layout": "itu",
        "ending": "docx",
    }
