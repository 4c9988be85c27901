"""What happens because a day has come: the steps that nobody has to take."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.models import AgreementVersion
from forum.partnerships.operations.performing import BY_ITSELF, perform, settle
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import SYSTEM_STANDING
from forum.partnerships.states import VersionState

IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.RENEWAL, VersionState.SUSPENDED})


def turn_of_the_day(*, now: datetime) -> int:
    """Let happen what is due; return how many cases moved.  Once a day or more often: nothing doubles."""
    today = today_in("", now)
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
