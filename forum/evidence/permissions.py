"""Who raises ideas, ties things together, files a city's use, and confirms it (standards.md's table of rights)."""

from __future__ import annotations

from forum.committees.permissions import is_national_office, reach_of
from forum.evidence.queries.ends import End
from forum.evidence.states import NATION, SECRETARY, Capacity
from forum.web.policy import Policy
from forum.web.viewer import Viewer

# Which role acts for which kind of owner of an end, and how the public reads it.
_ACTING: tuple[tuple[str, str, Capacity], ...] = (
    ("organiser", "forum", Capacity.ORGANISER),
    ("city_liaison", "city", Capacity.CITY),
    ("city_lead", "city", Capacity.CITY),
    ("mirror_secretary", "committee", Capacity.SECRETARY),
)


def capacity_for(end: End, who: Viewer) -> Capacity | None:
    """Return as what somebody acts for an end; nothing where it isn't theirs."""
    for role, kind, capacity in _ACTING:
        if any(f"{kind}:{key}" in end.owners for key in _held(who, role, kind)):
            return capacity
    return Capacity.NATION if is_national_office(who) else None


def _held(who: Viewer, role: str, kind: str) -> set[str]:
    return {scope.partition(":")[2] for held, scope in who.grants if held == role and scope.startswith(f"{kind}:")}


def capacities_of(who: Viewer) -> list[Capacity]:
    """Return as what somebody may raise an idea, the nearest to it first."""
    found = [capacity for role, kind, capacity in _ACTING if _held(who, role, kind)]
    if is_national_office(who):
        found.append(Capacity.NATION)
    return list(dict.fromkeys(found))


def idea_roles(end: End, who: Viewer) -> frozenset[str]:
    """Return what somebody is in the life of an idea."""
    roles = {NATION} if is_national_office(who) else set()
    if capacity_for(end, who) is Capacity.SECRETARY:
        roles.add(SECRETARY)
    return frozenset(roles)


def own_cities(who: Viewer) -> frozenset[int]:
    """Return the cities for which somebody speaks."""
    held = _held(who, "city_liaison", "city") | _held(who, "city_lead", "city")
    return frozenset(int(key) for key in held)


def reads_evidence(who: Viewer) -> bool:
    """Tell whether somebody works with links and cases at all."""
    return bool(capacities_of(who)) or bool(who.places_of("auditor"))


def reads_packs(who: Viewer) -> bool:
    """Tell whether somebody prepares the answer to a systematic review."""
    return bool(reach_of(who))


RAISERS = Policy(
    "evidence: organiser, city, secretary, national office", lambda who, _args: bool(capacities_of(who)), staff=True
)
READERS = Policy(
    "evidence: whoever ties things together, and the auditor", lambda who, _args: reads_evidence(who), staff=True
)
CITY_SPEAKERS = Policy("evidence: liaison or lead of a city", lambda who, _args: bool(own_cities(who)), staff=True)
CONFIRMERS = Policy("evidence: the national office", lambda who, _args: is_national_office(who), staff=True)
PACK_READERS = Policy(
    "evidence packs: any post or office in international work", lambda who, _args: reads_packs(who), staff=True
)
