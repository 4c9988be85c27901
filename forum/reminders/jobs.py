"""The round of reminders: hear every room, plan, then tell each person in a transaction of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from forum.core.database import begin_writing, session
from forum.reminders import operations, queries
from forum.reminders.operations import Planned
from forum.reminders.rules import Due, Source
from forum.workdays import queries as workdays

log = structlog.get_logger()


@dataclass(slots=True)
class Round:
    """What a round came to."""

    planned: Planned = field(default_factory=Planned)
    mails: int = 0
    lines: int = 0
    unheard: list[str] = field(default_factory=list)  # rooms that gave no answer
    failed: int = 0  # people who couldn't be told


def run(sources: Iterable[Source], *, base_url: str, now: datetime) -> Round:
    """Make one round.

    A room that fails keeps its reminders as they are, a person who can't be told waits for the next round; neither
    keeps the others waiting.
    """
    done = Round()
    dues: list[tuple[str, Due]] = []
    for source in sources:
        try:
            dues += [(source.name, _sound(due)) for due in source.dues(now)]
        except Exception:
            session.rollback()
            log.exception("reminders", source=source.name)
            done.unheard.append(source.name)
    begin_writing()
    done.planned = operations.plan(dues, unheard=done.unheard, now=now)
    session.commit()
    calendar = workdays.calendar()
    waiting = queries.recipients(queries.accounts_to_tell(now), now)
    ready = [key for key, one in waiting.items() if operations.is_time_to_tell(one, calendar=calendar, now=now)]
    for account_id in ready:  # whose writing would come to nothing isn't begun
        try:
            lines = _tell(account_id, base_url=base_url, now=now)
        except Exception:
            session.rollback()
            log.exception("reminders", account=account_id)
            done.failed += 1
        else:
            done.mails += bool(lines)
            done.lines += lines
    session.rollback()
    return done


def _sound(due: Due) -> Due:
    """Return the due date if its sentences find their facts: a slip shows itself here, not in a mail."""
    for sentence, facts in ((due.sentence, due.facts), (due.next_step, due.step_facts)):
        _ = sentence % {"due": "", **facts}
    return due


def _tell(account_id: int, *, base_url: str, now: datetime) -> int:
    begin_writing()
    person = queries.recipients([account_id], now).get(account_id)
    lines = operations.tell(person, calendar=workdays.calendar(), base_url=base_url, now=now) if person else 0
    if lines:
        session.commit()
    else:
        session.rollback()
    return lines
