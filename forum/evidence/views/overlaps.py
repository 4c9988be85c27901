"""The overlap radar: topics on which several committees have work."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from forum.committees.models import TITLE_STATUSES
from forum.committees.permissions import is_national_office, reach_of
from forum.evidence.queries.overlaps import overlaps as found_overlaps
from forum.evidence.views.blueprint import pages, shown
from forum.standards.models import STANDINGS
from forum.web.policy import PUBLIC
from forum.web.viewer import viewer


@pages.page("/standards/overlaps", policy=PUBLIC)
def overlaps() -> ResponseReturnValue:
    """Topics with work of several committees; those who answer for it are offered a liaison statement."""
    who = viewer()
    suggests = is_national_office(who) or bool(reach_of(who)) or bool(who.places_of("liaison_officer"))
    found = found_overlaps()
    days = [work.standard.as_of for one in found for _owner, works in one.shares for work in works]
    return shown(
        "overlaps",
        found=found,
        as_of=max((day for day in days if day is not None), default=None),
        suggests=suggests,
        standings=STANDINGS,
        title_statuses=TITLE_STATUSES,
    )
