"""What waits for somebody, by their offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from forum.core.database import session
from forum.partnerships.models import (
    AgreementVersion,
    Approval,
    AttachmentKind,
    CaseAttachment,
    CaseOpinion,
    OpinionKind,
    Partnership,
    PartnershipParty,
    PartyRole,
    ReturnPoint,
    Side,
)
from forum.partnerships.queries.consultations import awaited_from
from forum.partnerships.queries.standing import Holder, party_where, places_held, versions_for
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState
from forum.places.models import City

_S = VersionState
# In these states the city that leads the case has the ball; in the first ones that is the city that invited.
INVITER_HAS_IT = (_S.DRAFT,)
INVITED_HAS_IT = (_S.INVITED,)
BOTH_HAVE_IT = (_S.NEGOTIATING, _S.RENEWAL)
DOMESTIC_CITY_HAS_IT = (_S.RETURNED, _S.APPROVED, _S.LAPSED)


def waits_for(who: Holder, today: date) -> ColumnElement[bool]:
    """Return the condition under which the next step is this person's; ``today`` is the day in Beijing."""
    domestic = PartnershipParty.side == Side.DOMESTIC
    ways: list[ColumnElement[bool]] = []
    if cities := [int(city) for city in places_held(who, ("city_liaison",), "city")]:
        here = City.id.in_(cities)
        inviting = PartnershipParty.inviting.is_(True)
        ways += [
            and_(AgreementVersion.state.in_(INVITER_HAS_IT), party_where(here, inviting)),
            and_(AgreementVersion.state.in_(INVITED_HAS_IT), party_where(here, ~inviting)),
            and_(AgreementVersion.state.in_(BOTH_HAVE_IT), party_where(here)),
            and_(AgreementVersion.state.in_(DOMESTIC_CITY_HAS_IT), party_where(here, domestic)),
        ]
    if cities := [int(city) for city in places_held(who, ("city_lead",), "city")]:
        ways.append(and_(AgreementVersion.state == _S.CITY_REVIEW, party_where(City.id.in_(cities), domestic)))
    # The province of the city that leads its side reviews; the provinces of others read.
    leading = and_(domestic, PartnershipParty.role == PartyRole.LEAD)
    if provinces := places_held(who, ("province_reviewer", "province_lead"), "province"):
        there = party_where(City.province_code.in_(provinces), leading)
        ways.append(and_(AgreementVersion.state == _S.PROVINCE_REVIEW, there))
    advised = [party_where(City.id.in_(cities), domestic)] if (cities := _cities_held(who, "fa_officer")) else []
    if provinces := places_held(who, ("fa_officer",), "province"):
        advised.append(party_where(City.province_code.in_(provinces), leading))
    if advised:
        ways.append(and_(AgreementVersion.state == _S.CITY_REVIEW, or_(*advised), ~_advised_on(today)))
    nation = {role for role, scope in who.offices if scope == "nation:"}
    if "national_reviewer" in nation:
        ways.append(AgreementVersion.state == _S.NATIONAL_REVIEW)
    if "national_approver" in nation:
        ways.append(and_(AgreementVersion.state == _S.NATIONAL_REVIEW, ~_approved_by(who.account_id or 0)))
    if "national_registrar" in nation:
        ways.append(AgreementVersion.state == _S.SIGNED)
        ways.append(and_(AgreementVersion.state == _S.RENEWAL, ~_letter_missing()))
    if nation & {"national_reviewer", "tc_expert"} and who.account_id is not None:
        ways.append(awaited_from(who.account_id))
    return or_(*ways) if ways else false()


def _letter_missing() -> ColumnElement[bool]:
    """Some party of the case has not yet handed in its letter of renewal."""
    letter = exists().where(
        CaseAttachment.version_id == AgreementVersion.id,
        CaseAttachment.party_id == PartnershipParty.id,
        CaseAttachment.kind == AttachmentKind.RENEWAL_LETTER,
        CaseAttachment.replaced_at.is_(None),
    )
    return exists().where(PartnershipParty.partnership_id == AgreementVersion.partnership_id, ~letter)


def _cities_held(who: Holder, role: str) -> list[int]:
    return [int(city) for city in places_held(who, (role,), "city")]


