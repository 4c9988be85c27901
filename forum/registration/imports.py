"""A delegation as a file: the template to fill in, and reading it back with errors by cell.

All or nothing: a file with one wrong cell changes nothing, and every wrong cell is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from forum.core.refusals import N_
from forum.core.text import clean_code, clean_line
from forum.places.queries import country_named
from forum.ports.documents import delimited, spreadsheet
from forum.ports.documents.table import Cell, Row, UnreadableTable
from forum.registration.models import Category
from forum.registration.rules import passport

MOST_ROWS = 500

# Key, heading, whether it must be filled in, and how long it may be.
COLUMNS: tuple[tuple[str, str, bool, int], ...] = (
    ("category", N_("Category"), True, 20),
    ("family_latin", N_("Family name"), False, 80),
    ("given_latin", N_("Given name"), False, 80),
    ("name_order", N_("Order of the name"), False, 20),
    ("name_zh", N_("Name in Chinese characters"), False, 80),
    ("honorific", N_("Honorific"), False, 40),
    ("function_en", N_("Function (English)"), False, 240),
    ("function_zh", N_("Function (Chinese)"), False, 240),
    ("organisation_name_en", N_("Organisation (English)"), False, 240),
    ("organisation_name_zh", N_("Organisation (Chinese)"), False, 240),
    ("country", N_("Country or region"), False, 120),
    ("email", N_("Mail address"), False, 254),
    ("phone", N_("Telephone"), False, 40),
    ("language", N_("Language of mail"), False, 20),
    ("passport_surname", N_("Surname as in the passport"), False, 39),
    ("passport_given", N_("Given names as in the passport"), False, 39),
    ("passport_number", N_("Passport number"), False, 20),
    ("birth_date", N_("Date of birth"), False, 30),
    ("alternate", N_("Alternate"), False, 10),
)
KEYS = tuple(key for key, *_ in COLUMNS)
SEALED = ("phone", "passport_number", "birth_date")

Speak = Callable[[str], str]

WRONG_CATEGORY = N_("There is no such category. Use one of: %(codes)s.")
WRONG_COUNTRY = N_("This country or region isn't known. Use its name or its two-letter code.")
WRONG_ADDRESS = N_("Please write a mail address such as name@example.org.")
WRONG_PHONE = N_("Please write the number with its country code, such as +33 4 72 10 30 30.")
WRONG_LANGUAGE = N_("Write en or zh.")
WRONG_ORDER = N_("Write given_first or family_first.")
WRONG_PASSPORT_NAME = N_("Write the name as in the two lines at the foot of the passport: A to Z only.")
WRONG_PASSPORT = N_("A passport number has 5 to 12 letters and digits.")
WRONG_BIRTH = N_("Write the date as year-month-day, such as 1980-05-31.")
WRONG_YES = N_("Write yes or leave the cell empty.")
TOO_LONG = N_("At most %(most)s characters fit here.")
EMPTY = N_("This cell must be filled in.")
NAMELESS = N_("Write the name in Latin letters.")
TWICE = N_("This person stands in the file twice, first in row %(row)s.")
NO_HEADINGS = N_("The headings of the template weren't found. Please use the template.")
NO_ROWS = N_("The file holds no rows.")
TOO_MANY = N_("At most %(most)s rows can be read at once.")

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


@dataclass(frozen=True, slots=True)
class ReadDelegation:
    """What a file holds: either members, or errors; never half of both."""

    members: tuple[Member, ...]
    errors: tuple[CellError, ...]


def template_xlsx(speak: Speak, title: str, codes: Sequence[str], created: datetime) -> bytes:
    """Return the workbook to fill in, with the headings of a language."""
    columns = tuple(spreadsheet.Column(key, speak(heading), 22) for key, heading, *_ in COLUMNS)
    example = [[codes[0] if codes else ""]]
    return spreadsheet.encode(
        [spreadsheet.Sheet(title, columns, example)], spreadsheet.Properties(title, created)
    )


def template_csv(speak: Speak, codes: Sequence[str]) -> bytes:
    """Return the delimited file to fill in, with the headings of a language."""
    return delimited.encode([speak(heading) for _, heading, *_ in COLUMNS], [[codes[0] if codes else ""]])


def read(
    content: bytes,
    filename: str,
    categories: Sequence[Category],
    headings: Mapping[str, Sequence[str]],
    today: date,
) -> ReadDelegation:
    """Read a filled-in template; ``headings`` are the names of each column in both languages.

    Raises ``UnreadableTable`` for a file that isn't a table at all.
    """
    rows = spreadsheet.read(content) if filename.casefold().endswith(".xlsx") else delimited.read(content)
    if content[:2] == b"PK" and not filename.casefold().endswith(".xlsx"):
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE)
    places, body = _columns(rows, headings)
    if not places:
        return ReadDelegation((), (CellError("A1", "", NO_HEADINGS),))
    filled = [row for row in body if _is_filled(row, places)]
    if not filled:
        return ReadDelegation((), (CellError("A1", "", NO_ROWS),))
    if len(filled) > MOST_ROWS:
        return ReadDelegation((), (CellError("A1", "", TOO_MANY, {"most": MOST_ROWS}),))
    codes = {category.code.casefold(): category.code for category in categories}
    reader = _Reader(places, codes, today)
    members = [reader.member(row) for row in filled]
    reader.find_twins(members)
    if reader.errors:
        return ReadDelegation((), tuple(reader.errors))
    return ReadDelegation(tuple(members), ())


def _columns(
    rows: Sequence[Row], headings: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], Sequence[Row]]:
    """Find the columns by their hidden keys, else by their headings in either language."""
    known = {key: key for key in KEYS}
    for key, names in headings.items():
        known.update({name.casefold(): key for name in names})
    places: dict[str, int] = {}
    for index, row in enumerate(rows[:5]):
        found = {
            known[cell.text.casefold()]: place
            for place, cell in enumerate(row.cells)
            if cell.text.casefold() in known
        }
        if len(found) >= 3:
            places = found
            following = rows[index + 1 :]
            if following and sum(cell.text.casefold() in known for cell in following[0].cells) >= 3:
                following = following[1:]  # the headings for people under the keys
            return places, following
    return {}, ()


def _is_filled(row: Row, places: Mapping[str, int]) -> bool:
    """Tell whether a row names anybody; the category alone is the template's example."""
    return any(
        place < len(row.cells) and row.cells[place].text for key, place in places.items() if key != "category"
    )


