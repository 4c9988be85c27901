"""What somebody is in a case, and which cases exist for them: one rule, as standing and as SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from forum.core.database import session
from forum.partnerships.models import (
    AgreementVersion,
    CaseOpinion,
    OpinionKind,
    Partnership,
    PartnershipParty,
    Side,
)
from forum.partnerships.rules.seeing import Circle, PartyFacts, Standing, stand
from forum.places.models import City

CITY_ROLES = frozenset({"city_liaison", "city_lead"})
PROVINCE_ROLES = frozenset({"province_reviewer", "province_lead", "fa_officer"})
NATION_ROLES = frozenset({"national_reviewer", "national_approver", "national_registrar"})


class Holder(Protocol):
    """Somebody with an account and offices, such as the viewer of a page."""

    @property
    def account_id(self) -> int | None:
        """The account, or None for a visitor."""
        ...

    @property
    def offices(self) -> Collection[tuple[str, str]]:
        """Grants such as ``("city_liaison", "city:12")``."""
        ...


def party_facts(partnership: Partnership) -> tuple[PartyFacts, ...]:
    """Return the parties as the rules see them; a side has one leading city."""
    leads = {side: partnership.lead_of(side) for side in Side}
    return tuple(
        PartyFacts(
            id=party.id,
            city_id=party.city_id,
            side=party.side,
            lead=party is leads[party.side],
            inviting=party.inviting,
            province_code=party.city.province_code,
            zone_name=party.city.zone_name,
        )
        for party in partnership.parties
    )


def standing_of(version: AgreementVersion, who: Holder) -> Standing:
    """Return what somebody is in this case now."""
    assigned = False
    if ("tc_expert", "nation:") in who.offices and who.account_id is not None:
        assigned = bool(session.scalar(select(_assigned_to(who.account_id, version.id))))
    return stand(who.account_id, who.offices, party_facts(version.partnership), version.state, assigned=assigned)


def _assigned_to(account_id: int, version: int | ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(
        CaseOpinion.version_id == version,
        CaseOpinion.kind == OpinionKind.EXPERT,
        CaseOpinion.author_id == account_id,
    )


def visible(who: Holder) -> ColumnElement[bool]:
    """Return the condition under which a version exists for somebody; lists and single pages use this one."""
    nation = {role for role, scope in who.offices if scope == "nation:"}
    if "auditor" in nation:
        return AgreementVersion.id.is_not(None)
    ways: list[ColumnElement[bool]] = [AgreementVersion.circle >= Circle.PUBLIC]
    if nation & NATION_ROLES:
        ways.append(AgreementVersion.circle >= Circle.NATION)
    if provinces := places_held(who, PROVINCE_ROLES, "province"):
        ways.append(
            and_(
                AgreementVersion.circle >= Circle.PROVINCE,
                party_where(PartnershipParty.side == Side.DOMESTIC, City.province_code.in_(provinces)),
            )
        )
    cities = [int(city) for city in places_held(who, CITY_ROLES | {"fa_officer"}, "city")]
    if cities:
        ways.append(and_(AgreementVersion.circle >= Circle.PARTIES, party_where(City.id.in_(cities))))
    if own := [int(city) for city in places_held(who, CITY_ROLES, "city")]:
        ways.append(party_where(City.id.in_(own), PartnershipParty.inviting.is_(True)))
    if "tc_expert" in nation and who.account_id is not None:
        ways.append(_assigned_to(who.account_id, AgreementVersion.id.expression))
    return or_(*ways)


def places_held(who: Holder, roles: Iterable[str], kind: str) -> list[str]:
    """Return the cities (ids) or provinces (codes) for which somebody holds one of these roles."""
    mine = frozenset(roles)
    found = {scope.partition(":")[2] for role, scope in who.offices if role in mine and scope.startswith(f"{kind}:")}
    return sorted(found)


def party_where(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a party of the version, with its city, is such a one."""
    return exists().where(
        PartnershipParty.partnership_id == AgreementVersion.partnership_id,
        City.id == PartnershipParty.city_id,
        *conditions,
    )


def versions_for(who: Holder) -> Select[AgreementVersion]:
    """Return the query of all versions that exist for somebody, the latest first, by what both sides know."""
    return (
        select(AgreementVersion)
        .join(Partnership, Partnership.id == AgreementVersion.partnership_id)
        .where(visible(who))
        .order_by(AgreementVersion.shared_since.desc(), AgreementVersion.id.desc())
    )


def version_for(public_id: str, who: Holder) -> AgreementVersion | None:
    """Return one version, if it exists for this reader."""
    return session.scalar(versions_for(who).where(AgreementVersion.public_id == public_id))


def search(who: Holder, words: str, limit: int = 50) -> Sequence[AgreementVersion]:
    """Find versions by number or title among those that exist for this reader."""
    needle = f"%{words.replace('%', '').replace('_', '')}%"
    columns = Partnership.__table__.columns
    found = or_(*(columns[name].ilike(needle) for name in ("number", "title_en", "title_zh")))
    return session.scalars(versions_for(who).where(found).limit(limit)).all()
