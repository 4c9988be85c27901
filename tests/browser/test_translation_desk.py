"""One title goes through the translation desk with the keyboard alone: drafted, fixed, reviewed, outdated, still right.

The engine is a server on loopback that speaks the contract of LibreTranslate; the worker's job runs in this process.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.agenda.programme import Visibility
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.drafting.models import TranslationJob
from forum.drafting.operations.performing import perform_due
from tests.browser.chromium import violations
from tests.browser.conftest import Site
from tests.browser.keys import Keys
from tests.demonstration import SLUG, environment, opened
from tests.drafting.scene import engine_at
from tests.serving import serving
from tests.translation.libre import Server, libre

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

TITLE = "Open consultation on the guide for city-to-city projects"
SUGGESTED = "城市间合作项目指南征询会"
BILATERAL = "Bilateral meeting: Shanghai and Rotterdam"
FIXED, CHANGED = "城市间合作项目指南公开征询会", f"{TITLE} in 2027"
WARNINGS = {"en": "1 text has no Chinese: Title", "zh": "1项缺中文：标题"}
STATES = {
    "en": ("Machine draft", "Written, not reviewed", "Reviewed", "Original has changed"),
    "zh": ("机器初译", "人工翻译，待审校", "已审校", "原文已更新"),
}

# What the page before a release says of the Chinese of titles: missing, drafted, not reviewed, out of date.
BEFORE_RELEASE = {
    "en": (
        r"(\d+) titles? ha(?:s|ve) no Chinese",
        r"(\d+) titles? in Chinese (?:is a|are) machine draft",
        r"(\d+) titles? in Chinese ha(?:s|ve) not been reviewed",
        r"(\d+) titles? in Chinese: the original",
    ),
    "zh": (
        r"(\d+)个标题没有中文",
        r"(\d+)个标题的中文为机器翻译",
        r"(\d+)个标题的中文尚未审校",
        r"(\d+)个标题的中文：翻译后原文",
    ),
}


@pytest.fixture
def engine() -> Iterator[Server]:
    """The engine's server."""
    with libre() as server:
        yield server


@pytest.fixture
def own_site(demonstration_folder: Path, browser: Browser, tmp_path: Path, engine: Server) -> Iterator[Site]:
    """A copy of the demonstration whose engine is that server."""
    folder = tmp_path / "data"
    shutil.copytree(demonstration_folder, folder)
    settings = environment(
        folder,
        FORUM_TRUSTED_PROXIES="0",
        FORUM_TRANSLATION_ENGINE="libretranslate",
        FORUM_LIBRETRANSLATE_URL=engine.url,
    )
    app = opened(folder)
    with app.app_context():
        begin_writing()
        session.scalars(select(AgendaSession).filter_by(title_en=TITLE)).one().visibility = Visibility.PUBLIC
        session.commit()
        session.remove()
    with serving(settings, folder / "server.log", threads=4) as server:
        yield Site(server, app, browser)


