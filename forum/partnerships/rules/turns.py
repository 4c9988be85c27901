"""Whose turn it is: the roles that decide in a state, and the places for which a role has a say in a case."""

from __future__ import annotations

from collections.abc import Iterable

from forum.partnerships.models import Side
from forum.partnerships.rules.seeing import PartyFacts
from forum.partnerships.states import VersionState

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
