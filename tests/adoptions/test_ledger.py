"""The ledger on a real database: alarms that move, degrees that become facts, rates that count what counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from forum.adoptions import errors
from forum.adoptions.models import Adoption, AdoptionAlarm, Degree, DifferenceKind, Direction
from forum.adoptions.operations import differences, entering, seeding, watching
from forum.adoptions.operations.differences import Departure
from forum.adoptions.operations.entering import Facts, Hand
from forum.adoptions.queries import ledger, rates
from forum.adoptions.queries.moving import changes_since, drift_of, drifts
from forum.adoptions.rules.drift import Alarm, Level
from forum.adoptions.rules.rate import Scope
from forum.adoptions.states import AdoptionState, EntryState
from forum.committees.models import Confidence
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.standards.models import Standing
from tests.adoptions.shelf import (
    IN_FORCE,
    OFFICE,
    OFFICER,
    Shelf,
    adopted,
    enter_stage,
    furnish_shelf,
    replaces,
    standard,
)
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.statements import counted_statements

SECRETARY = Actor("account:secretary")
CHANGE = Text("Indicators for heating are added.", "增加供暖指标。")
REASON = Text("Climate of the north.", "北方气候条件。")

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def shelf(cast: Cast, writing: None) -> Shelf:
    return furnish_shelf(cast)


def level(row: Adoption) -> Level:
    found = drift_of(row)
    assert found is not None
    return found.level


def test_the_known_pairs_show_the_alarms_of_the_catalogue(shelf: Shelf, clock: FixedClock) -> None:
    old = standard("ISO 37120:2014", "95.99")
    replaces(standard("ISO 37120:2018", "60.60"), old)
    system = standard("ISO 37101:2016", "90.93", date(2021, 7, 1))
    standard("ISO 37101:2016/Amd 1:2024", supplement="Amd", base_id=system.id, kind="Amd")
    standard("ISO 37100:2016", "90.92", replaced_by=["ISO/DIS 37100"])
    standard("ISO/DIS 37100", "40.60")
    standard("ISO 37104:2019", "90.93")
    standard("GB/T 36749-2018")
    assert seeding.write_known(clock()) == 4
    assert seeding.write_known(clock()) == 0
    rows = ledger.entered(ledger.Wanted())
    shown = {row.national.reference: level(row) for row in rows}
    assert shown == {
        "GB/T 36749-2018": Level.RED,
        "GB/T 40758-2021": Level.AMBER,
        "GB/T 40759-2021": Level.AMBER,
        "GB/T 40761-2021": Level.GREEN,
    }
    assert all(row.confirmed_degree is None for row in rows)
    found = drift_of(rows[0])
    assert found is not None
    assert found.leading.others == ("ISO 37120:2018",)
    made = session.scalar(select(Adoption.confidence).where(Adoption.national.has(reference="GB/T 40758-2021")))
    assert made is Confidence.TO_CONFIRM


def test_the_alarm_follows_the_base_the_moment_it_moves(shelf: Shelf, clock: FixedClock) -> None:
    base = standard("ISO 1:2020", "60.60", date(2020, 1, 1))
    row = adopted(standard("GB/T 1-2022"), base, clock())
    assert level(row) is Level.GREEN
    coming = standard("ISO/DIS 1", "40.20", date(2026, 1, 1))
    replaces(coming, base)
    assert level(row) is Level.BLUE
    enter_stage(base, "90.92", date(2026, 6, 1))
    assert level(row) is Level.AMBER
    enter_stage(coming, "60.60", date(2027, 1, 1))
    coming.standing = Standing.PUBLISHED
    enter_stage(base, "95.99", date(2027, 1, 2))
    found = drift_of(row)
    assert found is not None
    assert found.leading.alarm is Alarm.REPLACED


def test_an_amendment_adopted_by_a_national_amendment_raises_no_alarm(shelf: Shelf, clock: FixedClock) -> None:
    base, national = standard("ISO 1:2020"), standard("GB/T 1-2022")
    row = adopted(national, base, clock())
    amendment = standard("ISO 1:2020/Amd 1:2024", supplement="Amd", base_id=base.id, kind="Amd")
    assert level(row) is Level.AMBER
    own = standard("GB/T 1-2022/XG1-2025", supplement="Amd", base_id=national.id)
    adopted(own, amendment, clock())
    assert level(row) is Level.GREEN


def test_a_record_that_names_its_successor_by_number_is_understood(shelf: Shelf, clock: FixedClock) -> None:
    base = standard("ISO 1:2014", "95.99", iso_id=1, replaced_by=[2, 3])
    row = adopted(standard("GB/T 1-2015"), base, clock())
    standard("ISO 1:2018", iso_id=2)
    found = drift_of(row)
    assert found is not None
    assert found.leading.others == ("ISO 1:2018",)


def test_the_reverse_direction_has_neither_degree_nor_alarm(shelf: Shelf, clock: FixedClock) -> None:
    base, national = standard("ISO 37170:2022", "95.99"), standard("GB/T 2-2020")
    row = adopted(national, base, clock(), direction=Direction.ORIGIN, degree=None)
    assert drift_of(row) is None
    with pytest.raises(errors.NoDegreeInReverse):
        adopted(national, standard("ISO 3:2022"), clock(), direction=Direction.ORIGIN)


def test_the_alarms_of_many_cost_as_many_statements_as_those_of_one(shelf: Shelf, clock: FixedClock) -> None:
    def asked() -> int:
        session.expire_all()
        with counted_statements() as seen:
            drifts(ledger.entered(ledger.Wanted()))
        return len(seen)

    first = standard("ISO 1:2020", replaced_by=["ISO 9:2030"])
    standard("ISO 1:2020/Amd 1:2024", supplement="Amd", base_id=first.id)
    adopted(standard("GB/T 1-2022"), first, clock())
    one = asked()
    for number in range(2, 9):
        base = standard(f"ISO {number}:2020", replaced_by=[f"ISO {number}:2030"])
        standard(f"ISO {number}:2020/Amd 1:2024", supplement="Amd", base_id=base.id)
        adopted(standard(f"GB/T {number}-2022"), base, clock())
    assert asked() == one <= 7


def test_what_moved_is_recorded_once_and_the_entry_stays_as_it_was_opened(shelf: Shelf, clock: FixedClock) -> None:
    base = standard("ISO 1:2020", "90.93", date(2024, 1, 1))
    row = adopted(standard("GB/T 1-2022"), base, clock())
    version, before = row.version, clock() - timedelta(days=1)
    assert watching.look(clock()) == 1
    assert watching.look(clock()) == 0
    enter_stage(base, "90.92", date(2027, 2, 1))
    clock.forward(hours=1)
    assert watching.look(clock()) == 1
    told = changes_since(before)
    assert [(each.before, each.after) for each in told] == [("confirmed", "to_be_revised")]
    assert row.version == version
    assert changes_since(clock()) == []


def test_another_look_in_between_leaves_no_second_record(shelf: Shelf, clock: FixedClock) -> None:
    row = adopted(standard("GB/T 1-2022"), standard("ISO 1:2020"), clock())
    watching.look(clock())
    session.execute(Adoption.__table__.update().values(drift="amendment:X"))  # type: ignore[attr-defined]
    assert row.drift == "current:"  # as this look has read it
    row_alarms = session.query(AdoptionAlarm).count()
    base = row.international
    enter_stage(base, "90.92")
    session.refresh(row, ["version"])
    assert watching._note(row, drifts([row])[row.id], clock()) is False
    assert session.query(AdoptionAlarm).count() == row_alarms


def test_a_modified_adoption_becomes_a_fact_with_every_difference_reasoned(shelf: Shelf, clock: FixedClock) -> None:
    row = adopted(standard("GB/T 1-2022"), standard("ISO 1:2020"), clock(), degree=Degree.MOD)

    def confirm() -> None:
        entering.confirm_degree(row, "openstd", hand=OFFICE, actor=OFFICER, now=clock())

    with pytest.raises(errors.DifferencesMissing):
        confirm()
    bare = Departure(DifferenceKind.TECHNICAL, "5.2", CHANGE)
    with pytest.raises(errors.ReasonMissing):
        differences.write_difference(row, None, bare, hand=OFFICE, actor=OFFICER, now=clock())
    reasoned = Departure(DifferenceKind.TECHNICAL, "5.2", CHANGE, REASON)
    made = differences.write_difference(row, None, reasoned, hand=OFFICE, actor=OFFICER, now=clock())
    made.reason_en = made.reason_zh = ""  # as it could only be written past the product
    with pytest.raises(errors.ReasonMissing):
        confirm()
    made.reason_zh = "北方气候条件。"
    confirm()
    assert row.confirmed_degree is Degree.MOD
    differences.remove_difference(row, made, hand=OFFICE, actor=OFFICER, now=clock())
    assert row.confirmed_degree is None


def test_an_identical_adoption_takes_no_technical_difference_once_it_is_a_fact(shelf: Shelf, clock: FixedClock) -> None:
    row = adopted(standard("GB/T 1-2022"), standard("ISO 1:2020"), clock())
    entering.confirm_degree(row, "openstd", hand=OFFICE, actor=OFFICER, now=clock())
    technical = Departure(DifferenceKind.TECHNICAL, "5.2", CHANGE, REASON)
    with pytest.raises(errors.IdenticalDiffers):
        differences.write_difference(row, None, technical, hand=OFFICE, actor=OFFICER, now=clock())
    editorial = Departure(DifferenceKind.EDITORIAL, "Foreword", CHANGE)
    differences.write_difference(row, None, editorial, hand=OFFICE, actor=OFFICER, now=clock())
    assert row.confirmed_degree is Degree.IDT


def test_a_degree_that_changes_has_to_be_confirmed_again(shelf: Shelf, clock: FixedClock) -> None:
    row = adopted(standard("GB/T 1-2022"), standard("ISO 1:2020"), clock())
    with pytest.raises(errors.EvidenceMissing):
        entering.confirm_degree(row, " ", hand=OFFICE, actor=OFFICER, now=clock())
    entering.confirm_degree(row, "openstd", hand=OFFICE, actor=OFFICER, now=clock())
    facts = Facts("", "", Degree.IDT, state=AdoptionState.IN_FORCE, in_force_from=IN_FORCE)
    entering.change(row, facts, hand=OFFICE, actor=OFFICER, now=clock())
    assert row.confirmed_degree is Degree.IDT  # nothing of the degree changed
    entering.change(
        row,
        Facts("", "", Degree.NEQ, state=AdoptionState.IN_FORCE, in_force_from=IN_FORCE),
        hand=OFFICE,
        actor=OFFICER,
        now=clock(),
    )
    assert row.degree_confidence is Confidence.TO_CONFIRM
    assert row.verified_by == ""


def test_the_rate_counts_confirmed_identical_and_modified_ones_in_force_alone(shelf: Shelf, clock: FixedClock) -> None:
    tc268, sc1 = shelf.committees["tc268"], shelf.committees["sc1"]
    bases = [standard(f"ISO {number}:2020", committee_id=tc268) for number in range(1, 7)]
    gone = standard("ISO 8:2010", "95.99", committee_id=tc268)
    standard("ISO/DIS 9", "40.20", committee_id=tc268)
    elsewhere = standard("ISO 10:2020", committee_id=sc1)
    nationals = [standard(f"GB/T {number}-2022") for number in range(1, 9)]
    adopted(nationals[0], bases[0], clock(), sure=True)
    adopted(nationals[1], bases[0], clock(), sure=True, degree=Degree.MOD)  # two of one edition count once
    adopted(nationals[2], bases[1], clock())  # nobody has confirmed the degree
    adopted(nationals[3], bases[2], clock(), sure=True, degree=Degree.NEQ)
    adopted(nationals[4], bases[3], clock(), sure=True, state=AdoptionState.PLANNED, in_force_from=None)
    adopted(nationals[5], gone, clock(), sure=True)
    adopted(nationals[6], elsewhere, clock(), sure=True)
    found = rates.rate(Scope(frozenset({tc268})))
    assert (found.citable, found.adopted, found.unconfirmed, found.planned) == (6, 1, 1, 1)
    assert (found.facts_from, found.facts_to) == (date(2025, 6, 2), date(2025, 6, 2))
    everything = rates.rate()
    assert (everything.citable, everything.adopted) == (7, 2)
    assert rates.rate(Scope(kinds=frozenset({"TS"}))).share is None
    before = found
    adopted(nationals[7], bases[4], clock(), sure=True, degree=Degree.NEQ)
    assert rates.rate(Scope(frozenset({tc268}))) == before


def test_other_rooms_ask_which_editions_are_adopted(shelf: Shelf, clock: FixedClock) -> None:
    bases = [standard(f"ISO {number}:2020") for number in range(1, 5)]
    nationals = [standard(f"GB/T {number}-2022") for number in range(1, 5)]
    sure = adopted(nationals[0], bases[0], clock(), sure=True)
    reported = adopted(nationals[1], bases[1], clock())
    planned = adopted(nationals[2], bases[2], clock(), state=AdoptionState.PLANNED, in_force_from=None)
    adopted(nationals[3], bases[3], clock(), degree=Degree.NEQ, sure=True)
    assert list(ledger.in_force_of(bases[0].id)) == [sure]
    assert list(ledger.in_force_of(bases[1].id)) == []  # its degree is no fact
    assert set(session.scalars(ledger.adopted_editions())) == {bases[0].id, bases[1].id}
    assert set(ledger.of_editions([each.id for each in bases[:3]])) == {sure, reported, planned}


def test_a_secretary_proposes_and_somebody_else_of_the_office_enters(shelf: Shelf, clock: FixedClock) -> None:
    standard("GB/T 1-2022"), standard("ISO 1:2020")
    own = shelf.committees["tc567"]
    facts = Facts("gb/t 1—2022", "iso 1:2020", Degree.IDT, mirror_id=own)
    foreign = Facts("GB/T 1-2022", "ISO 1:2020", mirror_id=shelf.committees["tc28"])
    with pytest.raises(errors.CommitteeForeign):
        entering.propose(foreign, hand=shelf.secretary(), actor=SECRETARY, now=clock())
    row = entering.propose(facts, hand=shelf.secretary(), actor=SECRETARY, now=clock())
    assert row.entry is EntryState.PROPOSED
    assert ledger.entered(ledger.Wanted()) == []
    with pytest.raises(errors.PairKnown):
        entering.propose(facts, hand=OFFICE, actor=OFFICER, now=clock())
    with pytest.raises(UnlawfulAction):
        entering.step(row, "enter", hand=shelf.secretary(), actor=SECRETARY, now=clock())
    other = Hand(frozenset({"secretary"}), frozenset({shelf.committees["tc28"]}))
    with pytest.raises(NotFound):
        entering.step(row, "withdraw", hand=other, actor=SECRETARY, now=clock())
    with pytest.raises(ReasonNeeded):
        entering.step(row, "return", hand=OFFICE, actor=OFFICER, now=clock())
    entering.step(row, "return", hand=OFFICE, actor=OFFICER, now=clock(), reason="Which year?")
    entering.step(row, "propose", hand=shelf.secretary(), actor=SECRETARY, now=clock())
    both = Hand(frozenset({"office", "secretary"}), frozenset({own}))
    with pytest.raises(errors.OwnProposal):
        entering.step(row, "enter", hand=both, actor=SECRETARY, now=clock())
    entering.step(row, "enter", hand=OFFICE, actor=OFFICER, now=clock())
    assert ledger.entered(ledger.Wanted()) == [row]
    with pytest.raises(errors.NotOpen):
        entering.change(row, facts, hand=shelf.secretary(), actor=SECRETARY, now=clock())


def test_a_modified_proposal_without_reasons_is_not_entered(shelf: Shelf, clock: FixedClock) -> None:
    standard("GB/T 1-2022"), standard("ISO 1:2020")
    facts = Facts("GB/T 1-2022", "ISO 1:2020", Degree.MOD, mirror_id=shelf.committees["tc567"])
    row = entering.propose(facts, hand=shelf.secretary(), actor=SECRETARY, now=clock())
    with pytest.raises(errors.DifferencesMissing):
        entering.step(row, "enter", hand=OFFICE, actor=OFFICER, now=clock())
    reasoned = Departure(DifferenceKind.TECHNICAL, "5.2", CHANGE, REASON)
    differences.write_difference(row, None, reasoned, hand=shelf.secretary(), actor=SECRETARY, now=clock())
    entering.step(row, "enter", hand=OFFICE, actor=OFFICER, now=clock())
    assert row.entry is EntryState.ENTERED


def test_two_editors_of_one_entry_notice_each_other(shelf: Shelf, clock: FixedClock) -> None:
    row = adopted(standard("GB/T 1-2022"), standard("ISO 1:2020"), clock())
    seen = row.version
    facts = Facts("", "", Degree.IDT, state=AdoptionState.IN_FORCE, in_force_from=IN_FORCE, evidence="one")
    entering.change(row, facts, hand=OFFICE, actor=OFFICER, now=clock(), seen=seen)
    with pytest.raises(errors.ChangedMeanwhile):
        entering.change(row, facts, hand=OFFICE, actor=OFFICER, now=clock(), seen=seen)


@pytest.mark.parametrize(
    ("national", "international", "refusal"),
    [
        ("GB/T 9-1999", "ISO 1:2020", errors.UnknownStandard),
        ("GB/T 1-2022", "ISO 9:1999", errors.UnknownStandard),
        ("ISO 1:2020", "ISO 1:2020", errors.NotNational),
        ("GB/T 1-2022", "GB/T 1-2022", errors.NotInternational),
        ("—", "", errors.UnknownStandard),
    ],
)
def test_a_pair_is_a_national_standard_and_an_international_edition(
    shelf: Shelf, clock: FixedClock, national: str, international: str, refusal: type[Exception]
) -> None:
    standard("GB/T 1-2022"), standard("ISO 1:2020")
    with pytest.raises(refusal):
        entering.propose(Facts(national, international), hand=OFFICE, actor=OFFICER, now=clock())


def test_a_standard_is_in_force_from_a_day_and_ends_after_it(shelf: Shelf, clock: FixedClock) -> None:
    standard("GB/T 1-2022"), standard("ISO 1:2020")
    with pytest.raises(errors.DayMissing):
        entering.propose(
            Facts("GB/T 1-2022", "ISO 1:2020", state=AdoptionState.IN_FORCE), hand=OFFICE, actor=OFFICER, now=clock()
        )
    row = entering.propose(Facts("GB/T 1-2022", "ISO 1:2020"), hand=OFFICE, actor=OFFICER, now=clock())
    doing = {"hand": OFFICE, "actor": OFFICER, "now": clock()}
    with pytest.raises(UnlawfulAction):
        entering.turn(row, "supersede", IN_FORCE, **doing)  # type: ignore[arg-type]
    entering.turn(row, "begin", IN_FORCE, **doing)  # type: ignore[arg-type]
    with pytest.raises(errors.OverBeforeItBegan):
        entering.turn(row, "supersede", IN_FORCE - timedelta(days=1), **doing)  # type: ignore[arg-type]
    entering.turn(row, "supersede", IN_FORCE, **doing)  # type: ignore[arg-type]
    assert row.state is AdoptionState.SUPERSEDED
