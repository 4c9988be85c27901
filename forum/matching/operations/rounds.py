"""A matching round: call, freeze, propose, edit with reasons, invite, close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import StaleEdit
from forum.core.text import clean, clean_line
from forum.core.workflow import ReasonNeeded
from forum.matching.errors import (
    AddressTaken,
    CallReversed,
    NameNeeded,
    NoRoomLeft,
    NothingFrozen,
    NotInRound,
    PairBarred,
    PairKnown,
)
from forum.matching.models import MatchProposal, MatchRound, MatchWeights
from forum.matching.operations.inviting import tell_cities
from forum.matching.operations.settings import weights_in_force
from forum.matching.queries import proposals, weights_in
from forum.matching.rules.bars import bars
from forum.matching.rules.explaining import reasons
from forum.matching.rules.facts import CityFacts, Grounds, as_record, from_record, pair_of
from forum.matching.rules.pairing import Pair, ranked_pairs, room_of, stable_matching
from forum.matching.rules.score import CENTS, score
from forum.matching.states import ROUND, STANDING, Decision, RoundState

RESERVED = frozenset({"new", "weights", "countries"})  # addresses of other pages beside the rounds


@dataclass(frozen=True, slots=True)
class Call:
    """What a round calls for."""

    slug: str
    name: Text
    text: Text
    opens_on: date
    closes_on: date  # last day


def open_round(call: Call, *, actor: Actor, now: datetime) -> MatchRound:
    """Open a round; raise ``NameNeeded``, ``CallReversed`` or ``AddressTaken``."""
    name = Text(clean_line(call.name.en), clean_line(call.name.zh))
    if not (name.en and name.zh):
        raise NameNeeded
    if call.closes_on < call.opens_on:
        raise CallReversed
    if call.slug in RESERVED:
        raise AddressTaken
    made = MatchRound(
        slug=call.slug,
        name_en=name.en,
        name_zh=name.zh,
        call_text_en=clean(call.text.en),
        call_text_zh=clean(call.text.zh),
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        state=RoundState.CALL,
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as taken:
        raise AddressTaken from taken
    record(actor, "open", "match_round", made.public_id, now=now)
    return made


def _move(of: MatchRound, action: str, *, actor: Actor, now: datetime, reason: str = "", **facts: Any) -> None:
    row = ROUND.step(of.state, action, actor.roles, reason)
    before, of.state = of.state, RoundState(row.target)
    of.edits += 1
    session.flush()
    record(actor, action, "match_round", of.public_id, now=now, before=str(before), after=row.target, **facts)


def freeze(of: MatchRound, cities: Sequence[CityFacts], grounds: Grounds, *, actor: Actor, now: datetime) -> None:
    """Freeze the profiles and what stands between the cities; later changes don't touch this round."""
    ROUND.step(of.state, "freeze", actor.roles)
    if not cities:
        raise NothingFrozen
    weights = weights_in_force(now)
    of.weights_id, of.weights, of.frozen_at = weights.id, weights, now
    of.frozen = {
        "cities": [as_record(city) for city in sorted(cities, key=lambda city: city.id)],
        "today": grounds.today.isoformat(),
        "active": sorted(map(list, grounds.active)),
        "blocks": sorted(map(list, grounds.blocks)),
        "no_relations": sorted(grounds.no_relations),
    }
    _move(of, "freeze", actor=actor, now=now, cities=len(cities), weights=weights.number)


def frozen_cities(of: MatchRound) -> dict[int, CityFacts]:
    """Return the frozen facts of a round, by city."""
    return {facts.id: facts for facts in map(from_record, of.frozen.get("cities", ()))}


def frozen_grounds(of: MatchRound) -> Grounds:
    """Return what stood between the cities when the round was frozen."""
    kept = of.frozen
    return Grounds(
        date.fromisoformat(kept["today"]),
        active=frozenset((one, two) for one, two in kept["active"]),
        blocks=frozenset((one, two) for one, two in kept["blocks"]),
        no_relations=frozenset(kept["no_relations"]),
    )


def _weights_of(of: MatchRound) -> MatchWeights:
    if of.weights is None:
        message = f"round {of.id} has no weights"
        raise RuntimeError(message)
    return of.weights


def propose(of: MatchRound, *, actor: Actor, now: datetime) -> Sequence[MatchProposal]:
    """Match the frozen cities and keep each pair with its inputs, parts and reasons."""
    ROUND.step(of.state, "propose", actor.roles)
    cities, grounds, weights = frozen_cities(of), frozen_grounds(of), _weights_of(of)
    ranked = ranked_pairs(cities.values(), weights_in(weights), grounds, floor=weights.floor * CENTS)
    chosen = stable_matching(ranked, room_of(cities.values()))
    made = [_kept(of, pair, cities, grounds, Decision.PROPOSED) for pair in chosen]
    session.add_all(made)
    _move(of, "propose", actor=actor, now=now, pairs=len(made), weights=weights.number)
    return made


