"""A forum drafted through the product as it is served, while its engine is slow, killed under, or gone.

The web processes are ``forum run``, the worker is ``forum worker``, the engine a server on loopback.  What the public
and the desk are shown is timed while the engine is idle, while it leaves a call unanswered, and while it is gone.

``hurry``: instead of waiting for the schedule, the back-off and the pause, the instants in the rows are moved back and
the worker is begun anew, which looks at once for what is due.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import Select, func, select, update

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.facts import SiteFact
from forum.drafting.models import BreakerState, EngineBreaker, JobState, TranslationJob
from forum.events.models import Room
from tests.cast import hidden_fields
from tests.demonstration import signed_in
from tests.furnishing import Said, add_session
from tests.proof.ground import ROOT, SLUG, Ground, open_forum
from tests.services import LOOPBACK
from tests.serving import house
from tests.translation.libre import Server, chinese, libre, wait_for

AS_FAST = 1.5  # times as long: what a machine at work makes of equal pages
PATIENCE = 400.0  # seconds for anything to come to its end
TURNS = 3
TURN = "job:draft_translations"
IDLE = 5.0  # seconds after which a connection is opened anew
LONGEST_LOOK = 12.0  # seconds; an engine that is silent for twenty is given up
DESK = f"desk/translation/forums/{SLUG}"
PAGES = (f"/en/forums/{SLUG}/", "/zh/glossary/", "/zh/desk/translation/", f"/en/{DESK}/", "/en/desk/translation/engine")
ASKING = (f"/en/{DESK}/", f"/en/{DESK}/draft")
DRAFTED = ("title", "abstract", "description")
OPEN = (JobState.QUEUED, JobState.RUNNING)


@dataclass
class Look:
    """How many milliseconds pages took, by address, and the longest of all answers, forms included."""

    times: dict[str, list[float]] = field(default_factory=dict)
    longest: float = 0.0
    answers: int = 0
    faults: int = 0

    @property
    def median(self) -> float:
        """The median of the slowest page."""
        return max((statistics.median(seen) for seen in self.times.values()), default=0.0)

    def add(self, other: Look) -> None:
        """Take in what was seen at another time."""
        for page, seen in other.times.items():
            self.times.setdefault(page, []).extend(seen)
        self.longest = max(self.longest, other.longest)
        self.answers += other.answers
        self.faults += other.faults

    def beside(self, calm: Look) -> float:
        """How many times as long the pages took, in the median of the pages.

        By the lower quartile of each: the upper ones tell how busy the machine was with other things.
        """
        ratios = [_quartile(seen) / _quartile(calm.times[page]) for page, seen in self.times.items()]
        return statistics.median(ratios)


def _quartile(times: list[float]) -> float:
    return statistics.quantiles(times, n=4)[0]


@dataclass
class Outcome:
    """What the trial came to."""

    texts: int = 0
    kills: int = 0
    lost: int = 0
    written_twice: int = 0
    wrong: int = 0
    failed: int = 0
    sent_again: int = 0
    asked: float = 0.0  # milliseconds for the form that asks for all drafts
    opened: bool = False
    resumed: float = 0.0  # seconds from the engine's return to the last draft
    slow: float = 0.0  # how many times as long pages took
    gone: float = 0.0
    calm: Look = field(default_factory=Look)  # before, between and after the turns of a slow engine
    while_slow: Look = field(default_factory=Look)
    while_gone: Look = field(default_factory=Look)

    @property
    def faults(self) -> int:
        """Pages that weren't answered with 200."""
        return self.calm.faults + self.while_slow.faults + self.while_gone.faults

    @property
    def whole(self) -> bool:
        """Whether every text was drafted once and rightly, and every page answered."""
        wrong = self.lost + self.written_twice + self.wrong + self.failed + self.faults
        return bool(self.texts) and not wrong and self.opened


