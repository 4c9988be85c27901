"""Reading the rows of a delegation's file: every wrong cell is named, with what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from forum.core.refusals import N_
from forum.core.text import clean_code, clean_line
from forum.places.queries import country_named
from forum.ports.documents.table import Cell, Row
from forum.registration.imports.template import COLUMNS, KEYS
from forum.registration.rules import names, passport

WRONG_CATEGORY = N_("There is no such category. Use one of: %(codes)s.")
WRONG_COUNTRY = N_("This country or region isn't known. Use its name or its two-letter code.")
WRONG_ADDRESS = N_("Please write a mail address such as name@example.org.")
WRONG_PHONE = N_("Please write the number with its country code, such as +33 4 72 10 30 30.")
WRONG_LANGUAGE = N_("Write en or zh.")
WRONG_ORDER = N_("Write given_first or family_first.")
WRONG_PASSPORT_NAME = N_(
    "Write the name as in the two lines at the foot of the passport: A to Z only, without accents, "
    "at most 39 characters."
)
NOT_LATIN = N_("Use Latin letters here, accents included. Other scripts have their own fields.")
NOT_CHINESE = N_("Use Chinese characters here, or leave it empty.")
WRONG_PASSPORT = N_("A passport number has 5 to 12 letters and digits.")
WRONG_BIRTH = N_("Write the date as year-month-day, such as 1980-05-31.")
WRONG_YES = N_("Write yes or leave the cell empty.")
TOO_LONG = N_("At most %(most)s characters fit here.")
EMPTY = N_("This cell must be filled in.")
NAMELESS = N_("Write the name in Latin letters.")
TWICE = N_("This person stands in the file twice, first in row %(row)s.")

ORDERS = {
    "": "",
    "given_first": "given_first",
    "given_name_first": "given_first",
    "名在前": "given_first",
    "family_first": "family_first",
    "family_name_first": "family_first",
    "姓在前": "family_first",
}
YES = frozenset({"yes", "y", "1", "x", "true", "是", "候补"})
NO = frozenset({"", "no", "n", "0", "false", "否"})


@dataclass(frozen=True, slots=True)
class CellError:
    """A wrong cell: where it is, what the column is called, and what would be right."""

    coordinate: str
    heading: str
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the file, checked."""

    row: int
    category: str
    person: dict[str, object]
    sealed: dict[str, str]
    alternate: bool
    language: str


def place_of(coordinate: str) -> tuple[int, int, str]:
    """Return the row and the column of a coordinate such as AB12, so that they sort."""
    column = coordinate.rstrip("0123456789")
    return int(coordinate[len(column) :]), len(column), column


