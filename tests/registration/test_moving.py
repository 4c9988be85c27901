"""Moving somebody to another category or delegation: every seat goes along, once, or nothing changes."""

from __future__ import annotations

import pytest

from forum.audit.queries import history
from forum.core.refusals import StaleEdit
from forum.registration import seats
from forum.registration.errors import (
    DelegationNeeded,
    DelegationNotOpen,
    NothingMoved,
    OneHead,
    QuotaUsedUp,
    RegistrationClosed,
    SeatsTaken,
)
from forum.registration.models import Category, Delegation, Participation
from forum.registration.operations import composing, inviting, queue
from forum.registration.operations.life import perform
from forum.registration.operations.moving import move
from forum.registration.states import DelegationState, ParticipationState, WaitingState
from tests.cast import Cast
from tests.registration.people import DESK, NOW, category, delegation, drafted, straight, submitted
from tests.registration.test_life import FOCAL, mails, taken

pytestmark = pytest.mark.usefixtures("cast", "writing")


def approved(kind: Category, cast: Cast, number: int = 1, of: Delegation | None = None) -> Participation:
    one = submitted(cast, kind, number, delegation=of)
    if of is not None:
        perform(one, "focal_approve", actor=FOCAL, now=NOW)
    perform(one, "screen", actor=DESK, now=NOW)
    return perform(one, "approve", actor=DESK, now=NOW)


def limited(kind: Category, cap: int) -> str:
    scope = seats.of_category(kind)
    seats.set_cap(scope, cap)
    return scope


def test_an_approved_person_takes_the_seat_along_and_is_reviewed_again(cast: Cast) -> None:
    expert, city, lyon = category(cast), category(cast, "CITY"), delegation(cast)
    one = approved(expert, cast)
    letters = mails()
    move(one, city, lyon, version=one.version, actor=DESK, now=NOW)
    assert (one.state, one.category, one.delegation) == (ParticipationState.SCREENING, city, lyon)
    assert taken(seats.of_category(expert)) == 0
    assert taken(seats.of_category(city)) == taken(seats.of_delegation(lyon, city)) == 1
    assert taken(seats.of_forum(cast.forum)) == 1
    assert seats.reconcile(cast.forum) == []
    assert mails() == letters
    assert [entry.action for entry in history("participation", one.public_id)][:2] == ["change_identity", "move"]
    perform(one, "approve", actor=DESK, now=NOW)
    assert (taken(seats.of_forum(cast.forum)), taken(seats.of_category(city))) == (1, 1)


def test_the_seat_left_behind_goes_to_whoever_waits_for_it(cast: Cast) -> None:
    media, expert = straight(cast), category(cast)
    limited(media, 1)
    first, second = submitted(cast, media, 1), submitted(cast, media, 2)
    assert second.state is ParticipationState.WAITLISTED
    move(first, expert, None, actor=DESK, now=NOW)
    entry = queue.open_entry(second)
    assert entry is not None
    assert entry.state is WaitingState.OFFERED
    assert taken(seats.of_category(media)) == 1
    assert seats.reconcile(cast.forum) == []


def test_a_full_category_receives_nobody(cast: Cast) -> None:
    media, expert = straight(cast), category(cast)
    limited(media, 0)
    one = approved(expert, cast)
    with pytest.raises(SeatsTaken):
        move(one, media, None, actor=DESK, now=NOW)


def test_nobody_overtakes_those_who_wait_by_being_moved(cast: Cast) -> None:
    media, expert = straight(cast), category(cast)
    limited(media, 0)
    assert submitted(cast, media, 1).state is ParticipationState.WAITLISTED
    one = approved(expert, cast, 2)
    seats.set_cap(seats.of_category(media), None)
    with pytest.raises(SeatsTaken):
        move(one, media, None, actor=DESK, now=NOW)


def test_a_full_quota_receives_nobody(cast: Cast) -> None:
    city, lyon, osaka = category(cast, "CITY"), delegation(cast), delegation(cast, "other_focal")
    composing.set_quota(osaka, city, 0, actor=DESK, now=NOW)
    one = submitted(cast, city, 1, delegation=lyon)
    with pytest.raises(QuotaUsedUp):
        move(one, city, osaka, actor=DESK, now=NOW)


