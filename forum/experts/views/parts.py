"""What the room puts on the page of a committee: registered experts who agreed to be shown."""

from __future__ import annotations

from datetime import datetime

from forum.committees.models import Body, Committee
from forum.committees.neighbours import PagePart
from forum.experts.models import EXPERT_ROLES
from forum.experts.queries import registered_in
from forum.web.viewer import Viewer


def committee_part(committee: Committee, _who: Viewer, now: datetime) -> PagePart | None:
    """Return who is registered in a committee, or through a national one; nothing where nobody is shown."""
    found = registered_in(committee.id, now)
    if not found:
        return None
    national = committee.body is Body.SAC
    return PagePart("experts/committee_part.html", {"found": found, "roles": EXPERT_ROLES, "national": national})
