"""Hands on a keyboard: no mouse, no script that touches the page. What can't be reached with Tab can't be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

MOST_STEPS = 400
MOST_PRESSES = 4


class OutOfReach(AssertionError):
    """Tab went round the whole page without coming to what was wanted."""


class Keys:
    """Somebody who works with the keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address, wait_until="load")
        self.see()

    def to(self, selector: str) -> None:
        """Press Tab until something that fits the selector has the focus, and is seen to have it."""
        for _step in range(MOST_STEPS):
            if self._is_on(selector):
                assert self._shows_focus(), f"the focus on {selector} can't be seen"
                return
            self.page.keyboard.press("Tab")
        raise OutOfReach(f"{selector} on {self.page.url}")

    def write(self, selector: str, text: str) -> None:
        """Go to a field and write over what stands there."""
        self.to(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def tick(self, selector: str) -> None:
        """Go to a box and tick it, unless it is."""
        self.to(selector)
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")

    def choose(self, selector: str, value: str) -> None:
        """Go to a list and walk down to a value."""
        self.to(selector)
        self.page.keyboard.press("Home")
        for _step in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise OutOfReach(f"{value} in {selector}")

    def type_day(self, selector: str, day: date) -> None:
        """Go to a field for a day and type its numbers in the order in which the browser asks for them."""
        self.to(selector)
        self._type_day(day)
        assert self.page.evaluate("document.activeElement.value") == day.isoformat()

    def morning(self, selector: str, day: date, time: str) -> None:
        """Go to a field for a day and an hour, and type both; the time is one before noon, such as 09:30."""
        self.to(selector)
        self._type_day(day)
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(f"{time.replace(':', '')}A")  # hours of twelve, as the browser was built
        assert self.page.evaluate("document.activeElement.value") == f"{day.isoformat()}T{time}"

    def _type_day(self, day: date) -> None:
        self.page.keyboard.type(day.strftime("%m%d%Y"))

    def take(self, name: str, value: str) -> None:
        """Go to a group of radio buttons and walk to one of them."""
        self.to(f"[type=radio][name={name}]")
        for _step in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.value") == value:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise OutOfReach(f"{value} in {name}")

    def hand_in(self, selector: str, file: Path) -> None:
        """Go to a file field, open the chooser with the keyboard and choose a file."""
        for _press in range(MOST_PRESSES):
            self.to(selector)
            try:
                # The browser now and then opens no chooser at the first press; people press again.
                with self.page.expect_file_chooser(timeout=5000) as chooser:
                    self.page.keyboard.press("Space")
            except TooLate:
                continue
            chooser.value.set_files(file)
            return
        raise OutOfReach(f"the chooser of {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        """Go to a button or link and press Enter; wait for the next page."""
        self.to(selector)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        self.see()

    def see(self) -> None:
        """Wait until the page has been painted: a browser drops keys that are pressed before."""
        self.page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")

    def _is_on(self, selector: str) -> bool:
        return bool(self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector))

    def _shows_focus(self) -> bool:
        """Whether the focused element is drawn differently: WCAG 2.4.7."""
        return bool(
            self.page.evaluate(
                """() => {
                    const here = document.activeElement, look = getComputedStyle(here);
                    return here.matches(':focus-visible')
                        && (look.outlineStyle !== 'none' || look.boxShadow !== 'none');
                }"""
            )
        )
