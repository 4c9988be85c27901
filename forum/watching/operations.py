"""Following and ceasing to, gathering what there is to tell, telling it in one mail, and stopping the mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.committees.models import Committee
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.identifiers import digest, public_id, secret_token
from forum.ports.mail.models import Lane
from forum.ports.mail.outbox import post
from forum.reminders.queries import Recipient
from forum.standards.events import WatchEvent
from forum.standards.models import StageEvent, Standard, Topic
from forum.watching import errors
from forum.watching.models import (
    Frequency,
    Level,
    Watch,
    WatchDigest,
    WatchExclusion,
    WatchKind,
    WatchNotice,
    WatchRound,
)
from forum.watching.queries import lists, matching
from forum.watching.rules import due_at
from forum.watching.wording import grouped, lines_of

MOST_WATCHES = 100  # of one account
FOLLOWED = Committee | Standard | Topic


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule asks for; empty fields ask for nothing."""

    name: str
    committee: Committee | None = None
    topic: Topic | None = None
    ics: str = ""
    stage_from: str = ""
    stage_to: str = ""
    type: str = ""
    word: str = ""
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How often and how much somebody is told, and what is left out."""

    frequency: Frequency = Frequency.DAILY
    level: Level = Level.ALL
    left_out: tuple[Standard, ...] = ()


def _insert(model: type[Any]) -> Any:
    return (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(model)


def _kind_of(thing: FOLLOWED) -> tuple[WatchKind, str]:
    if isinstance(thing, Standard):
        return WatchKind.STANDARD, "standard_id"
    return (WatchKind.COMMITTEE, "committee_id") if isinstance(thing, Committee) else (WatchKind.TOPIC, "topic_id")


def follow(account: Account, thing: FOLLOWED, *, actor: Actor, now: datetime) -> Watch:
    """Follow a deliverable, a committee or a topic; who follows it already goes on doing so.  Raises ``TooMany``."""
    kind, column = _kind_of(thing)
    key = f"{kind}:{thing.id}"
    if lists.by_key(account.id, key) is None:
        _leave_room(account)
        session.execute(
            _insert(Watch)
            .values(public_id=public_id(), account_id=account.id, kind=kind, key=key, since=now, **{column: thing.id})
            .on_conflict_do_nothing(index_elements=["account_id", "key"])
        )
        record(actor, "follow", str(kind), thing.public_id, now=now)
    return session.scalars(select(Watch).where(Watch.account_id == account.id, Watch.key == key)).one()


def _leave_room(account: Account) -> None:
    held = session.scalar(select(func.count(Watch.id)).where(Watch.account_id == account.id)) or 0
    if held >= MOST_WATCHES:
        raise errors.TooMany(most=MOST_WATCHES)


def unfollow(watch: Watch, *, actor: Actor, now: datetime) -> None:
    """Stop following; what wasn't told yet is told no more."""
    record(actor, "unfollow", str(watch.kind), watch.public_id, now=now)
    session.execute(delete(WatchNotice).where(WatchNotice.watch_id == watch.id, WatchNotice.told_at.is_(None)))
    session.execute(
        update(WatchNotice).where(WatchNotice.watch_id == watch.id).values(watch_id=None),
        execution_options={"synchronize_session": False},
    )
    session.delete(watch)
    session.flush()


def _sound(rule: Rule) -> None:
    if not rule.name:
        raise errors.NameNeeded
    if rule.stage_from and rule.stage_to and rule.stage_to < rule.stage_from:
        raise errors.RangeReversed
    asked = (rule.committee, rule.topic, rule.ics, rule.stage_from, rule.stage_to, rule.type, rule.word)
    if not any(asked) and not rule.adopted:
        raise errors.RuleEmpty


def drafted(rule: Rule, level: Level = Level.ALL) -> Watch:
    """Return a rule as it would be followed, for the preview; raise what is wrong with it."""
    _sound(rule)
    watch = Watch(kind=WatchKind.RULE, level=level, key="rule:")
    _write(watch, rule)
    return watch


def _write(watch: Watch, rule: Rule) -> None:
    watch.name = rule.name
    watch.committee_id = rule.committee.id if rule.committee is not None else None
    watch.topic_id = rule.topic.id if rule.topic is not None else None
    watch.ics, watch.type, watch.word, watch.adopted = rule.ics, rule.type, rule.word, rule.adopted
    watch.stage_from, watch.stage_to = rule.stage_from, rule.stage_to


def follow_rule(account: Account, rule: Rule, wish: Wish, *, actor: Actor, now: datetime) -> Watch:
    """Follow whatever fits a rule; raise ``RuleEmpty``, ``NameNeeded``, ``RangeReversed`` or ``TooMany``."""
    _leave_room(account)
    watch = drafted(rule, wish.level)
    watch.account_id, watch.since, watch.public_id = account.id, now, public_id()
    watch.key = f"rule:{watch.public_id}"
    session.add(watch)
    session.flush()
    _wish(watch, wish)
    record(actor, "follow", "rule", watch.public_id, now=now)
    return watch


