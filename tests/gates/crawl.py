"""Walking through the product link by link, as somebody does who opens everything that is offered."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.gates.pages import Page

# Leaving the site, or leaving the account, would end the walk.
NEVER_OPENED = frozenset({"static"})


@dataclass
class Walk:
    """What somebody found."""

    pages: dict[str, Page] = field(default_factory=dict)
    files: dict[str, TestResponse] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    endpoints: set[str] = field(default_factory=set)


def endpoint_of(app: Flask, address: str, method: str = "GET") -> str | None:
    """The endpoint that answers an address; None when there is none."""
    try:
        matched: tuple[str, object] = app.url_map.bind("localhost").match(urlsplit(address).path, method=method)
    except HTTPException:
        return None
    return matched[0]


def walk(
    app: Flask,
    client: FlaskClient,
    starts: Iterable[str],
    *,
    prefix: str,
    most_alike: int = 2,
    by_query: bool = True,
    inspect: Callable[[Page], Iterable[str]] = lambda _page: (),
) -> Walk:
    """Open every address that is linked below ``prefix``; of those alike at most ``most_alike``.

    Addresses are alike when they have the same endpoint and, ``by_query``, the same names in their query. A link that
    leads to anything but a page, a file or a further link is a fault, and so is what ``inspect`` finds on a page.
    """
    found = Walk()
    waiting = deque(starts)
    seen: set[str] = set()
    alike: Counter[tuple[str | None, tuple[str, ...]]] = Counter()
    while waiting:
        address = waiting.popleft()
        if address in seen or not address.startswith(prefix):
            continue
        seen.add(address)
        endpoint = endpoint_of(app, address)
        names = sorted(parse_qs(urlsplit(address).query, keep_blank_values=True)) if by_query else ()
        kind = (endpoint, tuple(names))
        alike[kind] += 1
        if endpoint in NEVER_OPENED or alike[kind] > most_alike:
            continue
        response = client.get(address)
        found.endpoints.add(str(endpoint))
        if response.status_code in {301, 302, 303, 307, 308}:
            waiting.append(response.headers["Location"].removeprefix("http://localhost"))
        elif response.status_code != 200:
            found.faults.append(f"{address} answers {response.status_code}")
        elif response.mimetype != "text/html":
            found.files[address] = response
        else:
            page = Page(address, response.text)
            found.pages[address] = page
            waiting.extend(page.links())
            found.faults += [f"{address}: {fault}" for fault in inspect(page)]
    return found
