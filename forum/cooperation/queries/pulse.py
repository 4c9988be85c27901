"""How alive a partnership is, from rows: accepted evidence of activities alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from forum.cooperation.models import Activity, CountedObject, Evidence, EvidenceUse, EvidenceVerdict
from forum.cooperation.rules.heartbeat import Heartbeat, Limits, heartbeat
from forum.cooperation.states import ActivityState
from forum.core.database import session
from forum.partnerships.models import AgreementVersion
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.states import VersionState

_IN_FORCE = (VersionState.ACTIVE, VersionState.RENEWAL, VersionState.SUSPENDED)


def last_evidenced(partnership_ids: Sequence[int]) -> Mapping[int, date]:
    """Return, for each partnership, the last day of the latest activity that accepted evidence speaks of."""
    newer = aliased(Evidence)
    rows = session.execute(
        select(Activity.partnership_id, func.max(Activity.actual_to))
        .join(CountedObject, CountedObject.target == "activity:" + Activity.public_id)
        .join(EvidenceUse, EvidenceUse.object_id == CountedObject.id)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            Activity.partnership_id.in_(partnership_ids),
            Activity.state == ActivityState.HELD,
            Evidence.verdict == EvidenceVerdict.ACCEPTED,
            ~select(newer.id).where(newer.supersedes_id == Evidence.id).exists(),
        )
        .group_by(Activity.partnership_id)
    )
    return {partnership_id: day for partnership_id, day in rows if day is not None}


def limits() -> Limits:
    """Return from how many days on a partnership slows down and sleeps, as the national office has set."""
    chosen = terms()
    return Limits(chosen.slows_down_days, chosen.falls_asleep_days)


def heartbeats(partnership_ids: Sequence[int], now: datetime) -> Mapping[int, Heartbeat]:
    """Return how alive each of these partnerships is; three statements, however many there are."""
    known = limits()
    last = last_evidenced(partnership_ids)
    rows = session.execute(
        select(AgreementVersion.partnership_id, AgreementVersion.effective_on, AgreementVersion.state).where(
            AgreementVersion.partnership_id.in_(partnership_ids), AgreementVersion.state.in_(_IN_FORCE)
        )
    )
    begun: dict[int, date] = {}
    suspended: dict[int, bool] = {}
    for partnership_id, effective_on, state in rows:
        # With a version in force beside a suspended one, the partnership isn't suspended.
        suspended[partnership_id] = suspended.get(partnership_id, True) and state is VersionState.SUSPENDED
        if effective_on is not None:
            begun[partnership_id] = min(effective_on, begun.get(partnership_id, effective_on))
    today = today_in("", now)
    return {
        one: heartbeat(last.get(one), begun.get(one), today, suspended=suspended.get(one, False), limits=known)
        for one in partnership_ids
        if one in suspended
    }
