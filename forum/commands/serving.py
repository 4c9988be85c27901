"""Serving: the web processes, the worker beside them, and how both end.

The supervising process loads the program once and lends its memory to the web processes (fork), which
halves the time of a cold start.  It keeps no thread and no connection before it does.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import ipaddress
import os
import signal
import subprocess
import sys
import threading
import time

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from forum.application import create_app
from forum.commands import opening
from forum.config import Settings
from forum.core.database import db, session
from forum.core.facts import DEMONSTRATION, fact
from forum.ports.jobs.worker import work
from forum.schedule import JOBS
from forum.site.demonstration import loading

# The demonstration's people: those around the forum, then those around the partnerships of cities,
# then those around standards.
ACCOUNTS = (
    "admin",
    "organiser",
    "agenda",
    "registration",
    "protocol",
    "door",
    "viewer",
    "focalpoint",
    "delegate",
    "liaison",
    "counterpart",
    "citylead",
    "province",
    "nation",
    "approver",
    "registrar",
    "foreignaffairs",
    "auditor",
    "standards",
    "submission",
    "liaisonofficer",
    "translator",
    "mirror",
    "chair",
    "expert",
)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
FINISH_WITHIN = 25  # seconds for the requests and the job at hand


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@click.command("run")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", envvar="FORUM_WORKERS", default=2, show_default=True, help="Web processes.")
@click.option("--demo", is_flag=True, help="Load the demonstration if the database is empty.")
@click.option("--no-worker", is_flag=True, help="Leave mail and schedule to `forum worker` elsewhere.")
def run(host: str, port: int, workers: int, *, demo: bool, no_worker: bool) -> None:
    """Serve the site and do its work."""
    os.environ.update(HOST=host, PORT=str(port))
    settings = opening.settings()
    opening.prepare(settings)
    is_demonstration = _demonstration(load=demo)
    if is_demonstration and not is_loopback(host) and not settings.demonstration_public:
        raise click.ClickException(
            "The demonstration's passwords are public. To serve it beyond this machine all the same, "
            "set FORUM_DEMONSTRATION_PUBLIC=yes-i-mean-it."
        )
    _greet(settings, is_demonstration=is_demonstration)
    _serve(host, port, workers, with_worker=not no_worker)


def _demonstration(*, load: bool) -> bool:
    """Load the demonstration if asked to; tell whether the database holds it.

    The application made here is the one that the web processes inherit.
    """
    site = importlib.import_module("forum.wsgi")
    with site.app.app_context():
        holds = fact(DEMONSTRATION) is not None
        session.rollback()
        if load and not holds:
            click.echo("Loading the demonstration …")
            try:
                loading.load(site.app)
            except loading.NotEmpty as refused:
                raise click.ClickException(str(refused)) from refused
        session.remove()
        db.engine.dispose()
    if load and not holds:
        # Made anew, for an application learns from its database whether it is the demonstration.
        site = importlib.reload(site)
        with site.app.app_context():
            db.engine.dispose()
    return holds or load


def _greet(settings: Settings, *, is_demonstration: bool) -> None:
    click.echo(f"\n  Forum: {settings.base_url}/en/   {settings.base_url}/zh/\n")
    if is_demonstration:
        click.echo("  The demonstration. Sign in with one of these addresses; the password is: demonstration\n")
        for first in range(0, len(ACCOUNTS), 3):
            click.echo(
                "    " + "".join(f"{name}@forum.example".ljust(32) for name in ACCOUNTS[first : first + 3]).rstrip()
            )
        click.echo()
    if not settings.smtp_url:
        click.echo("  No mail server is set (FORUM_SMTP_URL): mail is kept for staff to read.\n")


def _serve(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    gc.collect()
    gc.freeze()
    server = Server(
        "forum.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_WITHIN,
    )
    os.register_at_fork(after_in_child=_end_with_parent)
    companion = Companion() if with_worker else None
    if companion is not None:
        server.on_startup(companion.start)
        server.on_shutdown(companion.stop)
    server.serve()


def _end_with_parent() -> None:
    """Ask the kernel to end this web process when the supervising one is killed, lest it keep the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Companion:
    """The worker beside the server: a process of its own, begun again when it dies."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Begin; the server's own processes come first."""
        self._keeper.start()

    def stop(self) -> None:
        """Ask the worker to finish its job and end."""
        self._ending.set()
        if self._process is not None:
            self._process.terminate()
        self._keeper.join(FINISH_WITHIN)

    def _keep(self) -> None:
        pause = 0.3
        while not self._ending.wait(pause):
            begun = time.monotonic()
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-m", "forum", "worker", "--parent", str(os.getpid())], start_new_session=True
            )
            while self._process.poll() is None:
                if self._ending.wait(0.5):
                    self._process.terminate()
                    self._process.wait()
                    return
            pause = 1.0 if time.monotonic() - begun > 60 else 10.0


@click.command("worker")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def worker(parent: int | None) -> None:
    """Do the work alone: mail, offers, retention."""
    signal.signal(signal.SIGINT, signal.SIG_DFL if parent is None else signal.SIG_IGN)
    settings = opening.settings()
    work(create_app(settings), JOBS, parent=parent)


COMMANDS = [run, worker]
