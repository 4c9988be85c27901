"""What happens because a day has come: reminders, and the steps that nobody has to take."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import Refusal
from forum.offices.models import OfficeRole
from forum.offices.queries import holders
from forum.partnerships.models import AgreementVersion, PartyReminder
from forum.partnerships.operations.performing import BY_ITSELF, perform, settle
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import SYSTEM_STANDING
from forum.partnerships.states import VersionState
from forum.ports.mail.outbox import post

ANSWER_REMINDERS = (-7, -1, 7)  # days from the answer-by date
IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.RENEWAL, VersionState.SUSPENDED})


def turn_of_the_day(*, now: datetime) -> int:
    """Remind, then let happen what is due; return how many cases moved.  Once a day or more often: nothing doubles."""
    today = today_in("", now)
    for version in _in(VersionState.INVITED):
        remind_of_answer(version, now=now)
    moved = 0
    for version in [*_in(*(BY_ITSELF.keys() - IN_FORCE)), *_in(*IN_FORCE, ends_by=today + timedelta(days=1))]:
        moved += bool(settle(version, now=now))
    for version in _in(VersionState.ACTIVE, ends_by=today + timedelta(days=terms().renewal_days)):
        try:
            perform(version, "open_renewal", standing=SYSTEM_STANDING, actor=SYSTEM, now=now)
        except Refusal:
            continue
        moved += 1
    return moved


def _in(*states: VersionState, ends_by: date | None = None) -> list[AgreementVersion]:
    """Return the versions in these states; ``ends_by``: whose term ends until then."""
    query = select(AgreementVersion).where(AgreementVersion.state.in_(states)).order_by(AgreementVersion.id)
    if ends_by is not None:
        query = query.where(AgreementVersion.ends_on <= ends_by)
    return list(session.scalars(query))


def remind_of_answer(version: AgreementVersion, *, now: datetime) -> int:
    """Remind the liaisons of the invited cities of the answer; return how many letters went out.

    Each reminder goes once to each recipient; a moved date has its own reminders.
    """
    if version.answer_by is None or version.state is not VersionState.INVITED:
        return 0
    today = today_in("", now)
    due = [days for days in ANSWER_REMINDERS if today >= version.answer_by + timedelta(days=days)]
    if not due:
        return 0
    kind, sent = f"answer_by:{due[-1]:+d}", 0
    for party in version.partnership.parties:
        if party.inviting:
            continue
        for office in holders(OfficeRole.CITY_LIAISON, now, city_id=party.city_id):
            if _reminded(version, kind, version.answer_by, office.account_id):
                continue
            session.add(
                PartyReminder(
                    version_id=version.id,
                    kind=kind,
                    due_on=version.answer_by,
                    account_id=office.account_id,
                    sent_at=now,
                )
            )
            language = office.account.language
            post(
                "partnership_answer",
                office.account.email,
                language,
                now=now,
                key=f"{version.public_id}:{kind}:{version.answer_by}",
                number=version.partnership.number,
                day=version.answer_by.isoformat(),
                address=f"{premises().base_url}/{language}/desk/partnerships/{version.public_id}",
            )
            sent += 1
    session.flush()
    return sent


def _reminded(version: AgreementVersion, kind: str, due_on: date, account_id: int) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    PartyReminder.version_id == version.id,
                    PartyReminder.kind == kind,
                    PartyReminder.due_on == due_on,
                    PartyReminder.account_id == account_id,
                )
            )
        )
    )