class Reader:
    """Somebody's browser at the served product, over one connection that is kept."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._cookies = port, {"forum": token}
        self._connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
        self._last = time.monotonic()

    def ask(self, method: str, address: str, body: bytes = b"") -> tuple[int, str, float]:
        """Return status, text and milliseconds."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._last > IDLE:
            self._connection.close()  # the server has closed it as well, or is about to
        begun = time.perf_counter()
        self._connection.request(method, address, body=body or None, headers=headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        spent = (time.perf_counter() - begun) * 1000
        self._last = time.monotonic()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, text, spent

    def leave(self) -> None:
        """Close the connection."""
        self._connection.close()

    def send(self, page: str, address: str, **values: str) -> float:
        """Send a form with the token of a page; return the milliseconds of its answer."""
        _status, text, _spent = self.ask("GET", page)
        token = hidden_fields(text)["csrf_token"]
        status, _text, spent = self.ask("POST", address, urlencode({"csrf_token": token, **values}).encode())
        assert status == 303, f"{address} answers {status}"
        return spent

    def look(self, rounds: int) -> Look:
        """Open each page that many times, as far as there is time; each round also asks for drafts, which writes."""
        found = Look({page: [] for page in PAGES})
        deadline = time.monotonic() + LONGEST_LOOK
        for _turn in range(rounds):
            if time.monotonic() > deadline:
                break
            for page, seen in found.times.items():
                status, _text, spent = self.ask("GET", page)
                seen.append(spent)
                found.faults += status != 200
            found.longest = max(found.longest, self.send(*ASKING), *(seen[-1] for seen in found.times.values()))
            found.answers += len(PAGES) + 2
        return found


def trial(ground: Ground, sessions: int, kills: int, rounds: int, seed: int, *, hurry: bool = False) -> Outcome:
    """Draft a forum of that many sessions; needs a ground that was migrated."""
    made, outcome = _House(ground, hurry=hurry), Outcome()
    with made.app.app_context():
        token = _furnish(made.app, sessions)
    with ExitStack() as at_engine:
        engine = at_engine.enter_context(libre())
        made.set_engine(engine)
        with house(made.environment, made.journal) as web:
            reader = Reader(web.port, token)
            reader.send(ASKING[0], f"/en/{DESK}/clearing", deed="clear")
            reader.look(2)
            outcome.asked = reader.send(*ASKING)
            for _turn in range(TURNS):  # by turns, for a machine has busy moments of its own
                outcome.calm.add(reader.look(rounds))
                outcome.while_slow.add(made.left_waiting(engine, reader, rounds))
            outcome.calm.add(reader.look(rounds))
            outcome.slow = outcome.while_slow.beside(outcome.calm)
            outcome.kills = TURNS + made.killed(engine, kills - TURNS, random.Random(seed))
            with nullcontext() if hurry else made.worker():
                made.come_to_an_end()
                with made.app.app_context():
                    _describe()
                calm = reader.look(rounds * TURNS)
                at_engine.close()
                outcome.asked = max(outcome.asked, reader.send(*ASKING))
                outcome.opened = made.until(lambda: made.breaker() is BreakerState.OPEN)
                outcome.while_gone = reader.look(rounds * TURNS)
                with libre(port=int(engine.url.rpartition(":")[2])) as again:
                    begun = time.monotonic()
                    made.come_to_an_end()
                    outcome.resumed = time.monotonic() - begun
                    calm.add(reader.look(rounds * TURNS))
                outcome.gone = outcome.while_gone.beside(calm)
            reader.leave()
    with made.app.app_context():
        _compare(outcome, [*engine.texts, *again.texts])
    return outcome


class _House:
    """The product's processes around one database, and what this trial does to them."""

    def __init__(self, ground: Ground, *, hurry: bool) -> None:
        self.app, self.hurry = ground.application(), hurry
        self.journal = Path(ground.folder) / "house.log"
        self.environment = ground.environment(FORUM_LOG_LEVEL="ERROR")
        for trial_only in ("FORUM_TESTING", "FORUM_BASE_URL"):  # served as it is served to people
            del self.environment[trial_only]

    def set_engine(self, engine: Server) -> None:
        """Name the engine to every process that is begun from now on, without limits of its use."""
        self.environment |= {"FORUM_TRANSLATION_ENGINE": "libretranslate", "FORUM_LIBRETRANSLATE_URL": engine.url}
        self.environment |= {"FORUM_TRANSLATION_RATE": "100000", "FORUM_TRANSLATION_BUDGET": "0"}

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """The product's own worker; it is ended with the block."""
        self.let_pass(timedelta(minutes=2))
        with self.journal.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "forum", "worker"],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.environment},
                stdout=output,
                stderr=output,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(60)

    def left_waiting(self, engine: Server, reader: Reader, rounds: int) -> Look:
        """Look around while the engine leaves its first call unanswered; then kill the worker that waits for it."""
        engine.mode = "wait"
        engine.entered.clear()
        engine.go_on.clear()
        with self.worker() as process:
            wait_for(engine.entered.is_set, 60)
            found = reader.look(rounds)
            assert self.waits(), "the worker still waits for its answer"
            process.send_signal(signal.SIGKILL)
            process.wait()
        engine.mode = "ok"
        engine.go_on.set()
        self.let_pass(timedelta(minutes=5), spared=True)
        return found

    def killed(self, engine: Server, kills: int, dice: random.Random) -> int:
        """Kill the worker in the middle of its calls that many times, while there is work; return how often it was."""
        engine.speak, done = _slowly, 0
        while done < kills and self.open():
            engine.entered.clear()
            with self.worker() as process:
                wait_for(lambda: engine.entered.is_set() or not self.open(), 60)
                time.sleep(dice.uniform(0, 0.5))
                process.send_signal(signal.SIGKILL)
                process.wait()
            self.let_pass(timedelta(minutes=5), spared=True)
            done += 1
        return done

    def come_to_an_end(self) -> None:
        """Wait until no draft waits any more."""
        assert self.until(lambda: not self.open()), "the drafts never came to an end"

    def until(self, holds: Callable[[], bool]) -> bool:
        """Wait until something holds; in a hurry by beginning the worker again and again, as if time had passed."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            begun = system_clock()
            with self.worker() if self.hurry else nullcontext():
                while time.monotonic() < deadline and not (self.hurry and self.had_its_turn(begun)):
                    if holds():
                        return True
                    time.sleep(0.2)
            if holds():
                return True
        return False

    def had_its_turn(self, begun: datetime) -> bool:
        """Whether the drafts were looked at since then, and none is held now."""
        turn = self._asked(select(SiteFact.value).where(SiteFact.key == TURN))
        return turn is not None and datetime.fromisoformat(turn) >= begun and not self.waits()

    def let_pass(self, span: timedelta, *, spared: bool = False) -> None:
        """Move back what waits for an instant; ``spared``: a try that a kill cost is given back."""
        with self.app.app_context():
            begin_writing()
            for job in session.scalars(select(TranslationJob).where(TranslationJob.state.in_(OPEN))):
                job.next_at -= span
                job.lease_until = job.lease_until - span if job.lease_until else None
                job.tries = 0 if spared else job.tries
            for row in session.scalars(select(EngineBreaker)):
                row.until = row.until - span if row.until else None
            turn = session.get(SiteFact, TURN)
            if turn is not None:
                turn.value = (datetime.fromisoformat(turn.value) - span).isoformat()
            session.commit()
            session.remove()

    def open(self) -> int:
        """How many drafts aren't settled."""
        return self._asked(select(func.count()).where(TranslationJob.state.in_(OPEN))) or 0

    def waits(self) -> bool:
        """Whether a worker holds drafts."""
        return bool(self._asked(select(func.count()).where(TranslationJob.state == JobState.RUNNING)))

    def breaker(self) -> BreakerState | None:
        """The state of the engine."""
        found: BreakerState | None = self._asked(select(EngineBreaker.state))
        return found

    def _asked(self, query: Select[Any]) -> Any:
        with self.app.app_context():
            found = session.scalar(query)
            session.remove()
        return found


