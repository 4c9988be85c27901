"""The rules and terms in force on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from forum.ballots.models import BallotKind, BallotRule, BallotTerms
from forum.ballots.rules.terms import OfficeTerms, defaults, read_office
from forum.core.database import session


def rule_on(kind: BallotKind, day: date) -> BallotRule | None:
    """Return the rule for a kind of ballot on a day."""
    return session.scalar(
        select(BallotRule)
        .where(BallotRule.kind == kind, BallotRule.effective_from <= day)
        .order_by(BallotRule.effective_from.desc(), BallotRule.number.desc())
        .limit(1)
    )


def latest(kind: BallotKind) -> BallotRule | None:
    """Return the newest version of a rule, in force or coming."""
    return session.scalar(select(BallotRule).where(BallotRule.kind == kind).order_by(BallotRule.number.desc()).limit(1))


def versions() -> Mapping[BallotKind, Sequence[BallotRule]]:
    """Return every version of every rule, the newest first: one statement."""
    found: dict[BallotKind, list[BallotRule]] = {kind: [] for kind in BallotKind}
    for row in session.scalars(select(BallotRule).order_by(BallotRule.number.desc())):
        found[row.kind].append(row)
    return found


def terms_on(day: date) -> OfficeTerms:
    """Return what the office set for a day; before it set anything, what the house begins with."""
    row = session.scalar(
        select(BallotTerms)
        .where(BallotTerms.effective_from <= day)
        .order_by(BallotTerms.effective_from.desc(), BallotTerms.number.desc())
        .limit(1)
    )
    return read_office(row.terms if row is not None else defaults()["office"]["terms"])


def all_terms() -> Sequence[BallotTerms]:
    """Return every version of the office's terms, the newest first."""
    return session.scalars(select(BallotTerms).order_by(BallotTerms.number.desc())).all()
