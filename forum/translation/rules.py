"""In which state one side of a bilingual field is: computed from the texts, never stored."""

from __future__ import annotations

from typing import Protocol

from forum.core.bilingual import Bilingual, TextState, fingerprint

Side = tuple[str, str]  # (field, language), such as ("title", "zh")
Key = tuple[str, str, str]  # (entity id, field, language)


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