class Reader:
    """Reads rows and collects every wrong cell."""

    def __init__(self, places: Mapping[str, int], codes: Mapping[str, str], today: date) -> None:
        self.places = places
        self.codes = codes
        self.today = today
        self.errors: list[CellError] = []
        self.headings = {key: heading for key, heading, *_ in COLUMNS}

    def cell(self, row: Row, key: str) -> Cell:
        """Return the cell of a column; a missing one is empty and stands at the row's first place."""
        place = self.places.get(key)
        if place is None or place >= len(row.cells):
            return Cell(f"A{row.number}", "")
        return row.cells[place]

    def wrong(self, row: Row, key: str, sentence: str, **facts: object) -> None:
        """Note a wrong cell."""
        self.errors.append(CellError(self.cell(row, key).coordinate, self.headings[key], sentence, facts))

    def sorted_errors(self) -> tuple[CellError, ...]:
        """Return the wrong cells as they stand in the sheet: row by row, from left to right."""
        return tuple(sorted(self.errors, key=lambda error: place_of(error.coordinate)))

    def member(self, row: Row) -> Member:
        """Read one row."""
        texts = {key: clean_line(self.cell(row, key).text) for key in KEYS}
        for key, _heading, must, most in COLUMNS:
            if must and not texts[key]:
                self.wrong(row, key, EMPTY)
            if len(texts[key]) > most:
                self.wrong(row, key, TOO_LONG, most=most)
        for key in ("family_latin", "given_latin"):
            texts[key] = names.as_latin(texts[key])
            if not names.latin_is_sound(texts[key]):
                self.wrong(row, key, NOT_LATIN)
        texts["name_zh"] = names.as_chinese(texts["name_zh"])
        if not names.chinese_is_sound(texts["name_zh"]):
            self.wrong(row, "name_zh", NOT_CHINESE)
        if not (texts["family_latin"] or texts["given_latin"]):
            self.wrong(row, "family_latin", NAMELESS)
        person: dict[str, object] = {key: texts[key] for key in ("family_latin", "given_latin", "name_zh", "honorific")}
        person |= {
            key: texts[key] or None
            for key in ("function_en", "function_zh", "organisation_name_en", "organisation_name_zh")
        }
        country = self._country(row, texts["country"])
        person["name_order"] = self._order(row, texts["name_order"], country)
        person["country_iso2"] = country
        person["email"] = self._email(row, texts["email"])
        for key in ("passport_surname", "passport_given"):
            person[key] = self._passport_name(row, key, texts[key])
        language = self._language(row, texts["language"])
        person["language"] = language
        return Member(
            row=row.number,
            category=self._category(row, texts["category"]),
            person=person,
            sealed=self._sealed(row, texts, country),
            alternate=self._yes(row, texts["alternate"]),
            language=language,
        )

    def _category(self, row: Row, text: str) -> str:
        code = self.codes.get(clean_code(text).casefold())
        if text and code is None:
            self.wrong(row, "category", WRONG_CATEGORY, codes=" · ".join(self.codes.values()))
        return code or ""

    def _order(self, row: Row, text: str, country: str | None) -> str:
        order = ORDERS.get(clean_code(text).casefold().replace(" ", "_"))
        if order is None:
            self.wrong(row, "name_order", WRONG_ORDER)
        return order or names.usual_order(country)

    def _country(self, row: Row, text: str) -> str | None:
        if not text:
            return None
        country = country_named(text)
        if country is None:
            self.wrong(row, "country", WRONG_COUNTRY)
            return None
        return country.iso2

    def _email(self, row: Row, text: str) -> str:
        address = clean_code(text).casefold()
        if address:
            try:
                validate_email(address, check_deliverability=False, test_environment=True)
            except EmailNotValidError:
                self.wrong(row, "email", WRONG_ADDRESS)
        return address

    def _language(self, row: Row, text: str) -> str:
        words = {"": "en", "en": "en", "english": "en", "zh": "zh", "chinese": "zh", "中文": "zh", "英文": "en"}
        language = words.get(clean_code(text).casefold())
        if language is None:
            self.wrong(row, "language", WRONG_LANGUAGE)
        return language or "en"

    def _passport_name(self, row: Row, key: str, text: str) -> str:
        name = passport.as_printed(clean_code(text))
        if not passport.name_is_sound(name):
            self.wrong(row, key, WRONG_PASSPORT_NAME)
        return name

    def _sealed(self, row: Row, texts: Mapping[str, str], country: object) -> dict[str, str]:
        sealed = {}
        if number := passport.number_as_printed(clean_code(texts["passport_number"])):
            sealed["passport_number"] = number
            if not passport.number_is_sound(number):
                self.wrong(row, "passport_number", WRONG_PASSPORT)
        if written := clean_code(texts["birth_date"]).removesuffix(" 00:00:00").removesuffix("T00:00:00"):
            born = passport.birth_date(written, self.today)
            if born is None:
                self.wrong(row, "birth_date", WRONG_BIRTH)
            sealed["birth_date"] = born.isoformat() if born else written
        if texts["phone"]:
            sealed["phone"] = self._phone(row, clean_code(texts["phone"]), country)
        return sealed

    def _phone(self, row: Row, text: str, country: object) -> str:
        try:
            number = phonenumbers.parse(text, country if isinstance(country, str) else None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            self.wrong(row, "phone", WRONG_PHONE)
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def _yes(self, row: Row, text: str) -> bool:
        word = clean_code(text).casefold()
        if word not in YES | NO:
            self.wrong(row, "alternate", WRONG_YES)
        return word in YES

    def find_twins(self, members: Sequence[Member]) -> None:
        """Name the rows in which somebody stands a second time."""
        seen: dict[tuple[object, ...], int] = {}
        for member in members:
            who = tuple(member.person[key] for key in ("family_latin", "given_latin", "name_zh", "email"))
            if who in seen:
                self.errors.append(
                    CellError(f"A{member.row}", self.headings["family_latin"], TWICE, {"row": seen[who]})
                )
            seen.setdefault(who, member.row)
