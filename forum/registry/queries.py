"""Reading the public registry: partnerships that have come into force, with their parties."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from forum.core.database import session
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty
from forum.partnerships.states import PUBLIC, VersionState

IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.RENEWAL})


def _public() -> object:
    """Return the newest public version of each partnership: a successor in the making isn't public yet."""
    return (
        select(func.max(AgreementVersion.number))
        .where(
            AgreementVersion.partnership_id == Partnership.id,
            AgreementVersion.state.in_(sorted(PUBLIC)),
        )
        .correlate(Partnership)
        .scalar_subquery()
    )


def versions() -> Sequence[AgreementVersion]:
    """Return the public version of each partnership, those registered last first, with parties; three statements."""
    query = (
        select(AgreementVersion)
        .join(Partnership, Partnership.id == AgreementVersion.partnership_id)
        .where(AgreementVersion.number == _public())
        .options(
            selectinload(AgreementVersion.partnership)
            .selectinload(Partnership.parties)
            .joinedload(PartnershipParty.city)
        )
        .order_by(AgreementVersion.registered_on.desc(), AgreementVersion.id.desc())
    )
    return session.scalars(query).unique().all()
