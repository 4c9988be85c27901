"""Matching on the command line: the best pairs of a round, or the suggestions of one city, as a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from forum.cities.queries import by_slug
from forum.core.catalogue import Translator, translator
from forum.core.refusals import N_, Refusal
from forum.matching import queries
from forum.matching.models import MatchRound
from forum.matching.operations.rounds import frozen_cities, frozen_grounds
from forum.matching.rules.explaining import reasons
from forum.matching.rules.facts import CityFacts, Grounds
from forum.matching.rules.pairing import ranked_pairs, room_of, stable_matching
from forum.matching.rules.ranking import raises, suggest, unmet_needs
from forum.matching.rules.score import CENTS, DEFAULT_WEIGHTS, PARTS, Score, Weights, one_decimal, score
from forum.matching.rules.sentences import PART_LABELS, Wording

Say = Callable[[str], object]
LONGEST = 20  # suggestions of a city


class NoSuchRound(Refusal):
    """There is no round of that name."""

    message = N_("There is no matching round “%(name)s”.")
    status = 404


class NoSuchCity(Refusal):
    """There is no city with that profile."""

    message = N_("There is no city “%(name)s” with a public profile.")
    status = 404


def match_round(slug: str, language: str, today: date, say: Say) -> None:
    """Print what a round proposes; before its profiles are frozen, what it would propose today."""
    of = queries.round_by_slug(slug)
    if of is None:
        raise NoSuchRound(name=slug)
    cities, grounds = _standing(of, today)
    row = of.weights or queries.newest_weights()
    weights, floor = (queries.weights_in(row), row.floor * CENTS) if row else (DEFAULT_WEIGHTS, 30 * CENTS)
    translate = translator(language)
    pairs = stable_matching(ranked_pairs(cities.values(), weights, grounds, floor=floor), room_of(cities.values()))
    say(f"{of.tr('name', language).text}: {translate.ngettext('%(num)s pair', '%(num)s pairs', len(pairs))}")
    wording = Wording(translate, {city.id: city.name for city in cities.values()}, queries.area_names())
    rows = []
    for rank, pair in enumerate(pairs, start=1):
        first, second = cities[pair.first], cities[pair.second]
        found = score(first, second, weights, grounds.today.year)
        old = translate(N_("Old profile")) if pair.stale else ""
        rows.append([str(rank), wording.city(first.id), wording.city(second.id), *_figures(found), old])
    _table(
        [
            translate(N_("Rank")),
            translate(N_("City")),
            translate(N_("Partner")),
            *_heads(translate),
            translate(N_("Profiles")),
        ],
        rows,
        say,
    )
    for area, alone in unmet_needs(cities.values()).items():
        towns = translate.ngettext("%(num)s city", "%(num)s cities", len(alone))
        say(translate(N_("Nobody offers “%(area)s” to %(cities)s."), area=wording.area(area), cities=towns))


def _standing(of: MatchRound, today: date) -> tuple[dict[int, CityFacts], Grounds]:
    if of.frozen:
        return frozen_cities(of), frozen_grounds(of)
    return {facts.id: facts for facts in queries.facts(today)}, queries.grounds(today)


def match_city(slug: str, language: str, today: date, say: Say) -> None:
    """Print the suggestions of a city, the best first, each with its reasons and what would raise it."""
    profile = by_slug(slug)
    known = {facts.id: facts for facts in queries.facts(today, own=[profile.city_id] if profile else [])}
    if profile is None or profile.city_id not in known:
        raise NoSuchCity(name=slug)
    city, grounds = known[profile.city_id], queries.grounds(today)
    weights = _weights_today()
    translate = translator(language)
    wording = Wording(translate, {each.id: each.name for each in known.values()}, queries.area_names(), city.id)
    found = suggest(city, known.values(), weights, grounds)[:LONGEST]
    rows = [[str(rank), wording.city(each.city.id), *_figures(each.score)] for rank, each in enumerate(found, start=1)]
    _table([translate(N_("Rank")), translate(N_("City")), *_heads(translate)], rows, say)
    for rank, each in enumerate(found, start=1):
        lines = [wording.paragraph(reasons(city, each.city, today.year))]
        lines += [wording.warning(warn) for warn in each.warnings]
        lines += [wording.raising(step) for step in raises(city, each.city, weights, today.year)]
        say(f"\n{rank}. {wording.city(each.city.id)}")
        for line in lines:
            say(f"   {line}")


def _weights_today() -> Weights:
    row = queries.newest_weights()
    return queries.weights_in(row) if row else DEFAULT_WEIGHTS


def _heads(translate: Translator) -> list[str]:
    return [
        translate(N_("Score")),
        *(translate(PART_LABELS[part]).partition(":")[0].partition("：")[0] for part in PARTS),
    ]


def _figures(found: Score) -> list[str]:
    return [one_decimal(found.shown_total), *(one_decimal(tenth) for tenth in found.shown().values())]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], say: Say) -> None:
    """Print a table with columns of even width; a Chinese character is two cells wide."""
    widths = [max(_cells(line[at]) for line in (heads, *rows)) for at in range(len(heads))]
    for line in (heads, *rows):
        say("  ".join(text + " " * (width - _cells(text)) for text, width in zip(line, widths, strict=True)).rstrip())


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
