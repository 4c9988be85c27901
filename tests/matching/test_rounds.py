"""A round from the call to the invitations; facts read from the rooms below; lists of the national office."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from forum.audit.models import AuditEntry
from forum.cities.models import Certificate, CityProfile, CommitteeRole, Need, Offer
from forum.cities.words import CityLevel, CommitteePart, Form, Visibility
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.matching import queries
from forum.matching.errors import (
    AddressTaken,
    CallReversed,
    NoRoomLeft,
    NothingFrozen,
    NotInRound,
    OwnCountry,
    PairBarred,
    PairKnown,
    UnknownCountry,
    WeightsChanged,
    WeightsUnsound,
)
from forum.matching.models import MatchProposal, MatchRound, MatchWeights, NoRelations
from forum.matching.operations import rounds, settings
from forum.matching.operations.rounds import Call
from forum.matching.rules.bars import BarKind
from forum.matching.rules.checking import faults
from forum.matching.rules.facts import Grounds
from forum.matching.rules.pairing import Pair
from forum.matching.rules.score import CENTS, DEFAULT_WEIGHTS, Weights, score
from forum.matching.states import ROUND, Decision, RoundState
from forum.partnerships.models import AgreementVersion, CityBlock, Instrument, Partnership, PartnershipParty, Side
from forum.partnerships.states import VersionState
from forum.places.models import City, Country
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.matching.chinese import chinese
from tests.statements import counted_statements

NATION = Actor("account:nation", roles=frozenset({"national_registrar"}))
CITY = Actor("account:liaison", roles=frozenset({"city_liaison"}))
pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def now(clock: FixedClock) -> datetime:
    return clock()


def _city(name: str) -> City:
    return session.scalars(select(City).filter_by(name_en=name)).one()


def _profile(name: str, now: datetime, **facts: Any) -> CityProfile:
    city = _city(name)
    profile = CityProfile(
        city_id=city.id,
        city=city,
        slug=name.lower(),
        **{
            "level": CityLevel.SUB_PROVINCIAL,
            "population": 1_000_000,
            "population_year": 2025,
            "population_source_en": "Yearbook",
            "working_languages": ["en"],
            "capacity": 1,
            "visibility": Visibility.PUBLIC,
            "last_confirmed_on": now.date(),
            **facts,
        },
    )
    session.add(profile)
    session.flush()
    return profile


def _exchange(model: type[Any], name: str, area: str, level: int, **more: Any) -> None:
    session.add(model(city_id=_city(name).id, area=area, level=level, form=Form.EXPERT, **more))
    session.flush()


@pytest.fixture
def three(cast: Cast, writing: None, now: datetime) -> dict[str, int]:
    """Hangzhou with room for one, Lyon that suits it well, Osaka that suits it less."""
    for name in ("Hangzhou", "Lyon", "Osaka"):
        _profile(name, now)
    _exchange(Offer, "Hangzhou", "A03", 3)
    _exchange(Need, "Hangzhou", "A09", 3)
    for name, level in (("Lyon", 3), ("Osaka", 2)):
        _exchange(Offer, name, "A09", level)
        _exchange(Need, name, "A03", 2)
    return {name: _city(name).id for name in ("Hangzhou", "Lyon", "Osaka")}


def _call(now: datetime, slug: str = "spring") -> MatchRound:
    return rounds.open_round(
        Call(slug, Text("Spring round", "春季匹配轮"), Text("Bring your profiles up to date.", "请更新资料。"),
             now.date(), now.date() + timedelta(days=30)),
        actor=NATION,
        now=now,
    )  # fmt: skip


def _frozen(now: datetime, grounds: Grounds | None = None) -> MatchRound:
    made = _call(now)
    today = now.date()
    rounds.freeze(made, queries.facts(today), grounds or queries.grounds(today), actor=NATION, now=now)
    return made


def _pairs(of: MatchRound) -> list[tuple[int, int]]:
    return [(each.first_city_id, each.second_city_id) for each in queries.proposals(of)]


@pytest.mark.usefixtures("three")
def test_facts_are_those_of_the_profiles(now: datetime) -> None:
    today, hangzhou = now.date(), _city("Hangzhou").id
    _exchange(Need, "Hangzhou", "A01", 2)
    _exchange(Need, "Hangzhou", "A02", 1, closed_on=today)
    _exchange(Offer, "Hangzhou", "A05", 1, valid_until=today - timedelta(days=1))
    profile = session.scalars(select(CityProfile).filter_by(city_id=hangzhou)).one()
    profile.focus_areas = ["A01"]
    session.add(
        Certificate(
            city_id=hangzhou,
            standard="ISO 37122:2019",
            body_en="WCCD",
            issued_on=today,
            valid_until=today + timedelta(days=1),
        )
    )
    session.add(
        CommitteeRole(
            city_id=hangzhou,
            body="ISO/TC 292",
            part=CommitteePart.EXPERT,
            starts_on=date(2020, 1, 1),
            ends_on=date(2021, 1, 1),
        )
    )
    session.flush()
    found = {facts.id: facts for facts in queries.facts(today)}[hangzhou]
    assert found.name == Text("Hangzhou", "杭州")
    assert list(found.needs.items()) == [("A01", 2), ("A09", 3)]  # its focus first, then by urgency; closed ones gone
    assert found.offers == {"A03": 3}
    assert found.proven == {"A03"}  # the certificate holds, the part in the committee is over
    assert (found.population, found.capacity, found.taken, found.level) == (1_000_000, 1, 0, "sub_provincial")


@pytest.mark.usefixtures("three")
def test_a_population_without_its_source_counts_as_unknown_and_a_hidden_profile_is_nobody_s_match(
    now: datetime,
) -> None:
    lyon = session.scalars(select(CityProfile).filter_by(slug="lyon")).one()
    lyon.population_source_en = ""
    osaka = session.scalars(select(CityProfile).filter_by(slug="osaka")).one()
    osaka.visibility = Visibility.HIDDEN
    session.flush()
    found = {facts.id: facts for facts in queries.facts(now.date())}
    assert found[lyon.city_id].population is None
    assert osaka.city_id not in found
    assert osaka.city_id in {facts.id for facts in queries.facts(now.date(), own=[osaka.city_id])}


def test_the_statements_do_not_grow_with_the_cities(now: datetime, three: dict[str, int]) -> None:
    def count() -> int:
        session.expire_all()
        with counted_statements() as seen:
            queries.facts(now.date())
        return len(seen)

    before = count()
    for at in range(30):
        city = City(name_en=f"Town {at}", name_zh=f"镇{at}", country_iso2="FR", zone_name="Europe/Paris")
        session.add(city)
        session.flush()
        _profile(f"Town {at}", now)
    assert count() == before <= 8


def _partnership(first: int, second: int, state: VersionState, now: datetime) -> None:
    made = Partnership(number=f"P-{first}-{second}", instrument=Instrument.INTENT, party_key=f"{first},{second}")
    session.add(made)
    session.flush()
    for city, side in ((first, Side.DOMESTIC), (second, Side.FOREIGN)):
        session.add(PartnershipParty(partnership_id=made.id, city_id=city, side=side))
    session.add(
        AgreementVersion(
            partnership_id=made.id, instrument=Instrument.INTENT, state=state, state_since=now, shared_since=now
        )
    )
    session.flush()


@pytest.mark.parametrize(
    ("state", "bars"),
    [(VersionState.ACTIVE, True), (VersionState.NEGOTIATING, True), (VersionState.DRAFT, False),
     (VersionState.EXPIRED, False), (VersionState.DECLINED, False)],
)  # fmt: skip
def test_an_open_partnership_bars_the_pair_and_takes_room_and_a_draft_does_neither(
    state: VersionState, bars: bool, now: datetime, three: dict[str, int]
) -> None:
    _partnership(three["Hangzhou"], three["Lyon"], state, now)
    pair = tuple(sorted((three["Hangzhou"], three["Lyon"])))
    assert (pair in queries.grounds(now.date()).active) is bars
    taken = {facts.id: facts.taken for facts in queries.facts(now.date())}
    assert taken[three["Lyon"]] == int(bars)


def test_a_round_goes_its_way_and_leaves_its_record(now: datetime, three: dict[str, int]) -> None:
    made = _frozen(now)
    found = rounds.propose(made, actor=NATION, now=now)
    assert [(p.first_city_id, p.second_city_id) for p in found] == [tuple(sorted((three["Hangzhou"], three["Lyon"])))]
    rounds.decide(
        found[0], made, Decision.KEPT, "Both mayors know each other.", seen=found[0].version, actor=NATION, now=now
    )
    assert [each.invited_at for each in rounds.invite(made, actor=NATION, now=now)] == [now]
    rounds.close(made, actor=NATION, now=now)
    assert made.state is RoundState.CLOSED
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_id == made.public_id).order_by(AuditEntry.seq))
    bodies = [json.loads(entry.body) for entry in entries]
    assert [body["action"] for body in bodies] == ["open", "freeze", "propose", "edit", "invite", "close"]
    assert "mayors" not in str(bodies)
    assert "Lyon" not in str(bodies)


@pytest.mark.usefixtures("three")
def test_a_proposal_keeps_version_inputs_parts_and_reasons(now: datetime) -> None:
    made = _frozen(now)
    kept = rounds.propose(made, actor=NATION, now=now)[0]
    cities = rounds.frozen_cities(made)
    first, second = cities[kept.first_city_id], cities[kept.second_city_id]
    assert kept.parts["cents"] == score(first, second, DEFAULT_WEIGHTS, now.year).parts()
    assert sum(kept.parts["cents"].values()) == kept.score
    assert {kept.inputs["first"]["id"], kept.inputs["second"]["id"]} == {first.id, second.id}
    assert {reason["kind"] for reason in kept.parts["reasons"]} >= {"offer", "hours", "languages", "size"}
    assert session.get_one(MatchWeights, kept.weights_id).number == 1


def test_frozen_profiles_stay_as_they_were(now: datetime, three: dict[str, int]) -> None:
    made = _frozen(now)
    for offer in session.scalars(select(Offer).where(Offer.city_id == three["Lyon"])):
        offer.closed_on = now.date()
    session.flush()
    assert not {f.id: f for f in queries.facts(now.date())}[three["Lyon"]].offers
    rounds.propose(made, actor=NATION, now=now)
    assert _pairs(made) == [tuple(sorted((three["Hangzhou"], three["Lyon"])))]


def test_the_proposal_has_no_fault(now: datetime, three: dict[str, int]) -> None:
    made = _frozen(now)
    chosen = [
        Pair(p.first_city_id, p.second_city_id, p.score, p.stale) for p in rounds.propose(made, actor=NATION, now=now)
    ]
    cities = list(rounds.frozen_cities(made).values())
    assert not faults(cities, chosen, DEFAULT_WEIGHTS, rounds.frozen_grounds(made), floor=30 * CENTS)
    # The control: had Osaka been taken, Hangzhou and Lyon would prefer each other.
    other = _other_pair(cities, three, now)
    assert faults(cities, other, DEFAULT_WEIGHTS, rounds.frozen_grounds(made), floor=30 * CENTS).blocking


def _other_pair(cities: list[Any], three: dict[str, int], now: datetime) -> list[Pair]:
    by_id = {each.id: each for each in cities}
    one, two = sorted((three["Hangzhou"], three["Osaka"]))
    return [Pair(one, two, score(by_id[one], by_id[two], DEFAULT_WEIGHTS, now.year).total)]


def test_people_drop_and_add_with_reasons_within_capacity(now: datetime, three: dict[str, int]) -> None:
    made = _frozen(now)
    first = rounds.propose(made, actor=NATION, now=now)[0]
    with pytest.raises(ReasonNeeded):
        rounds.decide(first, made, Decision.DROPPED, "  ", seen=first.version, actor=NATION, now=now)
    with pytest.raises(NoRoomLeft):
        rounds.add(made, three["Osaka"], three["Hangzhou"], "A wish", actor=NATION, now=now)
    rounds.decide(first, made, Decision.DROPPED, "Lyon asked to wait.", seen=first.version, actor=NATION, now=now)
    added = rounds.add(made, three["Osaka"], three["Hangzhou"], "Osaka is next.", actor=NATION, now=now)
    assert (added.decision, added.reason, added.decided_by) == (Decision.ADDED, "Osaka is next.", NATION.reference)
    assert added.score == sum(added.parts["cents"].values())
    with pytest.raises(PairKnown):
        rounds.add(made, three["Hangzhou"], three["Osaka"], "Again", actor=NATION, now=now)
    with pytest.raises(NoRoomLeft):
        rounds.decide(first, made, Decision.KEPT, "After all", seen=first.version, actor=NATION, now=now)
    assert made.state is RoundState.EDITED
    assert rounds.invite(made, actor=NATION, now=now) == [added]
    assert first.invited_at is None


def test_hard_filters_hold_for_people_too(now: datetime, three: dict[str, int]) -> None:
    session.add(CityBlock(city_id=three["Osaka"], blocked_city_id=three["Hangzhou"]))
    session.flush()
    made = _frozen(now)
    rounds.propose(made, actor=NATION, now=now)
    with pytest.raises(PairBarred) as refused:
        rounds.add(made, three["Hangzhou"], three["Osaka"], "A wish", actor=NATION, now=now)
    assert refused.value.say(str) == "One of these cities has set the other aside."
    assert refused.value.say(chinese()) == "其中一个城市已将另一方设为暂不接洽。"
    with pytest.raises(NotInRound):
        rounds.add(made, three["Hangzhou"], 999_999, "A wish", actor=NATION, now=now)


@pytest.mark.parametrize("kind", BarKind)
def test_each_bar_is_said_when_a_pair_is_added_by_hand(kind: BarKind) -> None:
    assert PairBarred(kind).say(str).endswith(".")
    assert not re.search(r"[A-Za-z]", PairBarred(kind).say(chinese()))


def test_a_blocked_full_paired_or_unrecognised_city_never_appears(now: datetime, three: dict[str, int]) -> None:
    today = now.date()
    hangzhou, lyon = three["Hangzhou"], three["Lyon"]
    pair = (min(hangzhou, lyon), max(hangzhou, lyon))
    cities = queries.facts(today)
    for at, (grounds, known) in enumerate(
        [
            (Grounds(today, active=frozenset({pair})), cities),
            (Grounds(today, blocks=frozenset({(hangzhou, lyon)})), cities),
            (Grounds(today, blocks=frozenset({(lyon, hangzhou)})), cities),
            (Grounds(today, no_relations=frozenset({"FR"})), cities),
            (Grounds(today), [replace(each, taken=1) if each.id == lyon else each for each in cities]),
        ]
    ):
        made = _call(now, f"round-{at}")
        rounds.freeze(made, known, grounds, actor=NATION, now=now)
        rounds.propose(made, actor=NATION, now=now)
        assert pair not in _pairs(made)
        assert _pairs(made) == [tuple(sorted((hangzhou, three["Osaka"])))]


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("action", ["freeze", "propose", "edit", "invite", "close", "call_off"])
def test_only_the_table_s_steps_work_and_only_for_the_national_office(state: RoundState, action: str) -> None:
    lawful = any(row.action == action and state in row.sources for row in ROUND.rows)
    if lawful:
        assert ROUND.step(state, action, NATION.roles, "because").action == action
    else:
        with pytest.raises(UnlawfulAction):
            ROUND.step(state, action, NATION.roles, "because")
    with pytest.raises(UnlawfulAction):
        ROUND.step(state, action, CITY.roles, "because")


@pytest.mark.usefixtures("three")
def test_a_city_can_t_run_a_round(now: datetime) -> None:
    made = _call(now)
    with pytest.raises(UnlawfulAction):
        rounds.freeze(made, queries.facts(now.date()), queries.grounds(now.date()), actor=CITY, now=now)
    assert made.state is RoundState.CALL


def test_a_round_without_cities_isn_t_frozen(now: datetime) -> None:
    made = _call(now)
    with pytest.raises(NothingFrozen):
        rounds.freeze(made, [], queries.grounds(now.date()), actor=NATION, now=now)


def test_a_round_has_an_address_of_its_own_and_days_in_order(now: datetime) -> None:
    _call(now)
    with pytest.raises(AddressTaken):
        _call(now)
    for slug in ("new", "weights", "countries"):
        with pytest.raises(AddressTaken):
            _call(now, slug)
    with pytest.raises(CallReversed):
        rounds.open_round(
            Call("other", Text("One", "一"), Text(), now.date(), now.date() - timedelta(days=1)), actor=NATION, now=now
        )


def test_weights_have_versions_that_never_change(now: datetime) -> None:
    first = settings.weights_in_force(now)
    assert first.number == 1
    assert queries.weights_in(first) == DEFAULT_WEIGHTS
    second = settings.lay_down_weights(Weights(fit=40, give=25), floor=25, cap=5, seen=1, actor=NATION, now=now)
    assert settings.weights_in_force(now) is second
    with pytest.raises(WeightsUnsound):
        settings.lay_down_weights(Weights(fit=50), floor=30, cap=5, seen=2, actor=NATION, now=now)
    with pytest.raises(WeightsChanged):
        settings.lay_down_weights(DEFAULT_WEIGHTS, floor=30, cap=5, seen=1, actor=NATION, now=now)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE match_weights SET fit = 44, give = 21"))


def test_the_list_of_countries_begins_empty_and_is_the_office_s(now: datetime) -> None:
    assert queries.countries_without_relations() == []
    settings.list_country("FR", actor=NATION, now=now)
    settings.list_country("FR", actor=NATION, now=now)
    assert [row.country_iso2 for row in queries.countries_without_relations()] == ["FR"]
    settings.unlist_country("FR", actor=NATION, now=now)
    assert session.scalars(select(NoRelations)).all() == []
    with pytest.raises(UnknownCountry):
        settings.list_country("XX", actor=NATION, now=now)
    with pytest.raises(OwnCountry):
        settings.list_country("CN", actor=NATION, now=now)
    assert session.get(Country, "FR") is not None


@pytest.mark.usefixtures("three")
def test_reading_the_pairs_of_a_round_takes_one_statement(now: datetime) -> None:
    made = _frozen(now)
    rounds.propose(made, actor=NATION, now=now)
    session.flush()
    session.expire_all()
    _ = made.id
    with counted_statements() as seen:
        found = queries.proposals(made)
        assert [each.first_city.name_en for each in found]
    assert len(seen) == 1
    assert session.scalars(select(MatchProposal)).unique().all() == found


def test_facts_of_the_cast_come_without_a_profile_to_nothing(cast: Cast, now: datetime) -> None:
    assert queries.facts(now.date()) == []
