"""Who may open the plan of a partnership: its cities, and those who see the domestic line."""

from __future__ import annotations

from typing import Any

from forum.cooperation.operations.activities import may_decide
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.states import PUBLIC
from forum.web.policy import Policy
from forum.web.viewer import Viewer


def _plan(who: Viewer, args: dict[str, Any]) -> bool:
    if not CASE.allows(who, args) or current_case().state not in PUBLIC:
        return False
    standing = my_standing()
    return bool(standing.parties) or standing.inside


def _party(who: Viewer, args: dict[str, Any]) -> bool:
    return _plan(who, args) and bool(my_standing().parties)


def _decides(who: Viewer, args: dict[str, Any]) -> bool:
    return _plan(who, args) and may_decide(my_standing())


def _liaison(who: Viewer, _args: dict[str, Any]) -> bool:
    return bool(who.places_of("city_liaison"))


PLAN = Policy("plan of a partnership: its cities and the levels", _plan, staff=True)
PARTY = Policy("plan of a partnership: its cities", _party, staff=True)
DECIDERS = Policy("plan of a partnership: its cities, and who may end it", _decides, staff=True)
LIAISON = Policy("city liaison", _liaison, staff=True)
