"""The clause library 条款库: versioned pairs of clauses and what each instrument asks for.

An agreement copies a clause and keeps the version it came from; an issued version is never edited, a change is a
new file beside it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from forum.agreements.kinds import Instrument, Use

LATEST = 1
# Wording of the parties' own, in any number: "own_1", "own_2", …
OWN = "own_"
_LETTERS = {"R": Use.REQUIRED, "O": Use.OPTIONAL, "-": Use.NOT_OFFERED, "F": Use.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a clause in both languages."""

    name: str
    en: str
    zh: str

    def side(self, language: str) -> str:
        """Return the wording in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class LibraryClause:
    """One clause of the library, with its variants and its use in each instrument."""

    key: str
    heading_en: str
    heading_zh: str
    uses: dict[Instrument, Use]
    variants: tuple[Variant, ...]

    def heading(self, language: str) -> str:
        """Return the heading in that language."""
        return self.heading_zh if language == "zh" else self.heading_en

    def variant(self, name: str = "") -> Variant | None:
        """Return a variant by its name, the first one without a name, or None."""
        if not name:
            return self.variants[0]
        return next((variant for variant in self.variants if variant.name == name), None)


@lru_cache(maxsize=8)
def library(version: int = LATEST) -> dict[str, LibraryClause]:
    """Return the clauses of one version by their keys, in the order in which an agreement has them."""
    source = (resources.files(__package__) / f"v{version}.toml").read_text(encoding="utf-8")
    return {
        entry["key"]: LibraryClause(
            key=entry["key"],
            heading_en=entry["heading_en"],
            heading_zh=entry["heading_zh"],
            uses={each: _LETTERS[letter] for each, letter in zip(Instrument, entry["uses"], strict=True)},
            variants=tuple(
                Variant(variant["name"], variant["en"].strip(), variant["zh"].strip()) for variant in entry["variant"]
            ),
        )
        for entry in tomllib.loads(source)["clause"]
    }


def use_of(key: str, instrument: Instrument, version: int = LATEST) -> Use:
    """Return what an instrument says of a clause; wording of the parties' own is always optional."""
    clause = library(version).get(key)
    return Use.OPTIONAL if clause is None else clause.uses[instrument]


def required(instrument: Instrument, version: int = LATEST) -> tuple[LibraryClause, ...]:
    """Return the clauses that an instrument can't do without, in their order."""
    return tuple(clause for clause in library(version).values() if clause.uses[instrument] is Use.REQUIRED)


def place_of(key: str, version: int = LATEST) -> int:
    """Return where a clause stands; the parties' own clauses come before the legal nature of the text."""
    keys = list(library(version))
    return keys.index(key) * 100 if key in keys else keys.index("non_binding") * 100 - 50