def _kept(
    of: MatchRound, pair: Pair, cities: dict[int, CityFacts], grounds: Grounds, decision: Decision
) -> MatchProposal:
    first, second, weights = cities[pair.first], cities[pair.second], _weights_of(of)
    found = score(first, second, weights_in(weights), grounds.today.year)
    return MatchProposal(
        round_id=of.id,
        first_city_id=first.id,
        second_city_id=second.id,
        weights_id=weights.id,
        score=found.total,
        stale=pair.stale,
        inputs={"first": as_record(first), "second": as_record(second), "year": grounds.today.year},
        parts={
            "cents": found.parts(),
            "reasons": [each.as_record() for each in reasons(first, second, grounds.today.year)],
        },
        decision=decision,
    )


def decide(
    proposal: MatchProposal,
    of: MatchRound,
    decision: Decision,
    reason: str,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep or drop a pair with a reason; ``seen`` is the version of the pair that the person looked at.

    A dropped pair comes back only while both cities have room.  Raises ``ReasonNeeded``, ``NoRoomLeft``, ``StaleEdit``.
    """
    reason = clean(reason)
    if decision not in {Decision.KEPT, Decision.DROPPED}:
        message = f"{decision} is no decision about a pair that stands"
        raise ValueError(message)
    if not reason:
        raise ReasonNeeded
    ROUND.step(of.state, "edit", actor.roles, reason)
    if seen != proposal.version:
        raise StaleEdit
    if decision is Decision.KEPT and proposal.decision is Decision.DROPPED:
        _ask_for_room(of, (proposal.first_city_id, proposal.second_city_id))
    proposal.decision, proposal.reason = decision, reason
    proposal.decided_by, proposal.decided_at = actor.reference, now
    _move(of, "edit", actor=actor, now=now, reason=reason, proposal=proposal.public_id, decision=str(decision))


def add(of: MatchRound, first: int, second: int, reason: str, *, actor: Actor, now: datetime) -> MatchProposal:
    """Add a pair by hand, with a reason; hard filters and room hold for people too, the least score doesn't.

    Raises ``NotInRound``, ``PairBarred``, ``NoRoomLeft`` or ``PairKnown``.
    """
    reason = clean(reason)
    ROUND.step(of.state, "edit", actor.roles, reason)
    cities, grounds = frozen_cities(of), frozen_grounds(of)
    one, two = pair_of(first, second)
    if one not in cities or two not in cities:
        raise NotInRound
    if (bar := next(bars(cities[one], cities[two], grounds), None)) is not None:
        raise PairBarred(bar.kind)
    if any({each.first_city_id, each.second_city_id} == {one, two} for each in proposals(of)):
        raise PairKnown
    _ask_for_room(of, (one, two))
    stale = cities[one].is_stale(grounds.today) or cities[two].is_stale(grounds.today)
    made = _kept(of, Pair(one, two, 0, stale), cities, grounds, Decision.ADDED)
    made.reason, made.decided_by, made.decided_at = reason, actor.reference, now
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as known:
        raise PairKnown from known
    _move(of, "edit", actor=actor, now=now, reason=reason, proposal=made.public_id, decision="added")
    return made


def _ask_for_room(of: MatchRound, pair: Iterable[int]) -> None:
    """Raise ``NoRoomLeft`` if a city of the pair carries as many partners as it can.

    Two people who edit at once are told apart by the version of the round, which every edit moves on.
    """
    cities = frozen_cities(of)
    load = Counter(
        city
        for each in proposals(of)
        if each.decision in STANDING
        for city in (each.first_city_id, each.second_city_id)
    )
    for city in pair:
        if load[city] >= cities[city].free:
            raise NoRoomLeft


def invite(of: MatchRound, *, actor: Actor, now: datetime) -> Sequence[MatchProposal]:
    """Open the standing pairs to their cities, and write to both liaisons of each in their languages."""
    ROUND.step(of.state, "invite", actor.roles)
    standing = [each for each in proposals(of) if each.decision in STANDING]
    for each in standing:
        each.invited_at = now
    told = tell_cities(of, standing, now=now)
    _move(of, "invite", actor=actor, now=now, pairs=len(standing), mails=told)
    return standing


def close(of: MatchRound, *, actor: Actor, now: datetime) -> None:
    """Close a round whose cities were invited."""
    _move(of, "close", actor=actor, now=now)


def call_off(of: MatchRound, reason: str, *, actor: Actor, now: datetime) -> None:
    """Call a round off, with a reason."""
    _move(of, "call_off", actor=actor, now=now, reason=clean(reason))
