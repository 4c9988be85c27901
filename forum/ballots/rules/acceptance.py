"""The acceptance calculator: criteria, outcome and the lawful next decisions of a ballot, in exact fractions.

Pure: the terms of the rule under which the ballot opened, the tallies, the nominations.  Nothing counted means
that the outcome is undetermined.  Source: ISO/IEC Directives, Part 1, 2.3.5, 2.6.3, 2.7.3, 2.9.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from forum.ballots.rules.coherence import Answer
from forum.ballots.rules.terms import RuleTerms, share
from forum.core.refusals import N_

_FOR = frozenset({Answer.APPROVE, Answer.APPROVE_WITH_COMMENTS})
_AGAINST = frozenset({Answer.DISAPPROVE})


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of one kind of members; ``unreasoned`` of the disapprovals came without a technical reason."""

    answers: Mapping[str, int] = field(default_factory=dict)
    unreasoned: int = 0

    def of(self, *wanted: str) -> int:
        """Return how many gave one of these answers."""
        return sum(self.answers.get(one, 0) for one in wanted)


@dataclass(frozen=True, slots=True)
class Tallies:
    """The answers by kind of member: P, O, and members of the organisation that are neither."""

    p: Tally = field(default_factory=Tally)
    o: Tally = field(default_factory=Tally)
    other: Tally = field(default_factory=Tally)
    p_members: int = 0  # of the committee, or members asked in a national ballot
    naming: int = 0  # P-members that named an expert
    countries: int = 0  # in which the standard is used
    substantive: int = 0  # comments of substance in a last call

    def among(self, who: str) -> tuple[Tally, ...]:
        """Return the tallies of P-members alone, or of all."""
        return (self.p,) if who == "p" else (self.p, self.o, self.other)


class Outcome(StrEnum):
    """What a ballot came to by its criteria."""

    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    UNDETERMINED = "undetermined"
    CONFIRM = "confirm"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    KEEP = "keep"


OUTCOMES: dict[str, str] = {
    "approved": N_("Approved"),
    "not_approved": N_("Not approved"),
    "undetermined": N_("Undetermined"),
    "confirm": N_("Majority for confirmation"),
    "revise": N_("Majority for revision"),
    "withdraw": N_("Majority for withdrawal"),
    "keep": N_("Majority against withdrawal"),
}


class Flag(StrEnum):
    """What a reader of the outcome must know."""

    EXCLUSION_DECIDED = "exclusion_decided"
    FEW_COUNTRIES = "few_countries"
    LEADERSHIP_DECIDES = "leadership_decides"


