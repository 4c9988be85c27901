"""Who stands where in a case, and who sees what of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from forum.core.refusals import P_, Word
from forum.partnerships.models import Level, Side
from forum.partnerships.states import PREPARING, PUBLIC, REVIEWING, VERSION_STATES, VersionState

UNDER_REVIEW: Word = P_("partnership", "Under review on the other side")
_S = VersionState


class Circle(IntEnum):
    """Who sees that a version exists; each circle holds those before it."""

    OWN = 0  # the city that invites
    PARTIES = 1
    PROVINCE = 2
    NATION = 3
    PUBLIC = 4


def entered(state: VersionState) -> Circle:
    """Return the circle that a state opens a version to."""
    if state in PUBLIC:
        return Circle.PUBLIC
    if state is _S.DRAFT:
        return Circle.OWN
    if state in {_S.INVITED, _S.NEGOTIATING, _S.DECLINED}:
        return Circle.PARTIES
    if state is _S.CITY_REVIEW:
        return Circle.PROVINCE
    if state in {_S.RETURNED, _S.REJECTED, _S.WITHDRAWN}:
        return Circle.OWN  # those who saw it before: see ``circle_of``
    return Circle.NATION


def circle_of(state: VersionState, reached: int) -> Circle:
    """Return who sees a version now; what was returned, refused or withdrawn stays with those who saw it before."""
    if state in {_S.RETURNED, _S.REJECTED, _S.WITHDRAWN}:
        return Circle(reached)
    return entered(state)


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What standing and conditions ask of a party."""

    id: int
    city_id: int
    side: Side
    lead: bool
    inviting: bool
    province_code: str | None = None
    zone_name: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in one case, in its present state."""

    account_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    liaison_of: frozenset[int] = field(default_factory=frozenset)  # ids of parties
    lead_of: frozenset[int] = field(default_factory=frozenset)
    domestic: Level = Level.NONE
    foreign: Level = Level.NONE
    circle: Circle = Circle.PUBLIC  # the narrowest circle that this person belongs to
    reads_all: bool = False  # auditors; experts in the cases that are assigned to them

    @property
    def parties(self) -> frozenset[int]:
        """The parties for which this person acts."""
        return self.liaison_of | self.lead_of

    @property
    def inside(self) -> bool:
        """Whether domestic states, levels and due dates are shown."""
        return self.domestic is not Level.NONE or self.reads_all

    def level_on(self, side: Side) -> Level:
        """Return the level on a side."""
        return self.domestic if side is Side.DOMESTIC else self.foreign

    def sees(self, circle: int) -> bool:
        """Tell whether a version in that circle exists for this person."""
        return self.reads_all or circle >= self.circle


SYSTEM_STANDING = Standing(roles=frozenset({"system"}), reads_all=True, circle=Circle.OWN)


OTHER_SIDE = Standing(foreign=Level.CITY, circle=Circle.PARTIES)


def leads(party: PartyFacts, state: VersionState) -> bool:
    """Tell whether a party is “the city” of the table in that state; the others are its counterparts."""
    return party.inviting if state in PREPARING else party.side is Side.DOMESTIC


def stand(
    account_id: int | None,
    offices: Collection[tuple[str, str]],
    parties: Iterable[PartyFacts],
    state: VersionState,
    *,
    assigned: bool = False,
) -> Standing:
    """Return what somebody with these offices is in a case; ``assigned``: as the committee's expert."""
    roles: set[str] = set()
    liaison_of: set[int] = set()
    lead_of: set[int] = set()
    levels = {Side.DOMESTIC: Level.NONE, Side.FOREIGN: Level.NONE}
    circle = Circle.PUBLIC
    for party in parties:
        here = {role for role, scope in offices if scope == f"city:{party.city_id}"}
        prefix = "city" if leads(party, state) else "counterpart"
        if "city_liaison" in here:
            roles.add(f"{prefix}_liaison")
            liaison_of.add(party.id)
        if "city_lead" in here:
            roles.add(f"{prefix}_lead")
            lead_of.add(party.id)
        if here:
            levels[party.side] = max(levels[party.side], Level.CITY)
            circle = min(circle, Circle.OWN if party.inviting and here - {"fa_officer"} else Circle.PARTIES)
        roles |= here & {"fa_officer"}
        if party.side is Side.DOMESTIC and party.province_code:
            above = {role for role, scope in offices if scope == f"province:{party.province_code}"}
            # The province of the city that leads its side reviews; the provinces of others read.
            roles |= above if party.lead else set()
            if above:
                levels[Side.DOMESTIC] = max(levels[Side.DOMESTIC], Level.PROVINCE)
                circle = min(circle, Circle.PROVINCE)
    nation = {role for role, scope in offices if scope == "nation:"}
    roles |= nation & {"national_reviewer", "national_approver", "national_registrar", "auditor"}
    if nation & {"national_reviewer", "national_approver", "national_registrar"}:
        levels[Side.DOMESTIC] = Level.NATION
        circle = min(circle, Circle.NATION)
    if assigned and "tc_expert" in nation:
        roles.add("tc_expert")
    return Standing(
        account_id=account_id,
        roles=frozenset(roles),
        liaison_of=frozenset(liaison_of),
        lead_of=frozenset(lead_of),
        domestic=levels[Side.DOMESTIC],
        foreign=levels[Side.FOREIGN],
        circle=circle,
        reads_all="auditor" in nation or "tc_expert" in roles,
    )


def shown_state(state: VersionState, standing: Standing) -> Word:
    """Return the name of the state for a reader.

    During the domestic review the counterpart reads one word, and the public doesn't read of a renewal.
    """
    if standing.inside or "system" in standing.roles:
        return _name(state)
    if state in REVIEWING or state is _S.RETURNED:
        return UNDER_REVIEW
    if state is _S.RENEWAL and standing.foreign is Level.NONE:
        return _name(_S.ACTIVE)
    return _name(state)


def _name(state: VersionState) -> Word:
    name = VERSION_STATES[state]
    return name if isinstance(name, Word) else Word(name)
