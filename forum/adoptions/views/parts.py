"""What pages of the ledger speak with, and the part on the page of a standard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.adoptions.exports import ATTRIBUTION, day_as_known, sentence_of
from forum.adoptions.models import DEGREES, DIFFERENCE_KINDS, DIRECTIONS
from forum.adoptions.queries import ledger
from forum.adoptions.queries.moving import drifts
from forum.adoptions.rules.drift import ALARMS, LEVELS, Finding
from forum.adoptions.rules.printing import cover_line, dual_number, printed
from forum.adoptions.states import ADOPTION_STATES, ENTRY_STATES
from forum.committees.models import CONFIDENCES, TITLE_STATUSES
from forum.committees.neighbours import PagePart
from forum.core.catalogue import translator
from forum.standards.models import Standard
from forum.web.language import current_language
from forum.web.viewer import Viewer

TONES = {"red": "stop", "amber": "wait", "blue": "", "green": "good", "unknown": "past"}


def said(finding: Finding) -> str:
    """Return what an alarm says, in the reader's language."""
    return sentence_of(finding, translator(current_language()))


def words() -> dict[str, Any]:
    """Return the words and the ways of printing that every page of the ledger needs."""
    return {
        "alarms": ALARMS,
        "levels": LEVELS,
        "tones": TONES,
        "degrees": DEGREES,
        "directions": DIRECTIONS,
        "difference_kinds": DIFFERENCE_KINDS,
        "adoption_states": ADOPTION_STATES,
        "entry_states": ENTRY_STATES,
        "confidences": CONFIDENCES,
        "title_statuses": TITLE_STATUSES,
        "attribution": ATTRIBUTION,
        "printed": printed,
        "said": said,
        "known_day": day_as_known,
        "dual_number": dual_number,
        "cover_line": cover_line,
    }


def standard_part(standard: Standard, _who: Viewer, _now: datetime) -> PagePart | None:
    """Return what the ledger says of a standard, from either side; nothing where it says nothing."""
    found = ledger.of_standard(standard.id)
    if not found:
        return None
    facts = {"standard": standard, "found": found, "drifts": drifts(found), **words()}
    return PagePart("adoptions/standard_part.html", facts)
