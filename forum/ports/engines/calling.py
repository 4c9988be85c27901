"""Calling a service over HTTP so that it can neither hang us, flood us, lead us elsewhere nor make us talk.

No proxy or password file of the environment, no redirect, limits for the connection, for silence, for the whole call
and for the size of the answer; and one error that holds neither the address nor what was sent.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from forum.ports.engines.port import EngineDown

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses after which the same call may succeed
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take, in seconds, and how many bytes it may bring back."""

    connect: float = 3.05
    silence: float = 20.0
    whole: float = 45.0
    most: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Caller:
    """The way to one address; what it sends is shown nowhere, not even by ``repr``."""

    address: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = Limits()
    authorities: str | None = None  # a file with the office's own certificate authorities

    def post(self, body: Any, *, query: Mapping[str, str] | None = None) -> Any:
        """Send a body as JSON; return what the answer's JSON holds.  Raises ``EngineDown``.

        The call is made in a thread of its own: a server that trickles its answer can make it last, but not us.
        """
        outcome: SimpleQueue[_Outcome] = SimpleQueue()
        deadline = time.monotonic() + self.limits.whole
        work = threading.Thread(
            target=lambda: outcome.put(self._attempt(body, dict(query or {}), deadline)), name="engine", daemon=True
        )
        work.start()
        try:
            found = outcome.get(timeout=self.limits.whole)
        except Empty:
            found = _Outcome(down=("no answer in time", True))
        if found.down is not None:
            raise EngineDown(*found.down)
        return found.answer

    def _attempt(self, body: Any, query: dict[str, str], deadline: float) -> _Outcome:
        try:
            return self._call(body, query, deadline)
        except (requests.RequestException, HTTPError) as error:
            # Its words hold the address, and its attributes what was sent: the kind alone goes on.
            return _Outcome(down=(type(error).__name__, not isinstance(error, ValueError)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it may hold the key or the text
            return _Outcome(down=(type(error).__name__, False))

    def _call(self, body: Any, query: dict[str, str], deadline: float) -> _Outcome:
        with requests.Session() as http:
            http.trust_env = False  # neither HTTP_PROXY nor .netrc
            http.headers.update({"Accept-Encoding": "identity", "User-Agent": "forum", **self.headers})
            with http.post(
                self.address,
                json=body,
                params=query,
                timeout=(self.limits.connect, self.limits.silence),
                allow_redirects=False,
                stream=True,
                verify=self.authorities or True,
            ) as answer:
                if answer.status_code != 200:
                    return _Outcome(down=(f"status {answer.status_code}", answer.status_code in _LATER))
                if answer.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
                    return _Outcome(down=("answer is compressed", False))
                return self._read(answer, deadline)

    def _read(self, answer: requests.Response, deadline: float) -> _Outcome:
        parts, size = [], 0
        while part := answer.raw.read1(_CHUNK, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > self.limits.most:
                return _Outcome(down=("answer is too large", False))
            if time.monotonic() > deadline:
                return _Outcome(down=("no answer in time", True))
        try:
            return _Outcome(answer=json.loads(b"".join(parts)))
        except (ValueError, RecursionError):
            # A page of a proxy, or cut off: what stands before the engine may be better in a minute.
            return _Outcome(down=("answer is not JSON", True))


@dataclass(frozen=True, slots=True)
class _Outcome:
    answer: Any = None
    down: tuple[str, bool] | None = None


def as_texts(found: Any, asked: int) -> list[str]:
    """Return an answer's texts if they are as many as were asked for and can be kept; raise ``EngineDown``."""
    if not isinstance(found, list) or len(found) != asked or not all(isinstance(text, str) for text in found):
        raise EngineDown("answer has the wrong shape", retry=False)
    if any("\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text) for text in found):
        raise EngineDown("answer holds signs that can't be kept", retry=False)
    return list(found)
