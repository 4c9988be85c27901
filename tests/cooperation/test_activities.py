"""Activities: planned under an agreement in force, held on real days, each accounted for at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from forum.audit.models import AuditEntry
from forum.cooperation import errors
from forum.cooperation.models import Activity, ActivityKind, Decision, ParticipantRole, Stage
from forum.cooperation.operations import activities
from forum.cooperation.operations.activities import Amount, Held
from forum.cooperation.queries.activities import continued_by, open_of
from forum.cooperation.states import OPEN_ACTIVITIES, ActivityState
from forum.cooperation.work import Activities
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound, StaleEdit
from forum.core.walltime import UnknownZone
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.partnerships.errors import ActivitiesUndecided
from forum.partnerships.models import Instrument, Partnership, Side
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations import perform
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.queries.timeline import records
from forum.partnerships.rules.case import Given
from forum.partnerships.states import VersionState
from forum.places.models import City
from tests.conftest import START
from tests.cooperation.pair import Pair, city, held, plan, planned


def test_an_activity_keeps_wall_time_and_derives_the_instants(pair: Pair) -> None:
    activity = planned(pair)
    assert activity.planned_from == datetime(2027, 2, 10, 16, 0)
    assert activity.begins_at.hour == 8
    assert session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.object_kind == "activity")) == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": Text()}, errors.TitleNeeded),
        ({"planned_to": datetime(2027, 2, 10, 15, 0)}, errors.EndsBeforeItBegins),
        ({"link": ""}, errors.PlaceOrLinkNeeded),
        ({"link": "javascript:alert(1)"}, errors.LinkUnsafe),
        ({"zone_name": "CST"}, UnknownZone),
    ],
)
def test_a_plan_that_cannot_be_is_refused(pair: Pair, changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        planned(pair, **changes)


def test_only_a_party_plans_and_only_while_the_agreement_is_in_force(pair: Pair) -> None:
    for who in ("viewer", "other_focal", "stranger"):
        with pytest.raises(NotFound):
            activities.plan(pair.partnership, plan(), **pair.as_(who))  # type: ignore[arg-type]
    pair.version.state = VersionState.SUSPENDED
    session.flush()
    with pytest.raises(errors.NotInForce):
        planned(pair)


def test_a_visit_does_not_begin_without_the_reference_of_its_travel_approval(pair: Pair) -> None:
    visit = planned(pair, kind=ActivityKind.VISIT, place="Lyon", link="")
    with pytest.raises(errors.TravelApprovalNeeded):
        activities.perform(visit, "begin", **pair.as_("delegate"))  # type: ignore[arg-type]
    visit.travel_approval = "浙外办〔2027〕12号"
    activities.perform(visit, "begin", **pair.as_("delegate"))  # type: ignore[arg-type]
    assert visit.state is ActivityState.RUNNING


def test_held_needs_days_that_are_behind_and_a_report_falls_due_after_thirty(pair: Pair) -> None:
    activity = planned(pair)
    tomorrow = START.date() + timedelta(days=2)
    for wrong in (Held(), Held(tomorrow, tomorrow), Held(date(2027, 2, 11), date(2027, 2, 10))):
        with pytest.raises(errors.DatesNeeded):
            activities.perform(activity, "hold", held=wrong, **pair.as_("focal"))  # type: ignore[arg-type]
    day = date(2027, 2, 10)
    activities.perform(activity, "hold", held=Held(day, day), **pair.as_("focal"))  # type: ignore[arg-type]
    assert activity.report_due_on == date(2027, 3, 12)
    with pytest.raises(UnlawfulAction):
        activities.perform(activity, "cancel", reason="late", **pair.as_("focal"))  # type: ignore[arg-type]


def test_cancelling_needs_a_reason_and_a_stale_form_is_told(pair: Pair) -> None:
    activity = planned(pair)
    with pytest.raises(ReasonNeeded):
        activities.perform(activity, "cancel", **pair.as_("focal"))  # type: ignore[arg-type]
    with pytest.raises(StaleEdit):
        activities.change(activity, plan(), seen=activity.version + 1, **pair.as_("focal"))  # type: ignore[arg-type]


def test_each_side_keeps_its_own_budget_and_a_rate_needs_its_day(pair: Pair) -> None:
    activity = planned(pair)
    ours = activities.budget(activity, Stage.PLANNED, Amount("10,000", "CNY"), **pair.as_("delegate"))  # type: ignore[arg-type]
    theirs = activities.budget(activity, Stage.PLANNED, Amount("500", "EUR"), **pair.as_("focal"))  # type: ignore[arg-type]
    assert (ours.side, theirs.side) == (Side.DOMESTIC, Side.FOREIGN)
    with pytest.raises(errors.RateNeedsItsDay):
        activities.budget(activity, Stage.ACTUAL, Amount("5", "EUR", "7.8", "CNY"), **pair.as_("focal"))  # type: ignore[arg-type]
    with pytest.raises(errors.NotAnAmount):
        activities.budget(activity, Stage.ACTUAL, Amount("5", "euro"), **pair.as_("focal"))  # type: ignore[arg-type]
    again = activities.budget(activity, Stage.PLANNED, Amount("600", "EUR"), **pair.as_("focal"))  # type: ignore[arg-type]
    assert again.id == theirs.id
    assert again.hundredths == 60_000


def test_participants_are_counted_by_side_and_role(pair: Pair) -> None:
    activity = planned(pair)
    with pytest.raises(errors.NotACount):
        activities.count_participants(
            activity,
            Side.FOREIGN,
            {ParticipantRole.EXPERT: (2, 3)},
            **pair.as_("focal"),  # type: ignore[arg-type]
        )
    numbers = {ParticipantRole.EXPERT: (4, 2), ParticipantRole.STAFF: (1, 0)}
    activities.count_participants(activity, Side.FOREIGN, numbers, **pair.as_("focal"))  # type: ignore[arg-type]
    assert sum(row.number for row in activity.participants) == 5


def test_satisfaction_is_said_by_each_side_after_the_activity(pair: Pair) -> None:
    with pytest.raises(UnlawfulAction):
        activities.rate_satisfaction(planned(pair), 4, **pair.as_("focal"))  # type: ignore[arg-type]
    activity = held(pair)
    activities.rate_satisfaction(activity, 4, **pair.as_("focal"))  # type: ignore[arg-type]
    assert (activity.satisfaction_domestic, activity.satisfaction_foreign) == (None, 4)


class TestTheEnd:
    """Suspending and terminating leave no activity without a decision, and delete none."""

    @pytest.mark.usefixtures("pair")
    def test_the_life_cycle_asks_this_room(self) -> None:
        assert isinstance(neighbours.work, Activities)

    def test_every_open_activity_needs_a_decision_and_a_transfer_says_to_which_arrangement(self, pair: Pair) -> None:
        first, second, third = planned(pair), planned(pair), planned(pair)
        held(pair)
        work = Activities()
        assert work.open_activities(pair.version) == 3
        assert work.undecided(pair.version, {}) == 3
        given = {first.public_id: "finish", second.public_id: "stop", third.public_id: "transfer"}
        assert work.undecided(pair.version, given) == 1
        assert work.undecided(pair.version, {**given, third.public_id: "forget"}) == 1
        there = another(pair)
        activities.decide(third, Decision.TRANSFER, transferred_to=there, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert work.undecided(pair.version, given) == 0
        there.versions[0].state = VersionState.TERMINATED  # who has ended takes nothing over any more
        session.flush()
        assert work.undecided(pair.version, given) == 1

    def test_suspending_and_terminating_are_refused_while_an_activity_lacks_a_decision(self, pair: Pair) -> None:
        first, second = planned(pair), planned(pair)

        def take(action: str, given: Given) -> None:
            perform(pair.version, action, reason="flood", given=given, **pair.as_("registration"))  # type: ignore[arg-type]

        with pytest.raises(ActivitiesUndecided):
            take("suspend", Given(decisions={first.public_id: "finish"}, review_again_on=date(2027, 9, 1)))
        decisions = {first.public_id: "finish", second.public_id: "stop"}
        take("suspend", Given(decisions=decisions, review_again_on=date(2027, 9, 1)))
        assert pair.version.state is VersionState.SUSPENDED
        assert (first.state, second.state) == (ActivityState.PLANNED, ActivityState.CANCELLED)
        take("terminate", Given(stops_on=date(2027, 12, 1)))
        assert session.scalar(select(func.count()).select_from(Activity)) == 2

    def test_what_is_stopped_is_cancelled_and_stays_what_is_finished_goes_on(self, pair: Pair) -> None:
        first, second = planned(pair), planned(pair)
        work = Activities()
        decisions = {first.public_id: "finish", second.public_id: "stop"}
        work.decide(pair.version, decisions, actor=pair.actor("protocol"), now=START)
        assert (first.state, second.state) == (ActivityState.PLANNED, ActivityState.CANCELLED)
        assert second.decision is Decision.STOP
        assert second.decided_by == pair.actor("protocol").reference
        assert session.scalar(select(func.count()).select_from(Activity)) == 2
        pair.version.state = VersionState.TERMINATED
        session.flush()
        day = date(2027, 2, 10)
        activities.perform(first, "hold", held=Held(day, day), **pair.as_("delegate"))  # type: ignore[arg-type]
        assert not open_of(pair.partnership.id)

    def test_a_decision_of_an_earlier_suspension_does_not_count_again(self, pair: Pair) -> None:
        activity = planned(pair)
        work = Activities()
        work.decide(pair.version, {activity.public_id: "finish"}, actor=pair.actor("protocol"), now=START)
        assert work.undecided(pair.version, {}) == 0
        pair.version.state_since = START + timedelta(days=30)  # resumed
        session.flush()
        assert work.undecided(pair.version, {}) == 1

    @pytest.mark.parametrize("case", ["none", "itself", "of others", "not in force"])
    def test_a_transfer_to_what_cannot_take_it_over_is_refused(self, pair: Pair, case: str) -> None:
        found: dict[str, Callable[[], Partnership | None]] = {
            "none": lambda: None,
            "itself": lambda: pair.partnership,
            "of others": lambda: another(pair, "Ningbo", "Osaka"),
            "not in force": lambda: another(pair, state=VersionState.APPROVED),
        }
        there = found[case]()
        with pytest.raises(errors.SuccessorMissing):
            activities.decide(
                planned(pair),
                Decision.TRANSFER,
                transferred_to=there,
                **pair.as_("delegate"),  # type: ignore[arg-type]
            )

    def test_those_who_may_end_it_decide_and_nobody_else(self, pair: Pair) -> None:
        activity = planned(pair)
        for who in ("delegate", "focal", "registration", "protocol"):
            activities.decide(activity, Decision.FINISH, **pair.as_(who))  # type: ignore[arg-type]
        for who in ("viewer", "agenda", "stranger", "other_focal"):
            with pytest.raises(NotFound):
                activities.decide(activity, Decision.STOP, **pair.as_(who))  # type: ignore[arg-type]

    @pytest.mark.parametrize("ending", ["suspend", "terminate"])
    @pytest.mark.parametrize("decision", list(Decision))
    def test_after_the_end_every_activity_is_accounted_for_whatever_its_state(
        self, pair: Pair, ending: str, decision: Decision
    ) -> None:
        there = another(pair)
        made = in_every_state(pair)
        before = {row.state: row.version for row in made}
        open_ones = [row for row in made if row.state in OPEN_ACTIVITIES]
        for row in open_ones:
            activities.decide(row, decision, transferred_to=there, **pair.as_("delegate"))  # type: ignore[arg-type]
        end(pair, ending)
        assert all(accounted(row) for row in made)
        for state, row in zip(ActivityState, made, strict=True):
            if state not in OPEN_ACTIVITIES:
                assert (row.state, row.version, row.decision) == (state, before[state], None)
            elif decision is Decision.FINISH:
                assert row.state is state
            elif decision is Decision.STOP:
                assert row.state is ActivityState.CANCELLED
            else:
                following = continued_by(row)
                assert row.state is ActivityState.TRANSFERRED
                assert following is not None
                assert (following.partnership_id, following.state) == (there.id, state)
                assert following.text("title") == row.text("title")
        assert records(pair.version)[-1].facts["decisions"] == {row.public_id: str(decision) for row in open_ones}
        moved = len(open_ones) if decision is Decision.TRANSFER else 0
        assert session.scalar(select(func.count()).select_from(Activity)) == len(ActivityState) + moved

    def test_without_the_guard_some_would_be_lost(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        made = in_every_state(pair)
        with pytest.raises(ActivitiesUndecided):
            end(pair, "terminate")
        monkeypatch.setattr(Activities, "undecided", lambda *_: 0)
        end(pair, "terminate")
        assert [row.state for row in made if not accounted(row)] == [ActivityState.PLANNED, ActivityState.RUNNING]


def another(
    _pair: Pair, home: str = "Hangzhou", abroad: str = "Osaka", state: VersionState = VersionState.ACTIVE
) -> Partnership:
    """Return another arrangement of a city of the pair."""
    session.add(City(name_en="Ningbo", name_zh="宁波", country_iso2="CN", zone_name="Asia/Shanghai"))
    session.flush()
    words = Proposal(Instrument.MEMORANDUM, Text("Another", "另一项"), areas=("A01",))
    version = propose(city(home), [city(abroad)], words, actor=SYSTEM, now=START)
    version.state, version.circle = state, 4
    session.flush()
    return version.partnership


def in_every_state(pair: Pair) -> list[Activity]:
    """Return an activity in each state, in the order of the states."""
    made = []
    for state in ActivityState:
        activity = planned(pair)
        activity.state = state
        made.append(activity)
    session.flush()
    return made


def accounted(activity: Activity) -> bool:
    """Tell whether it is known what became of an activity whose agreement has ended."""
    return activity.state not in OPEN_ACTIVITIES or activity.decision is Decision.FINISH


def end(pair: Pair, action: str) -> None:
    given = Given(stops_on=date(2027, 12, 1), review_again_on=date(2027, 9, 1))
    perform(pair.version, action, reason="flood", given=given, **pair.as_("registration"))  # type: ignore[arg-type]