FLAGS: dict[str, str] = {
    "exclusion_decided": N_("Leaving out negative votes without technical reasons decided the result."),
    "few_countries": N_("A candidate for withdrawal: it is used in too few countries."),
    "leadership_decides": N_("There is no count to decide by: the leadership declares consensus."),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as value, threshold and whether it is met; None where nothing was counted."""

    rule: str
    value: Fraction | None
    threshold: Fraction
    passed: bool | None
    counted: tuple[int, int] = (0, 0)  # the two whole numbers behind the value, as they were counted


CRITERIA: dict[str, str] = {
    "majority": N_("Votes in favour"),
    "negative": N_("Negative votes among all votes cast"),
    "experts": N_("P-members that name an expert"),
    "participation": N_("Members that took part"),
    "plurality": N_("Largest group of votes"),
    "countries": N_("Countries that use it"),
    "consensus": N_("Consensus"),
    "no_comment": N_("Comments of substance"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What the calculator says."""

    criteria: tuple[Criterion, ...]
    outcome: Outcome
    decisions: tuple[str, ...]  # stages that may lawfully be declared
    flags: frozenset[Flag] = frozenset()


def reckon(terms: RuleTerms, tallies: Tallies) -> Result:
    """Return criteria, outcome and lawful decisions; says so where leaving out votes decided the outcome."""
    found = _reckon(terms, tallies)
    if terms.ignore_unreasoned and any(tally.unreasoned for tally in tallies.among("all")):
        counted = _reckon(replace(terms, ignore_unreasoned=False), tallies)
        if counted.outcome is not found.outcome:
            return replace(found, flags=found.flags | {Flag.EXCLUSION_DECIDED})
    return found


def _reckon(terms: RuleTerms, tallies: Tallies) -> Result:
    criteria: list[Criterion] = []
    flags: set[Flag] = set()
    leading: Outcome | None = None
    for one in terms.criteria:
        rule = str(one["rule"])
        if rule == "consensus":
            flags.add(Flag.LEADERSHIP_DECIDES)
            continue
        if rule == "plurality":
            made, leading = _plurality(one, tallies)
        else:
            made = _SHARES[rule](one, terms, tallies)
        criteria.append(made)
        if rule == "countries" and made.passed is False:
            flags.add(Flag.FEW_COUNTRIES)
    outcome = _outcome([one for one in criteria if one.rule != "countries"], leading)
    passed = terms.passed if outcome is Outcome.APPROVED else ()
    return Result(tuple(criteria), outcome, (*terms.always, *passed), frozenset(flags))


def _outcome(criteria: list[Criterion], leading: Outcome | None) -> Outcome:
    if not criteria or any(one.passed is None for one in criteria):
        return Outcome.UNDETERMINED
    if any(one.rule == "plurality" for one in criteria):
        return leading or Outcome.UNDETERMINED
    return Outcome.APPROVED if all(one.passed for one in criteria) else Outcome.NOT_APPROVED


def _counted(tallies: tuple[Tally, ...], terms: RuleTerms) -> tuple[int, int]:
    """Return the votes for and against that count: abstentions never do."""
    against = sum(one.of(*_AGAINST) - (one.unreasoned if terms.ignore_unreasoned else 0) for one in tallies)
    return sum(one.of(*_FOR) for one in tallies), against


def _majority(one: Mapping[str, Any], terms: RuleTerms, tallies: Tallies) -> Criterion:
    pro, con = _counted(tallies.among(str(one.get("among", "p"))), terms)
    threshold = share(one["share"])
    if not pro + con:
        return Criterion("majority", None, threshold, None)
    value = Fraction(pro, pro + con)
    passed = value >= threshold if one.get("equal_passes", True) else value > threshold
    return Criterion("majority", value, threshold, passed, (pro, pro + con))


def _negative(one: Mapping[str, Any], terms: RuleTerms, tallies: Tallies) -> Criterion:
    pro, con = _counted(tallies.among(str(one.get("among", "all"))), terms)
    threshold = share(one["share"])
    if not pro + con:
        return Criterion("negative", None, threshold, None)
    value = Fraction(con, pro + con)
    return Criterion("negative", value, threshold, value <= threshold, (con, pro + con))


def _experts(one: Mapping[str, Any], _terms: RuleTerms, tallies: Tallies) -> Criterion:
    needed = int(one["small"]) if tallies.p_members <= int(one["limit"]) else int(one["large"])
    found = Fraction(tallies.naming)
    return Criterion("experts", found, Fraction(needed), found >= needed, (tallies.naming, needed))


def _participation(one: Mapping[str, Any], _terms: RuleTerms, tallies: Tallies) -> Criterion:
    threshold = share(one["share"])
    if not tallies.p_members:
        return Criterion("participation", None, threshold, None)
    took = sum(sum(tally.answers.values()) for tally in tallies.among("all"))
    value = Fraction(took, tallies.p_members)
    return Criterion("participation", value, threshold, value >= threshold, (took, tallies.p_members))


def _countries(one: Mapping[str, Any], _terms: RuleTerms, tallies: Tallies) -> Criterion:
    least = int(one["least"])
    return Criterion(
        "countries",
        Fraction(tallies.countries),
        Fraction(least),
        tallies.countries >= least,
        (tallies.countries, least),
    )


def _no_comment(_one: Mapping[str, Any], _terms: RuleTerms, tallies: Tallies) -> Criterion:
    number = tallies.substantive
    return Criterion("no_comment", Fraction(number), Fraction(0), number == 0, (number, 0))


_SHARES = {
    "majority": _majority,
    "negative": _negative,
    "experts": _experts,
    "participation": _participation,
    "countries": _countries,
    "no_comment": _no_comment,
}


def _plurality(one: Mapping[str, Any], tallies: Tallies) -> tuple[Criterion, Outcome | None]:
    """A simple majority of those who chose one of the options: more than half of them."""
    counts = {
        name: sum(tally.of(name) for tally in tallies.among(str(one.get("among", "p")))) for name in one["options"]
    }
    total, half = sum(counts.values()), Fraction(1, 2)
    if not total:
        return Criterion("plurality", None, half, None), None
    name, most = max(counts.items(), key=lambda pair: pair[1])
    passed = 2 * most > total
    made = Criterion("plurality", Fraction(most, total), half, passed, (most, total))
    return made, Outcome(name) if passed else None
