"""Every page that the demonstration offers, as each of its people, in both languages: what axe finds, what overflows.

Two pages with the same skeleton (the same elements, classes, roles and labels, whatever their words) stand for one
another, so that of the fifty members of a list one is looked at.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import NARROW, WIDE, chromium, overflow, violations
from tests.browser.conftest import Site
from tests.demonstration import EVERYBODY, browser_of, environment, opened, prepared, starts_in
from tests.gates.crawl import walk
from tests.serving import serving

LANGUAGES = ("en", "zh")
WHO: tuple[str | None, ...] = (None, *EVERYBODY)
TELLING = frozenset({"class", "role", "type", "lang", "scope", "hidden", "disabled", "open", "checked", "tabindex"})


@dataclass
class Outcome:
    """What was looked at, and what stood in somebody's way."""

    people: int = 0
    pages: int = 0
    looked: int = 0
    found: list[str] = field(default_factory=list)


class _Skeleton(HTMLParser):
    """Elements with what counts for reading them; words only as “there are some”."""

    def __init__(self) -> None:
        super().__init__()
        self.bones: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [
            f"{name}={value}" if name in TELLING else f"{name}{'' if (value or '').strip() else '='}"
            for name, value in attrs
            if name != "nonce"
        ]
        self.bones.append(f"<{tag} {' '.join(told)}>")

    def handle_endtag(self, tag: str) -> None:
        self.bones.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.bones.append("…")


def skeleton(html: str) -> frozenset[str]:
    """What a page is made of: each element with the three after it, and the order of its headings."""
    reader = _Skeleton()
    reader.feed(re.sub(r"(?s)<(script|style).*?</\1>", "", html))
    bones = reader.bones
    headings = [bone[1:3] for bone in bones if re.match(r"<h\d", bone)]
    order = "".join(one for one, before in zip(headings, ["", *headings], strict=False) if one != before)
    return frozenset({order, *("".join(bones[at : at + 4]) for at in range(len(bones)))})


def trial(people: int, most_alike: int = 3) -> Outcome:
    """Let that many of the people look at everything they are offered."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="forum-pages-") as folder, chromium() as browser:
        data = Path(shutil.copytree(prepared(Path(folder)), Path(folder) / "site"))
        with serving(environment(data, FORUM_TRUSTED_PROXIES="0"), data / "server.log", threads=4) as server:
            site = Site(server, opened(data), browser)
            for language in LANGUAGES:
                known: set[frozenset[str]] = set()
                for one in WHO[:people]:
                    _look_around(site, one, language, most_alike, known, outcome)
    outcome.people = len(WHO[:people])
    return outcome


def _look_around(
    site: Site, who: str | None, language: str, most_alike: int, known: set[frozenset[str]], outcome: Outcome
) -> None:
    client = browser_of(site.app, who)
    offered = [start for start in starts_in(language) if client.get(start).status_code == 200]
    pages = walk(site.app, client, offered, prefix=f"/{language}/", most_alike=most_alike).pages
    context = site.context(who, language)
    browser_page = context.new_page()
    for address, page in pages.items():
        outcome.pages += 1
        bones = skeleton(page.text)
        if bones in known:
            continue
        known.add(bones)
        outcome.looked += 1
        outcome.found += [f"{who or 'visitor'}, {address}: {each}" for each in _look(browser_page, address)]
    context.close()


def _look(page: Page, address: str) -> list[str]:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(address, wait_until="load")
    found = violations(page)
    found += [f"at 1440 px {each}" for each in [overflow(page)] if each]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return found + [f"at 360 px {each}" for each in [overflow(page)] if each]
