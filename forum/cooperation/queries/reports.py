"""Reading reports and outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.cooperation.models import Evidence, Outcome, OutcomeValue, Report, ReportKind
from forum.cooperation.states import ReportState
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, PartnershipParty
from forum.partnerships.rules.seeing import Standing


def of_partnership(partnership_id: int, standing: Standing) -> Sequence[Report]:
    """Return the reports that exist for this reader, the latest period first; a draft is its side's own."""
    rows = session.scalars(
        select(Report)
        .where(Report.partnership_id == partnership_id)
        .options(selectinload(Report.party).selectinload(PartnershipParty.city))
        .order_by(Report.period_to.desc(), Report.id.desc())
    )
    return [row for row in rows if exists_for(row, standing)]


def exists_for(report: Report, standing: Standing) -> bool:
    """Tell whether a report exists for this reader."""
    sides = {party.side for party in report.partnership.parties if party.id in standing.parties}
    if report.written_by in sides:
        return True
    if report.state is ReportState.DRAFT:
        return False
    return bool(sides) or standing.inside


def one(partnership_id: int, public_id: str, standing: Standing) -> Report | None:
    """Return a report, if it exists for this reader."""
    found = session.scalar(select(Report).where(Report.partnership_id == partnership_id, Report.public_id == public_id))
    return found if found is not None and exists_for(found, standing) else None


def final_of(version: AgreementVersion) -> Report | None:
    """Return the joint final report of a version that the counterpart has confirmed, an accepted one before others."""
    query = select(Report).where(
        Report.partnership_id == version.partnership_id,
        Report.kind == ReportKind.FINAL,
        Report.state.in_([ReportState.CONFIRMED, ReportState.ACCEPTED]),
    )
    if version.effective_on is not None:  # the report of an earlier term closes no later one
        query = query.where(Report.period_to >= version.effective_on)
    return session.scalars(query.order_by(Report.state == ReportState.CONFIRMED, Report.id.desc()).limit(1)).first()


def outcomes(partnership_id: int) -> Sequence[Outcome]:
    """Return the outcomes of a partnership with their values and the evidence for them."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.partnership_id == partnership_id)
        .options(selectinload(Outcome.values).selectinload(OutcomeValue.evidence).selectinload(Evidence.party))
        .order_by(Outcome.id)
    ).all()
