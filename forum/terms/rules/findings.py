"""What a check of a translation found, where, and by which key somebody answers it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from forum.core.refusals import N_
from forum.terms.rules.matching import Span

Side = Literal["source", "target"]


class FindingKind(StrEnum):
    """What may be wrong with a translation."""

    FORBIDDEN = "forbidden"
    DEPRECATED = "deprecated"
    MISSING = "missing"
    NUMBER_MISSING = "number_missing"
    NUMBER_ADDED = "number_added"
    REFERENCE_MISSING = "reference_missing"
    REFERENCE_ADDED = "reference_added"
    HALF_WIDTH = "half_width"
    BLANK = "blank"
    DOUBLED_BLANK = "doubled_blank"
    LENGTH = "length"
    UNTRANSLATED = "untranslated"
    BRACKETS = "brackets"
    PLACEHOLDER = "placeholder"


# ``found`` is the text in question, ``wanted`` what should stand there.
SENTENCES: dict[str, str] = {
    "forbidden": N_("“%(found)s” is not used for this. Write %(wanted)s."),
    "deprecated": N_("“%(found)s” is out of use. Write %(wanted)s."),
    "missing": N_("The source says “%(found)s”. The translation should say %(wanted)s."),
    "number_missing": N_("The number %(found)s of the source is missing."),
    "number_added": N_("The number %(found)s isn’t in the source."),
    "reference_missing": N_("The reference “%(found)s” of the source is missing."),
    "reference_added": N_("The reference “%(found)s” isn’t in the source."),
    "half_width": N_("After a Chinese character the sign “%(found)s” is half-width. Write “%(wanted)s”."),
    "blank": N_("Between Chinese characters and “%(found)s” stands a blank. Take it out."),
    "doubled_blank": N_("Two blanks follow each other."),
    "length": N_("The length is out of proportion: %(found)s characters for %(wanted)s of the source."),
    "untranslated": N_("“%(found)s” is not translated."),
    "brackets": N_("The bracket or quotation mark “%(found)s” has no partner."),
    "placeholder": N_("The placeholder or tag “%(found)s” of the source is missing."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that somebody should look at; a warning, never a bar."""

    kind: FindingKind
    side: Side
    span: Span
    found: str
    wanted: tuple[str, ...] = ()
    concept: str = ""

    @property
    def key(self) -> str:
        """By what an answer is kept: the same finding has the same key, wherever it stands in the text."""
        said = "\n".join((str(self.kind), self.side, self.concept, self.found.casefold()))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def sentence(self) -> str:
        """The catalogue key of what it says."""
        return SENTENCES[self.kind]

    def facts(self) -> dict[str, str]:
        """Return what the sentence speaks of."""
        return {"found": self.found, "wanted": " / ".join(self.wanted)}
