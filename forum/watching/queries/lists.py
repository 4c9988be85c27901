"""Reading what an account follows and what it is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from forum.committees.models import Committee
from forum.core.database import session
from forum.core.identifiers import digest
from forum.standards.events import WatchEvent
from forum.standards.models import StageEvent, Standard, Topic
from forum.watching.models import Frequency, Watch, WatchDigest, WatchNotice, WatchRound

MOST = 200  # lines of one mail; the page of what is followed shows the rest


def of_account(account_id: int) -> Sequence[Watch]:
    """Return everything that an account follows, in the order in which it began."""
    return session.scalars(
        select(Watch)
        .where(Watch.account_id == account_id)
        .options(
            joinedload(Watch.standard),
            joinedload(Watch.committee),
            joinedload(Watch.topic),
            selectinload(Watch.exclusions),
        )
        .order_by(Watch.id)
    ).all()


def one(account_id: int, public_id: str) -> Watch | None:
    """Return one thing that this account follows; nobody else's."""
    return session.scalar(
        select(Watch)
        .where(Watch.account_id == account_id, Watch.public_id == public_id)
        .options(selectinload(Watch.exclusions))
    )


def by_key(account_id: int, key: str) -> Watch | None:
    """Return what an account follows by what it is, such as ``standard:12``."""
    return session.scalar(select(Watch).where(Watch.account_id == account_id, Watch.key == key))


def topics() -> Sequence[Topic]:
    """Return the topics that can be followed."""
    return session.scalars(select(Topic).order_by(Topic.slug)).all()


def committees() -> Sequence[Committee]:
    """Return the committees that a rule may name."""
    return session.scalars(select(Committee).order_by(Committee.sort_key, Committee.id).limit(1000)).all()


def types() -> Sequence[str]:
    """Return the kinds of deliverables that there are."""
    return session.scalars(select(Standard.kind).distinct().order_by(Standard.kind).limit(100)).all()


def committee_by_slug(slug: str) -> Committee | None:
    """Return a committee by its address."""
    return session.scalar(select(Committee).where(Committee.slug == slug))


def standard_by_slug(slug: str) -> Standard | None:
    """Return a deliverable by its address."""
    return session.scalar(select(Standard).where(Standard.slug == slug))


def topic_by_slug(slug: str) -> Topic | None:
    """Return a topic by its short name."""
    return session.scalar(select(Topic).where(Topic.slug == slug))


def gathered_until() -> datetime | None:
    """Return up to which instant everything was gathered."""
    return session.scalar(select(WatchRound.until).where(WatchRound.id == 1))


def anything_since(begin: datetime) -> bool:
    """Tell whether anything became known from an instant on."""
    for model, column in ((StageEvent, StageEvent.created_at), (WatchEvent, WatchEvent.at)):
        if session.scalar(select(model.id).where(column >= begin).limit(1)) is not None:
            return True
    return False


def accounts_that_follow() -> Sequence[int]:
    """Return the accounts that want mail of anything."""
    return session.scalars(
        select(Watch.account_id).where(Watch.frequency != Frequency.OFF).distinct().order_by(Watch.account_id)
    ).all()


def active_of(account_id: int) -> Sequence[Watch]:
    """Return what an account wants mail of."""
    return session.scalars(
        select(Watch).where(Watch.account_id == account_id, Watch.frequency != Frequency.OFF).order_by(Watch.id)
    ).all()


def accounts_to_tell(now: datetime) -> Sequence[int]:
    """Return the accounts for which something is due."""
    return session.scalars(
        select(WatchNotice.account_id)
        .where(WatchNotice.told_at.is_(None), WatchNotice.due_at <= now)
        .distinct()
        .order_by(WatchNotice.account_id)
    ).all()


def account_of_secret(secret: str) -> int | None:
    """Return whose mails a secret from one of them stops."""
    return session.scalar(select(WatchDigest.account_id).where(WatchDigest.token_hash == digest(secret)))


def stages_named(ids: Sequence[int]) -> Sequence[StageEvent]:
    """Return stages with their deliverables."""
    return session.scalars(
        select(StageEvent).where(StageEvent.id.in_(ids)).options(joinedload(StageEvent.standard))
    ).all()


def events_named(ids: Sequence[int]) -> Sequence[WatchEvent]:
    """Return what other rooms noted, with what it concerns."""
    return session.scalars(
        select(WatchEvent)
        .where(WatchEvent.id.in_(ids))
        .options(joinedload(WatchEvent.standard), joinedload(WatchEvent.committee))
    ).all()


def digests_of(account_id: int) -> Sequence[WatchDigest]:
    """Return the mails that told somebody, the newest first."""
    return session.scalars(
        select(WatchDigest).where(WatchDigest.account_id == account_id).order_by(WatchDigest.at.desc())
    ).all()
