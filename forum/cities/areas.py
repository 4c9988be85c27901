"""The twelve focus areas of the action plan, with the SDG targets and ISO 37101 issues they touch.

The relation to SDG targets and issues is the product's own and to be confirmed by the national office.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from forum.core.bilingual import Text
from forum.core.refusals import N_

# ISO 37101, clauses 4.6.2 to 4.6.13.
ISSUES: dict[str, str] = {
    "governance": N_("Governance, empowerment and engagement"),
    "education": N_("Education and capacity building"),
    "innovation": N_("Innovation, creativity and research"),
    "health": N_("Health and care in the community"),
    "culture": N_("Culture and community identity"),
    "living_together": N_("Living together, interdependence and mutuality"),
    "economy": N_("Economy and sustainable production and consumption"),
    "living_environment": N_("Living and working environment"),
    "safety": N_("Safety and security"),
    "infrastructure": N_("Community infrastructures"),
    "mobility": N_("Mobility"),
    "biodiversity": N_("Biodiversity and ecosystem services"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A focus area 重点领域."""

    code: str  # A01 to A12
    name: Text
    sdg_targets: tuple[str, ...]
    issues: tuple[str, ...]


@cache
def areas() -> Mapping[str, Area]:
    """Return the focus areas by code, in order."""
    text = (resources.files(__package__) / "areas.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Area(
            row["code"],
            Text(row["name_en"], row["name_zh"]),
            tuple(row["sdg_targets"].split()),
            tuple(row["iso37101_issues"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    }
