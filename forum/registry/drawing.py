"""From registered partnerships to points and lines on the map."""

from __future__ import annotations

from collections.abc import Iterable

from forum.partnerships.models import AgreementVersion, PartnershipParty, Side
from forum.registry.map import Link, Point
from forum.registry.rules import IN_FORCE


def points_and_links(versions: Iterable[AgreementVersion]) -> tuple[list[Point], list[Link], int]:
    """Return cities, one line for each pair of a Chinese and a foreign party, and how many pairs lack a position."""
    parties: dict[int, PartnershipParty] = {}
    links: list[Link] = []
    lacking = 0
    for version in versions:
        home, abroad = (
            [p for p in version.partnership.parties if p.side is side] for side in (Side.DOMESTIC, Side.FOREIGN)
        )
        for one in home:
            for other in abroad:
                if not (_placed(one) and _placed(other)):
                    lacking += 1
                    continue
                parties[one.city_id], parties[other.city_id] = one, other
                links.append(Link(one.city_id, other.city_id, in_force=version.state in IN_FORCE))
    load: dict[int, int] = {}
    for link in links:
        for city in (link.first, link.second):
            load[city] = load.get(city, 0) + 1
    points = [
        Point(
            city_id,
            party.city.text("name"),
            party.city.longitude or 0.0,
            party.city.latitude or 0.0,
            at_home=party.side is Side.DOMESTIC,
            links=load[city_id],
        )
        for city_id, party in sorted(parties.items())
    ]
    return points, links, lacking


def _placed(party: PartnershipParty) -> bool:
    return party.city.longitude is not None and party.city.latitude is not None