class _Reader:
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

    def member(self, row: Row) -> Member:
        """Read one row."""
        texts = {key: clean_line(self.cell(row, key).text) for key in KEYS}
        for key, _heading, must, most in COLUMNS:
            if must and not texts[key]:
                self.wrong(row, key, EMPTY)
            if len(texts[key]) > most:
                self.wrong(row, key, TOO_LONG, most=most)
        if not (texts["family_latin"] or texts["given_latin"]):
            self.wrong(row, "family_latin", NAMELESS)
        person: dict[str, object] = {
            key: texts[key]
            for key in ("family_latin", "given_latin", "name_zh", "honorific")
        }
        person |= {
            key: texts[key] or None
            for key in ("function_en", "function_zh", "organisation_name_en", "organisation_name_zh")
        }
        person["name_order"] = self._order(row, texts["name_order"])
        person["country_iso2"] = self._country(row, texts["country"])
        person["email"] = self._email(row, texts["email"])
        for key in ("passport_surname", "passport_given"):
            person[key] = self._passport_name(row, key, texts[key])
        language = self._language(row, texts["language"])
        person["language"] = language
        return Member(
            row=row.number,
            category=self._category(row, texts["category"]),
            person=person,
            sealed=self._sealed(row, texts, person["country_iso2"]),
            alternate=self._yes(row, texts["alternate"]),
            language=language,
        )

    def _category(self, row: Row, text: str) -> str:
        code = self.codes.get(clean_code(text).casefold())
        if text and code is None:
            self.wrong(row, "category", WRONG_CATEGORY, codes=", ".join(self.codes.values()))
        return code or ""

    def _order(self, row: Row, text: str) -> str:
        order = clean_code(text).casefold() or "given_first"
        if order not in {"given_first", "family_first"}:
            self.wrong(row, "name_order", WRONG_ORDER)
            return "given_first"
        return order

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
        if born := clean_code(texts["birth_date"])[:10]:
            sealed["birth_date"] = born
            if passport.birth_date(born, self.today) is None:
                self.wrong(row, "birth_date", WRONG_BIRTH)
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
