"""The pairs that are known from public sources, each with how sure it is."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources

from forum.adoptions.models import Adoption, Degree, Direction
from forum.adoptions.queries import ledger
from forum.adoptions.states import AdoptionState, EntryState
from forum.audit.operations import record
from forum.committees import queries as committees
from forum.committees.models import Confidence, Precision
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.standards.models import Scheme, Standard, Standing
from forum.standards.references import folded


@cache
def known_pairs() -> tuple[Mapping[str, str], ...]:
    """Return the rows of the room's own list."""
    with (resources.files("forum.adoptions") / "pairs.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def write_known(now: datetime) -> int:
    """Enter the known pairs whose edition the catalogue holds; return how many are new.

    A national standard that the catalogue lacks is written with its number alone, as something to be confirmed.
    """
    made = 0
    for pair in known_pairs():
        base = ledger.standard_called(pair["international"])
        if base is None:
            continue
        national = ledger.standard_called(pair["national"]) or _national(pair)
        direction = Direction(pair["direction"])
        if ledger.pair(national.id, base.id, direction) is None:
            _enter(pair, national, base, now)
            made += 1
    return made


def _enter(pair: Mapping[str, str], national: Standard, base: Standard, now: datetime) -> None:
    mirror = committees.by_spelling(pair["mirror"])
    row = Adoption(
        national=national,
        international=base,
        direction=Direction(pair["direction"]),
        confidence=Confidence(pair["pair_confidence"]),
        degree=Degree(pair["degree"]) if pair["degree"] else None,
        degree_confidence=Confidence(pair["degree_confidence"]),
        state=AdoptionState(pair["state"]),
        entry=EntryState.ENTERED,
        in_force_from=_day(pair["in_force_from"]),
        in_force_precision=Precision(pair["in_force_precision"]),
        mirror_id=mirror.id if mirror is not None else None,
        evidence=pair["evidence"],
        source=pair["source"],
        proposed_by=SYSTEM.reference,
        note_en=pair["note_en"],
        note_zh=pair["note_zh"],
    )
    session.add(row)
    session.flush()
    record(SYSTEM, "enter", "adoption", row.public_id, now=now, degree=pair["degree"])


def _day(text: str) -> date | None:
    """Return the first day of a date that is known as exactly as it is written."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], *(parts[1:] or (1, 1)))


def _national(pair: Mapping[str, str]) -> Standard:
    reference = pair["national"]
    key = folded(reference)
    published = _day(pair["in_force_from"])
    row = Standard(
        slug=reference.lower().replace("/", "-").replace(" ", "-"),
        scheme=Scheme.SAC,
        reference=reference,
        folded_reference=key,
        number=reference.partition(" ")[2].partition("-")[0],
        sort_key=reference,
        kind="GB/T",
        committee_id=getattr(committees.by_spelling(pair["mirror"]), "id", None),
        stage="published",
        standing=Standing.PUBLISHED,
        published_on=published,
        published_precision=Precision(pair["in_force_precision"]),
        confidence=Confidence.TO_CONFIRM,
        source=pair["source"],
        search=key,
    )
    session.add(row)
    session.flush()
    return row
