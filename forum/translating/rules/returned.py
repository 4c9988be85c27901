"""How a text is named in a file for a bureau, and what may be wrong with one that comes back.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forum.core.refusals import P_, Word, spoken
from forum.core.text import clean, clean_line


class Outcome(StrEnum):
    """What a returned text would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


UNKNOWN = P_("returned text", "No such text stands in this list.")
TWICE = P_("returned text", "This text stands in the file more than once.")
OTHER_LANGUAGE = P_("returned text", "The file translates it into the wrong language.")
ORIGINAL_DIFFERS = P_("returned text", "Its original isn’t the one in the file: it was changed since.")
TRANSLATION_DIFFERS = P_("returned text", "Its translation was changed here since the file was made.")
EMPTY = P_("returned text", "The file has no translation of it.")
TOO_LONG = P_("returned text", "Its translation is too long: at most %(most)s characters fit.")
LOST = P_("returned text", "Something that must not change is missing or added: %(things)s")


@dataclass(frozen=True, slots=True)
class Returned:
    """A text as it stands in a file: what its id says, both sides, and its line or row."""

    text_id: str
    source: str
    target: str
    place: int
    into: str = ""  # the language of the whole file, where it names one


@dataclass(frozen=True, slots=True)
class TextId:
    """What an id says: the text, the language that is written, and the mark of both sides when the file was made."""

    entity: str
    entity_id: str
    field: str
    language: str
    mark: str

    def __str__(self) -> str:
        """Return the id as a file has it: signs that every format and tool keeps."""
        return f"{self.entity}.{self.entity_id}.{self.field}.{self.language}.{self.mark}"

    @classmethod
    def read(cls, written: str) -> TextId | None:
        """Return what an id says; None when it is none of ours."""
        parts = written.strip().split(".")
        return cls(*parts) if len(parts) == 5 and all(parts) else None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a returned text isn't taken, with the facts of the sentence."""

    reason: Word
    facts: Mapping[str, Any] = field(default_factory=dict)

    def say(self, translate: Any) -> str:
        """Return the sentence through ``translate``, a gettext function."""
        sentence = spoken(self.reason, translate)
        return sentence % self.facts if self.facts else sentence


def shaped(target: str, source: str) -> str:
    """Return a translation as it would be kept: of an original of one line it is one line."""
    return clean(target) if "\n" in source else clean_line(target)
