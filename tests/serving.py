"""The product as it is served: granian in processes of its own, on a free loopback port.

Several workers share one listening socket, and the kernel hands each new connection to whichever asks first.
Who measures wants them balanced, so ``connections_by_worker`` says which worker holds which connection.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services import LOOPBACK, ServiceUnavailable, free_port

ROOT = Path(__file__).parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    journal: Path
    started_in: float
    """Seconds from the start of the process to its first answer."""

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://{LOOPBACK}:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [
            pid
            for pid in descendants(self.process.pid)
            if not descendants(pid) and b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def kill(self) -> None:
        """End the whole server as a power switch would: no goodbye, no flush."""
        for pid in [self.process.pid, *descendants(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def descendants(pid: int) -> list[int]:
    """The children of a process and theirs."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def resident_megabytes(pid: int) -> float:
    """The memory that a process holds, in MB, shared pages included."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def shared_megabytes(pid: int) -> float:
    """The memory that a process holds, in MB, where each shared page counts by its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0


@contextmanager
def house(environment: Mapping[str, str], journal: Path, *, workers: int = 2, worker: bool = False) -> Iterator[Server]:
    """Serve the product by its own command, ``forum run``, until the block is left."""
    port = free_port()
    command = [sys.executable, "-m", "forum", "run", *([] if worker else ["--no-worker"])]
    settings = {"HOST": LOOPBACK, "PORT": str(port), "FORUM_WORKERS": str(workers), **environment}
    with started(command, settings, journal, port, "/health/live") as server:
        yield server


@contextmanager
def serving(
    environment: Mapping[str, str],
    journal: Path,
    *,
    target: str = "forum.application:create_app",
    workers: int = 1,
    threads: int = 2,
    health: str = "/health/live",
) -> Iterator[Server]:
    """Serve an application factory until the block is left."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--factory",
        "--host",
        LOOPBACK,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--no-ws",
        "--log-level",
        "warning",
        target,
    ]
    with started(command, {"HOST": LOOPBACK, "PORT": str(port), **environment}, journal, port, health) as server:
        yield server


@contextmanager
def started(
    command: list[str], environment: Mapping[str, str], journal: Path, port: int, health: str
) -> Iterator[Server]:
    """Start a server of our own and wait for its first answer; end it and its workers when the block is left."""
    begun = time.perf_counter()
    with journal.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(port, process, journal, 0.0)
    try:
        if not _answers(process, port, health):
            raise ServiceUnavailable(f"the server did not start:\n{journal.read_text(errors='replace')[-4000:]}")
        yield Server(port, process, journal, time.perf_counter() - begun)
    finally:
        children = descendants(process.pid)
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def _answers(process: subprocess.Popen[bytes], port: int, health: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", health)
            if connection.getresponse().status < 500:
                return True
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    return False


def connections_by_worker(server: Server, local_ports: list[int]) -> dict[int, int]:
    """Which worker holds each of our connections: our port → its process, as the kernel's own tables say."""
    inodes: dict[str, int] = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        here, there = (int(address.partition(":")[2], 16) for address in words[1:3])
        if here == server.port and there in local_ports:
            inodes[f"socket:[{words[9]}]"] = there
    held: dict[int, int] = {}
    for worker in server.workers():
        for descriptor in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(FileNotFoundError):
                name = str(descriptor.readlink())
                if name in inodes:
                    held[inodes[name]] = worker
    return held
