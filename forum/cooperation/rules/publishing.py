"""What of a partnership may be shown to everybody: only what each party has consented to, in the words that it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.ports.documents import canonical

SUMMARY, CONTACT = "summary", "contact"


def fingerprint(kind: str, words: Sequence[object]) -> str:
    """Return SHA-256 of what would be shown; another word, day or file is another thing to consent to."""
    return canonical.digest(canonical.encode({"kind": kind, "words": [str(word or "") for word in words]}))


@dataclass(frozen=True, slots=True)
class Given:
    """A consent that was given and hasn't been taken back."""

    fingerprint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that might be shown, and what each party would consent to."""

    key: str
    row: Any
    fingerprints: Mapping[int, str]  # by party

    def consented(self, given: Mapping[tuple[int, str], Given]) -> Mapping[int, Given]:
        """Return the consents that stand, by party; one to other words doesn't."""
        found = {party: given.get((party, self.key)) for party in self.fingerprints}
        return {
            party: one
            for party, one in found.items()
            if one is not None and one.fingerprint == self.fingerprints[party]
        }

    def may_be_shown(self, given: Mapping[tuple[int, str], Given]) -> bool:
        """Tell whether every party's consent stands; a thing without parties is nobody's to show."""
        return bool(self.fingerprints) and len(self.consented(given)) == len(self.fingerprints)