def test_another_delegation_takes_the_quota_and_the_old_one_loses_its_head(cast: Cast) -> None:
    city, lyon, osaka = category(cast, "CITY"), delegation(cast), delegation(cast, "other_focal")
    one = submitted(cast, city, 1, delegation=lyon)
    composing.name_head(lyon, one, actor=FOCAL, now=NOW)
    perform(one, "focal_approve", actor=FOCAL, now=NOW)
    move(one, city, osaka, actor=DESK, now=NOW)
    assert (taken(seats.of_delegation(lyon, city)), taken(seats.of_delegation(osaka, city))) == (0, 1)
    assert (lyon.head_id, one.city_id) == (None, osaka.city_id)
    assert one.state is ParticipationState.SCREENING  # what the former focal point said holds no more
    assert seats.reconcile(cast.forum) == []


def test_a_submitted_registration_keeps_its_state_and_a_draft_holds_no_quota(cast: Cast) -> None:
    city, lyon, expert = category(cast, "CITY"), delegation(cast), category(cast)
    sent, begun = submitted(cast, expert, 1), drafted(cast, expert, 2)
    move(sent, city, lyon, actor=DESK, now=NOW)
    move(begun, city, lyon, actor=DESK, now=NOW)
    assert (sent.state, begun.state) == (ParticipationState.SUBMITTED, ParticipationState.DRAFT)
    assert (taken(seats.of_delegation(lyon, city)), begun.scopes) == (1, [])


def test_whoever_waits_joins_the_new_line_and_is_offered_a_free_seat_at_once(cast: Cast) -> None:
    media, expert = straight(cast), category(cast)
    limited(media, 0)
    one = submitted(cast, media, 1)
    former = queue.open_entry(one)
    assert former is not None
    move(one, expert, None, actor=DESK, now=NOW)
    entry = queue.open_entry(one)
    assert entry is not None
    assert (former.state, entry.state) == (WaitingState.REMOVED, WaitingState.OFFERED)
    assert entry.scope == seats.of_category(expert)
    assert taken(seats.of_category(expert)) == taken(seats.of_forum(cast.forum)) == 1
    assert seats.reconcile(cast.forum) == []


def test_an_offer_is_given_up_by_moving_and_its_seat_counted_once(cast: Cast) -> None:
    media, expert = straight(cast), category(cast)
    limited(media, 1)
    first, second = submitted(cast, media, 1), submitted(cast, media, 2)
    perform(first, "withdraw", actor=DESK, now=NOW)
    offered = queue.open_entry(second)
    assert offered is not None
    assert offered.state is WaitingState.OFFERED
    limited(expert, 0)
    move(second, expert, None, actor=DESK, now=NOW)
    entry = queue.open_entry(second)
    assert entry is not None
    assert (entry.state, entry.scope) == (WaitingState.WAITING, seats.of_category(expert))
    assert taken(seats.of_category(media)) == taken(seats.of_forum(cast.forum)) == 0
    assert seats.reconcile(cast.forum) == []


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    city, lyon, osaka, expert = (
        category(cast, "CITY"),
        delegation(cast),
        delegation(cast, "other_focal"),
        category(cast),
    )
    one = submitted(cast, city, 1, delegation=lyon)
    with pytest.raises(NothingMoved):
        move(one, city, lyon, actor=DESK, now=NOW)
    with pytest.raises(DelegationNeeded):
        move(one, city, None, actor=DESK, now=NOW)
    osaka.state = DelegationState.DECLINED
    with pytest.raises(DelegationNotOpen):
        move(one, city, osaka, actor=DESK, now=NOW)
    with pytest.raises(StaleEdit):
        move(one, expert, None, version=one.version - 1, actor=DESK, now=NOW)
    perform(one, "withdraw", actor=DESK, now=NOW)
    with pytest.raises(RegistrationClosed):
        move(one, expert, None, actor=DESK, now=NOW)


def test_the_desk_submits_a_delegation_only_with_one_head_and_within_its_quota(cast: Cast) -> None:
    city, lyon = category(cast, "CITY"), delegation(cast)
    one = submitted(cast, city, 1, delegation=lyon)
    with pytest.raises(OneHead):
        inviting.step(lyon, "submit", actor=DESK, now=NOW)
    composing.name_head(lyon, one, actor=DESK, now=NOW)
    one.scopes = []
    seats.give_back([seats.of_delegation(lyon, city)])
    composing.set_quota(lyon, city, 0, actor=DESK, now=NOW)
    with pytest.raises(QuotaUsedUp):
        inviting.step(lyon, "submit", actor=DESK, now=NOW)
    composing.set_quota(lyon, city, 1, actor=DESK, now=NOW)
    inviting.step(lyon, "submit", actor=DESK, now=NOW)
    assert (lyon.state, taken(seats.of_delegation(lyon, city))) == (DelegationState.SUBMITTED, 1)
