"""Telling those whom a nomination concerns, in the transaction of the step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from forum.accounts.models import Account
from forum.committees import queries as committees
from forum.committees.models import PostRole
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import spoken
from forum.experts.models import EXPERT_ROLES, Nomination
from forum.experts.states import NOMINATION_STATES, NominationState
from forum.offices import queries as offices
from forum.offices.models import OfficeRole
from forum.ports.mail.outbox import post

_PAGE = "/desk/nominations/"


def tell_waiting(row: Nomination, *, now: datetime) -> None:
    """Tell those who decide next that a nomination waits for them; never the one whom it is about."""
    for account in deciders(row, now):
        if account.id != row.expert.account_id:
            _post("experts_waits", account, row, now=now)


def tell_moved(row: Nomination, *, reason: str, actor: Actor, now: datetime) -> None:
    """Tell the nominee and the one who proposed them where the nomination stands now."""
    ids = dict.fromkeys((row.expert.account_id, row.proposed_by_id))
    for account_id in ids:
        if account_id is not None and account_id != actor.account_id:
            _post("experts_moved", session.get_one(Account, account_id), row, now=now, reason=reason)


def deciders(row: Nomination, now: datetime) -> Iterable[Account]:
    """Return who takes the expected next step of a nomination."""
    match row.state:
        case NominationState.PROPOSED:
            posts = committees.post_holders(row.national_id, [PostRole.UNIT_CONTACT], now)
            return [each.account for each in posts if each.organisation_id == row.organisation_id]
        case NominationState.UNIT_ENDORSED:
            roles = [PostRole.MIRROR_SECRETARY, PostRole.MIRROR_CHAIR]
            return [each.account for each in committees.post_holders(row.national_id, roles, now)]
        case NominationState.MIRROR_APPROVED:
            return [each.account for each in offices.holders(OfficeRole.STANDARDS_OFFICER, now)]
        case NominationState.SAC_APPROVED | NominationState.SUBMITTED:
            return [each.account for each in offices.holders(OfficeRole.SUBMISSION_OFFICER, now)]
        case _:
            return []


def _post(template: str, account: Account, row: Nomination, *, now: datetime, reason: str = "") -> None:
    language = account.language
    say = translator(language)
    post(
        template,
        account.email,
        language,
        now=now,
        key=f"{row.public_id}:{row.state}:{len(row.steps)}",
        name=row.expert.tr("name", language).text,
        role=say(EXPERT_ROLES[row.role]),
        target=row.target,
        state=spoken(NOMINATION_STATES[row.state], say),
        reason=reason,
        address=f"{premises().base_url}/{language}{_PAGE}{row.public_id}",
    )
