"""A trap for everything that this process might send: every attempt to reach another one is kept and refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def trapped() -> Iterator[list[Any]]:
    """Collect every address or name that Python code of this process asks for; none of them is reached.

    The driver of PostgreSQL has sockets of its own, which are not Python's: the database stays within reach.
    """
    tried: list[Any] = []

    def refuse(_socket: socket.socket, *asked: Any, **_options: Any) -> None:
        tried.append(asked[-1] if asked else None)
        raise OSError("trapped")

    def unknown(host: Any, *_more: Any, **_options: Any) -> Any:
        tried.append(host)
        raise OSError("trapped")

    with (
        patch.object(socket.socket, "connect", refuse),
        patch.object(socket.socket, "connect_ex", refuse),
        patch.object(socket.socket, "sendto", refuse),
        patch.object(socket, "getaddrinfo", unknown),
        patch.object(socket, "gethostbyname", unknown),
    ):
        yield tried
