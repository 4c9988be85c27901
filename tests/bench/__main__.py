"""``python -m tests.bench``: what the public pages, a registration, the files and the start cost.

Everything runs on this machine in one run: the bare hello and the product are served by granian with the same
number of processes and threads, and asked by the same client over connections that are balanced between the
processes (the kernel's own tables say which process holds which connection; those beyond a share are closed).
Rates compare only within one run.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from tests.bench import arrangements, catalogue
from tests.bench.load import Measure, balanced, drive, request_bytes
from tests.proof import matching
from tests.services import LOOPBACK, postgresql_cluster
from tests.serving import ROOT, Server, house, resident_megabytes, serving, shared_megabytes

SLUG = "large-forum"
CITIES = 500  # on each side
NETWORKS = (f"10.{one >> 16 & 255}.{one >> 8 & 255}.{one & 255}" for one in itertools.count())
WORKERS, THREADS, CONNECTIONS = 2, 4, 8
PAGES = {
    "agenda page": f"/en/forums/{SLUG}/agenda",
    "agenda JSON": f"/en/forums/{SLUG}/agenda.json",
    "agenda ICS": f"/en/forums/{SLUG}/agenda.ics",
}
FILES = {
    "PDF": f"/en/forums/{SLUG}/agenda.pdf",
    "XLSX": f"/en/forums/{SLUG}/agenda.xlsx",
    "CSV": f"/en/forums/{SLUG}/agenda.csv",
    "schedule XML": f"/en/forums/{SLUG}/schedule.xml",
}


@dataclass
class Results:
    """Everything that was measured on one database."""

    engine: str
    hello: float = 0.0
    repeat: dict[str, Measure] = field(default_factory=dict)
    whole: dict[str, Measure] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    coldest: dict[str, float] = field(default_factory=dict)
    registration: Measure = field(default_factory=Measure)
    cold_start: float = 0.0
    imported: float = 0.0
    matched: float = 0.0
    lists: list[arrangements.Timed] = field(default_factory=list)
    searches: list[catalogue.Timed] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A database with the large forum in it."""

    engine: str
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the product here; each visitor comes from a network of their own."""
        return {
            "FORUM_DATA": str(self.folder),
            "FORUM_DATABASE_URL": self.url,
            "FORUM_LOG_LEVEL": "ERROR",
            "FORUM_TRUSTED_PROXIES": "1",
        }

    def run(self, *arguments: str) -> float:
        """Run one of the product's commands; seconds."""
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "forum", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"forum {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return time.perf_counter() - begun


