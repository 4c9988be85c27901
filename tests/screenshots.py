"""``python -m tests.screenshots`` takes the pictures of the guides: docs/screenshots/<name>.<language>.png.

They show the demonstration, served from a folder that is thrown away afterwards. Sizes are fixed and colours are few,
so that a guide with many pictures stays light.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.demonstration import ROOT, SLUG, environment, opened, prepared, signed_in
from tests.serving import serving

FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WIDTH = 1200  # CSS pixels
COLOURS = (96, 48, 24)  # the first number that is light enough wins
LIGHT = 150_000  # bytes


def _stay(page: Page) -> None:
    """Take the page as it was opened."""


def _a_session(page: Page) -> None:
    page.goto(str(page.get_by_role("link", name="ISO 37101").first.get_attribute("href")))


def _own_page(page: Page) -> None:
    page.goto(str(page.locator("main a[href*='/my/']:not([href*='participations'])").first.get_attribute("href")))


def _own_delegation(page: Page) -> None:
    page.goto(str(page.locator("main a[href*='/delegations/']").first.get_attribute("href")))


def _a_position(page: Page) -> None:
    page.goto(str(page.locator("main table a", has_text="ISO/DIS 37116").first.get_attribute("href")))


def _comments(page: Page) -> None:
    page.goto(str(page.locator("main table a", has_text="ISO/DIS 37100").first.get_attribute("href")))
    page.goto(str(page.locator("main .deeds a[href$='/comments']").get_attribute("href")))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, who looks at it, where they begin, and how they get there."""

    name: str
    who: str | None
    start: str
    walk: Callable[[Page], None] = _stay
    height: int = 800  # CSS pixels; a timetable wants more


HERE = f"forums/{SLUG}"
PICTURES = (
    Picture("forum", None, f"{HERE}/"),
    Picture("agenda", None, f"{HERE}/agenda", height=1200),
    Picture("session", None, f"{HERE}/agenda", _a_session),
    Picture("register", None, f"{HERE}/register"),
    Picture("participation", "delegate", "my/participations", _own_page),
    Picture("delegation", "focalpoint", "my/participations", _own_delegation),
    Picture("desk", "organiser", f"{HERE}/desk/"),
    Picture("board", "organiser", f"{HERE}/desk/agenda", height=1200),
    Picture("conflicts", "organiser", f"{HERE}/desk/conflicts"),
    Picture("release", "organiser", f"{HERE}/desk/releases/new"),
    Picture("registrations", "registration", f"{HERE}/desk/participations?state=screening"),
    Picture("standard", None, "standards/iso-37120-2018"),
    Picture("ballots", "mirror", "ballots/?tab=open"),
    Picture("position", "chair", "ballots/?tab=open", _a_position, height=1200),
    Picture("comments", "mirror", "ballots/?tab=open", _comments, height=1200),
)


def light(picture: bytes) -> bytes:
    """The same picture with as many colours as its bytes allow."""
    source = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        written = BytesIO()
        reduced = source.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(written, "PNG", optimize=True)
        if written.tell() <= LIGHT:
            return written.getvalue()
    message = f"a picture stays above {LIGHT} bytes with {COLOURS[-1]} colours"
    raise ValueError(message)


def take(picture: Picture, language: str, browser: Browser, address: str, app: Flask) -> bytes:
    """Look at one page as one person in one language."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": WIDTH, "height": picture.height},
        locale=LANGUAGES[language],
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    try:
        if picture.who is not None:
            cookie = {"name": "forum", "value": signed_in(app, picture.who), "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a dictionary with these three keys
        page = context.new_page()
        answer = page.goto(f"/{language}/{picture.start}", wait_until="load")
        if answer is None or answer.status != 200:
            message = f"{picture.start} wasn't shown to {picture.who}"
            raise ValueError(message)
        picture.walk(page)
        page.wait_for_load_state("load")
        return light(page.screenshot())
    finally:
        context.close()


def main() -> int:
    """Take every picture in both languages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="forum-pictures-") as shared:
        folder = prepared(Path(shared))
        with serving(environment(folder), folder / "server.log", threads=4) as server, chromium() as browser:
            app = opened(folder)
            for picture in PICTURES:
                for language in LANGUAGES:
                    taken = take(picture, language, browser, server.address, app)
                    target = FOLDER / f"{picture.name}.{language}.png"
                    target.write_bytes(taken)
                    print(f"{target.relative_to(ROOT)}  {len(taken) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
