"""Texts for a bureau: as XLIFF 2.1, or as a table; each carries its id, its state and the mark of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.core.bilingual import Language, TextState, other
from forum.core.refusals import N_, Word, spoken
from forum.drafting.neighbours import Scope
from forum.ports.exchange import tables, xliff
from forum.ports.exchange.tables import Format, TableRow
from forum.ports.exchange.xliff import Note, SegmentState, Xliff, XliffFile, XliffSegment, XliffUnit
from forum.translating.queries import Unit
from forum.translating.rules import FIELDS, STATES
from forum.translating.rules.returned import TextId

ONLY_TRANSLATIONS = N_("Please write the translations only, and keep ids and originals as they are.")
LEFT_OUT = N_("Left out: %(count)s. %(reason)s")
HEAD, NOTE = N_("Texts of"), N_("Note")
# A bureau goes on where nobody has written or what was written is no longer right.
_STATES = {TextState.HUMAN: SegmentState.TRANSLATED, TextState.REVIEWED: SegmentState.REVIEWED}


@dataclass(frozen=True, slots=True)
class Parcel:
    """Texts into one language, with what a bureau reads beside them, in the language of the person who sends it."""

    scope: Scope
    into: Language
    units: Sequence[Unit]
    kept: Mapping[str, int]  # how many stay inside, by reason
    reader: str  # a language
    say: Any  # gettext

    @property
    def title(self) -> str:
        """What the texts belong to."""
        return self.scope.title.shown(self.reader).text

    def notes(self) -> Iterator[str]:
        """Yield what holds for the whole file."""
        yield self.say(ONLY_TRANSLATIONS)
        for reason, count in self.kept.items():
            sentence = spoken(reason, self.say) if isinstance(reason, Word) else self.say(reason)
            yield self.say(LEFT_OUT) % {"count": count, "reason": sentence}

    def context(self, unit: Unit) -> str:
        """Return where a text stands: kind, record and field."""
        words = (self.say(unit.source.label), unit.name(self.reader).text, spoken(FIELDS[unit.field], self.say))
        return " · ".join(words)


def id_of(unit: Unit) -> str:
    """Return how a text is named in a file."""
    return str(TextId(unit.source.entity, unit.entity_id, unit.field, unit.language, unit.mark))


def as_xliff(parcel: Parcel) -> bytes:
    """Return XLIFF 2.1.  Raises ``CantBeWritten``."""
    units = tuple(
        XliffUnit(
            id_of(unit),
            (XliffSegment((unit.words,), (unit.text,) if unit.text else None, _state(unit)),),
            parcel.context(unit),
            (Note(spoken(STATES[unit.state], parcel.say), "state"),),
        )
        for unit in parcel.units
    )
    notes = tuple(Note(each) for each in parcel.notes())
    file = XliffFile("texts", units, parcel.title, notes)
    return xliff.encode(Xliff(other(parcel.into), parcel.into, (file,)))


def _state(unit: Unit) -> SegmentState:
    return _STATES.get(unit.state, SegmentState.INITIAL)


def as_table(parcel: Parcel, file_format: Format) -> bytes:
    """Return a table of six columns.  Raises ``CellChanges`` for a text that the format can't carry."""
    rows = (
        TableRow(
            id_of(unit),
            parcel.context(unit),
            unit.words,
            unit.text,
            str(unit.state),
            spoken(STATES[unit.state], parcel.say),
        )
        for unit in parcel.units
    )
    head = [(parcel.say(HEAD), parcel.title), *((parcel.say(NOTE), each) for each in parcel.notes())]
    return tables.encode(rows, file_format, head=head[:10], language=parcel.reader)
