"""In which focus areas a certificate or a part in a committee proves something.

The relation is the product's own and to be confirmed by the national office.  Beyond it, a certificate proves every
offer that names the same standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

STANDARDS: dict[str, tuple[str, ...]] = {
    "ISO37101": ("A01", "A12"),
    "ISO37120": ("A01", "A07"),
    "ISO37122": ("A03",),
    "ISO37123": ("A08",),
    "ISO37125": ("A01", "A09"),
    "U4SSC": ("A03",),
    "ISO22301": ("A08",),
    "ISO14001": ("A09",),
}
COMMITTEES: dict[str, tuple[str, ...]] = {
    "ISO/TC268": ("A01", "A12"),
    "ISO/TC268/SC1": ("A03", "A11"),
    "SAC/TC567": ("A01", "A12"),
    "ISO/IECJTC4": ("A03",),
    "ISO/TC292": ("A08",),
    "ISO/TC207": ("A09",),
}


def plain(reference: str) -> str:
    """Return the number of a standard or a committee without blanks and without its year."""
    return re.sub(r"[:-](19|20)\d\d$", "", re.sub(r"\s+", "", reference).upper())


def proven(
    certificates: Iterable[str], committees: Iterable[str], references: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """Return the areas that valid certificates and present parts in committees prove.

    ``references`` are the standards that the offers of each area name.
    """
    held = {plain(standard) for standard in certificates}
    areas = {area for standard in held for area in STANDARDS.get(standard.removesuffix("KPIS"), ())}
    areas |= {area for body in committees for area in COMMITTEES.get(plain(body), ())}
    areas |= {area for area, named in references.items() if held & {plain(each) for each in named}}
    return frozenset(areas)
