"""What a suggestion rests on, for the partnership that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forum.matching import queries
from forum.matching.rules.ranking import suggest
from forum.matching.rules.score import DEFAULT_WEIGHTS
from forum.places.models import City


def match_parts(city: City, other: City, today: date) -> Mapping[str, Any]:
    """Return rank, score and parts, in hundredths of a point, with which one city is suggested to another.

    A pair that a round has invited keeps the parts of that round.  Empty where a city isn't suggested; ``weights`` is
    the number of the weights in force, 0 for the first ones.
    """
    invited = queries.invited_pair(city.id, other.id)
    if invited is not None and invited.invited_at is not None:
        return {
            "weights": invited.weights.number,
            "on": invited.invited_at.date().isoformat(),
            "round": queries.round_of(invited).slug,
            "total": invited.score,
            **invited.parts["cents"],
        }
    known = {facts.id: facts for facts in queries.facts(today, own=[city.id])}
    mine, row = known.get(city.id), queries.newest_weights()
    if mine is None:
        return {}
    ranked = suggest(mine, known.values(), queries.weights_in(row) if row else DEFAULT_WEIGHTS, queries.grounds(today))
    for rank, each in enumerate(ranked, start=1):
        if each.city.id == other.id:
            return {
                "weights": row.number if row else 0,
                "on": today.isoformat(),
                "rank": rank,
                "of": len(ranked),
                "total": each.score.total,
                **each.score.parts(),
            }
    return {}
