"""Reading activities."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.cooperation.models import Activity
from forum.cooperation.states import OPEN_ACTIVITIES
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty
from forum.partnerships.states import VersionState

_IN_FORCE = (VersionState.ACTIVE, VersionState.RENEWAL)


def of_partnership(partnership_id: int) -> Sequence[Activity]:
    """Return the activities of a partnership, the earliest first."""
    return session.scalars(
        select(Activity).where(Activity.partnership_id == partnership_id).order_by(Activity.begins_at, Activity.id)
    ).all()


def open_of(partnership_id: int) -> Sequence[Activity]:
    """Return the activities that are planned or running, the earliest first."""
    return session.scalars(
        select(Activity)
        .where(Activity.partnership_id == partnership_id, Activity.state.in_(OPEN_ACTIVITIES))
        .order_by(Activity.begins_at, Activity.id)
    ).all()


def one(partnership_id: int, public_id: str) -> Activity | None:
    """Return an activity of this partnership."""
    return session.scalar(
        select(Activity).where(Activity.partnership_id == partnership_id, Activity.public_id == public_id)
    )


def arrangements_for(activity: Activity) -> Sequence[Partnership]:
    """Return the arrangements that may take an activity over: others in force of one of its cities."""
    cities = [party.city_id for party in activity.partnership.parties]
    return (
        session.scalars(
            select(Partnership)
            .where(
                Partnership.id != activity.partnership_id,
                Partnership.id.in_(select(PartnershipParty.partnership_id).where(PartnershipParty.city_id.in_(cities))),
                Partnership.id.in_(
                    select(AgreementVersion.partnership_id).where(AgreementVersion.state.in_(_IN_FORCE))
                ),
            )
            .order_by(Partnership.number)
        )
        .unique()
        .all()
    )


def takes_over(activity: Activity, there: Partnership) -> bool:
    """Tell whether an arrangement may take an activity over now."""
    return any(one.id == there.id for one in arrangements_for(activity))


def continued_by(activity: Activity) -> Activity | None:
    """Return the activity by which a transferred one goes on."""
    return session.scalar(select(Activity).where(Activity.continues_id == activity.id))
