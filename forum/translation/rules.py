"""In which state one side of a bilingual field is: computed from the texts, never stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, Protocol

from forum.core.bilingual import Bilingual, TextState, fingerprint

Side = tuple[str, str]  # (field, language), such as ("title", "zh")
Key = tuple[str, str, str]  # (entity id, field, language)


# Han characters one by one, other words whole, white space and signs apart: the units that a reader compares.
_UNITS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^.!?。！？\n]*[.!?。！？\n]|[^.!?。！？\n]+")
_MOST_UNITS = 2000
Part = tuple[Literal["same", "gone", "new"], str]


class Known(Protocol):
    """What is kept of a translation beyond its text."""

    @property
    def source_hash(self) -> str:
        """The fingerprint of the source that it was made from."""
        ...

    @property
    def origin(self) -> str:
        """``machine`` or ``human``."""
        ...

    @property
    def reviewed_by(self) -> str | None:
        """Who compared both sides."""
        ...


def state_of(text: str, source: str, *, is_source: bool, known: Known | None) -> TextState:
    """Return the state of one side.

    ``source`` is the text of the original's side as it is now.  A text about which nothing is kept was
    typed by somebody: it counts as human.
    """
    if not text.strip():
        return TextState.MISSING
    if is_source:
        return TextState.SOURCE
    if known is None:
        return TextState.HUMAN
    if known.source_hash != fingerprint(source):
        return TextState.OUTDATED
    return TextState.REVIEWED if known.reviewed_by else TextState(str(known.origin))


def entity_id_of(record: Bilingual) -> str | None:
    """Return how a record is named beside its texts: its public id, else its only key.

    Returns None before the record was flushed.
    """
    for name in ("public_id", "iso2", "code", "id"):
        if hasattr(record, name):
            value = getattr(record, name)
            return None if value is None else str(value)
    return None


def difference(before: str, after: str) -> tuple[Part, ...]:
    """Return what became of a text, part by part: what stayed, what is gone and what is new.

    Long texts are compared by sentence, so that nobody waits for the comparison.
    """
    parts = _parts(_units(before, after, before), _units(before, after, after))
    return tuple(part for part in parts if part[1])


def _units(before: str, after: str, text: str) -> list[str]:
    return (_UNITS if max(len(before), len(after)) <= _MOST_UNITS else _SENTENCES).findall(text)


def _parts(before: list[str], after: list[str]) -> Iterator[Part]:
    for kind, begin, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[begin:end])
            continue
        yield "gone", "".join(before[begin:end])
        yield "new", "".join(after[start:stop])
