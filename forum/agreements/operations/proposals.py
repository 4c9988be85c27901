"""Proposals and counter-proposals: one wording at a time waits for the other side's answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.agreements.errors import NothingChanged, OwnProposal, ProposalDecided, ProposalOutdated, ProposedMeanwhile
from forum.agreements.kinds import ProposalState
from forum.agreements.models import AgreementText, Clause, Proposal
from forum.agreements.operations.editing import Wording, check_variables, write
from forum.agreements.operations.locking import Hand, clause_as_seen, open_for, party_of
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.text import clean


def propose(
    clause: Clause,
    wording: Wording,
    *,
    seen_version: int,
    party_key: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    answers: str | None = None,
) -> Proposal:
    """Propose a wording for a clause; an open proposal is replaced by it and named as what it answers.

    ``answers`` is the public id of the open proposal as the page showed it, empty if there was none: nobody replaces
    one that they haven't read.  Raises ``NotAParty``, ``NothingChanged``, ``ClauseChanged``, ``ProposedMeanwhile``,
    ``UnknownVariable`` and ``TextIsFrozen``.
    """
    text = clause_as_seen(clause, seen_version)
    party_of(text, party_key)
    check_variables(text, wording)
    if all(wording.side(language) == clause.side(language) for language in LANGUAGES):
        raise NothingChanged
    answered = _open(clause)
    if answers is not None and answers != (answered.public_id if answered else ""):
        raise ProposedMeanwhile
    if answered is not None:
        _decide(answered, ProposalState.REPLACED, actor, now)
        session.flush()  # one open proposal at a time: the old one makes room first
    proposal = Proposal(
        clause_id=clause.id,
        en=wording.side("en"),
        zh=wording.side("zh"),
        note=clean(note),
        party_key=party_key,
        actor=actor.reference,
        answers_id=answered.id if answered else None,
    )
    session.add(proposal)
    session.flush()
    _audit("propose", text, proposal, actor, now)
    return proposal


def accept(proposal: Proposal, *, seen_version: int, party_key: str, actor: Actor, now: datetime) -> None:
    """Put another party's proposal into the clause, which is then out of step until somebody matches it.

    ``seen_version`` is that of the clause.  Raises ``NotAParty``, ``OwnProposal``, ``ProposalDecided``,
    ``ProposalOutdated`` and ``TextIsFrozen``.
    """
    text = _still_open(proposal)
    party_of(text, party_key)
    if party_key == proposal.party_key:
        raise OwnProposal
    clause = proposal.clause
    session.refresh(clause)
    if clause.version != seen_version:
        raise ProposalOutdated
    _decide(proposal, ProposalState.ACCEPTED, actor, now)
    if write(clause, Wording(proposal.en, proposal.zh), "accepted", Hand(actor, party_key, now)):
        text.revision += 1
    session.flush()
    _audit("accept_proposal", text, proposal, actor, now, revision=text.revision)


def withdraw(proposal: Proposal, *, party_key: str, actor: Actor, now: datetime) -> None:
    """Take back one's own party's proposal; raise ``NotAParty`` and ``ProposalDecided``."""
    text = _still_open(proposal)
    if party_of(text, party_key) != proposal.party_key:
        raise ProposalDecided
    _decide(proposal, ProposalState.WITHDRAWN, actor, now)
    session.flush()
    _audit("withdraw_proposal", text, proposal, actor, now)


def _open(clause: Clause) -> Proposal | None:
    return session.scalars(
        select(Proposal).where(Proposal.clause_id == clause.id, Proposal.state == ProposalState.OPEN)
    ).one_or_none()


def _still_open(proposal: Proposal) -> AgreementText:
    """Lock the text and make sure that the proposal still waits for an answer."""
    text = open_for(proposal.clause.agreement)
    session.refresh(proposal)
    if proposal.state is not ProposalState.OPEN:
        raise ProposalDecided
    return text


def _decide(proposal: Proposal, state: ProposalState, actor: Actor, now: datetime) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, actor.reference


def _audit(action: str, text: AgreementText, proposal: Proposal, actor: Actor, now: datetime, **facts: Any) -> None:
    record(
        actor, action, "agreement_text", text.public_id, now=now,
        proposal=proposal.public_id, clause=proposal.clause.key, party=proposal.party_key, **facts,
    )  # fmt: skip
