"""Tying two things together, standing behind it, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.committees.models import Confidence
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.workflow import ReasonNeeded
from forum.evidence import errors
from forum.evidence.models import EvidenceLink
from forum.evidence.operations.keeping import hold
from forum.evidence.operations.publishing import republish
from forum.evidence.queries.ends import End
from forum.evidence.states import LAWFUL, Capacity, LinkState, LinkVisibility, Relation


@dataclass(frozen=True, slots=True)
class Assertion:
    """What somebody says of two things that they may see."""

    subject: End
    relation: Relation
    target: End
    on: date
    visibility: LinkVisibility = LinkVisibility.PUBLIC
    confidence: Confidence = Confidence.VERIFIED


def assert_link(said: Assertion, capacity: Capacity | None, *, actor: Actor, now: datetime) -> EvidenceLink:
    """Tie two things together; ``capacity`` is that in which somebody acts for one of them.

    Raises ``NotYourEnd``, ``RelationUnfit``, ``DateAhead`` or ``LinkedAlready``.
    """
    if capacity is None:
        raise errors.NotYourEnd
    if (said.subject.kind, said.relation, said.target.kind) not in LAWFUL:
        raise errors.RelationUnfit
    if said.on > now.date():
        raise errors.DateAhead
    link = EvidenceLink(
        subject=said.subject.reference,
        relation=said.relation,
        target=said.target.reference,
        happened_on=said.on,
        visibility=said.visibility,
        confidence=said.confidence,
        account_id=actor.account_id,
        asserted_by=actor.reference,
        asserted_as=capacity,
        asserted_at=now,
    )
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()
    except IntegrityError as twice:
        raise errors.LinkedAlready from twice
    _note(link, "link", actor, now)
    return link


def confirm_link(link: EvidenceLink, *, seen: int | None, actor: Actor, now: datetime) -> None:
    """Stand behind a link for the national office; raise ``SomebodyElseConfirms`` or that it is settled."""
    hold(link, seen)
    if link.state is LinkState.WITHDRAWN:
        raise errors.WithdrawnAlready
    if link.state is LinkState.CONFIRMED:
        raise errors.ConfirmedAlready
    if link.asserted_by == actor.reference:
        raise errors.SomebodyElseConfirms
    _confirmed(link, actor, now)


def _confirmed(link: EvidenceLink, actor: Actor, now: datetime) -> None:
    link.state, link.confirmed_by, link.confirmed_at = LinkState.CONFIRMED, actor.reference, now
    session.flush()
    _note(link, "confirm_link", actor, now)
    republish(now)


def settled_link(said: Assertion, *, actor: Actor, now: datetime) -> EvidenceLink:
    """Tie two things together by a step of the national office, which confirms it; one that stands is confirmed."""
    link = standing_link(said)
    if link is None:
        link = assert_link(said, Capacity.NATION, actor=actor, now=now)
    if link.state is LinkState.ASSERTED:
        _confirmed(link, actor, now)
    return link


def standing_link(said: Assertion) -> EvidenceLink | None:
    """Return this link if it stands."""
    rows = session.query(EvidenceLink).filter_by(
        subject=said.subject.reference, relation=said.relation, target=said.target.reference, withdrawn_at=None
    )
    return rows.one_or_none()


def withdraw_link(link: EvidenceLink, reason: str, *, seen: int | None, actor: Actor, now: datetime) -> None:
    """Take a link back, with the reason; it stays for the record.  Raises ``ReasonNeeded``, ``WithdrawnAlready``."""
    hold(link, seen)
    if link.state is LinkState.WITHDRAWN:
        raise errors.WithdrawnAlready
    if not reason.strip():
        raise ReasonNeeded
    link.state, link.withdrawn_by, link.withdrawn_at, link.reason = (
        LinkState.WITHDRAWN,
        actor.reference,
        now,
        reason.strip(),
    )
    session.flush()
    _note(link, "withdraw_link", actor, now)
    republish(now)


def _note(link: EvidenceLink, action: str, actor: Actor, now: datetime) -> None:
    record(
        actor,
        action,
        "evidence_link",
        link.public_id,
        now=now,
        subject=link.subject,
        relation=str(link.relation),
        target=link.target,
        state=str(link.state),
    )
