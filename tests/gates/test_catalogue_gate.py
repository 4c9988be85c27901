"""The catalogue gate itself: it finds what was spoiled, and nothing in a sound catalogue."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from tests.catalogue_gate import findings

pytestmark = pytest.mark.once

SOUND = {
    "Programme": "日程",
    "Hello, %(name)s!": "%(name)s，您好！",
    "Read the <a>rules</a>.": "请阅读<a>规则</a>。",
    "PDF": "PDF",
    "Delegations and seats": "代表团与名额",
}


def catalogue(words: dict[str, str]) -> Catalog:
    made = Catalog(locale="zh")
    for english, chinese in words.items():
        made.add(english, chinese)
    made.add(("%(num)s session", "%(num)s sessions"), ("%(num)s场",))
    return made


def template() -> Catalog:
    return catalogue(dict.fromkeys(SOUND, ""))


def test_a_sound_catalogue_gives_no_finding() -> None:
    assert findings(template(), catalogue(SOUND)) == []


def test_three_spoiled_entries_give_five_findings() -> None:
    spoiled = SOUND | {
        "Hello, %(name)s!": "%(nome)s，您好!",  # another placeholder, and a half-width mark
        "Read the <a>rules</a>.": "Read the rules.",  # a tag is gone, and so is the Chinese
        "Programme": "",
    }
    found = findings(template(), catalogue(spoiled))
    assert sorted(finding.partition(":")[0] for finding in found) == [
        "half-width punctuation",
        "not Chinese",
        "placeholders",
        "tags",
        "untranslated",
    ]


def test_what_is_missing_and_what_is_left_over_is_named() -> None:
    words = {english: chinese for english, chinese in SOUND.items() if english != "Programme"}
    found = findings(template(), catalogue(words | {"Gone": "已删"}))
    assert found == ["missing: 'Programme'", "obsolete: 'Gone'"]


def test_a_fuzzy_translation_does_not_pass() -> None:
    fuzzy = catalogue(SOUND)
    message = fuzzy.get("Programme")
    assert message is not None
    message.flags.add("fuzzy")
    assert findings(template(), fuzzy) == ["fuzzy: 'Programme' → '日程'"]


def test_a_blank_between_chinese_and_latin_is_found() -> None:
    found = findings(template(), catalogue(SOUND | {"Programme": "日程 PDF"}))
    assert found == ["blank between Chinese and Latin: 'Programme' → '日程 PDF'"]
