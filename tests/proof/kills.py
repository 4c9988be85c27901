"""Registrations over HTTP while the server is killed again and again: what was acknowledged is there, and whole.

The server is the product's own ``forum run``; it is ended with SIGKILL, all of its processes at once, at a random
moment, and started anew. Somebody whose answer did not come sends the same form again. SIGKILL is the death of a
process, not of the machine: the operating system keeps what was written.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from forum.audit.models import AuditEntry
from forum.core.clock import system_clock
from forum.core.database import session
from forum.core.formkeys import FormKey
from forum.events.models import Forum
from forum.people.models import Person
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Consent, Participation, SealedField
from forum.registration.states import SEATED_STATES, ParticipationState
from tests.proof.ground import SLUG, Ground, open_forum
from tests.proof.visitor import GaveUp, Visitor, register
from tests.serving import ROOT, house

SHORTEST, LONGEST = 0.2, 2.0  # seconds between the first answer of a server and its end


@dataclass
class Outcome:
    """What a trial came to."""

    kills: int = 0
    begun: set[str] = field(default_factory=set)
    """Addresses whose first form was acknowledged."""
    finished: set[str] = field(default_factory=set)
    """Addresses whose registration was acknowledged to the end."""
    sent_again: int = 0
    opened_again: int = 0
    gave_up: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    differences: int = 0
    integrity: str = ""
    seconds: float = 0.0


def trial(ground: Ground, kills: int, seed: int, visitors: int = 8, cap: int = 40) -> Outcome:
    """Kill the server that many times while visitors register, then look at what stands in the database."""
    app = ground.application()
    with app.app_context():
        open_forum(cap, system_clock())
        session.remove()
    outcome, dice = Outcome(), random.Random(seed)
    port, ending = [0], threading.Event()
    numbers = itertools.count()
    journal = Path(ground.folder) / "house.log"
    environment = ground.environment(FORUM_TRUSTED_PROXIES="1", FORUM_LOG_LEVEL="ERROR")
    for trial_only in ("FORUM_TESTING", "FORUM_BASE_URL"):  # served as it is served to people
        del environment[trial_only]
    begun_at = time.monotonic()
    threads = [
        threading.Thread(target=_keep_registering, args=(port, ending, numbers, outcome)) for _each in range(visitors)
    ]
    for turn in range(kills + 1):
        with house(environment, journal) as server:
            port[0] = server.port
            if turn == 0:
                for thread in threads:
                    thread.start()
            if turn < kills:
                time.sleep(dice.uniform(SHORTEST, LONGEST))
                server.kill()
                outcome.kills += 1
                continue
            ending.set()
            for thread in threads:
                thread.join(120)
    outcome.seconds = time.monotonic() - begun_at
    with app.app_context():
        _look(outcome)
        session.remove()
    outcome.integrity = _integrity(ground)
    return outcome


def _keep_registering(
    port: list[int], ending: threading.Event, numbers: itertools.count[int], outcome: Outcome
) -> None:
    while not ending.is_set():
        number = next(numbers)
        visitor = Visitor(lambda: port[0], f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        try:
            register(visitor, SLUG, number, outcome.begun.add)
        except GaveUp as reason:
            outcome.gave_up.append(f"v{number}: {reason}")
        else:
            outcome.finished.add(f"v{number}@forum.example")
        outcome.sent_again += visitor.sent_again
        outcome.opened_again += visitor.opened_again


def _look(outcome: Outcome) -> None:
    """Compare what was acknowledged with the rows of every table that a registration writes."""
    rows = session.execute(
        select(Person.email, Participation).join(Participation, Participation.person_id == Person.id)
    ).all()
    by_address: dict[str, list[Participation]] = {}
    for address, participation in rows:
        by_address.setdefault(address, []).append(participation)
    answers = set(session.scalars(select(FormKey.answer)))
    told = Counter(session.scalars(select(OutboxMail.recipient)))
    audited = {(row.object_id, row.action) for row in session.execute(select(AuditEntry.object_id, AuditEntry.action))}
    sealed = set(session.scalars(select(SealedField.participation_id)))
    agreed = set(session.scalars(select(Consent.participation_id)))
    outcome.twice = sorted(address for address, found in by_address.items() if len(found) > 1)
    outcome.lost = sorted(outcome.begun - by_address.keys())
    for address, found in by_address.items():
        one = found[0]
        whole = one.public_id in answers and (one.public_id, "start") in audited and told[address]
        if address in outcome.finished:
            done = one.state in {*SEATED_STATES, ParticipationState.WAITLISTED}
            whole = whole and done and one.id in sealed and one.id in agreed and (one.public_id, "submit") in audited
        if one.state in SEATED_STATES and len(one.scopes) != 2:
            whole = False
        if not whole:
            outcome.half.append(f"{address} {one.state}")
    forum = session.scalars(select(Forum).where(Forum.slug == SLUG)).one()
    outcome.differences = len(seats.reconcile(forum))


def _integrity(ground: Ground) -> str:
    """What the database and the chain of the audit say of themselves."""
    words = []
    if ground.engine == "SQLite":
        connection = sqlite3.connect(ground.url.removeprefix("sqlite:///"))
        words.append(str(connection.execute("PRAGMA integrity_check").fetchone()[0]))
        connection.close()
    done = subprocess.run(
        [sys.executable, "-m", "forum", "verify-audit"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **ground.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    words.append("audit whole" if done.returncode == 0 else f"audit broken: {done.stdout}{done.stderr}")
    return ", ".join(words)
