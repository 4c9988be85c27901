"""The programme book, read back from the paper."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from forum.agenda.exports import as_pdf
from forum.agenda.exports.book import book_facts
from forum.agenda.exports.phrases import days_span
from forum.agenda.exports.wording import Wording
from forum.agenda.programme import Programme, SessionState
from forum.core.bilingual import Text
from forum.core.catalogue import translator
from tests.agenda.exports import programmes as cast


def book(programme: Programme, language: Any = "both", **changes: Any) -> Any:
    return pypdf.PdfReader(io.BytesIO(as_pdf(programme, language, **changes)))


def text_of(reader: Any) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def fonts(reader: Any) -> set[str]:
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            found.add(str(descriptor["/FontName"]))
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_chinese_font_is_embedded_and_the_chinese_title_can_be_read() -> None:
    reader = book(cast.large(20))
    assert any("CJKsc" in name for name in fonts(reader))
    text = squeezed(text_of(reader))
    assert "城市标准化国际论坛2027" in text
    assert "从ISO37101到一座城市的日常" in text
    assert "Fromresilience" not in text


def test_both_languages_of_an_item_stand_on_the_same_page() -> None:
    reader = book(cast.programme(*[cast.item(number) for number in range(1, 30)]))
    for number in range(1, 6):
        english, chinese = (squeezed(side) for side in cast.TITLES[number % 5])
        pages = [squeezed(page.extract_text()) for page in reader.pages]
        assert sum(chinese in page for page in pages)
        assert all((english in page) == (chinese in page) for page in pages)


def test_version_and_page_stand_on_every_page() -> None:
    reader = book(cast.large(30), "en")
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "Version 2" in text
        assert f"{number}/{len(reader.pages)}" in text


def test_two_runs_are_identical() -> None:
    assert as_pdf(cast.large(20), "both") == as_pdf(cast.large(20), "both")


def test_the_paper_is_as_asked() -> None:
    assert round(book(cast.large(9), "zh", paper="a5").pages[0].mediabox.width) == 420
    assert round(book(cast.large(9), "zh").pages[0].mediabox.width) == 595


def test_the_book_is_tagged_and_tells_its_language_and_title() -> None:
    reader = book(cast.large(9), "zh")
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert str(reader.root_object["/Lang"]).startswith("zh")
    assert str(book(cast.large(9), "en").root_object["/Lang"]).startswith("en")
    assert reader.metadata.title == "城市标准化国际论坛2027"
    assert reader.metadata.creation_date == cast.RELEASED
    assert len(reader.outline) >= 3


def test_the_book_meets_the_standards_for_archives_and_accessibility() -> None:
    content = as_pdf(cast.large(20), "both")
    assert b"pdfaid:part" in content
    assert b"pdfuaid:part" in content


def test_a_character_that_no_font_has_costs_the_standard_and_not_the_book() -> None:
    content = as_pdf(cast.programme(cast.item(title=Text("Odd \ue123 \U0010fffd", "怪"))), "both")
    assert b"pdfaid:part" not in content
    assert "Odd" in text_of(pypdf.PdfReader(io.BytesIO(content)))


def test_a_missing_translation_is_marked_and_the_other_side_shown() -> None:
    programme = cast.programme(cast.item(title=Text("City standards", "")))
    pending = translator("zh")("translation pending")
    chinese = text_of(book(programme, "zh"))
    assert "City standards" in chinese
    assert pending in chinese
    side = book_facts(programme, Wording("both"))["days"][0]["items"][0]["sides"]["zh"]["title"]
    assert side == {"text": "", "tag": "en", "mark": pending}
    assert "pending" not in text_of(book(programme, "en"))


def test_a_hostile_title_stays_text() -> None:
    hostile = '#panic("x") #read("/etc/passwd") $a$ *b* _c_ "'
    programme = cast.programme(cast.item(title=Text(hostile, hostile)), number=hostile)
    assert squeezed(hostile) in squeezed(text_of(book(programme)))


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_an_empty_forum_has_a_book(language: Any, paper: Any) -> None:
    empty = cast.programme(number="", released_at=None, rooms=(), tracks=(), segments=())
    assert "%PDF" in as_pdf(empty, language, paper=paper)[:8].decode("latin-1")
    bare = cast.programme(
        cast.item(title=Text(), abstract=Text(), room_guid=""),
        forum=cast.forum_facts(
            title=Text(),
            venue=Text(),
            city=Text(),
            organiser=Text(),
            contact_email="",
        ),
    )
    assert len(book(bare, language, paper=paper).pages) >= 3


def test_a_cancelled_item_says_so_and_a_night_item_stands_under_the_evening() -> None:
    cancelled = cast.item(state=SessionState.CANCELLED)
    night = cast.item(2, datetime(2027, 4, 20, 16, 30, tzinfo=UTC))
    facts = book_facts(cast.programme(cancelled, night), Wording("en"))
    assert len(facts["days"]) == 1
    first, second = facts["days"][0]["items"]
    assert first["is_cancelled"]
    assert second["starts_next_day"]
    text = text_of(book(cast.programme(cancelled, night), "en"))
    assert "Cancelled" in text
    assert "next day" in text


def test_speakers_are_listed_with_their_pages() -> None:
    text = text_of(book(cast.programme(cast.item(speakers=(cast.speaker(0), cast.speaker(1)))), "en"))
    index = text[text.rindex("Speakers") :]
    assert index.index("Élise Marchand") < index.index("ZHOU Lan")
    assert "p. 3" in index


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (date(2027, 4, 20), date(2027, 4, 22), "20–22 April 2027", "2027年4月20日至22日"),
        (date(2027, 4, 30), date(2027, 5, 2), "30 April – 2 May 2027", "2027年4月30日至5月2日"),
        (
            date(2027, 12, 31),
            date(2028, 1, 1),
            "31 December 2027 – 1 January 2028",
            "2027年12月31日至2028年1月1日",
        ),
        (date(2027, 4, 20), date(2027, 4, 20), "Tuesday, 20 April 2027", "2027年4月20日星期二"),
    ],
)
def test_the_days_of_a_forum_are_written_as_each_language_does(
    first: date,
    last: date,
    english: str,
    chinese: str,
) -> None:
    assert days_span(first, last, "en") == english
    assert days_span(first, last, "zh") == chinese