def change(
    watch: Watch, wish: Wish, rule: Rule | None, *, seen: int, person: Recipient | None, actor: Actor, now: datetime
) -> None:
    """Change how often and how much is told, what is left out, and of a rule what fits.

    What waits is told at the new time.  Raises ``ChangedMeanwhile`` and what ``follow_rule`` raises.
    """
    if watch.version != seen:
        raise errors.ChangedMeanwhile
    if rule is not None and watch.kind is WatchKind.RULE:
        _sound(rule)
        _write(watch, rule)
    _wish(watch, wish)
    waiting = (WatchNotice.watch_id == watch.id, WatchNotice.told_at.is_(None))
    if wish.frequency is Frequency.OFF:
        session.execute(delete(WatchNotice).where(*waiting))
    elif person is not None:
        session.execute(update(WatchNotice).where(*waiting).values(due_at=due_at(wish.frequency, now, person.zone)))
    record(actor, "change_watch", str(watch.kind), watch.public_id, now=now, frequency=str(wish.frequency))


def _wish(watch: Watch, wish: Wish) -> None:
    watch.frequency, watch.level = wish.frequency, wish.level
    held = {one.standard_id: one for one in watch.exclusions}
    asked = {one.id for one in wish.left_out}
    for key, row in held.items():
        if key not in asked:
            watch.exclusions.remove(row)
    for key in sorted(asked - set(held)):
        watch.exclusions.append(WatchExclusion(standard_id=key))
    session.flush()


def gather(person: Recipient, moves: Sequence[tuple[int, int, Any]], *, begin: datetime, now: datetime) -> int:
    """Write down what one person is to be told of what became known from an instant on; return how much is new.

    A thing that fits two rules is one row, due when the more urgent of them wants it; a thing that was written down
    before stays as it is.
    """
    found: dict[str, tuple[datetime, int]] = {}
    for watch in lists.active_of(person.account.id):
        want = matching.wanted(watch, moves, now)
        since = max(begin, watch.since)
        due = due_at(watch.frequency, now, person.zone)
        for event in _fitting(watch, want, since):
            known = found.get(event)
            if known is None or due < known[0]:
                found[event] = (due, watch.id)
    made = 0
    for event, (due, watch_id) in found.items():
        row = session.execute(
            _insert(WatchNotice)
            .values(account_id=person.account.id, event=event, watch_id=watch_id, due_at=due)
            .on_conflict_do_nothing(index_elements=["account_id", "event"])
            .returning(WatchNotice.id)
        ).first()
        made += row is not None
    return made


def _fitting(watch: Watch, want: matching.Wanted, since: datetime) -> Iterable[str]:
    staged = matching.stage_news(want, since).with_only_columns(StageEvent.id).limit(matching.MOST)
    noted = matching.other_news(want, watch.level, since).with_only_columns(WatchEvent.id).limit(matching.MOST)
    yield from (f"stage:{key}" for key in session.scalars(staged))
    yield from (f"event:{key}" for key in session.scalars(noted))


def gathered(now: datetime) -> None:
    """Say that everything was gathered up to an instant."""
    session.execute(
        _insert(WatchRound).values(id=1, until=now).on_conflict_do_update(index_elements=["id"], set_={"until": now})
    )


def tell(person: Recipient, *, base_url: str, now: datetime) -> int:
    """Tell somebody in one mail what is due; return how many lines it has.

    The rows are claimed by one conditional update: who comes second finds nothing, and after a rollback they are
    still to be told.
    """
    account = person.account
    claimed = session.scalars(
        update(WatchNotice)
        .where(WatchNotice.account_id == account.id, WatchNotice.told_at.is_(None), WatchNotice.due_at <= now)
        .values(told_at=now)
        .returning(WatchNotice),
        execution_options={"synchronize_session": False},
    ).all()
    language = "zh" if account.language == "zh" else "en"
    lines = lines_of(claimed, translator(language))
    if not lines:
        return 0
    secret = secret_token()
    told = WatchDigest(account_id=account.id, at=now, lines=len(lines), token_hash=digest(secret))
    session.add(told)
    session.flush()
    stop = f"{base_url}/{language}/watching/link/{secret}"
    post(
        "watching_digest",
        account.email,
        language,
        now=now,
        key=f"watching:{account.public_id}:{min(one.id for one in claimed)}",
        lane=Lane.BULK,
        unsubscribe=stop,
        name=account.name,
        count=len(lines),
        groups=grouped(lines[: lists.MOST]),
        more=max(0, len(lines) - lists.MOST),
        base_url=base_url,
        stop=stop,
    )
    return len(lines)


def silence(account_id: int, *, now: datetime) -> int:
    """Stop every mail about what somebody follows, at the word of one of these mails; the list itself stays."""
    quiet = session.execute(
        update(Watch)
        .where(Watch.account_id == account_id, Watch.frequency != Frequency.OFF)
        .values(frequency=Frequency.OFF, version=Watch.version + 1),
        execution_options={"synchronize_session": False},
    )
    session.execute(delete(WatchNotice).where(WatchNotice.account_id == account_id, WatchNotice.told_at.is_(None)))
    stopped = int(getattr(quiet, "rowcount", 0))
    account = session.get_one(Account, account_id)
    record(account.actor(), "silence", "watching", account.public_id, now=now, stopped=stopped)
    return stopped


def erase(account_id: int, now: datetime) -> None:  # noqa: ARG001 - what every room is asked
    """Forget what somebody followed and was told."""
    mine = select(Watch.id).where(Watch.account_id == account_id)
    session.execute(delete(WatchNotice).where(WatchNotice.account_id == account_id))
    session.execute(
        delete(WatchExclusion).where(WatchExclusion.watch_id.in_(mine)),
        execution_options={"synchronize_session": False},
    )
    for model in (Watch, WatchDigest):
        session.execute(
            delete(model).where(model.account_id == account_id), execution_options={"synchronize_session": False}
        )
