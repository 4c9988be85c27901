"""What falls due: plain rows, read in a number of statements that doesn't grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select

from forum.cooperation.models import Activity, Assessment, Deliverable, Report, ReportKind
from forum.cooperation.queries.assessments import unanswered
from forum.cooperation.queries.plan import reached_in
from forum.cooperation.rules.due import REMINDER_DAYS, Due, DueKind, annual_due, final_report_due, within
from forum.cooperation.states import ActivityState, DeliverableState, ReportState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, Partnership, Side
from forum.partnerships.queries.settings import reminder_days
from forum.partnerships.rules.dates import today_in
from forum.partnerships.states import VersionState

_WORKING = (VersionState.ACTIVE, VersionState.RENEWAL)
_WRITTEN = (ReportState.SUBMITTED, ReportState.CONFIRMED, ReportState.DISPUTED, ReportState.ACCEPTED)
_SETTLED = (DeliverableState.DELIVERED, DeliverableState.ACCEPTED, DeliverableState.DROPPED)


def due(now: datetime) -> tuple[Due, ...]:
    """Return what is overdue or soon due under agreements in force or just ended, the earliest first."""
    today = today_in("", now)
    working = _partnerships(_WORKING)
    rows = [
        *_activity_reports(working),
        *_annual_reports(working, today),
        *_final_reports(),
        *_milestones(working),
        *_deliverables(working),
        *_assessments(working),
    ]
    return within(rows, today, reminder_days(REMINDER_DAYS))


def _partnerships(states: Sequence[VersionState]) -> dict[int, Partnership]:
    rows = session.scalars(
        select(Partnership).where(
            Partnership.id.in_(select(AgreementVersion.partnership_id).where(AgreementVersion.state.in_(states)))
        )
    )
    return {row.id: row for row in rows}


def _row(kind: DueKind, day: date, partnership: Partnership, subject: str, title: Text, sides: frozenset[Side]) -> Due:
    cities = tuple(party.city_id for party in partnership.parties if party.side in sides)
    return Due(kind, day, partnership.id, partnership.number, subject, title, cities)


_BOTH = frozenset(Side)


def _activity_reports(working: dict[int, Partnership]) -> Iterator[Due]:
    written = select(Report.activity_id).where(Report.activity_id.is_not(None), Report.state.in_(_WRITTEN))
    rows = session.scalars(
        select(Activity).where(
            Activity.partnership_id.in_(working),
            Activity.state == ActivityState.HELD,
            Activity.report_due_on.is_not(None),
            Activity.id.not_in(written),
        )
    )
    for row in rows:
        if row.report_due_on is not None:
            yield _row(
                DueKind.ACTIVITY_REPORT,
                row.report_due_on,
                working[row.partnership_id],
                row.reference,
                row.text("title"),
                _BOTH,
            )


def _reports(kind: ReportKind) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = session.execute(
        select(Report.partnership_id, Report.period_to).where(Report.kind == kind, Report.state.in_(_WRITTEN))
    )
    for partnership_id, period_to in rows:
        found.setdefault(partnership_id, []).append(period_to)
    return found


def _annual_reports(working: dict[int, Partnership], today: date) -> Iterator[Due]:
    written = _reports(ReportKind.ANNUAL)
    rows = session.execute(
        select(AgreementVersion.partnership_id, AgreementVersion.effective_on).where(
            AgreementVersion.state.in_(_WORKING), AgreementVersion.effective_on.is_not(None)
        )
    )
    for partnership_id, effective_on in rows:
        if effective_on is None:
            continue
        day = annual_due(effective_on, today)
        # Written is a report whose period ends in the year before the due date.
        if any(0 <= (day - end).days < 365 for end in written.get(partnership_id, ())):
            continue
        partnership = working[partnership_id]
        yield _row(DueKind.ANNUAL_REPORT, day, partnership, partnership.reference, partnership.text("title"), _BOTH)


def _final_reports() -> Iterator[Due]:
    written = _reports(ReportKind.FINAL)
    rows = session.scalars(
        select(AgreementVersion).where(
            AgreementVersion.state == VersionState.EXPIRED, AgreementVersion.ends_on.is_not(None)
        )
    )
    for row in rows:
        if row.partnership_id in written or row.ends_on is None:
            continue
        partnership = row.partnership
        yield _row(
            DueKind.FINAL_REPORT,
            final_report_due(row.ends_on),
            partnership,
            partnership.reference,
            partnership.text("title"),
            _BOTH,
        )


def _milestones(working: dict[int, Partnership]) -> Iterator[Due]:
    for reached in reached_in(list(working)):
        if not reached.done:
            row = reached.milestone
            partnership = working[row.partnership_id]
            yield _row(DueKind.MILESTONE, row.due_on, partnership, row.reference, row.text("title"), _BOTH)


def _deliverables(working: dict[int, Partnership]) -> Iterator[Due]:
    rows = session.scalars(
        select(Deliverable).where(Deliverable.partnership_id.in_(working), Deliverable.state.not_in(_SETTLED))
    )
    for row in rows:
        yield _row(
            DueKind.DELIVERABLE,
            row.due_on,
            working[row.partnership_id],
            f"deliverable:{row.public_id}",
            row.text("title"),
            frozenset({row.owner}),
        )


def _assessments(working: dict[int, Partnership]) -> Iterator[Due]:
    rows = session.scalars(select(Assessment).where(Assessment.partnership_id.in_(working))).all()
    owed = unanswered([row.id for row in rows])
    for row in rows:
        if sides := owed[row.id]:
            partnership = working[row.partnership_id]
            title = partnership.text("title")
            yield _row(DueKind.ASSESSMENT, row.due_on, partnership, f"assessment:{row.public_id}", title, sides)
