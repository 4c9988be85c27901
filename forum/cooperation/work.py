"""What the life of an agreement asks about its activities and its final report: its ``RunningWork``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from forum.cooperation.models import Activity, Decision
from forum.cooperation.operations import activities
from forum.cooperation.operations.reporting import accept_final
from forum.cooperation.queries.activities import open_of, takes_over
from forum.cooperation.queries.reports import final_of
from forum.cooperation.rules.due import DAYS, DUE_KINDS, DueKind, reminder_kind
from forum.cooperation.rules.heartbeat import REVIVAL_DAYS, REVIVAL_KINDS
from forum.core.actor import Actor
from forum.partnerships.models import AgreementVersion
from forum.partnerships.rules.due import Reminded

REMINDED: dict[str, Reminded] = {
    **{reminder_kind(kind): Reminded(DUE_KINDS[kind], DAYS) for kind in DueKind},
    **{kind: Reminded(name, REVIVAL_DAYS[kind]) for kind, name in REVIVAL_KINDS.items()},
}
_DECISIONS = frozenset(map(str, Decision))


class Activities:
    """The activities of the partnership of a version; decisions name an activity by its public id."""

    def undecided(self, version: AgreementVersion, decisions: Mapping[str, str]) -> int:
        """Return how many open activities have no decision, neither given now nor made since this state began.

        A transfer counts as a decision when it names an arrangement that may still take the activity over.
        """
        return sum(1 for activity in open_of(version.partnership_id) if not _decided(activity, version, decisions))

    def decide(
        self, version: AgreementVersion, decisions: Mapping[str, str], *, actor: Actor, now: datetime
    ) -> Mapping[str, str]:
        """Carry the decisions out: what is stopped is cancelled, transferred goes on elsewhere; nothing is deleted.

        Returns what was decided of each activity that was open.
        """
        found: dict[str, str] = {}
        for activity in open_of(version.partnership_id):
            given = decisions.get(activity.public_id, "")
            if given in _DECISIONS:
                activities.decide(activity, Decision(given), standing=None, actor=actor, now=now)
            if activity.decision is not None and _fresh(activity, version):
                found[activity.public_id] = str(activity.decision)
                activities.carry_out(activity, actor=actor, now=now)
        return found

    def open_activities(self, version: AgreementVersion) -> int:
        """Return how many activities are open."""
        return len(open_of(version.partnership_id))

    def final_report_confirmed(self, version: AgreementVersion) -> bool:
        """Tell whether the counterpart has confirmed the joint final report."""
        return final_of(version) is not None

    def accept_final_report(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> str:
        """Accept the joint final report that closes the partnership; return what names it."""
        report = final_of(version)
        if report is None:
            return ""
        accept_final(report, actor=actor, now=now)
        return report.public_id


def _decided(activity: Activity, version: AgreementVersion, decisions: Mapping[str, str]) -> bool:
    given = decisions.get(activity.public_id, "")
    if given not in _DECISIONS:
        if activity.decision is None or not _fresh(activity, version):
            return False
        given = activity.decision
    there = activity.transferred_to
    return given != Decision.TRANSFER or (there is not None and takes_over(activity, there))


def _fresh(activity: Activity, version: AgreementVersion) -> bool:
    """Tell whether a decision was made in the present state; one of an earlier suspension doesn't count any more."""
    return activity.decided_at is not None and activity.decided_at >= version.state_since
