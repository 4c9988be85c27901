"""The national enquiry: who is asked, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account, AccountState
from forum.audit.operations import record
from forum.ballots import errors
from forum.ballots.models import Ballot, CaseState, Enquired, StepKind
from forum.ballots.operations.performing import move, need_signed
from forum.ballots.operations.recording import Upload, attach, take, tell
from forum.ballots.queries import cases, people
from forum.ballots.rules import terms as reading
from forum.ballots.rules.coherence import Answer
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean
from forum.ports.files.kinds import MATERIALS

_OVER = frozenset({CaseState.CLOSED, CaseState.DISPOSITIONED, CaseState.MISSED, CaseState.CANCELLED, CaseState.OPEN})


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Who is asked about what."""

    account_ids: tuple[int, ...] = ()  # of the experts and units of the mirror committee
    others: tuple[str, ...] = ()  # addresses of other people with an account, such as a city's
    summary_zh: str = ""
    summary_en: str = ""
    draft: Upload | None = None


def begin(ballot: Ballot, what: Enquiry, *, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Begin the enquiry: the draft and a Chinese summary are there, and everybody asked gets mail with the due day.

    Raises ``SummaryMissing``, ``DraftMissing``, ``NobodyAsked``, ``AddressUnknown`` or ``CompressedUnsigned``.
    """
    take(ballot, seen, now)
    need_signed(ballot)
    ballot.summary_zh = clean(what.summary_zh) or ballot.summary_zh
    ballot.summary_en = clean(what.summary_en) or ballot.summary_en
    if not ballot.summary_zh:
        raise errors.SummaryMissing
    asked = _asked(ballot, what, now)
    if what.draft is not None and what.draft.filename:
        attach(ballot, "draft", what.draft, MATERIALS, field="draft", actor=actor)
    if not any(one.kind == "draft" for one in cases.documents(ballot.id)):
        raise errors.DraftMissing
    move(ballot, "begin_enquiry", actor=actor, now=now)
    session.add_all(
        Enquired(ballot_id=ballot.id, account_id=account.id, unit=unit, asked_at=now) for account, unit in asked
    )
    session.flush()
    due = next((row.due_on for row in ballot.steps if row.kind is StepKind.ENQUIRY), None)
    tell(ballot, "ballot_enquiry", (account for account, _ in asked), key="enquiry", but=None, now=now, due=due)


def _asked(ballot: Ballot, what: Enquiry, now: datetime) -> list[tuple[Account, str]]:
    """Return who is asked, each once, with the unit as it is today."""
    wanted = frozenset(what.account_ids)
    found: dict[int, tuple[Account, str]] = {}
    for post in people.members(ballot, now):
        if post.account_id in wanted:
            unit = post.organisation.name_zh or post.organisation.name_en if post.organisation is not None else ""
            found.setdefault(post.account_id, (post.account, unit or ""))
    for account in _by_address(what.others):
        found.setdefault(account.id, (account, ""))
    if not found:
        raise errors.NobodyAsked
    return list(found.values())


def _by_address(addresses: Iterable[str]) -> list[Account]:
    wanted = [one.strip().casefold() for one in addresses if one.strip()]
    if not wanted:
        return []
    rows = session.scalars(select(Account).where(Account.email.in_(wanted), Account.state == AccountState.ACTIVE))
    by_address = {account.email: account for account in rows}
    for one in wanted:
        if one not in by_address:
            raise errors.AddressUnknown(address=one[:100])
    return list(by_address.values())


def answer(
    enquired: Enquired, said: str, remark: str = "", *, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Record the answer of somebody who was asked; after the enquiry it is taken and marked as late.

    Raises ``ClosedAlready``, ``AnswerNotOffered`` or ``ChangedMeanwhile``.
    """
    ballot = enquired.ballot
    if seen is not None and seen != enquired.version:
        raise errors.ChangedMeanwhile
    if now >= ballot.closes_at or ballot.state in _OVER:
        raise errors.ClosedAlready
    if said not in offered(ballot):
        raise errors.AnswerNotOffered
    enquired.answer, enquired.remark = said, clean(remark)
    enquired.answered_at = now
    enquired.late = ballot.state is not CaseState.ENQUIRY
    session.flush()
    record(actor, "answer", "ballot", ballot.public_id, now=now, late=enquired.late)


def offered(ballot: Ballot) -> tuple[str, ...]:
    """Return what somebody who is asked may answer: as the rule says, or that there is nothing to say."""
    answers = [str(one) for one in reading.read(ballot.rule.terms).answers]
    return tuple(dict.fromkeys([*answers, str(Answer.NO_COMMENT)]))
