"""The round of watching: gather what there is to tell, then tell each person in a transaction of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from forum.core.database import begin_writing, session
from forum.reminders.queries import recipients
from forum.watching import operations
from forum.watching.queries import lists, matching

log = structlog.get_logger()
OVERLAP = timedelta(hours=1)  # a transaction that took long commits what is older than what was seen
FIRST = timedelta(days=1)  # how far the very first round looks back


@dataclass(slots=True)
class Round:
    """What a round came to."""

    gathered: int = 0
    mails: int = 0
    lines: int = 0
    failed: int = 0


def run(*, base_url: str, now: datetime) -> Round:
    """Make one round; whoever can't be gathered for or told waits for the next one and keeps nobody waiting."""
    done = Round()
    _gather(done, now)
    for account_id in lists.accounts_to_tell(now):
        try:
            lines = _tell(account_id, base_url=base_url, now=now)
        except Exception:
            session.rollback()
            log.exception("watching", account=account_id)
            done.failed += 1
        else:
            done.mails += bool(lines)
            done.lines += lines
    session.rollback()
    return done


def _gather(done: Round, now: datetime) -> None:
    begin = (lists.gathered_until() or now - FIRST) - OVERLAP
    complete = True
    if lists.anything_since(begin):
        moves = matching.families(now)
        for account_id in lists.accounts_that_follow():
            try:
                done.gathered += _gather_for(account_id, moves, begin, now)
            except Exception:
                session.rollback()
                log.exception("watching", account=account_id)
                done.failed += 1
                complete = False
    session.rollback()
    if complete:
        begin_writing()
        operations.gathered(now)
        session.commit()


def _gather_for(account_id: int, moves: list[tuple[int, int, object]], begin: datetime, now: datetime) -> int:
    begin_writing()
    person = recipients([account_id], now).get(account_id)
    made = operations.gather(person, moves, begin=begin, now=now) if person is not None else 0
    if made:
        session.commit()
    else:
        session.rollback()
    return made


def _tell(account_id: int, *, base_url: str, now: datetime) -> int:
    begin_writing()
    person = recipients([account_id], now).get(account_id)
    lines = operations.tell(person, base_url=base_url, now=now) if person is not None else 0
    session.commit()
    return lines
