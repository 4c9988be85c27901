"""The work programme on the page of a committee: what it works on and has published, by standing."""

from __future__ import annotations

from datetime import datetime

from forum.committees.models import Committee
from forum.committees.neighbours import PagePart
from forum.standards.models import STANDINGS
from forum.standards.queries import reading
from forum.standards.schemes import name_of
from forum.standards.titles import titles
from forum.web.viewer import Viewer

TONES = {
    "under_development": "wait",
    "published": "good",
    "under_review": "wait",
    "withdrawn": "past",
    "deleted": "stop",
}


def programme(committee: Committee, who: Viewer, now: datetime) -> PagePart | None:  # noqa: ARG001 - as parts are asked
    """Return the work programme of a committee, or nothing where it has none."""
    found = reading.programme(committee.id)
    if not found.count:
        return None
    facts = {
        "programme": found,
        "standings": STANDINGS,
        "standing_tones": TONES,
        "titles_of_work": titles,
        "stage_name": name_of,
    }
    return PagePart("standards/programme.html", facts)
