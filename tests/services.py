"""The real services that tests talk to: PostgreSQL, Redis and a mail server, on this machine alone.

Each is a context manager that starts the service on a free loopback port, waits until it answers, and ends
it by its own process when the block is left. A service that is not installed raises ``ServiceUnavailable``:
a test that needs it fails rather than being skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import psycopg
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from psycopg import sql
from redis.backoff import NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

LOOPBACK = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 20.0
ATTEMPTS = 3
ROLE = "forum"


class ServiceUnavailable(Exception):
    """A service that the tests need is missing on this machine, or did not start."""


def free_port() -> int:
    """A loopback TCP port that nobody listens on just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


# --- PostgreSQL -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL server; the port alone is enough for another process to reach it."""

    port: int

    def url_for(self, name: str) -> str:
        """The address of a database, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{ROLE}@{LOOPBACK}:{self.port}/{name}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database, empty or as a copy of ``template``, and return its address.

        PostgreSQL refuses to copy a database that somebody is connected to: dispose of the engine first.
        """
        command = sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(
            name=sql.Identifier(name), template=sql.Identifier(template or "template0")
        )
        self._execute(command)
        return self.url_for(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending whatever is still connected to it; nothing happens if there is none."""
        command = sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(name=sql.Identifier(name))
        self._execute(command)

    def _execute(self, command: sql.Composed) -> None:
        """Run one command outside any transaction, as CREATE and DROP DATABASE demand."""
        with psycopg.connect(
            host=LOOPBACK, port=self.port, user=ROLE, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)


@contextmanager
def postgresql_cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL server of its own in a temporary folder, and remove both at the end.

    It keeps nothing through a power cut (fsync is off): its content is worth nothing after the tests.
    """
    with _unprivileged_folder("forum-postgresql-") as (folder, user):
        cluster_folder = folder / "cluster"
        _run(
            [
                _postgresql_program("initdb"),
                f"--pgdata={cluster_folder}",
                f"--username={ROLE}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            folder,
            user,
        )

        def command(port: int) -> list[str]:
            settings = {
                "listen_addresses": LOOPBACK,
                "port": port,
                "unix_socket_directories": folder,
                "fsync": "off",
                "full_page_writes": "off",
                "synchronous_commit": "off",
                "max_connections": 200,
                "timezone": "UTC",
            }
            arguments = [f"--{name}={value}" for name, value in settings.items()]
            return [_postgresql_program("postgres"), "-D", str(cluster_folder), *arguments]

        def answers(port: int) -> bool:
            try:
                psycopg.connect(host=LOOPBACK, port=port, user=ROLE, dbname="postgres", connect_timeout=2).close()
            except psycopg.OperationalError:
                return False
            return True

        # SIGINT is PostgreSQL's fast shutdown: it ends the connections that are left, then itself.
        with _server(command, answers, folder, user, signal.SIGINT) as port:
            yield Cluster(port)


def _postgresql_program(name: str) -> str:
    """The newest installed server program of that name; Debian keeps them outside the search path."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda program: int(program.parts[-3]), default=None)
    return _program(name) if newest is None else str(newest)


# --- Redis ------------------------------------------------------------------------------------------


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis server that keeps everything in memory, and give its address."""
    program = _program("redis-server")
    with _unprivileged_folder("forum-redis-") as (folder, user):

        def command(port: int) -> list[str]:
            settings = {"bind": LOOPBACK, "port": port, "dir": folder, "save": "", "appendonly": "no"}
            pairs = [(f"--{name}", str(value)) for name, value in settings.items()]
            return [program, *(word for pair in pairs for word in pair)]

        def answers(port: int) -> bool:
            # One try: it is asked again until the time is up, and the client's own retries would wait longer.
            once = Retry(NoBackoff(), 0)
            with redis.Redis(host=LOOPBACK, port=port, socket_timeout=2, retry=once) as client:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    return False

        with _server(command, answers, folder, user, signal.SIGTERM) as port:
            yield f"redis://{LOOPBACK}:{port}/0"


# --- Mail -------------------------------------------------------------------------------------------


@dataclass
class Sink:
    """A mail server that takes every message and delivers none."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[tuple[str, ...]] = field(default_factory=list)
    """Whom each message was addressed to on the envelope, in the order of ``messages``."""

    @property
    def url(self) -> str:
        """The address to configure as the outgoing mail server."""
        return f"smtp://{LOOPBACK}:{self.port}"

    async def handle_DATA(  # noqa: N802  aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message that the server has just received."""
        message = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
        self.messages.append(message)
        self.recipients.append(tuple(str(address) for address in envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Run a mail server in a thread and hand over what it receives."""
    for attempt in range(1, ATTEMPTS + 1):
        sink = Sink(port=free_port())
        controller = Controller(sink, hostname=LOOPBACK, port=sink.port)
        try:
            controller.start()
        except OSError:
            # Somebody took the port between our look and our use of it.
            if attempt == ATTEMPTS:
                raise
        else:
            break
    try:
        yield sink
    finally:
        controller.stop()


# --- Starting and stopping processes ----------------------------------------------------------------


def _program(name: str) -> str:
    """The path of an installed program."""
    path = shutil.which(name)
    if path is None:
        raise ServiceUnavailable(f"{name} is not installed; `make setup-test` installs it.")
    return path


@contextmanager
def _unprivileged_folder(prefix: str) -> Iterator[tuple[Path, str | None]]:
    """A temporary folder, and whom to run as in it: PostgreSQL refuses to be run by root."""
    user = _service_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        if user is not None:
            shutil.chown(folder, user)
        yield folder, user
    finally:
        shutil.rmtree(folder)


def _service_user() -> str:
    """The account that root lends to a server."""
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise ServiceUnavailable("There is no unprivileged account to run a server as.")


def _group(user: str | None) -> int | None:
    """The group that goes with a lent account; with no account the group stays as it is."""
    return None if user is None else pwd.getpwnam(user).pw_gid


def _run(command: list[str], folder: Path, user: str | None) -> None:
    """Run a program to its end; what it printed is shown if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=_group(user),
        extra_groups=None if user is None else [],
    )
    if done.returncode != 0:
        raise ServiceUnavailable(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _server(
    command: Callable[[int], list[str]],
    answers: Callable[[int], bool],
    folder: Path,
    user: str | None,
    farewell: signal.Signals,
) -> Iterator[int]:
    """Start a server on a free port, wait until it answers, and stop it with the signal it understands."""
    for attempt in range(1, ATTEMPTS + 1):
        port = free_port()
        journal = folder / f"server-{attempt}.log"
        with journal.open("wb") as output:
            process = subprocess.Popen(
                command(port),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Its own session: an interrupt typed at the terminal is for the tests, which then stop it.
                start_new_session=True,
                user=user,
                group=_group(user),
                extra_groups=None if user is None else [],
            )
        try:
            if _comes_up(process, partial(answers, port)):
                yield port
                return
        finally:
            _stop(process, farewell)
    raise ServiceUnavailable(f"{command(0)[0]} did not start:\n{journal.read_text(errors='replace')}")


def _comes_up(process: subprocess.Popen[bytes], answers: Callable[[], bool]) -> bool:
    """Whether the server answers in time; a server that ended at once, its port taken, does not."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if answers():
            return process.poll() is None
        time.sleep(0.05)
    return False


def _stop(process: subprocess.Popen[bytes], farewell: signal.Signals) -> None:
    """Ask a server to end; one that does not within the time is ended."""
    if process.poll() is None:
        process.send_signal(farewell)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
