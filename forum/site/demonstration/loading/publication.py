"""What the cities of the demonstration have consented to show: most summaries, so that both cases can be seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.cooperation.models import PublicationConsent
from forum.cooperation.queries.publishing import summary_of
from forum.core.database import session
from forum.partnerships.models import AgreementVersion
from forum.partnerships.states import PUBLIC

KEPT = 4  # every fourth one keeps its summary to itself


def write(*, now: datetime) -> int:
    """Give the consent of both cities to most summaries of registered arrangements; return to how many."""
    versions = session.scalars(
        select(AgreementVersion).where(AgreementVersion.state.in_(PUBLIC)).order_by(AgreementVersion.registered_on)
    )
    shown = [version for number, version in enumerate(versions, start=1) if number % KEPT]
    for version in shown:
        thing = summary_of(version, version.partnership.parties)
        for party, mark in thing.fingerprints.items():
            session.add(
                PublicationConsent(
                    partnership_id=version.partnership_id,
                    party_id=party,
                    thing=thing.key,
                    fingerprint=mark,
                    given_at=now,
                )
            )
    session.flush()
    return len(shown)
