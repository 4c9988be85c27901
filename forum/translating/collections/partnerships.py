"""Partnerships: the cities work on what they write together, translators review what everybody reads.

A partnership is loaded through the versions that exist for somebody; its plan begins with the registration.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select

from forum.cooperation.models import PublicationConsent, PublishedOutcome
from forum.cooperation.rules.publishing import CONTACT
from forum.cooperation.states import OutcomeState
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Scope
from forum.drafting.sources.partnerships import PartnershipTexts, name_of
from forum.partnerships.models import AgreementVersion, Partnership
from forum.partnerships.queries.standing import (
    CITY_ROLES,
    party_facts,
    party_where,
    places_held,
    versions_for,
)
from forum.partnerships.rules.seeing import stand
from forum.partnerships.states import PUBLIC
from forum.places.models import City
from forum.translating.collections.kinds import Collection, is_translator
from forum.web.viewer import Viewer


def _own_cities(who: Viewer) -> list[int]:
    return [int(city) for city in places_held(who, CITY_ROLES, "city")]


def _has_any(who: Viewer) -> bool:
    return is_translator(who) or bool(_own_cities(who))


def _published() -> ColumnElement[bool]:
    """The condition that a partnership has something to which cities consented and that has a text."""
    outcomes = select(PublishedOutcome.partnership_id).where(PublishedOutcome.state == OutcomeState.PUBLISHED)
    offices = select(PublicationConsent.partnership_id).where(
        PublicationConsent.thing == CONTACT, PublicationConsent.withdrawn_at.is_(None)
    )
    return or_(AgreementVersion.partnership_id.in_(outcomes), AgreementVersion.partnership_id.in_(offices))


def _reach(who: Viewer) -> ColumnElement[bool]:
    own = party_where(City.id.in_(_own_cities(who)))
    return or_(own, _published()) if is_translator(who) else own


def _registered(query: Select[AgreementVersion]) -> Select[AgreementVersion]:
    """Return the versions whose words the registry shows, in the order of the numbers of the partnerships."""
    return (
        query.where(AgreementVersion.state.in_(PUBLIC))
        .order_by(None)
        .order_by(Partnership.number.desc(), AgreementVersion.number)
    )


def _latest(versions: Sequence[AgreementVersion]) -> list[AgreementVersion]:
    return list({version.partnership_id: version for version in versions}.values())


def scope_of(version: AgreementVersion, parties: frozenset[int]) -> Scope:
    """Return the texts of a partnership, for those parties or as everybody reads them."""
    partnership = version.partnership
    return Scope(
        "partnerships",
        partnership.public_id,
        name_of(partnership.id),
        "partnership",
        partnership.public_id,
        version.text("registered_title") or partnership.text("title"),
        PartnershipTexts(version, parties),
    )


def _scope_for(who: Viewer, version: AgreementVersion) -> Scope:
    standing = stand(who.account_id, who.offices, party_facts(version.partnership), version.state)
    return scope_of(version, standing.parties)


def _listed(who: Viewer) -> list[Scope]:
    found = session.scalars(_registered(versions_for(who)).where(_reach(who))).unique().all()
    return [_scope_for(who, version) for version in _latest(found)]


def _found(who: Viewer, key: str) -> Scope | None:
    query = _registered(versions_for(who)).where(_reach(who), Partnership.public_id == key)
    found = _latest(session.scalars(query).unique().all())
    return _scope_for(who, found[0]) if found else None


def _whole() -> list[Scope]:
    query = select(AgreementVersion).join(Partnership, Partnership.id == AgreementVersion.partnership_id)
    found = _latest(session.scalars(_registered(query)).unique().all())
    return [scope_of(version, frozenset(party.id for party in version.partnership.parties)) for version in found]


PARTNERSHIPS = Collection("partnerships", N_("City partnerships"), _has_any, _listed, _found, _whole)