def _advised_on(today: date) -> ColumnElement[bool]:
    """A favourable foreign-affairs opinion is there, or one came since the case is where it is."""
    return exists().where(
        CaseOpinion.version_id == AgreementVersion.id,
        CaseOpinion.kind == OpinionKind.FOREIGN_AFFAIRS,
        CaseOpinion.given_on.is_not(None),
        or_(
            and_(CaseOpinion.favourable.is_(True), CaseOpinion.valid_until >= today),
            CaseOpinion.asked_at >= AgreementVersion.state_since,
        ),
    )


def _approved_by(account_id: int) -> ColumnElement[bool]:
    return exists().where(
        Approval.version_id == AgreementVersion.id,
        Approval.account_id == account_id,
        Approval.moves == AgreementVersion.moves,
        Approval.void_at.is_(None),
    )


def cases_for(who: Holder, *, waiting_on: date | None = None) -> Select[AgreementVersion]:
    """Return the query of the cases that exist for somebody; ``waiting_on`` a day: those whose next step is theirs."""
    query = versions_for(who)
    return query.where(waits_for(who, waiting_on)) if waiting_on is not None else query


def page_of(query: Select[AgreementVersion], *, offset: int, limit: int) -> tuple[Sequence[AgreementVersion], int]:
    """Return one page of a list and the number of all."""
    rows = session.scalars(query.offset(offset).limit(limit)).unique().all()
    count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return rows, count


def points_of(version: AgreementVersion) -> Sequence[ReturnPoint]:
    """Return the points of all returns, for the domestic line alone."""
    return session.scalars(
        select(ReturnPoint).where(ReturnPoint.version_id == version.id).order_by(ReturnPoint.id)
    ).all()


def proposes(who: Holder) -> bool:
    """Tell whether somebody may propose a partnership: the liaison of a city."""
    return bool(places_held(who, ("city_liaison",), "city"))


def cities_of(who: Holder) -> Sequence[City]:
    """Return the cities in whose name somebody proposes."""
    ids = [int(city) for city in places_held(who, ("city_liaison",), "city")]
    return session.scalars(select(City).where(City.id.in_(ids)).order_by(City.id)).unique().all()


def refused_before(city: City, other: City, number: str) -> Partnership | None:
    """Return a former partnership of two cities by its number; those of others aren't found."""
    key = "+".join(str(one) for one in sorted((city.id, other.id)))
    return session.scalar(select(Partnership).where(Partnership.number == number, Partnership.party_key == key))


def opinions_of(version: AgreementVersion) -> Sequence[CaseOpinion]:
    """Return the foreign-affairs opinions that were given, the latest first, for the domestic line alone."""
    return session.scalars(
        select(CaseOpinion)
        .where(
            CaseOpinion.version_id == version.id,
            CaseOpinion.kind == OpinionKind.FOREIGN_AFFAIRS,
            CaseOpinion.given_on.is_not(None),
        )
        .order_by(CaseOpinion.id.desc())
    ).all()


def approvals_of(version: AgreementVersion) -> int:
    """Return how many approvals stand for the text as it is now with the nation, or as it was approved there."""
    standing = (
        select(func.count()).select_from(Approval).where(Approval.version_id == version.id, Approval.void_at.is_(None))
    )
    return session.scalar(standing) or 0


def approved_already(version: AgreementVersion, account_id: int | None) -> bool:
    """Tell whether somebody's approval stands for the case as it is now with the nation."""
    query = select(AgreementVersion.id).where(AgreementVersion.id == version.id, _approved_by(account_id or 0))
    return session.scalar(query) is not None


def files_for(version: AgreementVersion, standing: Standing) -> Sequence[CaseAttachment]:
    """Return the present files of a case that somebody may read; opinions are for the domestic line."""
    if not (standing.domestic or standing.foreign or standing.reads_all):
        return ()
    query = (
        select(CaseAttachment)
        .where(
            CaseAttachment.version_id == version.id,
            CaseAttachment.replaced_at.is_(None),
            CaseAttachment.file_id.is_not(None),
        )
        .order_by(CaseAttachment.id)
    )
    if not standing.inside:
        query = query.where(CaseAttachment.kind.not_in([AttachmentKind.OPINION, AttachmentKind.OTHER]))
    return session.scalars(query).all()


def file_for(version: AgreementVersion, standing: Standing, public_id: str) -> CaseAttachment | None:
    """Return one of these files."""
    return next((each for each in files_for(version, standing) if each.public_id == public_id), None)
