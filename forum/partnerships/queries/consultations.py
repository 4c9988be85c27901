"""Opinions asked of authorities and experts: who can answer, who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from forum.core.database import session
from forum.offices.models import Line, Office, OfficeRole
from forum.offices.queries import holders, offices_of
from forum.partnerships.models import AgreementVersion, CaseOpinion, Level, OpinionKind
from forum.partnerships.rules.seeing import Standing


def reviewers_of(line: Line | None, now: datetime) -> Sequence[Office]:
    """Return the national reviewers who answer for an authority."""
    found = holders(OfficeRole.NATIONAL_REVIEWER, now)
    return [office for office in found if line is not None and office.line is line]


def experts(now: datetime) -> Sequence[Office]:
    """Return the committee's experts, each once."""
    return list({office.account_id: office for office in holders(OfficeRole.TC_EXPERT, now)}.values())


def lines_with_reviewers(now: datetime) -> Sequence[Line]:
    """Return the authorities that somebody answers for, in their usual order."""
    there = {office.line for office in holders(OfficeRole.NATIONAL_REVIEWER, now)}
    return [line for line in Line if line in there]


def answers(opinion: CaseOpinion, account_id: int | None, now: datetime) -> bool:
    """Tell whether somebody is the one who was asked, or answers for the authority that was."""
    if account_id is None:
        return False
    if opinion.kind is OpinionKind.EXPERT:
        held = {office.role for office in offices_of(account_id, now)}
        return opinion.author_id == account_id and OfficeRole.TC_EXPERT in held
    return opinion.kind is OpinionKind.LINE and account_id in {
        office.account_id for office in reviewers_of(opinion.line, now)
    }


def consultations_for(version: AgreementVersion, standing: Standing) -> Sequence[CaseOpinion]:
    """Return what was asked and answered: for the national level and auditors; an expert reads their own."""
    if not standing.inside:
        return ()
    query = (
        select(CaseOpinion)
        .where(CaseOpinion.version_id == version.id, CaseOpinion.kind != OpinionKind.FOREIGN_AFFAIRS)
        .order_by(CaseOpinion.id)
    )
    if standing.domestic < Level.NATION and "auditor" not in standing.roles:
        query = query.where(CaseOpinion.author_id == standing.account_id)
    return session.scalars(query).all()


def consultation_for(version: AgreementVersion, standing: Standing, public_id: str) -> CaseOpinion | None:
    """Return one of these."""
    return next((each for each in consultations_for(version, standing) if each.public_id == public_id), None)


def awaited_from(account_id: int) -> ColumnElement[bool]:
    """Return the condition that an opinion on the version is awaited from somebody who holds the office for it."""
    asked = or_(
        and_(CaseOpinion.kind == OpinionKind.EXPERT, CaseOpinion.author_id == account_id),
        and_(
            CaseOpinion.kind == OpinionKind.LINE,
            exists().where(
                Office.account_id == account_id,
                Office.role == OfficeRole.NATIONAL_REVIEWER,
                Office.line == CaseOpinion.line,
                Office.ended_at.is_(None),
            ),
        ),
    )
    open_ = (CaseOpinion.given_on.is_(None), CaseOpinion.overdue_at.is_(None))
    return exists().where(CaseOpinion.version_id == AgreementVersion.id, *open_, asked)
