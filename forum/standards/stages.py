"""The harmonized stage codes: forty-six cells, their names in both languages, and what may follow what.

Source: ISO Guide 69; ISO/IEC Directives, Part 1, Annex SE (matrix).  What may follow is the product's own reading.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from forum.core.bilingual import Text


@dataclass(frozen=True, slots=True)
class Stage:
    """One cell of the matrix."""

    code: str  # 40.20
    phase: Text  # Enquiry 征询意见阶段
    name: Text  # DIS ballot initiated
    label: Text  # DIS; empty for a published standard
    is_terminal: bool
    is_ballot_open: bool
    is_citable: bool
    ballot_kind: str  # key of the ballot configuration; empty where nothing is voted
    following: tuple[str, ...]  # what somebody may declare next
    tolerated: tuple[str, ...]  # what an import may show next without a mark


@cache
def stages() -> Mapping[str, Stage]:
    """Return every cell by its code, in the order of the matrix."""
    with (resources.files("forum.standards") / "stages.csv").open(encoding="utf-8") as file:
        return {row["code"]: _stage(row) for row in csv.DictReader(file)}


def _stage(row: Mapping[str, str]) -> Stage:
    return Stage(
        code=row["code"],
        phase=Text(row["stage_name_en"], row["stage_name_zh"]),
        name=Text(row["name_en"], row["name_zh"]),
        label=Text(row["label"], row["label_zh"]),
        is_terminal=row["is_terminal"] == "1",
        is_ballot_open=row["is_ballot_open"] == "1",
        is_citable=row["is_citable"] == "1",
        ballot_kind=row["ballot_type"].lower(),
        following=tuple(row["allowed_next"].split()),
        tolerated=tuple(row["also_tolerated_on_import"].split()),
    )


def code_of(number: int) -> str | None:
    """Return the code of a stage as published data write it (6060, 0), or nothing where there is no such cell."""
    if not 0 <= number <= 9999:
        return None
    digits = f"{number:04d}"
    code = f"{digits[:2]}.{digits[2:]}"
    return code if code in stages() else None


def is_usual(before: str, after: str) -> bool:
    """Tell whether a stage may follow another without a mark; the same stage again may."""
    cell = stages().get(before)
    return cell is None or after == before or after in cell.following or after in cell.tolerated
