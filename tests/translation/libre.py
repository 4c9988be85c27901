"""A server on loopback that speaks the contract of LibreTranslate, well or badly, and keeps all that it got.

Asked as DeepL or Microsoft Translator are, it answers as they do.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Speak = Callable[[str, str, bool], str]  # a text, the language wanted, whether it is HTML


def chinese(text: str, target: str, as_html: bool) -> str:
    """A translation that leaves everything in its place: what any engine should do with tokens."""
    return f"译文{text}" if target.startswith("zh") else f"draft {text}"


@dataclass
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        """What it asked for, from JSON or a form."""
        if "json" in self.headers.get("content-type", ""):
            return json.loads(self.body)
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass
class Server:
    """What the server does next, and what it got."""

    url: str
    mode: str = "ok"
    key: str = ""
    speak: Speak = chinese
    got: list[Got] = field(default_factory=list)
    refused: Callable[[list[str]], bool] = lambda _texts: False  # texts that it answers with 400
    slow: float = 5.0
    moods: list[str] = field(default_factory=list)  # of the next requests, one after the other
    entered: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        """Every text that it was sent."""
        found: list[str] = []
        for each in self.got:
            said = each.said
            asked = [one["Text"] for one in said] if isinstance(said, list) else said.get("q", said.get("text", []))
            found += asked if isinstance(asked, list) else [asked]
        return found


BROKEN = {
    "400": (400, {"error": "exceeds text limit"}),
    "403": (403, {"error": "Invalid API key"}),
    "429": (429, {"error": "Slowdown: 30 per 1 minute"}),
    "500": (500, {"error": "cannot translate"}),
    "503": (503, {"error": "starting"}),
}
PAGE = b"<!doctype html><title>502</title><p>Bad gateway</p>"


def _asked(got: Got) -> int:
    """How many texts a request holds."""
    said = got.said
    return len(said if isinstance(said, list) else said.get("q", said.get("text", [])))


class _Handler(BaseHTTPRequestHandler):
    server_version = "libre"
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002 - as the library has it
        return

    @property
    def state(self) -> Server:
        found: Server = self.server.state  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        elif self.path == "/languages":
            self.answer(200, [{"code": "en", "name": "English", "targets": ["en", "zh"]}])
        else:
            self.answer(404, {"error": "Not found"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        got = Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.state.got.append(got)
        self.state.entered.set()
        mode = self.state.mode
        if self.state.moods:
            mode = self.state.moods.pop(0)
        if mode == "503-twice":
            mode = "503" if len(self.state.got) <= 2 else "ok"
        if mode == "wait":
            self.state.go_on.wait(30)
            mode = "ok"
        if mode in BROKEN:
            self.answer(*BROKEN[mode])
            return
        special = getattr(self, f"do_{mode.replace('-', '_')}", None)
        if special is not None:
            special(got)
            return
        self.translate(got)

    def translate(self, got: Got) -> None:
        said = got.said
        if got.path == "/v2/translate":
            drafts = [self.state.speak(text, "zh", "tag_handling" in said) for text in said["text"]]
            self.answer(200, {"translations": [{"text": draft} for draft in drafts]})
            return
        if "api-version=" in got.path:
            drafts = [self.state.speak(each["Text"], "zh", "textType=html" in got.path) for each in said]
            self.answer(200, [{"translations": [{"text": draft}]} for draft in drafts])
            return
        asked = said.get("q")
        if asked is None or said.get("source") not in {"en", "zh", "auto"} or said.get("target") not in {"en", "zh"}:
            self.answer(400, {"error": "Invalid request: missing q, source or target parameter"})
            return
        if self.state.key and said.get("api_key") != self.state.key:
            self.answer(403, {"error": "Invalid API key"})
            return
        texts = asked if isinstance(asked, list) else [asked]
        if self.state.refused(texts):
            self.answer(400, {"error": "exceeds text limit"})
            return
        html = said.get("format") == "html"
        made = [self.state.speak(text, said["target"], html) for text in texts]
        self.answer(200, {"translatedText": made if isinstance(asked, list) else made[0]})

    def do_slow(self, got: Got) -> None:
        self.state.go_on.wait(self.state.slow)
        self.translate(got)

    def do_trickle(self, _got: Got) -> None:
        """Headers that never end: each sign is in time, the whole is not."""
        self.close_connection = True
        try:
            for sign in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000:
                self.wfile.write(bytes([sign]))
                self.wfile.flush()
                if self.state.go_on.wait(0.05):
                    return
        except OSError:
            return

    def do_html(self, _got: Got) -> None:
        self.raw(200, PAGE, "text/html")

    def do_truncated(self, _got: Got) -> None:
        """A body shorter than it says."""
        whole = json.dumps({"translatedText": ["译文"] * 50}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole[:40])
        self.close_connection = True

    def do_cut(self, _got: Got) -> None:
        """A body that ends in the middle of its JSON."""
        self.raw(200, b'{"translatedText": ["\\u8bd1', "application/json")

    def do_short(self, got: Got) -> None:
        self.answer(200, {"translatedText": ["译文"] * (_asked(got) - 1)})

    def do_types(self, got: Got) -> None:
        self.answer(200, {"translatedText": [None, 3, {"a": 1}][: _asked(got)]})

    def do_single(self, _got: Got) -> None:
        """What is answered to one text, although a list was asked for."""
        self.answer(200, {"translatedText": "译文"})

    def do_list(self, _got: Got) -> None:
        self.answer(200, ["译文"])

    def do_error_200(self, _got: Got) -> None:
        self.answer(200, {"error": "Invalid API key"})

    def do_redirect(self, _got: Got) -> None:
        self.send_response(307)
        self.send_header("Location", f"{self.state.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_huge(self, _got: Got) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.close_connection = True
        try:
            for _each in range(2000):
                self.wfile.write(b'"' + b"x" * 65_535)
        except OSError:
            return

    def do_gzip(self, _got: Got) -> None:
        self.raw(200, b"\x1f\x8b bomb", "application/json", {"Content-Encoding": "gzip"})

    def do_nul(self, got: Got) -> None:
        self.answer(200, {"translatedText": ["a\0b"] * _asked(got)})

    def do_surrogate(self, got: Got) -> None:
        self.answer(200, {"translatedText": ["a\ud800b"] * _asked(got)})

    def do_deep(self, _got: Got) -> None:
        self.raw(200, b"[" * 200_000, "application/json")

    def do_hangup(self, _got: Got) -> None:
        self.close_connection = True
        self.connection.close()

    def answer(self, status: int, body: Any) -> None:
        self.raw(status, json.dumps(body).encode(), "application/json")

    def raw(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has hung up is what some modes are for."""


@contextmanager
def libre(mode: str = "ok", *, key: str = "", speak: Speak = chinese, port: int = 0) -> Iterator[Server]:
    """A server that listens on loopback, on a free port unless one is named."""
    httpd = _Quiet(("127.0.0.1", port), _Handler)
    state = Server(f"http://127.0.0.1:{httpd.server_address[1]}", mode, key, speak)
    httpd.state = state  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.go_on.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join(5)


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)