def _slowly(text: str, target: str, as_html: bool) -> str:
    time.sleep(0.02)  # long enough to be killed in
    return chinese(text, target, as_html)


def _furnish(app: Flask, sessions: int) -> str:
    """A forum with so many confirmed sessions in English alone, and an administrator; returns a token of theirs."""
    now = system_clock()
    forum = open_forum(None, now)
    begin_writing()
    room = Room(forum_id=forum.id, code="hall", name_en="Hall", name_zh="大厅", layouts={"theatre": 500})
    session.add(room)
    session.flush()
    first = datetime.combine(forum.first_day, datetime.min.time()) + timedelta(hours=9)
    for number in range(sessions):
        said = Said((f"Session {number} on ISO 37101", ""), (f"Session {number} begins.\nIt ends with questions.", ""))
        start = first + timedelta(days=number // 30, minutes=number % 30 * 20)
        add_session(forum, said, room, start, 20)
    session.commit()
    token = signed_in(app, "trial")
    begin_writing()
    session.execute(update(Account).values(is_admin=True))
    session.commit()
    session.remove()
    return token


def _describe() -> None:
    """Give each session one more text; commits."""
    begin_writing()
    for held in session.scalars(select(AgendaSession)):
        held.description_en = f"About {held.title_en}"
    session.commit()
    session.remove()


def _compare(outcome: Outcome, sent: list[str]) -> None:
    """Compare every text with its draft, the audit and the jobs."""
    states = Counter(session.scalars(select(TranslationJob.state)))
    outcome.texts = sum(states.values())
    outcome.failed = outcome.texts - states[JobState.DONE]
    wanted = 0
    for held in session.scalars(select(AgendaSession)):
        for name in DRAFTED:
            words, draft = held.side(name, "en"), held.side(name, "zh")
            wanted += bool(words)
            outcome.lost += not draft
            outcome.wrong += bool(draft) and draft != "\n".join(f"译文{line}" for line in words.splitlines())
    outcome.lost += abs(wanted - outcome.texts)
    entries = session.execute(
        select(AuditEntry.object_id, AuditEntry.body).where(AuditEntry.action == "draft_translation")
    )
    written = Counter((name, json.loads(body)["facts"]["field"]) for name, body in entries)
    outcome.written_twice = sum(count - 1 for count in written.values())
    outcome.sent_again = sum(count - 1 for count in Counter(sent).values())
    session.rollback()
    session.remove()
