"""The letters that went out: written by the house's own templates, kept for staff to read, sent to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from forum.core.database import session
from forum.ports.mail.models import MailState, OutboxMail
from forum.registration.models import Participation
from forum.registration.operations.news import write_to
from forum.registration.states import ParticipationState

MOST = 160
_S = ParticipationState
TEMPLATES: dict[ParticipationState, str] = {
    _S.SUBMITTED: "registration_submitted",
    _S.APPROVED: "registration_approved",
    _S.WAITLISTED: "registration_waitlisted",
    _S.RETURNED: "registration_returned",
    _S.REFUSED: "registration_refused",
    _S.CONFIRMED: "registration_confirmed",
    _S.WITHDRAWN: "registration_withdrawn",
    _S.REVOKED: "registration_revoked",
}


def write(made: Mapping[str, Participation]) -> None:
    """Write the latest letters."""
    latest = sorted(made.values(), key=lambda each: (each.state_since, each.number), reverse=True)
    told = [each for each in latest if each.state in TEMPLATES][:MOST]
    place = 0
    for each in reversed(told):
        facts: dict[str, Any] = {}
        if each.state is _S.WAITLISTED:
            place += 1
            facts["place"] = place
        elif each.state is _S.APPROVED:
            facts["confirm"] = True
        elif each.state in {_S.RETURNED, _S.REFUSED, _S.REVOKED}:
            facts["reason"] = each.reason
        write_to(each, TEMPLATES[each.state], now=each.state_since, key="demonstration", **facts)
    session.flush()


def keep() -> None:
    """None of the letters that any room wrote ever leaves, whatever mail server is set later."""
    session.flush()
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.state != MailState.KEPT)
        .values(state=MailState.KEPT, sent_at=OutboxMail.next_at, created_at=OutboxMail.next_at)
        .execution_options(synchronize_session=False)
    )
