"""Telling two cities of a round that they were proposed to each other: each liaison reads why, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from forum.core.catalogue import translator
from forum.core.premises import premises
from forum.matching import queries
from forum.matching.models import MatchProposal, MatchRound
from forum.matching.rules.explaining import reasons
from forum.matching.rules.facts import CityFacts, from_record
from forum.matching.rules.sentences import Wording
from forum.offices.models import OfficeRole
from forum.offices.queries import holders
from forum.ports.mail.outbox import post


def tell_cities(of: MatchRound, invited: Sequence[MatchProposal], *, now: datetime) -> int:
    """Write to the liaisons of every invited city; return how many mails there are."""
    slugs = queries.slugs({city for each in invited for city in (each.first_city_id, each.second_city_id)})
    told = 0
    for each in invited:
        first, second = from_record(each.inputs["first"]), from_record(each.inputs["second"])
        for city, other in ((first, second), (second, first)):
            told += _tell(of, each, city, other, slugs.get(city.id, ""), now=now)
    return told


def _tell(of: MatchRound, pair: MatchProposal, city: CityFacts, other: CityFacts, slug: str, *, now: datetime) -> int:
    """Write to the liaisons of one city, with the reasons as this city reads them."""
    told = 0
    for office in holders(OfficeRole.CITY_LIAISON, now, city_id=city.id):
        account = office.account
        say = Wording(
            translator(account.language), {city.id: city.name, other.id: other.name}, queries.area_names(), city.id
        )
        told += post(
            "matching_invited",
            account.email,
            account.language,
            now=now,
            key=f"{pair.public_id}:{city.id}:{account.public_id}",
            round=of.tr("name", account.language).text,
            city=say.city(city.id),
            partner=say.city(other.id),
            reasons=[say.reason(each) for each in reasons(city, other, pair.inputs["year"])],
            address=f"{premises().base_url}/{account.language}/desk/cities/{slug}/partners",
        )
    return told
