"""Every page as everybody, in both languages, wide and narrow: axe finds nothing, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chromium import NARROW, WIDE, overflow, violations
from tests.browser.conftest import Site
from tests.demonstration import browser_of, starts_in
from tests.gates.crawl import walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(280)]

WHO: tuple[str | None, ...] = (
    None,
    "delegate",
    "focalpoint",
    "liaison",
    "counterpart",
    "citylead",
    "province",
    "nation",
    "foreignaffairs",
    "registrar",
    "standards",
    "mirror",
    "expert",
    "liaisonofficer",
    "translator",
    "organiser",
    "admin",
)


def addresses(site: Site, who: str | None, language: str) -> Iterator[str]:
    """One address of every kind that somebody is offered."""
    client = browser_of(site.app, who)
    offered = [start for start in starts_in(language) if client.get(start).status_code == 200]
    yield from walk(site.app, client, offered, prefix=f"/{language}/", most_alike=1, by_query=False).pages


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("who", WHO)
def test_nothing_stands_in_anybodys_way(site: Site, who: str | None, language: str) -> None:
    found: list[str] = []
    looked = 0
    context = site.context(who, language)
    page = context.new_page()
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    seen = _seen_by(site, language)
    for address in addresses(site, who, language):
        kind = f"{site.app.url_map.bind('localhost').match(address.partition('?')[0])[0]}"
        if kind in seen and who is not None:
            continue
        seen.add(kind)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.goto(address, wait_until="load")
        found += [f"{address}: {each}" for each in violations(page)]
        found += [f"{address} at 1440 px: {each}" for each in [overflow(page)] if each]
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        found += [f"{address} at 360 px: {each}" for each in [overflow(page)] if each]
        looked += 1
    context.close()
    assert looked or (who is not None and len(seen) > 10)  # whoever came before has looked at the same kinds
    assert not found, "\n".join(found)


_SEEN: dict[tuple[int, str], set[str]] = {}


def _seen_by(site: Site, language: str) -> set[str]:
    return _SEEN.setdefault((id(site), language), set())
