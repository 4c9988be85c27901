"""Whose turn it is: the step that a case waits for, the roles that decide, the places for which a role has a say."""

from __future__ import annotations

from collections.abc import Iterable

from forum.core.workflow import Transition
from forum.partnerships.models import Side
from forum.partnerships.rules.seeing import PartyFacts, Standing
from forum.partnerships.states import LIFE, REVIEWING, ROW_OF, VersionState

_S = VersionState
FOREIGN_AFFAIRS = "fa_officer"
# Who decides, the first of them takes the case up.
DECIDES: dict[VersionState, tuple[str, ...]] = {
    _S.CITY_REVIEW: ("city_lead",),
    _S.PROVINCE_REVIEW: ("province_reviewer", "province_lead"),
    _S.NATIONAL_REVIEW: ("national_reviewer", "national_approver"),
    _S.SIGNED: ("national_registrar",),
}
# Who is reminded before the day; the lead of the level hears of it when the day has passed.
REVIEWS: dict[VersionState, tuple[str, ...]] = {
    _S.CITY_REVIEW: ("city_lead",),
    _S.PROVINCE_REVIEW: ("province_reviewer",),
    _S.NATIONAL_REVIEW: ("national_reviewer", "national_approver"),
}
LEADS: dict[VersionState, str] = {
    _S.CITY_REVIEW: "city_lead",
    _S.PROVINCE_REVIEW: "province_lead",
    _S.NATIONAL_REVIEW: "national_approver",
}
# In these states no step is the obvious one; this is the way on that is named.
_WAY_ON = {
    _S.DECLINED: "reopen",
    _S.LAPSED: "reapply",
    _S.RENEWAL: "renewed_same_terms",
    _S.SUSPENDED: "resume",
}


def awaited(state: VersionState, standing: Standing) -> Transition | None:
    """Return the step that a case waits for, as far as this reader may know it; None where nothing is awaited.

    Of the steps of a review, and of a return, the other side learns nothing.
    """
    if not standing.inside and (state in REVIEWING or state is _S.RETURNED):
        return None
    if way_on := _WAY_ON.get(state):
        return ROW_OF[state, way_on]
    return next((row for row in LIFE.rows if row.sources[0] == state and row.primary), None)


def scopes(role: str, parties: Iterable[PartyFacts]) -> tuple[str, ...]:
    """Return the places for which a role has a say: the domestic cities, the province of their leader, the nation."""
    domestic = [party for party in parties if party.side is Side.DOMESTIC]
    cities = tuple(f"city:{party.city_id}" for party in domestic)
    provinces = tuple(f"province:{party.province_code}" for party in domestic if party.lead and party.province_code)
    if role.startswith("city_"):
        return cities
    if role.startswith("province_"):
        return provinces
    if role == FOREIGN_AFFAIRS:
        return cities + provinces
    return ("nation:",)
