"""The mail to whoever raised an idea, when somebody else has led it on."""

from __future__ import annotations

from datetime import datetime

from forum.accounts.models import Account, AccountState
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import spoken
from forum.evidence.models import Idea, IdeaStep
from forum.evidence.states import IDEA_STATES
from forum.ports.mail.outbox import post


def tell_raiser(idea: Idea, step: IdeaStep, *, actor: Actor, now: datetime) -> None:
    """Write to whoever raised the idea, in their language; nobody is told of their own step."""
    if idea.account_id is None or idea.account_id == actor.account_id:
        return
    account = session.get(Account, idea.account_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return
    language = "zh" if account.language == "zh" else "en"
    post(
        "evidence_idea_moved",
        account.email,
        language,
        now=now,
        key=f"idea:{step.public_id}",
        title=idea.tr("title", language).text,
        state=spoken(IDEA_STATES[idea.state], translator(language)),
        reason=step.reason,
        address=f"{premises().base_url}/{language}/ideas/{idea.public_id}/",
    )
