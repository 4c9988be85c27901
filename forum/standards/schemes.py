"""The stage codes of each publisher, in its own scheme; a mapping to the harmonized codes only where one is known.

Source: ISO Guide 69 (harmonized codes); IEC Directives, stages of the project database; Recommendations ITU-T A.8
(AAP) and Resolution 1 (TAP); the national procedure of China, to be confirmed against its rules of today.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from forum.core.bilingual import Text
from forum.core.refusals import N_
from forum.standards.models import Scheme, Standing
from forum.standards.stages import stages

SCHEMES: dict[str, str] = {
    "iso": N_("Harmonized stage codes (ISO)"),
    "iec": N_("Stage codes of IEC"),
    "itu": N_("States of ITU-T Recommendations"),
    "sac": N_("Stages of national standards of China"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a scheme: its name, where it stands on the line of progress, and what it comes to."""

    code: str
    name: Text
    step: int  # on the line of progress, from 1; zero for what lies beside it
    equivalent: str  # harmonized code where known
    standing: Standing


@cache
def codes(scheme: str) -> Mapping[str, Code]:
    """Return the codes of a scheme in its order."""
    if scheme == Scheme.ISO:
        return {code: _of_matrix(code) for code in stages()}
    return {
        row["code"]: Code(
            row["code"],
            Text(row["name_en"], row["name_zh"]),
            int(row["step"]),
            row["equivalent"],
            Standing(row["standing"]),
        )
        for row in rows("schemes.csv")
        if row["scheme"] == scheme
    }


@cache
def steps(scheme: str) -> tuple[Text, ...]:
    """Return the steps of a scheme's line of progress."""
    return tuple(Text(row["name_en"], row["name_zh"]) for row in rows("steps.csv") if row["scheme"] == scheme)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this room."""
    with (resources.files("forum.standards") / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def find(scheme: str, code: str) -> Code | None:
    """Return a code of a scheme, or nothing where the scheme has none such."""
    return codes(scheme).get(code)


def name_of(scheme: str, code: str) -> Text:
    """Return what a code says in both languages; the code itself where the scheme has none such."""
    known = find(scheme, code)
    return known.name if known is not None else Text(code, code)


def standing_of(scheme: str, code: str) -> Standing:
    """Return what a reader may make of a deliverable at this code."""
    known = find(scheme, code)
    return known.standing if known is not None else Standing.UNDER_DEVELOPMENT


def _of_matrix(code: str) -> Code:
    cell = stages()[code]
    phase = int(code[:2])
    # 00, 10 … 60 are the seven phases; review and withdrawal come after the last of them.
    return Code(code, cell.name, phase // 10 + 1 if phase <= 60 else 0, code, _standing(code))


def _standing(code: str) -> Standing:
    if code.endswith(".98"):
        return Standing.DELETED
    if code == "95.99":
        return Standing.WITHDRAWN
    if code[:2] in {"90", "95"}:
        # Confirmed, or decided not to be withdrawn: nothing is pending any more.
        return Standing.PUBLISHED if code in {"90.93", "95.92"} else Standing.UNDER_REVIEW
    return Standing.PUBLISHED if code == "60.60" else Standing.UNDER_DEVELOPMENT
