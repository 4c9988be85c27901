"""What this room puts on the pages of others: the thread of a standard, and the standards that a city uses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template
from markupsafe import Markup

from forum.committees.neighbours import PagePart
from forum.evidence.models import CityUse
from forum.evidence.permissions import capacities_of, own_cities, reads_packs
from forum.evidence.queries.thread import is_bare, standard_thread
from forum.evidence.queries.uses import public_uses
from forum.evidence.states import USE_WAYS
from forum.places.models import City
from forum.standards.models import Standard
from forum.web.public_bodies import not_kept
from forum.web.viewer import Viewer

THREAD_ORDER = 60  # after what the catalogue, ballots and adoptions show


def thread_part(standard: Standard, who: Viewer, now: datetime) -> PagePart | None:
    """Return the thread of a standard, with the ways to add to it for those who may."""
    lines = standard_thread(standard, who, now)
    ties, files, reads = bool(capacities_of(who)), bool(own_cities(who)), reads_packs(who)
    bare = is_bare(lines)
    if bare and not (ties or files or reads):
        return None
    if not bare:
        not_kept()  # an embargo, a consent or a profile may take something off the line at any time
    facts: dict[str, Any] = {
        "on_thread": standard,
        "thread_lines": lines,
        "thread_is_bare": bare,
        "ties_here": ties,
        "files_here": files,
        "reads_pack": reads,
    }
    return PagePart("evidence/standard_part.html", facts)


def city_panel(city: City) -> Markup:
    """Return the standards that a city says it uses, confirmed and opened to everybody, for its page."""
    found = public_uses(CityUse.city_id == city.id)
    if not found:
        return Markup()
    text = render_template("evidence/city_panel.html", found=found, use_ways=USE_WAYS)
    return Markup(text)  # noqa: S704 - a template of ours, escaped when it was rendered
