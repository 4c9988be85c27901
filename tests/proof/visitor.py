"""Somebody who registers over HTTP, page by page, and who sends a form again when no answer came."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.gates.pages import Form, Page
from tests.services import LOOPBACK

PATIENCE = 60.0  # seconds that somebody waits for a server that went away


class GaveUp(Exception):
    """The server answered something that a registration can't go on with, or never came back."""


@dataclass
class Visitor:
    """A browser without JavaScript, over the wire."""

    port: Callable[[], int]
    network: str
    cookies: dict[str, str] = field(default_factory=dict)
    sent_again: int = 0
    opened_again: int = 0

    def get(self, address: str) -> Page:
        """Open a page, following where it leads."""
        for _hop in range(6):
            status, where, body = self._ask("GET", address, b"")
            if status in {302, 303}:
                address = where
                continue
            if status != 200:
                raise GaveUp(f"{address} answers {status}")
            return Page(address, body.decode())
        raise GaveUp(f"{address} leads in a circle")

    def send(self, page: Page, values: dict[str, str]) -> str:
        """Fill in the page's form and send it until an answer comes; return where it leads."""
        for _time in range(5):
            form = form_with(page, values)
            body = urlencode(filled(form, values)).encode()
            status, where, answer = self._ask("POST", urlsplit(form.action).path, body)
            if status == 303:
                return where
            if status not in {409, 503}:
                raise GaveUp(f"{form.action} answers {status}: {_errors(Page(form.action, answer.decode()))}")
            # 409: it was saved although no answer came; 503: not saved. Either way the page is opened anew.
            self.opened_again += 1
            page = self.get(page.address)
        raise GaveUp(f"{page.address} never took the form")

    def _ask(self, method: str, address: str, body: bytes) -> tuple[int, str, bytes]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            connection = http.client.HTTPConnection(LOOPBACK, self.port(), timeout=20)
            try:
                headers = {
                    "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                    "X-Forwarded-For": self.network,
                }
                if method == "POST":
                    headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request(method, address, body=body or None, headers=headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                self.sent_again += 1
                time.sleep(0.05)
                continue
            finally:
                connection.close()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _equals, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            where = urlsplit(answer.headers.get("Location", ""))
            return answer.status, where.path, content
        raise GaveUp(f"{address} never answered")


def form_with(page: Page, values: dict[str, str]) -> Form:
    """The form of a page that asks for one of these values; else the one that is sent as it stands."""
    forms = [form for form in page.forms() if not form.action.endswith("/sign-out")]
    asking = [form for form in forms if values.keys() & {*form.typed, *form.choices}]
    keyed = [form for form in forms if any(name == "form_key" for name, _value in form.values)]
    for candidates in (asking, keyed, forms):
        if candidates:
            return candidates[-1]
    raise GaveUp(f"{page.address} has no form")


def filled(form: Form, values: dict[str, str]) -> list[tuple[str, str]]:
    """The form as it stands, with these values where it asks for them."""
    asked = {name: value for name, value in values.items() if name in {*form.typed, *form.choices}}
    for name, offered in form.choices.items():
        if name in asked and asked[name] not in offered:
            asked[name] = next((choice for choice in offered if choice), "")
    return [*((name, value) for name, value in form.values if name not in asked), *asked.items()]


def _errors(page: Page) -> str:
    return " ".join(" ".join(summary.text_content().split()) for summary in page.tree.find_class("error-summary"))[:300]


def register(visitor: Visitor, slug: str, number: int, begun: Callable[[str], None]) -> str:
    """Register somebody from the first page to the sending; return the address of their page."""
    address = f"v{number}@forum.example"
    letters = "".join("abcdefghij"[int(digit)] for digit in str(number))  # a name holds no digits
    values = {
        "category": "the first",
        "language": "en",
        "email": address,
        "family_latin": f"Visitor{letters}",
        "given_latin": "Trial",
        "function_en": "Engineer",
        "organisation_name_en": "Institute",
        "country_iso2": "CN",
        "phone": f"+86 138 {number % 100_000_000:08}",
        "mail_language": "en",
        "notice": "y",
        "attendance": "onsite",
    }
    where = visitor.send(visitor.get(f"/en/forums/{slug}/register"), values)
    begun(address)
    for _step in range(3):
        where = visitor.send(visitor.get(where), values)
    return visitor.send(visitor.get(where), {})
