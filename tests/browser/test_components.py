"""The design system: contrast, weight, places on the grid, and the day board walked with the keyboard."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Locator, Page, Route

from forum.core.bilingual import Text
from forum.paths import STATIC, TEMPLATES

INKS = ("ink", "ink-2", "ink-3", "indigo", "jade", "amber", "cinnabar-ink", *(f"t{n}" for n in range(9)))
GROUNDS = ("paper", "sheet", "well")
ON_WASH = (
    ("jade", "jade-wash"),
    ("amber", "amber-wash"),
    ("cinnabar-ink", "cinnabar-wash"),
    ("indigo", "indigo-wash"),
    ("ink", "amber-wash"),
    ("ink", "cinnabar-wash"),
    ("ink", "indigo-wash"),
    ("ink-2", "jade-wash"),
    ("on-cinnabar", "cinnabar"),
    ("on-cinnabar", "cinnabar-2"),
    *((f"t{n}", "jade-wash") for n in range(9)),
)


def colours(scheme: str) -> dict[str, str]:
    """Return the tokens of a scheme; what dark leaves out stays as in light."""
    light, dark = (STATIC / "css/tokens.css").read_text().split("@media screen and", 1)
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light)
    if scheme == "dark":
        found += re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark.split("@media print")[0])
    return dict(found)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_can_be_read_on_every_ground(scheme: str) -> None:
    tokens = colours(scheme)
    pairs = [*product(INKS, GROUNDS), *ON_WASH]
    faint = {pair: ratio for pair in pairs if (ratio := contrast(tokens[pair[0]], tokens[pair[1]])) < 4.5}
    assert faint == {}
    assert all(contrast(tokens["edge"], tokens[ground]) >= 3 for ground in GROUNDS)


@pytest.mark.once
def test_the_measure_of_contrast_finds_a_faint_grey() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#999999", "#fff") < 3


@pytest.mark.once
def test_styles_and_scripts_together_stay_under_forty_kilobytes() -> None:
    files = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    assert len(files) > 8
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40_000


@pytest.mark.once
def test_no_template_carries_a_style_or_a_script_that_the_policy_forbids() -> None:
    forbidden = re.compile(r"\sstyle=|<style\b|\son[a-z]+=\"|<script(?![^>]*\bsrc=)|javascript:")
    templates = list(TEMPLATES.rglob("*.html"))
    assert len(templates) > 10
    assert [file.name for file in templates if forbidden.search(file.read_text())] == []
    assert forbidden.search('<p style="color:red">')
    assert forbidden.search("<script>alert(1)</script>")


@pytest.mark.once
def test_every_place_of_a_day_has_its_class() -> None:
    sheet = (STATIC / "css/grid.css").read_text()
    wanted = [f".row-{n}{{" for n in range(312)] + [f".span-{n}{{" for n in range(1, 289)]
    wanted += [f".{kind}-{n}{{" for kind in ("col", "across") for n in range(1, 65)]
    assert [name for name in wanted if name not in sheet] == []


def place(app: Flask, after: int, minutes: int, column: int) -> list[str]:
    source = "{% from 'components/agenda.html' import place with context %}{{ place(after, minutes, column) }}"
    with app.test_request_context("/en/"):
        return render_template_string(source, after=after, minutes=minutes, column=column).split()


@pytest.mark.once
@pytest.mark.parametrize(
    ("after", "minutes", "classes"),
    [
        (0, 60, ["row-0", "span-12"]),
        (62, 41, ["row-12", "span-9"]),  # 62 to 103 minutes touches the rows from 60 to 105
        (90, 0, ["row-18", "span-1"]),  # even a session without length is seen
        (-30, 60, ["row-0", "span-6"]),  # what began before the first row starts on it
    ],
)
def test_a_session_stands_on_the_rows_that_it_touches(app: Flask, after: int, minutes: int, classes: list[str]) -> None:
    assert place(app, after, minutes, 3) == [*classes, "col-3", "across-1"]


BOARD = """{% extends 'layouts/base.html' %}
{% block title %}{{ _('Agenda') }}{% endblock %}
{% block styles %}{% for sheet in ('agenda', 'grid') -%}
<link rel="stylesheet" href="{{ asset('css/' ~ sheet ~ '.css') }}">
{%- endfor %}{% endblock %}
{% block main %}
{% from 'components/agenda.html' import day_grid with context %}
{% from 'components/board.html' import board_speech, board_bar, board_slot with context %}
<h1>{{ _('Agenda') }}</h1>{{ board_bar() }}
{% set hours = [('09:00', 0), ('10:00', 60), ('11:00', 120)] %}
{% call day_grid(_('Agenda'), rooms, hours, board=true, attributes=board_speech(start)) %}
{{ board_slot('a', opening, start, 60, 'r1', 3, '/move', '/a', 'token', 0, 1) }}
{{ board_slot('b', plenary, later, 60, 'r2', 1, '/move', '/b', 'token', 60, 2) }}
{% endcall %}{% endblock %}
{% block scripts %}{{ script('editor') }}{% endblock %}"""


class Board:
    """The day board in a browser, before a server that answers as a test wishes."""

    def __init__(self, page: Page, html: str) -> None:
        self.page = page
        self.html = html
        self.sent: list[dict[str, str]] = []
        self.status = 200
        self.answer: dict[str, object] = {"version": 4, "conflicts": []}
        page.route("http://forum.test/**", self._serve)
        page.goto("http://forum.test/en/")
        self.grip.focus()

    def _serve(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/move":
            # FormData travels as multipart; its parts are named fields.
            body = route.request.post_data or ""
            self.sent.append(dict(re.findall(r'name="(\w+)"\r\n\r\n([^\r]*)', body)))
            route.fulfill(status=self.status, content_type="application/json", body=json.dumps(self.answer))
        elif path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=self.html)

    @property
    def grip(self) -> Locator:
        return self.page.locator("[data-grip]").first

    @property
    def classes(self) -> set[str]:
        return set((self.page.locator("[data-piece]").first.get_attribute("class") or "").split())

    def press(self, *keys: str) -> str:
        for key in keys:
            self.page.keyboard.press(key)
        return self.page.locator("[data-board-says]").inner_text()

    def settle(self) -> str:
        self.page.locator("[data-piece].waiting").wait_for(state="detached")
        self.page.wait_for_function(
            "() => document.querySelector('[data-board-says]').textContent"
            " !== document.querySelector('[data-board]').dataset.saySaving"
        )
        return self.press()


def board_in(app: Flask, browser: Browser, language: str) -> Iterator[Board]:
    with app.test_request_context(f"/{language}/"):
        html = render_template_string(
            BOARD,
            rooms=[("Grand Hall", "", "r1"), ("Lake Hall", "", "r2")],
            start=datetime.fromisoformat("2027-04-20T09:00"),
            later=datetime.fromisoformat("2027-04-20T10:00"),
            opening=Text("Opening", "开幕式"),
            plenary=Text("Plenary", "全体会议"),
        )
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield Board(page, html)
    page.close()


@pytest.fixture
def board(app: Flask, browser: Browser) -> Iterator[Board]:
    yield from board_in(app, browser, "en")


@pytest.fixture
def chinese_board(app: Flask, browser: Browser) -> Iterator[Board]:
    yield from board_in(app, browser, "zh")


@pytest.mark.browser
@pytest.mark.once
def test_a_session_is_moved_and_lengthened_by_keys_and_every_step_is_said(board: Board) -> None:
    assert "Opening is picked up" in board.press("Enter")
    assert board.press("ArrowRight") == "Opening, Lake Hall, 09:00 to 10:00."
    assert board.press("ArrowDown") == "Opening, Lake Hall, 09:15 to 10:15. It overlaps Plenary."
    assert board.press("ArrowUp", "-") == "Opening, Lake Hall, 09:00 to 09:45."
    board.press("Enter")
    assert board.settle() == "Opening is saved. No conflicts."
    moved = {"room": "r2", "local_start": "2027-04-20T09:00", "minutes": "45"}
    assert board.sent == [{"csrf_token": "token", "version": "3", **moved}]
    assert {"row-0", "span-9", "col-2"} <= board.classes
    assert board.page.locator("[name=version]").first.input_value() == "4"


@pytest.mark.browser
@pytest.mark.once
def test_escape_puts_a_session_back_and_sends_nothing(board: Board) -> None:
    before = board.classes
    board.press("Enter", "ArrowDown", "ArrowRight")
    assert board.classes != before
    assert board.press("Escape") == "Opening is back in its place."
    assert board.classes == before
    assert board.sent == []


@pytest.mark.browser
@pytest.mark.once
def test_the_edge_of_the_day_stops_a_session(board: Board) -> None:
    assert board.press("Enter", "ArrowUp") == "The day goes no further."
    assert board.press("ArrowLeft") == "The day goes no further."
    assert {"row-0", "col-1"} <= board.classes


@pytest.mark.browser
@pytest.mark.once
def test_a_refused_move_goes_back_and_says_why_as_text(board: Board) -> None:
    board.status, board.answer = 409, {"sentence": "Li Wen <b>moved</b> it first.", "url": "/en/"}
    board.press("Enter", "ArrowDown", "Enter")
    assert board.settle() == "Li Wen <b>moved</b> it first."
    assert "row-0" in board.classes
    assert board.page.locator("[data-board-conflicts] b").count() == 0
    assert board.page.locator("[name=version]").first.input_value() == "3"


@pytest.mark.browser
@pytest.mark.once
def test_the_board_speaks_chinese_on_a_chinese_page(chinese_board: Board) -> None:
    assert chinese_board.press("Enter", "ArrowRight") == "开幕式，Lake Hall，09:00至10:00。"


@pytest.mark.browser
@pytest.mark.once
def test_the_board_has_no_accessibility_violation(board: Board) -> None:
    result = Axe().run(board.page)
    assert [violation["id"] for violation in result.response["violations"]] == []
