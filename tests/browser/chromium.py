"""A real browser: the distribution's Chromium, driven without any connection of its own to the outside."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from tests.services import ServiceUnavailable

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync", "--no-first-run",
    "--font-render-hinting=none",
]  # fmt: skip
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser until the block is left."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        raise ServiceUnavailable("chromium is not installed; `make setup-test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page that is open: the rule, and the first place where it is broken."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    asked = json.dumps(RULES | {"resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({asked}).then(result => result.violations)")
    return [
        f"{each['id']}: {each['help']} — {each['nodes'][0]['html'][:160]} ({len(each['nodes'])} places)"
        for each in found
    ]


def overflow(page: Page) -> str:
    """What is wider than the window, if the page scrolls sideways."""
    return str(
        page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return '';
                const wide = [...document.querySelectorAll('body *')].filter(element => {
                    const box = element.getBoundingClientRect();
                    return box.width && box.right > width + 1 && !element.closest('.table-frame, [data-scrolls]');
                });
                const first = wide.at(-1);
                return `${document.documentElement.scrollWidth} px on ${width} px`
                    + (first ? `: ${first.outerHTML.slice(0, 140)}` : '');
            }"""
        )
    )
