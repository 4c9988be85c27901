"""A browser and the demonstration served beside it, for everything that needs both."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import WIDE, chromium
from tests.demonstration import environment, opened, signed_in
from tests.serving import Server, serving


@dataclass(frozen=True)
class Site:
    """The demonstration as it is served, and the same database in this process."""

    server: Server
    app: Flask
    browser: Browser

    @property
    def address(self) -> str:
        """Where it is reached."""
        return self.server.address

    def context(self, who: str | None, language: str, viewport: dict[str, int] | None = None) -> BrowserContext:
        """A browser profile in which somebody is signed in."""
        made = self.browser.new_context(
            base_url=self.address,
            viewport=viewport or WIDE,  # type: ignore[arg-type]
            locale={"en": "en-GB", "zh": "zh-CN"}[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        if who is not None:
            cookie = {"name": "forum", "value": signed_in(self.app, who), "url": self.address}
            made.add_cookies([cookie])  # type: ignore[list-item]
        return made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each language have a process of its own, as in ``-n 2 --dist loadgroup``: what is alike is looked at once."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("zh" if re.search(r"\bzh\b", item.name) else "en"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, one for all."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def site(demonstration_folder: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demonstration, served for one module of tests."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration_folder, folder)
    with serving(environment(folder, FORUM_TRUSTED_PROXIES="0"), folder / "server.log", threads=4) as server:
        yield Site(server, opened(folder), browser)
