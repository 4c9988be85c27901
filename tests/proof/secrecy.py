"""Key and text of an engine, looked for wherever they might be written down, after every failure of every engine.

``python -m tests.proof.secrecy`` is the worker of the trial: everything that is logged in it goes to its error stream,
whatever its level and whoever logs it.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select, update

from forum import config
from forum.accounts.models import Account
from forum.application import create_app
from forum.core.actor import Actor
from forum.core.clock import system_clock
from forum.core.database import Base, begin_writing, session
from forum.drafting.models import EngineBreaker, JobState, TranslationJob
from forum.drafting.operations.asking import ask
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.performing import perform_due
from forum.events.models import PracticalSection
from forum.ports.engines.calling import Limits
from forum.ports.engines.choosing import EngineFacts, engine_from
from forum.ports.jobs.running import run
from forum.ports.jobs.timing import Job
from forum.schedule import DAY
from tests.cast import Client
from tests.demonstration import signed_in
from tests.proof.ground import ROOT, SLUG, Ground, open_forum
from tests.translation.libre import Server, libre

QUICK = Limits(connect=1, silence=0.4, whole=1.0, most=500_000)
ENGINES = ("libretranslate", "deepl", "microsoft")
MODES = (
    *("ok", "lost", "400", "403", "429", "500", "503", "slow", "trickle", "html", "truncated", "cut", "short", "types"),
    *("single", "list", "error-200", "redirect", "huge", "gzip", "nul", "surrogate", "deep", "hangup", "gone", "fault"),
)
# Where a text stands because somebody wrote it there.
ITS_PLACE = frozenset({"practical_section.body_en", "practical_section.body_zh", "translation_state.source_text"})
PAGES = ("desk/translation/engine", "desk/translation/", "people-with-accounts", "nowhere", f"forums/{SLUG}/none")


@dataclass
class Outcome:
    """What was tried, where it was looked, and what was found there."""

    calls: int = 0
    failures: int = 0  # of those, as the page of the engine tells of them
    places: int = 0  # lines of logs, rows, pages, addresses and headers
    found: list[str] = field(default_factory=list)


def trial(ground: Ground, modes: tuple[str, ...] = MODES) -> Outcome:
    """Draft one text through each engine in each mode of its server, and look everywhere."""
    outcome, app = Outcome(), ground.application()
    with app.app_context():
        forum = open_forum(None, system_clock())
        begin_writing()
        session.add_all(
            PracticalSection(forum_id=forum.id, title_zh="说明", body_en=_text(name, mode))
            for name in ENGINES
            for mode in modes
        )
        session.commit()
        session.remove()
        token = signed_in(app, "trial")
        begin_writing()
        session.execute(update(Account).values(is_admin=True))
        session.commit()
        session.remove()
    for name in ENGINES:
        with libre() as server, _worker(ground, server, name) as (do, log):
            for mode in modes:
                server.mode = "ok" if mode in {"lost", "fault", "gone"} else mode
                server.slow = 1.0
                server.speak = _losing if mode == "lost" else _plain
                outcome.failures += do(mode) != "1"
                outcome.calls += 1
            server.go_on.set()
        outcome.found += _in_lines(f"log of {name}", log.read_text("utf-8", "replace"), outcome)
        outcome.found += _in_what_was_sent(name, server, outcome)
    with app.app_context():
        outcome.found += _in_rows(outcome)
        session.remove()
    outcome.found += _in_pages(app, token, outcome)
    return outcome


def _key(name: str) -> str:
    return f"canarykey{name}7f3a"


def _text(name: str, mode: str) -> str:
    return f"Canarytext {name} {mode} follows ISO 37101"


def _plain(text: str, _target: str, _html: bool) -> str:
    return f"译{text}"


def _losing(_text: str, _target: str, _html: bool) -> str:
    return "译文"


def _secrets(line: str) -> Iterator[str]:
    folded = line.casefold()
    yield from (word for word in ("canarykey", "canarytext") if word in folded)


def _in_lines(where: str, text: str, outcome: Outcome) -> Iterator[str]:
    for line in text.splitlines():
        outcome.places += 1
        yield from (f"{where}: {word}" for word in _secrets(line))


def _in_what_was_sent(name: str, server: Server, outcome: Outcome) -> Iterator[str]:
    """The key stands in the body or in the header of the service, the text in the body, and neither elsewhere."""
    own = {"deepl": "authorization", "microsoft": "ocp-apim-subscription-key"}.get(name, "")
    for got in server.got:
        headers = [f"{header}: {value}" for header, value in got.headers.items() if header != own]
        yield from _in_lines(f"address or header to {name}", "\n".join((got.path, *headers)), outcome)


def _in_rows(outcome: Outcome) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            outcome.places += 1
            for column in table.c:
                place = f"{table.name}.{column.name}"
                for word in _secrets(str(getattr(row, column.name))):
                    if word == "canarykey" or place not in ITS_PLACE:
                        yield f"{place}: {word}"


def _in_pages(app: Flask, token: str, outcome: Outcome) -> Iterator[str]:
    """What an administrator sees of engine, faults and figures; the pages of the forum show its texts, as they must."""
    before = app.extensions["forum.settings"]
    app.test_client_class = Client
    for name in ENGINES:
        app.extensions["forum.settings"] = replace(
            before, translation_engine=name, libretranslate_url="http://127.0.0.1:9", libretranslate_key=_key(name)
        )
        browser = app.test_client()
        browser.set_cookie("forum", token, domain="forum.test")
        for page in (*(f"/{language}/{page}" for language in ("en", "zh") for page in PAGES), "/metrics", "/health"):
            answer = browser.get(page, base_url="http://forum.test")
            assert answer.status_code < 500
            said = answer.text + str(answer.headers)
            yield from _in_lines(f"{page} with {name}", said, outcome)
    app.extensions["forum.settings"] = before


@contextmanager
def _worker(ground: Ground, server: Server, name: str) -> Iterator[tuple[Callable[[str], str], Path]]:
    """A process that drafts when it is told to, and the file of all that is said in it."""
    log = Path(ground.folder) / f"{name}.log"
    environment = ground.environment(FORUM_TRANSLATION_ENGINE=name, FORUM_LOG_LEVEL="DEBUG")
    environment |= {f"FORUM_{name.upper()}_URL": server.url, f"FORUM_{name.upper()}_KEY": _key(name)}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.secrecy"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    into, out = process.stdin, process.stdout

    def do(mode: str) -> str:
        into.write(json.dumps({"name": name, "mode": mode}) + "\n")
        into.flush()
        answer = out.readline().strip()
        assert answer, log.read_text("utf-8", "replace")[-2000:]
        return answer

    try:
        yield do, log
    finally:
        into.close()
        process.wait(60)
        out.close()


def main() -> None:
    """Draft what the lines of the input name, one by one; say how many were stored."""
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    settings = config.from_environment()
    app = create_app(settings)
    made: Any = engine_from(settings)
    engine = replace(made, caller=replace(made.caller, limits=QUICK))
    for line in sys.stdin:
        asked = json.loads(line)
        print(_draft(app, engine, asked["name"], asked["mode"]), flush=True)


def _draft(app: Flask, engine: Any, name: str, mode: str) -> int:
    if mode == "gone":
        engine = replace(engine, caller=replace(engine.caller, address="http://127.0.0.1:9/translate"))
    with app.app_context():
        begin_writing()
        for row in session.scalars(select(EngineBreaker)):
            session.delete(row)  # one failure after the other, without its pauses
        waiting = update(TranslationJob).where(TranslationJob.state == JobState.QUEUED)
        session.execute(waiting.values(state=JobState.FAILED, settled_at=system_clock()))
        section = session.scalars(select(PracticalSection).filter_by(body_en=_text(name, mode))).one()
        facts = EngineFacts(engine.name, engine.where, engine.outside)
        actor = Actor("account:trial")
        assert ask("practical_section", section.public_id, "body", engine=facts, actor=actor, now=system_clock())
        session.commit()
        session.remove()
    done: list[int] = []

    def work(now: Any) -> int:
        done.append(perform_due(now, engine, allowance=Allowance(100_000, 0)))
        return done[-1]

    def breaks(_session: Any, _context: Any) -> None:
        raise RuntimeError(f"a database that repeats {_text(name, mode)}")

    if mode == "fault":
        event.listen(session, "after_flush", breaks)
    run(app, Job("draft", work, DAY, own_transactions=True), system_clock())
    if mode == "fault":
        event.remove(session, "after_flush", breaks)
    return done[0] if done else 0


if __name__ == "__main__":
    main()
