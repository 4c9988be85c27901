"""The chain of a nomination: who decides, what is never open twice, how a role ends."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.audit.models import AuditEntry
from forum.committees import queries as committees
from forum.committees.models import Post
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.experts import errors
from forum.experts.models import Capacity, ExpertRole, Nomination
from forum.experts.operations import moving, profiles
from forum.experts.operations.profiles import About
from forum.experts.queries import confirmed_for, may_vote, named_for, reading, registered_in
from forum.experts.queries.reminding import dues
from forum.experts.rules.terms import term_state
from forum.experts.states import CONFIRMED, NOMINATION_LIFE, OPEN, NominationState
from forum.ports.mail.models import OutboxMail
from tests.adoptions.shelf import standard
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.experts.panel import CHAIN, STARTS, Panel, furnish_panel

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def panel(cast: Cast, writing: None) -> Panel:
    return furnish_panel(cast)


def letters(template: str) -> set[str]:
    return set(session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == template)))


def test_a_nomination_goes_from_the_unit_to_the_register(panel: Panel, clock: FixedClock) -> None:
    row = panel.nominated(panel.expert(clock()), clock())
    assert letters("experts_waits") == {"focal@forum.test"}
    states = []
    for action, who in CHAIN:
        moving.step(row, action, evidence="Letter 12", **panel.as_(who, clock()))
        states.append(str(row.state))
    assert states == ["unit_endorsed", "mirror_approved", "sac_approved", "submitted", "registered"]
    assert [step.number for step in row.steps] == [1, 2, 3, 4, 5, 6]
    assert letters("experts_waits") >= {"agenda@forum.test", "door@forum.test", "organiser@forum.test"}
    assert letters("experts_moved") == {"focal@forum.test"}  # the proposer; the expert has no account
    written = session.scalars(select(AuditEntry.body).where(AuditEntry.object_kind == "nomination")).all()
    assert len(written) == 6
    assert not any("Lin Yue" in body for body in written)


@pytest.mark.parametrize(
    ("state", "who", "action"),
    [
        ("proposed", "other_focal", "endorse"),  # of another unit: doesn't know of it
        ("proposed", "agenda", "endorse"),
        ("proposed", "organiser", "confirm"),
        ("unit_endorsed", "focal", "approve"),
        ("mirror_approved", "agenda", "confirm"),
        ("mirror_approved", "registration", "confirm"),
        ("sac_approved", "agenda", "submit"),
        ("registered", "focal", "end"),
        ("registered", "registration", "end"),
    ],
)
def test_each_step_belongs_to_somebody(panel: Panel, clock: FixedClock, state: str, who: str, action: str) -> None:
    row = panel.nominated(panel.expert(clock()), clock())
    for step, actor in CHAIN:
        if row.state == state:
            break
        moving.step(row, step, evidence="Letter 12", **panel.as_(actor, clock()))
    with pytest.raises((UnlawfulAction, NotFound)):
        moving.step(row, action, reason="because", evidence="x", **panel.as_(who, clock()))
    assert row.state == state


def test_nobody_decides_about_themselves(panel: Panel, clock: FixedClock) -> None:
    row = panel.nominated(panel.own_expert(clock()), clock(), who="delegate")
    standing = panel.standing("focal")
    own = type(standing)(
        panel.cast.accounts["delegate"], office=True, mirror_ids=standing.member_ids, units=standing.units
    )
    actor = panel.as_("delegate", clock())["actor"]
    with pytest.raises(errors.OwnNomination):
        moving.step(row, "endorse", standing=own, actor=actor, now=clock())
    moving.step(row, "endorse", **panel.as_("focal", clock()))
    with pytest.raises(errors.OwnNomination):
        moving.step(row, "approve", standing=own, actor=actor, now=clock())
    moving.step(row, "approve", **panel.as_("agenda", clock()))  # the control: somebody else may
    with pytest.raises(errors.OwnNomination):
        moving.step(row, "confirm", standing=own, actor=actor, now=clock())


def test_nobody_approves_what_they_proposed_or_decided_before(panel: Panel, clock: FixedClock) -> None:
    row = panel.nominated(panel.expert(clock()), clock(), who="agenda")
    moving.step(row, "endorse", **panel.as_("focal", clock()))
    with pytest.raises(errors.DecidedAlready):
        moving.step(row, "approve", **panel.as_("agenda", clock()))
    moving.step(row, "approve", **panel.as_("door", clock()))
    chair_and_office = type(panel.standing("door"))(panel.cast.accounts["door"], office=True, reads_all=True)
    with pytest.raises(errors.DecidedAlready):
        moving.step(row, "confirm", standing=chair_and_office, actor=panel.as_("door", clock())["actor"], now=clock())


def test_no_two_equal_nominations_are_open(panel: Panel, clock: FixedClock) -> None:
    expert = panel.expert(clock())
    first = panel.nominated(expert, clock())
    with pytest.raises(errors.OpenAlready):
        panel.nominated(expert, clock(), who="agenda")
    project = standard("ISO/DIS 1", "40.20")
    panel.nominated(expert, clock(), committee=None, project=project)
    with pytest.raises(errors.OpenAlready):
        panel.nominated(expert, clock(), committee=None, project=project)
    panel.nominated(expert, clock(), committee=panel.committee("sc1"))  # elsewhere, it is another one
    moving.step(first, "withdraw", **panel.as_("focal", clock()))
    assert panel.nominated(expert, clock()).state is NominationState.PROPOSED


def test_the_database_itself_refuses_a_second_open_one(panel: Panel, clock: FixedClock) -> None:
    row = panel.nominated(panel.expert(clock()), clock())
    copy = Nomination(
        expert_id=row.expert_id,
        national_id=row.national_id,
        committee_id=row.committee_id,
        role=row.role,
        capacity=row.capacity,
        starts_on=STARTS,
        state_since=clock(),
    )
    session.add(copy)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_a_document_monitor_does_not_vote(panel: Panel, clock: FixedClock) -> None:
    expert = panel.own_expert(clock())
    voting = {"role": ExpertRole.VOTER, "capacity": Capacity.DELEGATE}
    monitor = panel.nominated(expert, clock(), role=ExpertRole.DOCUMENT_MONITOR)
    with pytest.raises(errors.MonitorMayNotVote):
        panel.nominated(expert, clock(), **voting)
    panel.nominated(expert, clock(), committee=panel.committee("sc1"), **voting)  # in another committee they may
    account, tc268 = panel.cast.accounts["delegate"], panel.shelf.committees["tc268"]
    assert may_vote(account, tc268, clock())
    panel.moved(monitor, clock())
    assert not may_vote(account, tc268, clock())
    moving.step(monitor, "end", reason="Retired.", **panel.as_("agenda", clock()))
    assert may_vote(account, tc268, clock())
    panel.nominated(expert, clock(), **voting)


def test_a_vote_names_nobody_below_the_approval_of_the_mirror_committee(panel: Panel, clock: FixedClock) -> None:
    tc268 = panel.shelf.committees["tc268"]
    row = panel.nominated(panel.expert(clock()), clock())
    project = standard("ISO/NP 1", "10.20")
    for action, who in CHAIN:
        expected = [row] if row.state in CONFIRMED else []
        assert confirmed_for(committee_id=tc268, now=clock()) == expected, row.state
        moving.step(row, action, evidence="x", **panel.as_(who, clock()))
    assert confirmed_for(committee_id=tc268, now=clock()) == [row]
    assert confirmed_for(standard_id=project.id, now=clock()) == []
    assert confirmed_for(now=clock()) == []
    waiting = panel.nominated(panel.expert(clock(), "Waiting"), clock(), committee=None, project=project)
    assert named_for(standard_id=project.id, now=clock()) == [waiting]
    assert confirmed_for(standard_id=project.id, now=clock()) == []
    moving.step(waiting, "withdraw", **panel.as_("focal", clock()))
    assert named_for(standard_id=project.id, now=clock()) == []
    own = panel.moved(
        panel.nominated(panel.expert(clock(), "Zhou"), clock(), committee=None, project=project), clock(), "approve"
    )
    assert confirmed_for(standard_id=project.id, now=clock()) == [own]
    assert confirmed_for(standard_id=project.id, committee_id=tc268, now=clock()) == [row, own]
    own.ends_on = clock().date() - timedelta(days=1)
    session.flush()
    assert confirmed_for(standard_id=project.id, now=clock()) == []


def test_a_role_ends_with_a_reason_or_with_a_replacement(panel: Panel, clock: FixedClock) -> None:
    row = panel.moved(panel.nominated(panel.expert(clock()), clock()), clock())
    with pytest.raises(errors.ReasonOrReplacement):
        moving.step(row, "end", **panel.as_("agenda", clock()))
    successor = panel.nominated(panel.expert(clock(), "Zhou"), clock(), replaces=row)
    with pytest.raises(errors.ReasonOrReplacement):  # proposed is not approved
        moving.step(row, "end", **panel.as_("agenda", clock()))
    panel.moved(successor, clock(), "approve")
    moving.step(row, "end", **panel.as_("agenda", clock()))
    assert row.state is NominationState.ENDED
    assert row.ended_on == clock().date()
    other = panel.moved(panel.nominated(panel.expert(clock(), "Wu"), clock()), clock())
    moving.step(other, "end", reason="Moved to another field.", **panel.as_("agenda", clock()))
    assert other.steps[-1].reason == "Moved to another field."


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"committee": None}, errors.TargetMissing),
        ({"role": ExpertRole.DELEGATE}, errors.CapacityWrong),
        ({"capacity": Capacity.DELEGATE}, errors.CapacityWrong),
        ({"role": ExpertRole.PROJECT_LEADER}, errors.WrongTarget),
        ({"interests": " "}, errors.InterestsMissing),
        ({"ends_on": STARTS - timedelta(days=1)}, errors.TermReversed),
    ],
)
def test_a_nomination_says_what_it_must(
    panel: Panel, clock: FixedClock, more: dict[str, Any], refusal: type[Exception]
) -> None:
    expert = panel.expert(clock())
    with pytest.raises(refusal):
        panel.nominated(expert, clock(), **more)


def test_a_unit_speaks_for_its_own_people_and_a_secretary_for_their_committee(panel: Panel, clock: FixedClock) -> None:
    expert = panel.expert(clock())
    with pytest.raises(errors.UnitForeign):
        panel.nominated(expert, clock(), who="other_focal")
    with pytest.raises(errors.CommitteeForeign):
        panel.nominated(expert, clock(), who="protocol")
    with pytest.raises(errors.CommitteeForeign):
        panel.nominated(expert, clock(), who="agenda", national=panel.committee("tc28"))
    with pytest.raises(NotFound):
        panel.nominated(expert, clock(), who="delegate")  # a member nominates nobody but themselves
    about = About(Text("Somebody", ""), panel.unit("university"), entered_for_id=panel.shelf.committees["tc567"])
    with pytest.raises(errors.UnitForeign):
        profiles.enter(about, **panel.as_("focal", clock()))
    bare = profiles.enter(
        About(Text("Nobody's", ""), entered_for_id=panel.shelf.committees["tc567"]), **panel.as_("agenda", clock())
    )
    with pytest.raises(errors.UnitMissing):
        panel.nominated(bare, clock(), who="agenda")


def test_a_replacement_takes_the_same_place(panel: Panel, clock: FixedClock) -> None:
    row = panel.moved(panel.nominated(panel.expert(clock()), clock()), clock())
    with pytest.raises(errors.ReplacedForeign):
        panel.nominated(panel.expert(clock(), "Zhou"), clock(), committee=panel.committee("sc1"), replaces=row)


def test_what_happened_outside_is_shown_by_evidence_and_a_refusal_by_its_reason(
    panel: Panel, clock: FixedClock
) -> None:
    row = panel.moved(panel.nominated(panel.expert(clock()), clock()), clock(), "confirm")
    with pytest.raises(errors.EvidenceMissing):
        moving.step(row, "submit", evidence=" ", **panel.as_("registration", clock()))
    with pytest.raises(ReasonNeeded):
        moving.step(row, "reject", **panel.as_("organiser", clock()))
    moving.step(row, "reject", reason="The list is full.", **panel.as_("organiser", clock()))
    assert row.state is NominationState.REJECTED


def test_two_people_who_decide_at_once_notice_each_other(panel: Panel, clock: FixedClock) -> None:
    row = panel.nominated(panel.expert(clock()), clock())
    seen = row.version
    moving.step(row, "endorse", seen=seen, **panel.as_("focal", clock()))
    with pytest.raises(errors.ChangedMeanwhile):
        moving.step(row, "reject", seen=seen, reason="no", **panel.as_("focal", clock()))


def test_terms_that_end_within_ninety_days_are_listed_and_reminded(panel: Panel, clock: FixedClock) -> None:
    today = clock().date()
    soon = panel.moved(panel.nominated(panel.own_expert(clock()), clock(), ends_on=today + timedelta(days=90)), clock())
    panel.moved(panel.nominated(panel.expert(clock(), "Far"), clock(), ends_on=today + timedelta(days=91)), clock())
    panel.moved(panel.nominated(panel.expert(clock(), "Open"), clock()), clock())
    panel.nominated(panel.expert(clock(), "Not yet"), clock(), ends_on=today + timedelta(days=10))
    assert list(reading.ending(panel.standing("agenda"), today)) == [soon]
    assert list(reading.ending(panel.standing("protocol"), today)) == []
    told = list(dues(clock()))
    accounts = panel.cast.accounts
    assert {(due.object_reference, due.account_id) for due in told} == {
        (soon.audit_reference, accounts["agenda"]),
        (soon.audit_reference, accounts["delegate"]),
    }
    assert all(due.on == soon.ends_on for due in told)
    moving.step(soon, "end", reason="Retired.", **panel.as_("agenda", clock()))
    assert list(dues(clock())) == []


@pytest.mark.parametrize(
    ("ends", "state"), [(None, "running"), (89, "soon"), (90, "soon"), (91, "running"), (0, "soon"), (-1, "over")]
)
def test_a_term_ends_soon_in_its_last_ninety_days(ends: int | None, state: str) -> None:
    day = date(2027, 3, 1)
    last = day + timedelta(days=ends) if ends is not None else None
    assert term_state(date(2026, 1, 1), last, day) == state
    assert term_state(day + timedelta(days=1), None, day) == "coming"


def test_a_post_that_ended_yesterday_gives_no_right_today_and_history_stays(panel: Panel, clock: FixedClock) -> None:
    row = panel.moved(panel.nominated(panel.expert(clock()), clock()), clock(), "endorse")
    account = panel.cast.accounts["focal"]
    assert list(committees.grants_of(account, clock()))
    post = session.scalars(select(Post).where(Post.account_id == account)).one()
    post.ends_on = clock().date() - timedelta(days=1)
    session.flush()
    assert list(committees.grants_of(account, clock())) == []
    assert row.steps[-1].account_id == account


def test_only_those_who_agreed_are_shown_in_public(panel: Panel, clock: FixedClock) -> None:
    shown = panel.moved(panel.nominated(panel.own_expert(clock()), clock()), clock())
    hidden = panel.moved(panel.nominated(panel.expert(clock(), "Hidden"), clock()), clock())
    panel.nominated(panel.expert(clock(), "Waiting", consent=True), clock())
    tc268, tc567 = panel.shelf.committees["tc268"], panel.shelf.committees["tc567"]
    assert list(registered_in(tc268, clock())) == list(registered_in(tc567, clock())) == [shown]
    assert registered_in(panel.shelf.committees["sc1"], clock()) == []
    hidden.expert.consented_on = clock().date()
    session.flush()
    assert set(registered_in(tc268, clock())) == {shown, hidden}  # the control
    shown.ends_on = clock().date() - timedelta(days=1)
    session.flush()
    assert list(registered_in(tc268, clock())) == [hidden]


def test_nobody_consents_for_somebody_who_can_do_so_themselves(panel: Panel, clock: FixedClock) -> None:
    row = panel.own_expert(clock())
    about = About(Text("Delegate", "代表"), panel.unit(), consent=False)
    profiles.change(row, about, **panel.as_("agenda", clock()))  # taking it back is always possible
    assert row.consented_on is None
    with pytest.raises(errors.ConsentNotYours):
        profiles.change(
            row, About(Text("Delegate", "代表"), panel.unit(), consent=True), **panel.as_("agenda", clock())
        )


def test_an_account_has_one_profile(panel: Panel, clock: FixedClock) -> None:
    panel.own_expert(clock())
    with pytest.raises(errors.ProfileExists):
        panel.own_expert(clock())
    with pytest.raises(errors.UnknownAccount):
        panel.expert(clock(), email="nobody@forum.test")


def test_no_walk_leaves_the_table(panel: Panel, clock: FixedClock) -> None:
    chance = random.Random(37)
    people = ("focal", "other_focal", "agenda", "door", "organiser", "registration", "delegate", "viewer")
    actions = sorted({row.action for row in NOMINATION_LIFE.rows})
    row = panel.nominated(panel.expert(clock()), clock())
    for number in range(150):
        before, action, who = str(row.state), chance.choice(actions), chance.choice(people)
        try:
            moving.step(row, action, reason="because", evidence="x", **panel.as_(who, clock()))
        except (UnlawfulAction, NotFound, errors.DecidedAlready):
            assert row.state == before
        else:
            assert any(
                each.action == action and before in each.sources and row.state == each.target
                for each in NOMINATION_LIFE.rows
            )
        if NOMINATION_LIFE.final(row.state):
            row = panel.nominated(panel.expert(clock(), f"Expert {number}"), clock())
    assert set(OPEN) < set(NominationState)
