"""Reading what matching needs: facts of cities, what stands between them, weights, rounds and proposals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from forum.cities.areas import areas
from forum.cities.models import Certificate, CityProfile, CommitteeRole, Exchange, Need, Offer
from forum.cities.queries import open_areas
from forum.cities.words import Visibility
from forum.core.bilingual import Text
from forum.core.database import session
from forum.matching.models import MatchProposal, MatchRound, MatchWeights, NoRelations
from forum.matching.rules.facts import CityFacts, Grounds, pair_of
from forum.matching.rules.proof import proven
from forum.matching.rules.score import Weights
from forum.matching.states import STANDING
from forum.partnerships.models import AgreementVersion, CityBlock, PartnershipParty
from forum.partnerships.states import VersionState
from forum.places.models import City

MOST_INVITED = 30
# A pair that is on its way, or in force: both cities know of it, and it takes up room.
OPEN = frozenset(VersionState) - {
    VersionState.DRAFT,
    VersionState.DECLINED,
    VersionState.REJECTED,
    VersionState.EXPIRED,
    VersionState.COMPLETED,
    VersionState.TERMINATED,
    VersionState.WITHDRAWN,
}


def facts(today: date, *, own: Iterable[int] = ()) -> list[CityFacts]:
    """Return the facts of every city with a public profile, and of ``own`` cities even if hidden; seven statements."""
    profiles = (
        session.scalars(
            select(CityProfile)
            .join(City, City.id == CityProfile.city_id)
            .where(
                CityProfile.successor_id.is_(None),
                or_(CityProfile.visibility == Visibility.PUBLIC, CityProfile.city_id.in_(sorted(own))),
            )
            .order_by(CityProfile.city_id)
        )
        .unique()
        .all()
    )
    ids = [profile.city_id for profile in profiles]
    offers, needs = open_areas(Offer, ids, today), open_areas(Need, ids, today)
    proofs = _proofs(ids, offers, today)
    taken = Counter(city for pair in open_pairs() for city in pair)
    return [
        CityFacts(
            id=profile.city_id,
            name=profile.city.text("name"),
            country=profile.city.country_iso2,
            level=str(profile.level),
            zone_name=profile.city.zone_name,
            population=profile.population if profile.shows_population else None,
            languages=frozenset(profile.working_languages),
            offers={offer.area: offer.level for offer in offers.get(profile.city_id, ())},
            needs=_ranked(needs.get(profile.city_id, ()), profile.focus_areas),
            proven=proofs.get(profile.city_id, frozenset()),
            capacity=profile.capacity,
            taken=taken[profile.city_id],
            confirmed_on=profile.last_confirmed_on,
        )
        for profile in profiles
    ]


def _ranked(needs: Sequence[Exchange], focus: Sequence[str]) -> dict[str, int]:
    """Return needs in their order: as the city ranked its focus areas, the others behind, the more urgent first."""
    place = {area: at for at, area in enumerate(focus)}
    found = sorted(needs, key=lambda need: (place.get(need.area, len(place)), -need.level, need.area))
    return {need.area: need.level for need in found}


def _proofs(ids: Sequence[int], offers: Mapping[int, Sequence[Offer]], today: date) -> dict[int, frozenset[str]]:
    certificates: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(
        select(Certificate.city_id, Certificate.standard).where(
            Certificate.city_id.in_(ids), Certificate.issued_on <= today, Certificate.valid_until >= today
        )
    ):
        certificates[row.city_id].append(row.standard)
    committees: dict[int, list[str]] = defaultdict(list)
    for role in session.execute(
        select(CommitteeRole.city_id, CommitteeRole.body).where(
            CommitteeRole.city_id.in_(ids),
            CommitteeRole.starts_on <= today,
            or_(CommitteeRole.ends_on.is_(None), CommitteeRole.ends_on >= today),
        )
    ):
        committees[role.city_id].append(role.body)
    return {
        city: proven(
            certificates.get(city, ()),
            committees.get(city, ()),
            {offer.area: offer.references for offer in offers.get(city, ())},
        )
        for city in ids
    }


def open_pairs() -> frozenset[tuple[int, int]]:
    """Return the pairs of cities that have a partnership on its way or in force; one statement."""
    rows = session.execute(
        select(PartnershipParty.partnership_id, PartnershipParty.city_id)
        .join(AgreementVersion, AgreementVersion.partnership_id == PartnershipParty.partnership_id)
        .where(AgreementVersion.state.in_(sorted(OPEN)))
        .distinct()
    )
    parties: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        parties[row.partnership_id].append(row.city_id)
    return frozenset(pair_of(one, two) for cities in parties.values() for one in cities for two in cities if one < two)


def grounds(today: date) -> Grounds:
    """Return what stands between cities today; three statements."""
    blocks = session.execute(
        select(CityBlock.city_id, CityBlock.blocked_city_id).where(CityBlock.ended_at.is_(None))
    ).all()
    return Grounds(
        today,
        active=open_pairs(),
        blocks=frozenset((row.city_id, row.blocked_city_id) for row in blocks),
        no_relations=frozenset(session.scalars(select(NoRelations.country_iso2))),
    )


def area_names() -> dict[str, Text]:
    """Return the names of the focus areas."""
    return {code: area.name for code, area in areas().items()}


def newest_weights() -> MatchWeights | None:
    """Return the weights in force, or None before the national office has laid any down."""
    return session.scalar(select(MatchWeights).order_by(MatchWeights.number.desc()).limit(1))


def weights_in(row: MatchWeights) -> Weights:
    """Return a version of the weights as the rules read them."""
    return Weights(row.fit, row.give, row.shared, row.size, row.lang, row.hours, row.role)


def every_weights() -> Sequence[MatchWeights]:
    """Return all versions of the weights, the newest first."""
    return session.scalars(select(MatchWeights).order_by(MatchWeights.number.desc())).all()


def countries_without_relations() -> Sequence[NoRelations]:
    """Return the list of the national office."""
    return session.scalars(select(NoRelations).order_by(NoRelations.country_iso2)).all()


def rounds() -> Sequence[MatchRound]:
    """Return all rounds, the latest first."""
    return session.scalars(select(MatchRound).order_by(MatchRound.opens_on.desc(), MatchRound.id.desc())).all()


def round_by_slug(slug: str) -> MatchRound | None:
    """Return a round by its address."""
    return session.scalar(select(MatchRound).where(MatchRound.slug == slug))


def proposals(of: MatchRound) -> Sequence[MatchProposal]:
    """Return the pairs of a round, the best first; one statement."""
    return (
        session.scalars(
            select(MatchProposal)
            .where(MatchProposal.round_id == of.id)
            .order_by(MatchProposal.stale, MatchProposal.score.desc(), MatchProposal.first_city_id, MatchProposal.id)
        )
        .unique()
        .all()
    )


def proposal(of: MatchRound, public_id: str) -> MatchProposal | None:
    """Return one pair of a round."""
    return session.scalar(
        select(MatchProposal).where(MatchProposal.round_id == of.id, MatchProposal.public_id == public_id)
    )


def invited_to(city_id: int) -> Sequence[MatchProposal]:
    """Return the pairs of a city that a round has invited and that no partnership has come of yet, the latest first."""
    pairs = (
        session.scalars(
            select(MatchProposal)
            .where(
                MatchProposal.invited_at.is_not(None),
                MatchProposal.decision.in_(sorted(STANDING)),
                or_(MatchProposal.first_city_id == city_id, MatchProposal.second_city_id == city_id),
            )
            .order_by(MatchProposal.invited_at.desc(), MatchProposal.id)
            .limit(MOST_INVITED)
        )
        .unique()
        .all()
    )
    begun = begun_pairs(city_id)
    return [each for each in pairs if pair_of(each.first_city_id, each.second_city_id) not in begun]


def begun_pairs(city_id: int) -> frozenset[tuple[int, int]]:
    """Return the pairs of a city that have a partnership which this city knows of; one statement.

    A draft of the other city is nothing that this one may learn of.
    """
    mine, theirs = aliased(PartnershipParty), aliased(PartnershipParty)
    rows = session.execute(
        select(theirs.city_id)
        .join(mine, mine.partnership_id == theirs.partnership_id)
        .join(AgreementVersion, AgreementVersion.partnership_id == mine.partnership_id)
        .where(
            mine.city_id == city_id,
            theirs.city_id != city_id,
            or_(
                AgreementVersion.state.in_(sorted(OPEN)),
                and_(AgreementVersion.state == VersionState.DRAFT, mine.inviting.is_(True)),
            ),
        )
        .distinct()
    )
    return frozenset(pair_of(city_id, row.city_id) for row in rows)


def invited_pair(first: int, second: int) -> MatchProposal | None:
    """Return the latest pair of two cities that a round has invited."""
    one, two = pair_of(first, second)
    return session.scalar(
        select(MatchProposal)
        .where(
            MatchProposal.first_city_id == one,
            MatchProposal.second_city_id == two,
            MatchProposal.invited_at.is_not(None),
            MatchProposal.decision.in_(sorted(STANDING)),
        )
        .order_by(MatchProposal.invited_at.desc(), MatchProposal.id.desc())
        .limit(1)
    )


def round_of(pair: MatchProposal) -> MatchRound:
    """Return the round of a pair."""
    return session.get_one(MatchRound, pair.round_id)


def slugs(city_ids: Iterable[int]) -> dict[int, str]:
    """Return the addresses of the profiles of these cities; one statement."""
    rows = session.execute(
        select(CityProfile.city_id, CityProfile.slug).where(CityProfile.city_id.in_(sorted(city_ids)))
    )
    return {row.city_id: row.slug for row in rows}
