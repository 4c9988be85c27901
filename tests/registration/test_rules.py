"""Pure rules: passports, windows, notices, and that what may be asked fits together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forum.registration.models import FieldClass
from forum.registration.notices import NOTICES, version
from forum.registration.rules import names, passport
from forum.registration.rules.completeness import CONSENT_GAPS, DOCUMENT_GAPS
from forum.registration.rules.fields import (
    CONSENT_FOR,
    DIETS,
    DOCUMENT_KINDS,
    SEALED_DOCUMENTS,
    SEALED_FIELDS,
    last_four,
)
from forum.registration.rules.windows import category_is_open, forum_is_open
from tests.cast import Cast
from tests.registration.people import NOW, category


@pytest.mark.parametrize("name", ["LU", "LYU", "DE LA CRUZ", "O'BRIEN", "SMITH-JONES", ""])
def test_the_passports_own_spelling_is_taken(name: str) -> None:
    assert passport.name_is_sound(name)


@pytest.mark.parametrize("name", ["LÜ", "吕", "lu", "A" * 40, "-LU", "LU--"])
def test_what_the_zone_cannot_print_is_refused(name: str) -> None:
    assert not passport.name_is_sound(name)


def test_numbers_and_dates_of_passports() -> None:
    assert passport.number_as_printed(" e12 345-678 ") == "E12345678"
    assert passport.number_is_sound("E12345678")
    assert not passport.number_is_sound("E1")
    today = date(2027, 3, 1)
    assert passport.birth_date("1980-05-31", today) == date(1980, 5, 31)
    for wrong in ("31/05/1980", "2027-03-01", "1880-01-01", "1980-02-30"):
        assert passport.birth_date(wrong, today) is None, wrong


@pytest.mark.parametrize(
    "written", ["1980-05-31", "1980/5/31", "1980.5.31", "1980年5月31日", "1980 年 5 月 31 日", "1980-5-31"]
)
def test_a_date_with_the_year_first_is_read(written: str) -> None:
    assert passport.birth_date(written, date(2027, 3, 1)) == date(1980, 5, 31)


@pytest.mark.parametrize("written", ["31/05/1980", "05/06/1980", "1980-W22-6", "19800531", "1980-13-01", "5 May 1980"])
def test_a_date_that_could_be_misread_is_asked_for_again(written: str) -> None:
    assert passport.birth_date(written, date(2027, 3, 1)) is None


@pytest.mark.parametrize(
    "name",
    ["", "Sukarno", "O'Brien-Łukasz", "Nguyễn", "D’Angelo", "Ramasamy s/o Muthu", "ʻOkina", "Əliyev"],
)
def test_latin_names_keep_their_accents_and_signs(name: str) -> None:
    assert names.latin_is_sound(names.as_latin(name))
    assert names.as_latin(name) == name


@pytest.mark.parametrize("name", ["家", "محمد", "Мария", "😀", "@@", "-", "<b>Ana</b>", "Ana=1"])
def test_other_scripts_and_signs_are_no_latin_name(name: str) -> None:
    assert not names.latin_is_sound(names.as_latin(name))


def test_what_a_chinese_keyboard_or_a_copy_adds_to_a_name_is_taken_off() -> None:
    assert names.as_latin("Ｌｉ\u3000Ｍｉｎｇ\u00a0") == "Li Ming"
    assert names.as_latin("O´Brien\u200b") == "O'Brien"
    assert names.as_chinese("阿梅莉・杜邦") == "阿梅莉·杜邦"


@pytest.mark.parametrize(("name", "sound"), [("李明", True), ("J·K·罗琳", True), ("Li", False), ("李😀", False)])
def test_a_chinese_name_holds_chinese_characters(name: str, *, sound: bool) -> None:
    assert names.chinese_is_sound(name) is sound


def test_short_values_show_no_end() -> None:
    assert (last_four("E12345678"), last_four("123456")) == ("5678", "")


def test_every_class_has_its_consent_or_rests_on_the_notice() -> None:
    assert {kind.field_class for kind in SEALED_FIELDS.values()} - CONSENT_FOR.keys() == {FieldClass.CONTACT}
    assert set(CONSENT_FOR.values()) == CONSENT_GAPS.keys() <= NOTICES.keys()
    assert DOCUMENT_GAPS.keys() == DOCUMENT_KINDS.keys() >= SEALED_DOCUMENTS


def test_no_religion_is_asked_nor_any_value_that_is_one() -> None:
    words = " ".join([*SEALED_FIELDS, *DIETS, *(kind.label for kind in SEALED_FIELDS.values())]).casefold()
    for word in ("relig", "muslim", "jewish", "hindu", "buddh", "christ"):
        assert word not in words


def test_a_notice_has_one_version_for_each_text_and_language() -> None:
    versions = {(purpose, lang): version(purpose, lang) for purpose in NOTICES for lang in ("en",)}
    assert len(set(versions.values())) == len(versions)
    assert version("notice", "en") == versions["notice", "en"]


@pytest.mark.usefixtures("cast", "writing")
def test_windows_are_instants_and_the_category_may_be_narrower(cast: Cast) -> None:
    forum, kind = cast.forum, category(cast)
    closes = forum.registration_closes_at
    assert closes is not None
    assert forum_is_open(forum, closes - timedelta(seconds=1))
    assert not forum_is_open(forum, closes)
    kind.opens_at = NOW + timedelta(days=1)
    assert not category_is_open(forum, kind, NOW)
    assert category_is_open(forum, kind, NOW + timedelta(days=1))
