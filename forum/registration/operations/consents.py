"""Consents: given and withdrawn, never changed; withdrawing one deletes what rested on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.database import session
from forum.registration.models import Consent, Participation
from forum.registration.notices import NOTICES, version
from forum.registration.operations.news import News
from forum.registration.operations.sealed import erase_classes
from forum.registration.rules.fields import CONSENT_FOR


def given(participation: Participation) -> dict[str, bool]:
    """Return the consents as they stand, by purpose."""
    rows = session.execute(
        select(Consent.purpose, Consent.given).where(Consent.participation_id == participation.id).order_by(Consent.id)
    )
    return dict(rows.all())


def decide(
    participation: Participation,
    wishes: Mapping[str, bool],
    *,
    language: str,
    actor: Actor,
    now: datetime,
    news: News | None = None,
) -> frozenset[str]:
    """Record what somebody decided; return the purposes that changed.

    The version is the hash of the notice as shown in ``language``.  By whom: the person, or the
    reference of the assistant who ticked on their behalf.
    """
    present = given(participation)
    changed = {
        purpose: wish for purpose, wish in wishes.items() if purpose in NOTICES and present.get(purpose, False) != wish
    }
    by = "self" if actor.roles & {"delegate"} else actor.reference
    for purpose, wish in changed.items():
        session.add(
            Consent(
                participation_id=participation.id,
                purpose=purpose,
                given=wish,
                text_version=version(purpose, language),
                language=language,
                by=by,
                at=now,
            )
        )
    withdrawn = {purpose for purpose, wish in changed.items() if not wish}
    erase_classes([participation.id], [kind for kind, purpose in CONSENT_FOR.items() if purpose in withdrawn])
    if "list" in changed:
        participation.in_list = changed["list"]
    session.flush()
    if changed:
        told = news or News(actor, now)
        told.note(
            "consent",
            "participation",
            participation.public_id,
            participation.forum,
            by=actor,
            given=sorted(changed.keys() - withdrawn),
            withdrawn=sorted(withdrawn),
        )
        if news is None:
            told.tell()
    return frozenset(changed)
