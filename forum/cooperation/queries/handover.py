"""What a liaison hands over: promises, dates, people, last contact and open points of one city's partnerships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from forum.accounts.models import Account
from forum.cooperation.models import (
    Activity,
    Assessment,
    Deliverable,
    Evidence,
    HandoverNote,
    Report,
)
from forum.cooperation.queries.assessments import unanswered
from forum.cooperation.queries.plan import Reached, reached_in
from forum.cooperation.states import OPEN_ACTIVITIES, DeliverableState, ReportState
from forum.core.database import session
from forum.offices.models import Office, OfficeRole
from forum.offices.queries import holders
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty
from forum.partnerships.states import FINAL, VersionState

_OWED = (DeliverableState.PLANNED, DeliverableState.DRAFTING)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who is spoken to on a party's behalf."""

    party: PartnershipParty
    words: str  # as the party gave them
    coordinator: Account | None


@dataclass(frozen=True, slots=True)
class Matter:
    """One partnership as its successor must know it."""

    partnership: Partnership
    version: AgreementVersion | None
    contacts: tuple[Contact, ...]
    milestones: tuple[Reached, ...]  # not yet done
    deliverables: tuple[Deliverable, ...]  # promised, not yet delivered
    activities: tuple[Activity, ...]  # planned or running
    reports: tuple[Report, ...]  # waiting for somebody
    evidence_waiting: int  # not yet checked
    assessments: tuple[Assessment, ...]  # this side still owes an answer
    last_contact: date | None  # the latest activity, report or piece of evidence of any side

    @property
    def open_points(self) -> int:
        """How many things wait for somebody."""
        return len(self.reports) + self.evidence_waiting + len(self.assessments) + len(self.activities)


def of_city(city_id: int) -> tuple[Matter, ...]:
    """Return the open partnerships of a city; a number of statements that doesn't grow with them."""
    partnerships = _open(city_id)
    ids = [one.id for one in partnerships]
    versions = _versions(ids)
    reached = [one for one in reached_in(ids) if not one.done]
    deliverables = session.scalars(
        select(Deliverable)
        .where(Deliverable.partnership_id.in_(ids), Deliverable.state.in_(_OWED))
        .order_by(Deliverable.due_on, Deliverable.id)
    ).all()
    activities = session.scalars(
        select(Activity)
        .where(Activity.partnership_id.in_(ids), Activity.state.in_(OPEN_ACTIVITIES))
        .order_by(Activity.begins_at, Activity.id)
    ).all()
    reports = session.scalars(
        select(Report)
        .where(Report.partnership_id.in_(ids), Report.state.not_in((ReportState.ACCEPTED, ReportState.DRAFT)))
        .order_by(Report.period_to)
    ).all()
    assessments = session.scalars(select(Assessment).where(Assessment.partnership_id.in_(ids))).all()
    owed = unanswered([one.id for one in assessments])
    waiting = _waiting(ids)
    coordinators = _coordinators(partnerships)
    last = _last_contact(ids)
    found = []
    for one in partnerships:
        side = next(party.side for party in one.parties if party.city_id == city_id)
        found.append(
            Matter(
                partnership=one,
                version=versions.get(one.id),
                contacts=tuple(
                    Contact(party, party.contact, coordinators.get(party.coordinator_id or 0)) for party in one.parties
                ),
                milestones=tuple(row for row in reached if row.milestone.partnership_id == one.id),
                deliverables=tuple(row for row in deliverables if row.partnership_id == one.id),
                activities=tuple(row for row in activities if row.partnership_id == one.id),
                reports=tuple(row for row in reports if row.partnership_id == one.id),
                evidence_waiting=waiting.get(one.id, 0),
                assessments=tuple(row for row in assessments if row.partnership_id == one.id and side in owed[row.id]),
                last_contact=last.get(one.id),
            )
        )
    return tuple(found)


def _open(city_id: int) -> Sequence[Partnership]:
    return session.scalars(
        select(Partnership)
        .join(PartnershipParty, PartnershipParty.partnership_id == Partnership.id)
        .where(PartnershipParty.city_id == city_id, Partnership.closed_at.is_(None), _known())
        .order_by(Partnership.number)
    ).all()


def _known() -> ColumnElement[bool]:
    return Partnership.id.in_(
        select(AgreementVersion.partnership_id).where(
            AgreementVersion.state.not_in(FINAL),
            # Nobody but the inviting city knows of a draft.
            (AgreementVersion.state != VersionState.DRAFT) | PartnershipParty.inviting,
        )
    )


def _versions(ids: Sequence[int]) -> dict[int, AgreementVersion]:
    rows = session.scalars(
        select(AgreementVersion)
        .where(AgreementVersion.partnership_id.in_(ids), AgreementVersion.state.not_in(FINAL))
        .order_by(AgreementVersion.number.desc())
    )
    return {row.partnership_id: row for row in rows}  # the earliest that is still alive


def _waiting(ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Evidence.partnership_id, func.count())
        .where(Evidence.partnership_id.in_(ids), Evidence.verdict.is_(None))
        .group_by(Evidence.partnership_id)
    )
    return dict(rows.all())


def _coordinators(partnerships: Sequence[Partnership]) -> dict[int, Account]:
    wanted = {party.coordinator_id for one in partnerships for party in one.parties if party.coordinator_id}
    return {row.id: row for row in session.scalars(select(Account).where(Account.id.in_(wanted)))}


def _last_contact(ids: Sequence[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for column, owner in (
        (func.max(Activity.actual_to), Activity.partnership_id),
        (func.max(Evidence.dated_on), Evidence.partnership_id),
        (func.max(Report.submitted_at), Report.partnership_id),
    ):
        for partnership_id, latest in session.execute(select(owner, column).where(owner.in_(ids)).group_by(owner)):
            if latest is None:
                continue
            day = latest.date() if isinstance(latest, datetime) else latest
            found[partnership_id] = max(day, found.get(partnership_id, day))
    return found


def note_of(office_id: int) -> HandoverNote | None:
    """Return the note of an office."""
    return session.scalar(select(HandoverNote).where(HandoverNote.office_id == office_id))


def notes_of_city(city_id: int) -> Sequence[HandoverNote]:
    """Return the notes of a city's liaisons, the latest first."""
    return session.scalars(
        select(HandoverNote)
        .join(Office, Office.id == HandoverNote.office_id)
        .where(Office.city_id == city_id)
        .order_by(HandoverNote.written_at.desc(), HandoverNote.id.desc())
    ).all()


def open_partnerships_without_other(office: Office, now: datetime) -> int:
    """Return how many open partnerships of a liaison's city would have nobody left; 0 while there is another."""
    if office.role is not OfficeRole.CITY_LIAISON or office.city_id is None:
        return 0
    others = holders(OfficeRole.CITY_LIAISON, now, city_id=office.city_id)
    if any(one.account_id != office.account_id for one in others):
        return 0
    return len(_open(office.city_id))
