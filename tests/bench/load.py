"""A small load client: a few kept-alive connections, each with one request on its way at a time.

It runs in one process and parses no more of an answer than it must, so that on a machine with two cores the
measured rate is the server's. The connections are balanced: each worker holds the same number of them.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.services import LOOPBACK
from tests.serving import Server, connections_by_worker

MOST_ATTEMPTS = 200


@dataclass
class Measure:
    """What came back."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    received: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the answers stayed under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def request_bytes(
    path: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes = b"", host: str = LOOPBACK
) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def balanced(server: Server, number: int) -> list[socket.socket]:
    """Open connections until each worker holds its share; those beyond a share are closed again."""
    workers = server.workers()
    share = max(1, number // len(workers))
    kept: dict[int, list[socket.socket]] = {worker: [] for worker in workers}
    for _attempt in range(MOST_ATTEMPTS):
        if all(len(held) >= share for held in kept.values()):
            break
        connection = socket.create_connection((LOOPBACK, server.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = connection.getsockname()[1]
        holder = _holder(server, port)
        if holder in kept and len(kept[holder]) < share:
            kept[holder].append(connection)
        else:
            connection.close()
    return [connection for held in kept.values() for connection in held]


def _holder(server: Server, port: int) -> int | None:
    """The worker that has accepted a connection; a moment may pass until one has."""
    for _attempt in range(100):
        if (found := connections_by_worker(server, [port]).get(port)) is not None:
            return found
        time.sleep(0.002)
    return None


class _Lane:
    """One connection and the answer that it waits for."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.buffer = bytearray()
        self.sent_at = 0.0
        self.needed = -1
        self.status = 0

    def send(self, request: bytes) -> None:
        self.buffer.clear()
        self.needed = -1
        self.sent_at = time.perf_counter()
        self.connection.sendall(request)

    def complete(self) -> bool:
        """Take what has come; tell whether the answer is whole."""
        chunk = self.connection.recv(1 << 18)
        if not chunk:
            message = "the server closed a connection"
            raise ConnectionError(message)
        self.buffer += chunk
        if self.needed < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            self.status = int(head[9:12])
            if b"transfer-encoding: chunked" in head:
                message = "an answer came in chunks, without its length"
                raise ConnectionError(message)
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
            self.needed = end + 4 + (0 if self.status == 304 else int(length or b"0"))
        return len(self.buffer) >= self.needed


def drive(connections: list[socket.socket], next_request: Callable[[], bytes | None], seconds: float) -> Measure:
    """Keep every connection busy for a time, or until there are no more requests."""
    measure = Measure()
    lanes = {connection.fileno(): _Lane(connection) for connection in connections}
    with selectors.DefaultSelector() as selector:
        begun = time.perf_counter()
        busy = 0
        for lane in lanes.values():
            selector.register(lane.connection, selectors.EVENT_READ, lane)
            if (request := next_request()) is not None:
                lane.send(request)
                busy += 1
        while busy:
            for key, _events in selector.select(timeout=60):
                lane = key.data
                if not lane.complete():
                    continue
                at = time.perf_counter()
                measure.latencies.append(at - lane.sent_at)
                measure.statuses[lane.status] = measure.statuses.get(lane.status, 0) + 1
                measure.received += len(lane.buffer)
                request = next_request() if at - begun < seconds else None
                if request is None:
                    busy -= 1
                else:
                    lane.send(request)
        measure.seconds = time.perf_counter() - begun
    return measure
