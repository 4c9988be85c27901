"""What somebody is towards experts and nominations, and what they may read of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from forum.experts.models import ExpertProfile, Nomination


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's posts and offices, as far as they matter for experts."""

    account_id: int | None = None
    reads_all: bool = False  # the national office, the submission officer, the auditor
    office: bool = False
    submission: bool = False
    mirror_ids: frozenset[int] = frozenset()  # secretary or chair there
    member_ids: frozenset[int] = frozenset()  # any post there
    units: frozenset[tuple[int, int]] = frozenset()  # (national committee, unit) for which somebody is the contact

    @property
    def unit_ids(self) -> frozenset[int]:
        """Return the units for which somebody speaks."""
        return frozenset(unit for _, unit in self.units)

    @property
    def enters(self) -> bool:
        """Tell whether somebody enters and nominates other people."""
        return self.office or bool(self.mirror_ids or self.units)

    def towards(self, row: Nomination) -> frozenset[str]:
        """Return what somebody is towards a nomination, as its life cycle names it."""
        roles: set[str] = set()
        if self.office:
            roles.add("office")
        if self.submission:
            roles.add("submission")
        if row.national_id in self.mirror_ids:
            roles.add("mirror")
        if (row.national_id, row.organisation_id) in self.units:
            roles.add("unit")
        if self.account_id is not None:
            if row.expert.account_id == self.account_id:
                roles.add("nominee")
            if row.proposed_by_id == self.account_id:
                roles.add("proposer")
        return frozenset(roles)

    def keeps(self, expert: ExpertProfile) -> bool:
        """Tell whether somebody may change a profile: their own, or one that they answer for."""
        return (
            self.office
            or (self.account_id is not None and expert.account_id == self.account_id)
            or expert.entered_for_id in self.mirror_ids
            or expert.organisation_id in self.unit_ids
        )


def nominations_seen(standing: Standing) -> ColumnElement[bool]:
    """Return the condition that somebody may read a nomination; the statement joins ``ExpertProfile``."""
    if standing.reads_all or standing.office:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if standing.mirror_ids:
        ways.append(Nomination.national_id.in_(standing.mirror_ids))
    ways += [
        and_(Nomination.national_id == committee, Nomination.organisation_id == unit)
        for committee, unit in sorted(standing.units)
    ]
    if standing.account_id is not None:
        ways.append(Nomination.proposed_by_id == standing.account_id)
        ways.append(ExpertProfile.account_id == standing.account_id)
    return or_(*ways)


def experts_seen(standing: Standing) -> ColumnElement[bool]:
    """Return the condition that somebody may read a profile."""
    if standing.reads_all or standing.office:
        return true()
    ways: list[ColumnElement[bool]] = [
        select(Nomination.id)
        .where(Nomination.expert_id == ExpertProfile.id, nominations_seen(standing))
        .correlate(ExpertProfile)
        .exists()
    ]
    if standing.account_id is not None:
        ways.append(ExpertProfile.account_id == standing.account_id)
    if standing.mirror_ids:
        ways.append(ExpertProfile.entered_for_id.in_(standing.mirror_ids))
    if standing.unit_ids:
        ways.append(ExpertProfile.organisation_id.in_(standing.unit_ids))
    return or_(*ways)
