"""Handing over the work of a committee (委员会承接): work items, mirrors and posts move on one day, in one transaction.

What is past stays where it was: ballots keep the committee that opened them, and the old page says who came after.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.committees import operations as committees
from forum.committees.errors import SameCommittee
from forum.committees.models import Committee, CommitteeState, Mirror, Post, SuccessionKind
from forum.committees.operations.links import MirrorTerms, Turn
from forum.committees.operations.locking import hold
from forum.committees.queries.desk import is_national
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.standards.errors import DayAhead, NothingChosen
from forum.standards.models import Assignment, Standard
from forum.standards.queries.reading import open_work


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is handed over, from which day on."""

    on: date
    works: Collection[str]  # public ids; whatever isn't named stays
    whole: bool = True  # the committee hands everything over and works no more
    mirrors: bool = True  # who answers for the old committee answers for the new one
    posts: bool = True  # between national committees: whoever holds a post goes along
    note: tuple[str, str] = ("", "")
    evidence_url: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a transfer came to."""

    works: int
    mirrors: int
    posts: int


def transfer(source: Committee, target: Committee, to: Transfer, *, actor: Actor, now: datetime) -> Moved:
    """Hand the work of one committee over to another.

    Raises ``SameCommittee``, ``DayAhead`` or ``NothingChosen``.
    """
    if source.id == target.id:
        raise SameCommittee
    if to.on > now.date():
        raise DayAhead
    hold(source)
    works = [work for work in open_work(source.id) if work.public_id in to.works]
    if not works and not to.whole:
        raise NothingChosen
    for work in works:
        assign(work, target, to.on, f"{source.reference} → {target.reference}")
    mirrors = _mirrors(source, target, to, actor=actor, now=now) if to.mirrors else 0
    posts = _posts(source, target, to, actor=actor, now=now) if to.posts else 0
    committees.add_succession(
        source,
        target,
        Turn(
            SuccessionKind.TRANSFERRED if to.whole else SuccessionKind.PARTLY_TRANSFERRED,
            to.on,
            note=to.note,
            evidence_url=to.evidence_url,
        ),
        actor=actor,
        now=now,
    )
    if to.whole:
        source.state = CommitteeState.TRANSFERRED
    session.flush()
    moved = Moved(len(works), mirrors, posts)
    record(
        actor,
        "transfer",
        "committee",
        source.public_id,
        now=now,
        target=target.public_id,
        on=to.on.isoformat(),
        works=moved.works,
        mirrors=moved.mirrors,
        posts=moved.posts,
        whole=to.whole,
    )
    revisions.bump(revisions.STANDARDS, now=now)
    return moved


def assign(work: Standard, committee: Committee, on: date, reason: str) -> Assignment:
    """Give a deliverable to another committee from a day on; whose it was ends the day before."""
    before = on - timedelta(days=1)
    running = session.scalars(
        select(Assignment).where(
            Assignment.standard_id == work.id, or_(Assignment.ends_on.is_(None), Assignment.ends_on >= on)
        )
    ).all()
    if not running and work.committee_id is not None:
        session.add(Assignment(standard_id=work.id, committee_id=work.committee_id, ends_on=before))
    for row in running:
        row.ends_on = before
    made = Assignment(standard_id=work.id, committee_id=committee.id, starts_on=on, reason=reason[:300])
    session.add(made)
    work.committee_id = committee.id
    work.edited_fields = sorted({*work.edited_fields, "committee"})
    session.flush()
    return made


def _mirrors(source: Committee, target: Committee, to: Transfer, *, actor: Actor, now: datetime) -> int:
    national = is_national(source)
    if national != is_national(target):
        return 0
    side = Mirror.national_id if national else Mirror.committee_id
    rows = session.scalars(
        select(Mirror).where(side == source.id, or_(Mirror.ends_on.is_(None), Mirror.ends_on >= to.on))
    ).all()
    moved = 0
    for row in rows:
        if row.starts_on is None or row.starts_on < to.on:
            committees.end_mirror(row, to.on - timedelta(days=1), actor=actor, now=now)
        pair = (row.committee, target) if national else (target, row.national)
        if not _answers(pair, to.on):
            terms = MirrorTerms(row.role, to.on, row.basis, row.confidence)
            committees.add_mirror(*pair, terms, actor=actor, now=now)
            moved += 1
    return moved


def _answers(pair: tuple[Committee, Committee], day: date) -> bool:
    return (
        session.scalar(
            select(Mirror.id).where(
                Mirror.committee_id == pair[0].id,
                Mirror.national_id == pair[1].id,
                or_(Mirror.starts_on.is_(None), Mirror.starts_on <= day),
                or_(Mirror.ends_on.is_(None), Mirror.ends_on >= day),
            )
        )
        is not None
    )


def _posts(source: Committee, target: Committee, to: Transfer, *, actor: Actor, now: datetime) -> int:
    """End the posts of a national committee and begin the same ones in its successor."""
    if not (is_national(source) and is_national(target)):
        return 0
    rows = session.scalars(
        select(Post).where(
            Post.committee_id == source.id,
            Post.ended_at.is_(None),
            or_(Post.ends_on.is_(None), Post.ends_on >= to.on),
        )
    ).all()
    for row in rows:
        account: Account = row.account
        starts_on = max(row.starts_on, to.on)
        made = Post(
            account_id=account.id,
            committee_id=target.id,
            role=row.role,
            organisation_id=row.organisation_id,
            starts_on=starts_on,
            ends_on=row.ends_on,
            granted_by=actor.reference,
        )
        committees.end_post(row, actor=actor, now=now)
        session.add(made)
        session.flush()
        record(actor, "appoint", "post", made.public_id, now=now, role=str(made.role), scope=made.scope)
    return len(rows)
