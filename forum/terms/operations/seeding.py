"""The terms that the product brings along: what isn't here yet is added, what is here is left as it is.

Facts from titles of standards and official texts; notes are ours.  What nobody compared with its source yet is marked.
"""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from importlib import resources
from itertools import groupby

from sqlalchemy import select

from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations.settling import settle
from forum.terms.rules.matching import folded_word
from forum.terms.states import Certainty, TermSubject, Use

Line = dict[str, str]


@cache
def known_terms() -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the concepts of the room's own list: key and lines, one for each word."""
    with (resources.files("forum.terms") / "seeds" / "glossary.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return tuple((key, tuple(found)) for key, found in groupby(lines, key=lambda line: line["concept"]))


def write_known(now: datetime) -> tuple[int, int]:
    """Add the concepts that aren't kept yet; return how many concepts and words were added."""
    kept = set(session.scalars(select(TermConcept.key).where(TermConcept.key.is_not(None))))
    concepts, words = 0, 0
    for key, lines in known_terms():
        if key in kept:
            continue
        _write(key, lines)
        concepts, words = concepts + 1, words + len(lines)
    session.flush()
    if concepts:
        record(SYSTEM, "seed", "term", "seeds", now=now, concepts=concepts, words=words)
    return concepts, words


def _write(key: str, lines: tuple[Line, ...]) -> None:
    first = lines[0]
    concept = TermConcept(key=key, subject=TermSubject(first["subject"]))
    concept.note_en, concept.note_zh = first["note_en"] or None, first["note_zh"] or None
    for line in lines:
        sure = line["certainty"] == Certainty.VERIFIED
        row = TermRendering(
            lang=line["lang"],
            text=line["text"],
            folded=folded_word(line["text"]),
            use=Use(line["use"]),
            owner=line["owner"],
            source=line["source"],
            certainty=Certainty(line["certainty"]),
            entered_by=SYSTEM.reference,
            confirmed_by=SYSTEM.reference if sure else "",  # on no day: it was so when it came along
        )
        concept.renderings.append(row)
    settle(concept)
    session.add(concept)
