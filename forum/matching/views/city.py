"""The partners that are suggested to a city, ranked and explained, and the answer to "why not?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.cities.permissions import CITY_READERS, current_profile
from forum.cities.queries import Wanted, public_list
from forum.core.text import clean_line
from forum.matching import queries
from forum.matching.models import MatchProposal
from forum.matching.rules.explaining import reasons
from forum.matching.rules.facts import CityFacts, from_record
from forum.matching.rules.ranking import suggest, why_not
from forum.matching.rules.score import DEFAULT_WEIGHTS
from forum.matching.views.blueprint import pages
from forum.matching.views.cards import card, sentences, wording
from forum.web.language import current_language
from forum.web.viewer import now, viewer

PAGE = 10
ANSWERS = 8


@pages.page("/desk/cities/<city_slug>/partners", policy=CITY_READERS)
def partners(city_slug: str) -> ResponseReturnValue:
    """The suggestions of a city, always as the city itself reads them."""
    profile, today = current_profile(), now().date()
    asked = clean_line(request.args.get("q", ""))[:100]
    number = max(1, request.args.get("page", default=1, type=int) or 1)
    known = {facts.id: facts for facts in queries.facts(today, own=[profile.city_id])}
    city, row = known.get(profile.city_id), queries.newest_weights()
    weights = queries.weights_in(row) if row else DEFAULT_WEIGHTS
    grounds = queries.grounds(today)
    ranked = suggest(city, known.values(), weights, grounds) if city else []
    last = max(1, -(-len(ranked) // PAGE))
    number = min(number, last)
    say = wording({each.id: each.name for each in known.values()}, profile.city_id)
    begin = (number - 1) * PAGE
    shown = ranked[begin : begin + PAGE]
    answers = [
        (each, why_not(city, each, ranked, weights, grounds))
        for each in _asked(asked, known, today)
        if city is not None
    ]
    slugs = queries.slugs([each.city.id for each in shown])
    invited = queries.invited_to(profile.city_id)
    return render_template(
        "matching/partners.html",
        profile=profile,
        invited=_invited(invited, profile.city_id),
        proposes=("city_liaison", f"city:{profile.city_id}") in viewer().offices,
        cards=[
            card(begin + at, city, each, weights, say, slugs=slugs, year=today.year)
            for at, each in enumerate(shown, start=1)
            if city is not None
        ],
        count=len(ranked),
        number=number,
        last=last,
        q=asked,
        answers=[say.why_not(answer, profile.city_id, each.id) for each, answer in answers],
        address=lambda page: url_for("matching.partners", city_slug=city_slug, page=page),
    )


def _invited(pairs: Sequence[MatchProposal], city_id: int) -> list[tuple[str, str, str, list[str]]]:
    """Return name, slug, round and reasons of the cities that a round has proposed to this one."""
    found = []
    others = [each.second_city if each.first_city_id == city_id else each.first_city for each in pairs]
    slugs = queries.slugs([city.id for city in others])
    for pair, other in zip(pairs, others, strict=True):
        first, second = from_record(pair.inputs["first"]), from_record(pair.inputs["second"])
        mine, theirs = (first, second) if first.id == city_id else (second, first)
        say = wording({first.id: first.name, second.id: second.name}, city_id)
        lines = sentences(reasons(mine, theirs, pair.inputs["year"]), say)
        name = queries.round_of(pair).tr("name", current_language()).text
        found.append((other.tr("name", current_language()).text, slugs.get(other.id, ""), name, lines))
    return found


def _asked(text: str, known: dict[int, CityFacts], today: date) -> list[CityFacts]:
    """Return the cities that somebody asks about; only those that everybody may see."""
    if not text:
        return []
    found, _count = public_list(Wanted(text=text), current_language(), today=today, limit=ANSWERS)
    return [known[profile.city_id] for profile in found if profile.city_id in known]
