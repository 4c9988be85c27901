"""Seats: many processes try for few seats through the real operation, and every third form is sent twice.

Control: with the guard removed, that is, with the counter's limit taken away and "count, then insert" in its
place, the same trial sells too many.
"""

from __future__ import annotations

import multiprocessing
import queue
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from forum.core.actor import Actor
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.refusals import Refusal
from forum.events.models import Forum
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Category, Participation, WaitingEntry
from forum.registration.operations.registering import Application, register
from forum.registration.states import SEATED_STATES
from tests.proof.ground import SLUG, Ground, open_forum

VISITOR = Actor("visitor", None, "en", frozenset({"delegate"}))
PATIENCE = 600.0  # seconds until a trial is given up


@dataclass
class Outcome:
    """What a trial came to."""

    tries: int = 0
    sent: int = 0
    seconds: float = 0.0
    answers: dict[str, int] = field(default_factory=dict)
    """What the senders were told, by word: a state of the participation, or an error."""
    unequal_repeats: int = 0
    registered: int = 0
    seated: int = 0
    waiting: int = 0
    mails: int = 0
    differences: int = 0

    @property
    def errors(self) -> int:
        """Answers that aren't a state."""
        return sum(number for word, number in self.answers.items() if word.startswith("error"))


def trial(ground: Ground, tries: int, cap: int, processes: int, *, guarded: bool = True) -> Outcome:
    """Try for seats from many processes at once, and count what stands in the database afterwards."""
    app = ground.application()
    with app.app_context():
        open_forum(cap if guarded else None, system_clock())
        session.remove()
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(processes)
    results: Any = context.Queue()
    workers = [
        context.Process(
            target=_worker,
            args=(ground, range(number, tries, processes), cap if not guarded else None, gate, results),
            daemon=True,
        )
        for number in range(processes)
    ]
    begun = time.monotonic()
    for worker in workers:
        worker.start()
    told = [_told(results, workers) for _each in workers]
    for worker in workers:
        worker.join(PATIENCE)
    outcome = Outcome(tries=tries, seconds=time.monotonic() - begun)
    answers: Counter[str] = Counter()
    for words, sent, unequal in told:
        answers.update(words)
        outcome.sent += sent
        outcome.unequal_repeats += unequal
    outcome.answers = dict(sorted(answers.items()))
    with app.app_context():
        _count(outcome)
        session.remove()
    return outcome


def _told(results: Any, workers: list[Any]) -> Any:
    """What the next worker reports; a worker that died ends the trial at once."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return results.get(timeout=1)
        except queue.Empty:
            if any(worker.exitcode for worker in workers):
                break
    message = "a process of the trial died or did not end"
    raise RuntimeError(message)


def _count(outcome: Outcome) -> None:
    forum = session.scalars(select(Forum).where(Forum.slug == SLUG)).one()
    by_state = dict(session.execute(select(Participation.state, func.count()).group_by(Participation.state)).all())
    outcome.registered = sum(by_state.values())
    outcome.seated = sum(number for state, number in by_state.items() if state in SEATED_STATES)
    outcome.waiting = session.scalar(select(func.count()).select_from(WaitingEntry)) or 0
    outcome.mails = session.scalar(select(func.count()).select_from(OutboxMail)) or 0
    outcome.differences = len(seats.reconcile(forum))


def _worker(ground: Ground, numbers: range, naive_cap: int | None, gate: Any, results: Any) -> None:
    app = ground.application()
    words: Counter[str] = Counter()
    sent = unequal = 0
    with app.app_context():
        gate.wait()
        for number in numbers:
            answers = [_try(number, naive_cap) for _again in range(2 if number % 3 == 0 else 1)]
            sent += len(answers)
            unequal += len(set(answers)) > 1
            words.update(word for word, _public_id in answers)
    results.put((words, sent, unequal))


def _try(number: int, naive_cap: int | None) -> tuple[str, str]:
    """Send one form; the answer is what its sender reads, and which registration it speaks of."""
    try:
        if naive_cap is not None and _full(naive_cap):
            return "full", ""
        begin_writing()
        forum = session.scalars(select(Forum).where(Forum.slug == SLUG)).one()
        category = session.scalars(select(Category).where(Category.forum_id == forum.id)).one()
        made = register(
            forum,
            application(category, number),
            form_key=f"form-{number}",
            body_hash=f"body-{number}",
            actor=VISITOR,
            now=system_clock(),
        )
        answer = str(made.state), made.public_id
        session.commit()
    except Refusal as refusal:
        session.rollback()
        return f"error: {type(refusal).__name__}", ""
    except OperationalError as fault:
        session.rollback()
        return f"error: {type(fault.orig).__name__}", ""
    finally:
        session.remove()
    return answer


def _full(cap: int) -> bool:
    """What one would write without a guard: count the rows, then go on."""
    seated = session.scalar(
        select(func.count()).select_from(Participation).where(Participation.state.in_(sorted(SEATED_STATES)))
    )
    session.rollback()
    return (seated or 0) >= cap


def application(category: Category, number: int) -> Application:
    """A form as a visitor fills it in."""
    return Application(
        category=category,
        person={
            "family_latin": f"Visitor{number:05}",
            "given_latin": "Trial",
            "email": f"v{number}@forum.example",
            "country_iso2": "CN",
        },
        facts={"function_en": "Engineer", "organisation_name_en": "Institute", "country_iso2": "CN"},
        sealed={"phone": f"+86 138 {number:08}"},
        consents={"notice": True},
        language="zh" if number % 2 else "en",
    )
