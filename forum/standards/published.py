"""What a publisher's record says of a deliverable or a committee, once it was read; and why one can't be read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar

from forum.committees.models import Precision

DELIVERABLES, COMMITTEES = "deliverables", "committees"


class Unreadable(Exception):
    """A record that can't be taken: the sentence is a catalogue key, ``field`` the publisher's name of the field."""

    def __init__(self, sentence: str, field: str = "", found: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.found = found


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One record of the deliverables file, every value checked."""

    iso_id: int
    kind: str
    supplement: str
    reference: str
    title_en: str
    title_fr: str
    published_on: date | None
    published_precision: Precision
    edition: int | None
    ics: tuple[str, ...]
    committee: str  # the canonical spelling
    stage: str
    replaces: tuple[int, ...]
    replaced_by: tuple[int, ...]
    languages: tuple[str, ...]
    pages: int | None
    scope_extract: str

    COMPARED: ClassVar[tuple[str, ...]] = (
        "kind",
        "supplement",
        "reference",
        "title_en",
        "title_fr",
        "published_on",
        "edition",
        "ics",
        "committee",
        "stage",
        "replaces",
        "replaced_by",
        "languages",
        "pages",
        "scope_extract",
    )

    def values(self) -> dict[str, Any]:
        """Return the publisher's values by field, as they are kept to be compared with the next file."""
        plain = {name: getattr(self, name) for name in self.COMPARED}
        plain["published_on"] = printed_day(self.published_on, self.published_precision)
        for name in ("ics", "replaces", "replaced_by", "languages"):
            plain[name] = list(plain[name])
        return plain


@dataclass(frozen=True, slots=True)
class Liaison:
    """A partner as a committee lists it: a committee of the file, an outside body, or an organisation."""

    iso_id: int | None
    name: str  # canonical reference or acronym; empty for "external body, id n"
    is_committee: bool


@dataclass(frozen=True, slots=True)
class CommitteeRecord:
    """One record of the committees file, every value checked."""

    iso_id: int
    reference: str
    spelling: str  # as the publisher writes it
    state: str
    title_en: str
    secretariat: str
    created_on: date | None
    created_precision: Precision
    parent_iso_id: int | None
    sort_key: str
    p_members: tuple[tuple[int, str], ...]
    o_members: tuple[tuple[int, str], ...]
    liaisons: tuple[Liaison, ...] = field(default=())

    COMPARED: ClassVar[tuple[str, ...]] = (
        "reference",
        "state",
        "title_en",
        "secretariat",
        "created_on",
        "parent_iso_id",
        "sort_key",
        "p_members",
        "o_members",
        "liaisons",
    )

    def values(self) -> dict[str, Any]:
        """Return the publisher's values by field, as they are kept to be compared with the next file."""
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name in self.COMPARED}
        plain["created_on"] = printed_day(self.created_on, self.created_precision)
        plain["p_members"] = [list(each) for each in self.p_members]
        plain["o_members"] = [list(each) for each in self.o_members]
        plain["liaisons"] = [[each.iso_id, each.name, each.is_committee] for each in self.liaisons]
        return plain


def printed_day(day: date | None, precision: Precision) -> str:
    """Return a day no more exactly than it is known: ``2015-05`` for a month."""
    if day is None:
        return ""
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]]


@dataclass(frozen=True, slots=True)
class Read:
    """A record of a file at its place: what it says, or why it can't be taken."""

    line: int  # of the file, counted from 1, where the record begins
    key: str  # the publisher's id, as far as it could be read
    record: Deliverable | CommitteeRecord | None = None
    wrong: Unreadable | None = None
    reference: str = ""
