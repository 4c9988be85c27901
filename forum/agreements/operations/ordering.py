"""The order of the clauses: two that stand beside each other change places."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from forum.agreements.errors import ClauseStays, OrderChanged
from forum.agreements.models import Clause
from forum.agreements.operations.locking import open_for
from forum.agreements.queries import places
from forum.agreements.rules.ordering import FIXED, exchanged
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session


def move_clause(clause: Clause, beside: str, *, party_key: str, actor: Actor, now: datetime) -> None:
    """Let a clause change places with the one that stood beside it on the page.

    Who writes in one of the two meanwhile isn't disturbed: their wording is as they read it.  Raises ``ClauseStays``,
    ``OrderChanged`` and ``TextIsFrozen``.
    """
    text = open_for(clause.agreement)
    standing = places(text)
    keys = [place.key for place in standing]
    if {clause.key, beside} & FIXED:
        raise ClauseStays
    if clause.key not in keys or beside not in keys or abs(keys.index(clause.key) - keys.index(beside)) != 1:
        raise OrderChanged
    for key, order in exchanged(standing, clause.key, beside).items():
        session.execute(
            update(Clause)
            .where(Clause.text_id == text.id, Clause.key == key)
            .values(order=order)
            .execution_options(synchronize_session=False)
        )
    text.revision += 1
    session.flush()
    session.expire(text, ["clauses"])
    record(
        actor, "move_clause", "agreement_text", text.public_id, now=now,
        clause=clause.key, beside=beside, revision=text.revision, party=party_key,
    )  # fmt: skip
