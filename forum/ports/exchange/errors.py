"""Why a file isn't read, or can't be written: each sentence names the place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from forum.core.refusals import N_, Refusal


class ExchangeRefused(Refusal):
    """Base of every refusal of a file of translations."""

    message = N_("This file can’t be read as a file of translations.")
    field = "file"
    status = 422


class TooManyBytes(ExchangeRefused):
    """More than such a file may have."""

    message = N_("The file is too large. At most %(megabytes)s MB can be taken.")


class UnknownEncoding(ExchangeRefused):
    """The letters of the file aren't written in an encoding that is known here."""

    message = N_("The file isn’t written in the encoding “%(encoding)s” that it names, or that encoding isn’t known.")


class NotWellFormed(ExchangeRefused):
    """No XML."""

    message = N_("Line %(line)s: the file isn’t well-formed XML.")


class DeclaresEntities(ExchangeRefused):
    """A document type with declarations: entities can grow without end, or fetch what lies elsewhere."""

    message = N_("Line %(line)s: the file declares a document type or entities, which are never taken.")


class TooDeep(ExchangeRefused):
    """More levels than any such file has."""

    message = N_("Line %(line)s: the elements are nested more than %(limit)s levels deep.")


class TooManyUnits(ExchangeRefused):
    """More units, or more elements, than can be taken at once."""

    message = N_("Line %(line)s: the file has more than %(limit)s units. Please divide it.")


class OtherFormat(ExchangeRefused):
    """XML of another kind."""

    message = N_("Line %(line)s: this is “%(found)s”, where “%(wanted)s” was expected.")


class OtherVersion(ExchangeRefused):
    """A version of the format that isn't read."""

    message = N_("Line %(line)s: version “%(found)s” isn’t read here. Save the file as %(wanted)s.")


class MissingPart(ExchangeRefused):
    """An attribute or element that the format requires."""

    message = N_("Line %(line)s: “%(element)s” has no “%(part)s”.")


class UnknownLanguage(ExchangeRefused):
    """A language that isn't one of the two; traditional characters are never converted by rule."""

    message = N_("Line %(line)s: the language “%(language)s” isn’t English or Simplified Chinese.")


class UnitRefused(ExchangeRefused):
    """A unit that the format doesn't allow as it is."""

    message = N_("Line %(line)s, unit “%(unit)s”: %(reason)s")


class CantBeWritten(ExchangeRefused):
    """A text with characters that the format can't hold."""

    message = N_("Unit “%(unit)s” holds a character that such a file can’t carry.")
    status = 409


class NoTable(ExchangeRefused):
    """No table with the six columns."""

    message = N_("The file has no table with the columns %(columns)s.")


class CellRefused(ExchangeRefused):
    """A cell that doesn't say what it should."""

    message = N_("Cell %(cell)s: %(reason)s")


class CellChanges(ExchangeRefused):
    """What would come back from the file isn't what went in."""

    message = N_("Cell %(cell)s: the text can’t be carried unchanged in this format. Use XLIFF.")
    status = 409


@dataclass(frozen=True, slots=True)
class Fault:
    """A unit that was left out: where, and why, as a catalogue key with its facts."""

    line: int
    unit: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)

    def say(self, translate: Any) -> str:
        """Return the sentence through ``translate``, a gettext function."""
        sentence: str = translate(self.sentence)
        return sentence % {"line": self.line, "unit": self.unit, **self.facts}