@contextmanager
def place(engine: str, sessions: int) -> Iterator[Place]:
    """A migrated database with the large forum, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        if engine == "SQLite":
            made = Place(engine, f"sqlite:///{folder}/forum.db", Path(folder))
            _fill(made, sessions)
            yield made
            return
        with postgresql_cluster() as cluster:
            made = Place(engine, cluster.create_database("forum_bench"), Path(folder))
            _fill(made, sessions)
            yield made


def _fill(made: Place, sessions: int) -> None:
    made.run("migrate")
    code = (
        "from datetime import UTC, datetime; from forum.application import create_app\n"
        "from tests.bench.forum import large_forum\n"
        "app = create_app()\n"
        f"with app.app_context(): large_forum({sessions}, datetime.now(UTC), {SLUG!r})\n"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **made.environment}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def measure_hello(seconds: float, folder: Path) -> float:
    """Answers a second of the bare hello."""
    target = "tests.bench.hello:create_app"
    with serving({}, folder / "hello.log", target=target, workers=WORKERS, threads=THREADS, health="/") as server:
        request = request_bytes("/", host=f"{LOOPBACK}:{server.port}")
        return _drive(server, lambda: request, seconds).rate


def _drive(
    server: Server,
    next_request: Callable[[], bytes | None],
    seconds: float,
    first: Callable[[], bytes | None] | None = None,
) -> Measure:
    connections = balanced(server, CONNECTIONS)
    try:
        drive(connections, first or next_request, 0.5)
        return drive(connections, next_request, seconds)
    finally:
        for connection in connections:
            connection.close()


def _ask(
    server: Server, path: str, headers: dict[str, str] | None = None
) -> tuple[float, http.client.HTTPResponse, bytes]:
    """Ask once on a connection of its own: seconds, answer, body."""
    connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=60)
    connection.connect()
    begun = time.perf_counter()
    connection.request(
        "GET", path, headers={"Accept-Encoding": "gzip", "X-Forwarded-For": next(NETWORKS), **(headers or {})}
    )
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - begun
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
    return seconds, answer, body


def measure(engine: str, hello: float, sessions: int, seconds: float) -> Results:
    """Everything on one database."""
    results = Results(engine, hello)
    with place(engine, sessions) as made:
        starts = []
        for _start in range(3):
            with house(made.environment, made.folder / "house.log", workers=WORKERS) as server:
                starts.append(server.started_in)
        results.cold_start = statistics.median(starts)
        with house(made.environment, made.folder / "house.log", workers=WORKERS) as server:
            pages = dict(PAGES)
            results.coldest = {name: _ask(server, path)[0] * 1000 for name, path in {**pages, **FILES}.items()}
            pages["session page"] = _some_session(server)
            _first_builds(made, server, {**pages, **FILES}, results)
            for name, path in pages.items():
                _visits(server, name, path, seconds, results)
            results.registration = _registrations(server, seconds)
            results.memory = [(resident_megabytes(pid), shared_megabytes(pid)) for pid in server.workers()]
            schedule = made.folder / "schedule.xml"
            schedule.write_bytes(gzip.decompress(_ask(server, FILES["schedule XML"])[2]))
        run = matching.measured(CITIES, CITIES)
        results.matched = run.scored + run.matched
        results.lists = arrangements.trial(engine)
        results.searches = catalogue.trial(engine)
        results.imported = made.run("import-programme", str(schedule), "--forum", "imported", "--create")
    return results


def _some_session(server: Server) -> str:
    body = gzip.decompress(_ask(server, PAGES["agenda page"])[2]).decode()
    found = re.search(rf"/en/forums/{SLUG}/sessions/[\w-]+", body)
    if found is None:
        raise RuntimeError("the agenda page leads to no session")
    return found.group()


def _first_builds(made: Place, server: Server, pages: dict[str, str], results: Results) -> None:
    """The time of the first answer after something that the public can see has changed; milliseconds."""
    engine = create_engine(made.url)
    for name, path in pages.items():
        times = []
        for _turn in range(5):
            with engine.begin() as connection:
                connection.execute(text("UPDATE forum SET revision = revision + 1"))
            times.append(_ask(server, path)[0] * 1000)
        results.first[name] = statistics.median(times)
    engine.dispose()


def _visits(server: Server, name: str, path: str, seconds: float, results: Results) -> None:
    """A repeat visit, which has the page already, and a visit that gets the whole of it."""
    host = f"{LOOPBACK}:{server.port}"
    etag = ""
    for _each in range(4 * WORKERS):
        etag = str(_ask(server, path)[1].headers["ETag"])
    whole = request_bytes(path, headers={"Accept-Encoding": "gzip"}, host=host)

    def first() -> bytes:
        """A visit from another network each time, until every process has the page."""
        return request_bytes(path, headers={"Accept-Encoding": "gzip", "X-Forwarded-For": next(NETWORKS)}, host=host)

    again = request_bytes(path, headers={"Accept-Encoding": "gzip", "If-None-Match": etag}, host=host)
    results.repeat[name] = _drive(server, lambda: again, seconds, first)
    results.whole[name] = _drive(server, lambda: whole, seconds, first)
    if set(results.repeat[name].statuses) != {304}:
        raise RuntimeError(f"a repeat visit to {path} answered {results.repeat[name].statuses}")


def _registrations(server: Server, seconds: float) -> Measure:
    """Registrations begun over HTTP, each by another visitor from another network: 303 when it was kept."""
    path = f"/en/forums/{SLUG}/register"
    connection = http.client.HTTPConnection(LOOPBACK, server.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    cookies = "; ".join(value.partition(";")[0] for key, value in answer.getheaders() if key.lower() == "set-cookie")
    page = answer.read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    kind = re.search(
        r'name="category"[^>]*value="([^"]+)"|<select[^>]*name="category"[^>]*>\s*<option[^>]*value="([^"]+)"', page
    )
    if token is None or kind is None:
        raise RuntimeError("the registration page has no form")
    number = itertools.count()

    def visitor() -> bytes:
        one = next(number)
        body = urlencode(
            {
                "csrf_token": token.group(1),
                "category": kind.group(1) or kind.group(2),
                "language": "en",
                "email": f"visitor{one}@forum.example",
                "form_key": f"{one:043}",
            }
        ).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "X-Forwarded-For": next(NETWORKS),
        }
        return request_bytes(path, method="POST", headers=headers, body=body, host=f"{LOOPBACK}:{server.port}")

    measured = _drive(server, visitor, seconds)
    if set(measured.statuses) != {303}:
        raise RuntimeError(f"registrations were answered {measured.statuses}")
    return measured


def show(results: list[Results], sessions: int) -> str:
    """The table, in Markdown."""
    lines = [
        f"{sessions} sessions; granian, {WORKERS} processes of {THREADS} threads; {os.cpu_count()} cores in all.",
        f"{CONNECTIONS} kept-alive connections, {CONNECTIONS // WORKERS} to each process.",
        "",
        "| What | " + " | ".join(f"{each.engine}" for each in results) + " |",
        "|---|" + "---|" * len(results),
    ]

    def line(name: str, value: Callable[[Results], str]) -> None:
        lines.append(f"| {name} | " + " | ".join(value(each) for each in results) + " |")

    line("bare hello, a second", lambda r: f"{r.hello:,.0f}")
    for name in results[0].repeat:
        line(f"{name}, repeat visit (304)", lambda r, n=name: _rate(r.repeat[n], r.hello))  # type: ignore[misc]
        line(f"{name}, whole", lambda r, n=name: _rate(r.whole[n], r.hello))  # type: ignore[misc]
    for name in results[0].first:
        line(f"{name}, first after a change", lambda r, n=name: f"{r.first[n]:.0f} ms")  # type: ignore[misc]
    for name in results[0].coldest:
        line(f"{name}, first after the start", lambda r, n=name: f"{r.coldest[n]:.0f} ms")  # type: ignore[misc]
    line("registration POST", lambda r: _rate(r.registration, r.hello))
    line(f"import of {sessions} sessions (schedule XML, command)", lambda r: f"{r.imported:.1f} s")
    line(f"matching of {CITIES} × {CITIES} cities", lambda r: f"{r.matched:.2f} s")
    for at, one in enumerate(results[0].lists):
        address = re.sub(r"=[^&]*", "=…", one.address)
        line(
            f"{arrangements.COUNT:,} arrangements, {one.who or 'visitor'}, {address}",
            lambda r, n=at: f"{r.lists[n].milliseconds:.0f} ms",  # type: ignore[misc]
        )
    for at, found in enumerate(results[0].searches):
        line(
            f"search of {catalogue.COUNT:,} standards: {found.words or 'all'}, {found.count:,} found",
            lambda r, n=at: f"{r.searches[n].milliseconds:.0f} ms",  # type: ignore[misc]
        )
    line("cold start, migrations up to date", lambda r: f"{r.cold_start:.2f} s")
    line(
        "memory of a process (shared pages by share)", lambda r: ", ".join(f"{a:.0f} ({b:.0f}) MB" for a, b in r.memory)
    )
    return "\n".join(lines)


def _rate(measure_: Measure, hello: float) -> str:
    return f"{measure_.rate:,.0f}/s, {100 * measure_.rate / hello:.0f} %, p95 {measure_.percentile(0.95):.1f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each rate is measured")
    parser.add_argument("--engine", choices=("SQLite", "PostgreSQL"), help="one database alone")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    asked = parser.parse_args()
    engines = [asked.engine] if asked.engine else ["SQLite", "PostgreSQL"]
    results = []
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        for engine in engines:
            hello = measure_hello(asked.seconds, Path(folder))
            results.append(measure(engine, hello, asked.sessions, asked.seconds))
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(show(results, asked.sessions))
    if asked.json:
        figures = [
            {
                "engine": each.engine,
                "hello": each.hello,
                "first": each.first,
                "cold_start": each.cold_start,
                "repeat": {name: one.rate for name, one in each.repeat.items()},
                "whole": {name: one.rate for name, one in each.whole.items()},
                "registration": each.registration.rate,
                "memory": each.memory,
                "import": each.imported,
                "matching": each.matched,
                "lists": {f"{one.who} {one.address}": one.milliseconds for one in each.lists},
                "searches": {one.words: one.milliseconds for one in each.searches},
            }
            for each in results
        ]
        asked.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
