"""Which place a role is held for, and when a term runs."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = "Asia/Shanghai"
CITY_ROLES = frozenset({"city_liaison", "city_lead"})
PROVINCE_ROLES = frozenset({"province_reviewer", "province_lead"})
NATION_ROLES = frozenset(
    {
        "national_reviewer",
        "national_approver",
        "national_registrar",
        "tc_expert",
        "auditor",
        "standards_officer",
        "submission_officer",
        "liaison_officer",
        "translator",
    }
)
CITY_OR_PROVINCE_ROLES = frozenset({"fa_officer"})


def fits(role: str, *, city: bool, province: bool) -> bool:
    """Tell whether a role is held for this kind of place."""
    if role in CITY_ROLES:
        return city and not province
    if role in PROVINCE_ROLES:
        return province and not city
    if role in CITY_OR_PROVINCE_ROLES:
        return city != province
    return not city and not province


def in_term(starts_on: date, ends_on: date | None, *, now: datetime, zone_name: str = "") -> bool:
    """Tell whether a term runs now: its last day is over when it is over where the office is held."""
    today = now.astimezone(ZoneInfo(zone_name or BEIJING)).date()
    return starts_on <= today and (ends_on is None or today <= ends_on)
