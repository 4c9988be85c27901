"""The columns of the desk's list, on the page and in its exports: one definition, both languages.

Sealed values have no column; mail addresses and notes are for those who decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from forum.core.bilingual import Bilingual
from forum.core.catalogue import Translator
from forum.core.refusals import N_
from forum.people.rules import displayed
from forum.registration.models import Participation
from forum.registration.rules.fields import ATTENDANCES, LISTENING
from forum.registration.states import PARTICIPATION_STATES

CellValue = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language, and in which zone, values are written."""

    language: str
    say: Translator
    zone: ZoneInfo

    def of(self, thing: Bilingual | None, field: str = "name") -> str:
        """Return a bilingual field in the language, else in the other one."""
        return thing.tr(field, self.language).text if thing is not None else ""

    def word(self, code: str, labels: Mapping[str, str]) -> str:
        """Return the label of a code."""
        return self.say(labels.get(code, code))

    def wall(self, at: datetime) -> datetime:
        """Return an instant as the clocks at the venue show it."""
        return at.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0)

    def several(self, words: list[str]) -> str:
        """Return several words in one cell."""
        return ("、" if self.language == "zh" else ", ").join(words)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its value, and whether only those who decide may see it."""

    label: str
    value: Callable[[Participation, Speech], CellValue]
    deciding: bool = False
    always: bool = False


COLUMNS: dict[str, Column] = {
    "number": Column(N_("Number"), lambda one, _: f"{one.number:04d}", always=True),
    "name": Column(N_("Name"), lambda one, speech: displayed(one.person, speech.language), always=True),
    "category": Column(N_("Category"), lambda one, speech: speech.of(one.category)),
    "delegation": Column(N_("Delegation"), lambda one, speech: speech.of(one.delegation)),
    "organisation": Column(N_("Organisation"), lambda one, speech: speech.of(one, "organisation_name")),
    "function": Column(N_("Function"), lambda one, speech: speech.of(one, "function")),
    "country": Column(N_("Country or region"), lambda one, speech: speech.of(one.country)),
    "city": Column(N_("City"), lambda one, speech: speech.of(one.city)),
    "state": Column(N_("State"), lambda one, speech: speech.word(str(one.state), PARTICIPATION_STATES), always=True),
    "since": Column(N_("Since"), lambda one, speech: speech.wall(one.state_since)),
    "attendance": Column(N_("Attendance"), lambda one, speech: speech.word(str(one.attendance), ATTENDANCES)),
    "letter": Column(N_("Invitation letter"), lambda one, speech: speech.say(N_("Needed")) if one.needs_letter else ""),
    "listening": Column(
        N_("Listens in"),
        lambda one, speech: speech.several([speech.word(code, LISTENING) for code in one.listening_languages]),
    ),
    "language": Column(N_("Language of mail"), lambda one, speech: speech.word(one.mail_language, LISTENING)),
    "in_list": Column(
        N_("In the list of participants"),
        lambda one, speech: speech.say(N_("By consent")) if one.in_list else "",
    ),
    "family_latin": Column(N_("Family name"), lambda one, _: one.person.family_latin),
    "given_latin": Column(N_("Given name"), lambda one, _: one.person.given_latin),
    "name_zh": Column(N_("Name in Chinese characters"), lambda one, _: one.person.name_zh),
    "honorific": Column(N_("Honorific"), lambda one, _: one.person.honorific),
    "email": Column(N_("Mail address"), lambda one, _: one.person.email, deciding=True),
    "reason": Column(N_("Reason of the last decision"), lambda one, _: one.reason, deciding=True),
}
USUAL = ("category", "delegation", "since")


def allowed(*, decides: bool) -> dict[str, Column]:
    """Return the columns that a reader may choose."""
    return {key: column for key, column in COLUMNS.items() if decides or not column.deciding}


def chosen(keys: Collection[str], *, decides: bool) -> list[str]:
    """Return the columns to show, in the order of the house; without a choice the usual ones."""
    wanted = set(keys) & allowed(decides=decides).keys() or set(USUAL)
    return [key for key, column in COLUMNS.items() if column.always or key in wanted]