class Desk:
    """People at their keyboards, and the text that they work on."""

    def __init__(
        self, site: Site, language: str, title: str = TITLE, people: tuple[str, ...] = ("organiser", "agenda")
    ) -> None:
        self.site, self.language = site, language
        self.hands = {who: Keys(site.context(who, language).new_page()) for who in people}
        with site.app.app_context():
            found = session.scalars(select(AgendaSession.public_id).filter_by(title_en=title)).one()
            session.remove()
        self.session_id = found

    def page(self, rest: str = "") -> str:
        return f"/{self.language}/desk/translation/forums/{SLUG}/{rest}"

    @property
    def record(self) -> str:
        return self.page(f"agenda_session/{self.session_id}/")

    def state(self, who: str) -> str:
        """The state of the title as the page of the record says it."""
        keys = self.hands[who]
        keys.open(self.record)
        return keys.page.locator("#head-title + .state").inner_text()

    def missing(self) -> int:
        """How many Chinese titles of sessions the parity report counts as missing."""
        keys = self.hands["organiser"]
        keys.open(self.page("parity"))
        kind = {"en": "Session · Title", "zh": "场次 · 标题"}[self.language]
        tongue = {"en": "Chinese", "zh": "中文"}[self.language]
        rows = keys.page.locator("tbody tr").filter(has_text=kind).filter(has_text=tongue)
        return int(rows.first.locator("td").nth(2).inner_text())

    def before_release(self) -> tuple[int, ...]:
        """How many Chinese titles the page before a release calls missing, drafted, not reviewed, out of date."""
        keys = self.hands["organiser"]
        keys.open(f"/{self.language}/forums/{SLUG}/desk/releases/new")
        text = keys.page.inner_text("main")
        found = (re.search(pattern, text) for pattern in BEFORE_RELEASE[self.language])
        return tuple(int(each.group(1)) if each else 0 for each in found)

    def warned(self) -> bool:
        """Whether the worklist warns of the title."""
        keys = self.hands["organiser"]
        keys.open(self.page())
        return WARNINGS[self.language] in keys.page.inner_text("main")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_is_drafted_fixed_reviewed_and_still_right_after_its_original_changed(
    own_site: Site, engine: Server, language: str
) -> None:
    desk = Desk(own_site, language)
    machine, written, reviewed, outdated = STATES[language]
    assert desk.warned()
    assert desk.missing() == 1
    missing, drafted, unread, old = desk.before_release()
    assert missing == 1
    writer, other = desk.hands["organiser"], desk.hands["agenda"]
    writer.open(desk.page())
    writer.press("form[action$='/clearing'] button")
    writer.open(desk.record)
    writer.press("form[action$='/draft/title'] button")
    told = writer.page.inner_text(".notes")
    with own_site.app.app_context():
        assert session.scalars(select(TranslationJob.field)).all() == ["title"], told
        session.remove()
        perform_due(system_clock() + timedelta(seconds=5), engine_at(engine))
        session.remove()
    assert engine.texts
    assert desk.state("organiser") == machine
    assert not desk.warned()
    assert desk.missing() == 0
    assert desk.before_release() == (0, drafted + 1, unread, old)
    writer.open(desk.record)
    writer.write("[name=title]", FIXED)
    writer.press("form.sheet-form .submit button")
    assert desk.before_release() == (0, drafted, unread + 1, old)
    assert desk.state("organiser") == written
    assert writer.page.locator("form[action$='/settle']").count() <= 1, "whoever wrote it reviews nothing but the rest"
    assert desk.state("agenda") == written
    other.press("form[action$='/settle']:has([value=title]) button")
    assert desk.state("agenda") == reviewed
    assert desk.before_release() == (0, drafted, unread, old)
    other.open(f"/{language}/forums/{SLUG}/desk/agenda/sessions/{desk.session_id}")
    other.write("[name=title_en]", CHANGED)
    other.press("form.sheet-form .submit button[type=submit]")
    assert desk.before_release() == (0, drafted, unread, old + 1)
    assert desk.state("organiser") == outdated
    assert writer.page.locator("blockquote ins").inner_text().strip() == "in 2027"
    writer.press("form[action$='/settle']:has([value=title]) button")
    assert desk.state("organiser") == reviewed
    assert desk.before_release() == (0, drafted, unread, old)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_suggestion_is_put_in_a_finding_answered_and_saving_leads_on(own_site: Site, language: str) -> None:
    desk = Desk(own_site, language, people=("translator",))
    hand = desk.hands["translator"]
    hand.open(desk.page("?state=missing"))
    hand.press(f"a[href*='{desk.session_id}']")
    hand.to("[name=title]")
    hand.page.keyboard.press("Control+Shift+Digit1")
    assert hand.page.input_value("[name=title]") == SUGGESTED
    assert hand.page.inner_text("[data-says]").strip()
    hand.page.keyboard.press("ControlOrMeta+z")
    assert not hand.page.input_value("[name=title]"), "what was put in can be undone like any typing"
    hand.write("[name=title]", f"{SUGGESTED}（2028）")
    hand.press("button[name=next]")
    assert desk.session_id not in hand.page.url
    assert "state=missing" in hand.page.url, "what was chosen in the worklist goes along"
    hand.open(desk.record)
    hand.to("details:has([name=answer]) summary")
    hand.page.keyboard.press("Enter")
    hand.press("button[name=answer]")
    assert hand.page.locator(".error-summary").is_visible()
    hand.write("details:has([name=answer]) textarea", "2028年续办")
    hand.press("button[name=answer]")
    assert hand.page.locator("button[name=answer]").count() == 0
    assert "2028年续办" in (hand.page.locator("details:has([name=reopen])").text_content() or "")
    hand.to("details:has([name=reopen]) summary")
    hand.page.keyboard.press("Enter")
    hand.press("button[name=reopen]")
    assert hand.page.locator("button[name=answer]").count() == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_is_worked_on_segment_by_segment_and_kept_inside(own_site: Site, language: str) -> None:
    desk = Desk(own_site, language, BILATERAL, people=("translator",))
    hand = desk.hands["translator"]
    hand.open(desk.record)
    whole = hand.page.input_value("[name=abstract]")
    hand.press("a[href*='view=segments']")
    assert hand.page.locator(".segments > li").count() == 3
    last = hand.page.input_value("[name=abstract_2]")
    hand.write("[name=abstract_2]", "")
    hand.page.keyboard.press("Backspace")
    hand.page.keyboard.press("Control+Shift+Digit1")
    assert hand.page.input_value("[name=abstract_2]") == last, "the memory has the same sentence of another meeting"
    assert violations(hand.page) == []
    hand.write("[name=abstract_0]", "两座港口城市交流防洪经验。")
    hand.press("form.editor .submit button")
    assert "view=segments" in hand.page.url
    hand.press("[aria-current] ~ a, a:has(~ [aria-current])")
    assert hand.page.input_value("[name=abstract]") == "两座港口城市交流防洪经验。" + whole.partition("。")[2]
    hand.write("[name=abstract]", "")
    hand.page.keyboard.press("Backspace")
    hand.press("form.editor .submit button")
    drafts = hand.page.locator("form[action$='/draft/abstract']")
    assert drafts.count() == 1
    hand.press("form[action$='/keeping'] button")
    assert drafts.count() == 0, "nobody may ask an engine outside for it"
    kept = {"en": "Somebody said that it is never sent outside.", "zh": "已注明该记录不得外送"}[language]
    assert kept in hand.page.inner_text("main")
    hand.press("form[action$='/keeping'] button")
    assert drafts.count() == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reviewer_goes_from_text_to_text_with_one_key(own_site: Site, language: str) -> None:
    desk = Desk(own_site, language, BILATERAL, people=("agenda",))
    hand = desk.hands["agenda"]
    hand.open(f"{desk.record}?state=human&kind=agenda_session#title")
    waiting = hand.page.locator(".head nav .quiet")
    before = int("".join(sign for sign in waiting.inner_text() if sign.isdigit()))
    seen = []
    for _text in range(3):
        seen.append(hand.page.url.partition("/agenda_session/")[2])
        assert hand.page.evaluate("document.activeElement.matches('textarea[data-box]')"), "ready to type, or to go on"
        with hand.page.expect_navigation(wait_until="load"):
            hand.page.keyboard.press("Control+Shift+Enter")
        hand.see()
    assert len(set(seen)) == 3
    assert int("".join(sign for sign in waiting.inner_text() if sign.isdigit())) == before - 3
