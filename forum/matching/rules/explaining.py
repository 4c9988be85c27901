"""Why two cities suit each other, as records: both languages and both sides speak from the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forum.matching.rules.facts import CityFacts, shared_minutes
from forum.matching.rules.score import proven_areas

NAMED_OFFERS = 2  # offers that the explanation names for each direction


class ReasonKind(StrEnum):
    """What one sentence of an explanation says."""

    OFFER = "offer"
    NO_OFFER = "no_offer"
    COMMON = "common"
    SIZE = "size"
    SIZE_UNKNOWN = "size_unknown"
    LANGUAGES = "languages"
    NO_LANGUAGE = "no_language"
    HOURS = "hours"
    HOURS_UNKNOWN = "hours_unknown"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence's worth: plain values that are stored with a proposal as they are."""

    kind: ReasonKind
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """Return the reason as it is stored."""
        return {"kind": str(self.kind), **self.facts}


def reason_from(record: Mapping[str, Any]) -> Reason:
    """Return a reason that was stored."""
    return Reason(ReasonKind(record["kind"]), {name: value for name, value in record.items() if name != "kind"})


def reasons(first: CityFacts, second: CityFacts, year: int) -> list[Reason]:
    """Return the reasons of a pair, what each gives first; they name no third city."""
    return [
        *_offers(second, first),
        *_offers(first, second),
        *_common(first, second),
        *_proofs(first, second),
        _hours(first, second, year),
        _languages(first, second),
        _sizes(first, second),
    ]


def _offers(giver: CityFacts, taker: CityFacts) -> Iterator[Reason]:
    """Name the offers that cover most of the other's needs, the higher need first among equals."""
    met = [area for area in taker.needs if giver.offers.get(area)]
    met.sort(key=lambda area: -taker.needs[area] * giver.offers[area])
    if not met and taker.needs:
        yield Reason(ReasonKind.NO_OFFER, {"giver": giver.id, "taker": taker.id})
    for area in met[:NAMED_OFFERS]:
        yield Reason(
            ReasonKind.OFFER,
            {
                "giver": giver.id,
                "taker": taker.id,
                "area": area,
                "level": giver.offers[area],
                "rank": taker.rank_of(area),
            },
        )


def _common(first: CityFacts, second: CityFacts) -> Iterator[Reason]:
    if areas := sorted(first.needs.keys() & second.needs.keys()):
        yield Reason(ReasonKind.COMMON, {"areas": areas})


def _proofs(first: CityFacts, second: CityFacts) -> Iterator[Reason]:
    for giver, taker in ((second, first), (first, second)):
        if areas := proven_areas(giver, taker):
            yield Reason(ReasonKind.PROOF, {"giver": giver.id, "areas": sorted(areas)})


def _hours(first: CityFacts, second: CityFacts, year: int) -> Reason:
    minutes = shared_minutes(first.zone_name, second.zone_name, year)
    if minutes is None:
        return Reason(ReasonKind.HOURS_UNKNOWN)
    return Reason(ReasonKind.HOURS, {"least": min(minutes), "most": max(minutes)})


def _languages(first: CityFacts, second: CityFacts) -> Reason:
    common = sorted(first.languages & second.languages)
    return Reason(ReasonKind.LANGUAGES, {"languages": common}) if common else Reason(ReasonKind.NO_LANGUAGE)


def _sizes(first: CityFacts, second: CityFacts) -> Reason:
    unknown = [city.id for city in (first, second) if not city.population]
    if unknown:
        return Reason(ReasonKind.SIZE_UNKNOWN, {"cities": unknown})
    return Reason(ReasonKind.SIZE, {"cities": [first.id, second.id], "people": [first.population, second.population]})
