"""What an import comes to: its counts, its notes, and the signature over both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date

from forum.standards.models import NOTE_KINDS

SHOWN = 50  # notes that a preview keeps of each kind
_LONGEST = 2_000  # signs of a value in a note


@dataclass(frozen=True, slots=True)
class Note:
    """A row that was changed, put aside, or left as it was edited here."""

    line: int
    kind: str
    key: str = ""
    reference: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    sentence: str = ""

    def canonical(self) -> bytes:
        """Return the note as it is signed."""
        return _canonical(list(asdict(self).values()))


@dataclass(slots=True)
class Counts:
    """How many rows came to what; ``kept_ours`` counts fields."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    kept_ours: int = 0
    absent: int = 0

    def add(self, other: Counts) -> None:
        """Add up."""
        for name, number in asdict(other).items():
            setattr(self, name, getattr(self, name) + number)

    def as_dict(self) -> dict[str, int]:
        """Return them by name."""
        return asdict(self)


@dataclass(slots=True)
class Signed:
    """Notes on their way into a signature."""

    hash: hashlib._Hash = field(default_factory=hashlib.sha256)
    shown: dict[str, list[Note]] = field(default_factory=dict)

    def add(self, note: Note) -> None:
        """Take a note in; the first of each kind are kept to be shown."""
        self.hash.update(note.canonical())
        kept = self.shown.setdefault(note.kind, [])
        if len(kept) < SHOWN:
            kept.append(note)

    def signature(self, kind: str, digest: str, dataset_on: date, counts: Counts) -> str:
        """Return SHA-256 over the canonical summary."""
        summary = {
            "counts": counts.as_dict(),
            "dataset_on": dataset_on.isoformat(),
            "digest": digest,
            "kind": kind,
            "notes": self.hash.hexdigest(),
        }
        return hashlib.sha256(_canonical(summary)).hexdigest()

    def in_order(self) -> list[Note]:
        """Return the notes to show, by kind."""
        return [note for kind in NOTE_KINDS for note in self.shown.get(kind, ())]


@dataclass(slots=True)
class Summary:
    """An import or its preview, in the end."""

    counts: Counts
    signature: str
    notes: list[Note]
    public_id: str = ""  # of the run; empty for a preview
    resumed_at: int = 0  # rows that were behind a commit already


def short(value: object) -> str:
    """Return a value as it stands in a note."""
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
