"""The life of a participation: what follows from each step, and that nothing else can happen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.audit.queries import history
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import StaleEdit
from forum.core.workflow import UnlawfulAction
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.errors import FocalPointFirst, QuotaUsedUp, SeatsTaken
from forum.registration.models import Participation
from forum.registration.operations.life import perform, perform_many
from forum.registration.states import ParticipationState
from tests.cast import Cast
from tests.registration.people import DESK, NOW, SELF, category, delegation, drafted, straight, submitted

pytestmark = pytest.mark.usefixtures("cast", "writing")
FOCAL = Actor("account:focal", roles=frozenset({"focal"}))


def taken(scope: str) -> int:
    row = seats.counter(scope)
    assert row is not None
    return row.taken


def mails() -> list[str]:
    return list(session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id)))


def test_a_reviewed_registration_takes_its_seat_when_it_is_approved(cast: Cast) -> None:
    one = submitted(cast, category(cast))
    assert (one.state, taken(seats.of_forum(cast.forum))) == (ParticipationState.SUBMITTED, 0)
    perform(one, "screen", actor=DESK, now=NOW)
    perform(one, "approve", actor=DESK, now=NOW)
    assert one.state is ParticipationState.APPROVED
    assert taken(seats.of_forum(cast.forum)) == taken(seats.of_category(one.category)) == 1
    assert mails() == ["registration_submitted", "registration_approved"]
    assert [entry.action for entry in history("participation", one.public_id)] == [
        "approve",
        "screen",
        "submit",
        "consent",
        "start",
    ]


def test_a_straight_category_decides_at_once_and_confirms_where_nothing_is_to_confirm(cast: Cast) -> None:
    first = submitted(cast, straight(cast), 1)
    assert first.state is ParticipationState.APPROVED
    second = submitted(cast, straight(cast, needs_confirmation=False), 2)
    assert second.state is ParticipationState.CONFIRMED
    assert mails() == ["registration_approved", "registration_approved"]


def test_a_full_category_offers_the_waiting_list(cast: Cast) -> None:
    kind = straight(cast)
    seats.set_cap(seats.of_category(kind), 1)
    submitted(cast, kind, 1)
    second = submitted(cast, kind, 2)
    assert second.state is ParticipationState.WAITLISTED
    assert second.scopes == []
    assert taken(seats.of_category(kind)) == taken(seats.of_forum(cast.forum)) == 1
    assert (
        "Your place in line: 1."
        in session.scalars(select(OutboxMail.body).where(OutboxMail.kind == "registration_waitlisted")).one()
    )


def test_a_full_category_without_waiting_list_refuses(cast: Cast) -> None:
    kind = straight(cast, waiting_list=False)
    seats.set_cap(seats.of_category(kind), 0)
    with pytest.raises(SeatsTaken):
        submitted(cast, kind)


def test_withdrawing_twice_frees_once(cast: Cast) -> None:
    one = submitted(cast, straight(cast), 1)
    submitted(cast, straight(cast), 2)
    perform(one, "withdraw", actor=SELF, now=NOW)
    with pytest.raises(UnlawfulAction):
        perform(one, "withdraw", actor=SELF, now=NOW)
    assert taken(seats.of_forum(cast.forum)) == 1
    assert seats.reconcile(cast.forum) == []


def test_the_focal_point_decides_before_the_secretariat_and_in_silence(cast: Cast) -> None:
    one = submitted(cast, category(cast, "CITY"), delegation=delegation(cast))
    with pytest.raises(FocalPointFirst):
        perform(one, "screen", actor=DESK, now=NOW)
    before = mails()
    perform(one, "focal_approve", actor=FOCAL, now=NOW)
    perform(one, "screen", actor=DESK, now=NOW)
    assert mails() == before


def test_a_quota_shows_its_meter_when_it_is_used_up(cast: Cast) -> None:
    kind, lyon = category(cast, "CITY"), delegation(cast)
    scope = seats.of_delegation(lyon, kind)
    seats.ensure(cast.forum_id, scope, cap=1)
    first = submitted(cast, kind, 1, delegation=lyon)
    with pytest.raises(QuotaUsedUp, match="1 of 1 places"):
        submitted(cast, kind, 2, delegation=lyon)
    perform(first, "withdraw", actor=SELF, now=NOW)
    assert taken(scope) == 0


def test_an_alternate_holds_no_quota(cast: Cast) -> None:
    kind, lyon = category(cast, "CITY"), delegation(cast)
    seats.ensure(cast.forum_id, seats.of_delegation(lyon, kind), cap=0)
    alternate = drafted(cast, kind, delegation=lyon)
    alternate.is_alternate = True
    perform(alternate, "submit", actor=SELF, now=NOW)
    assert alternate.state is ParticipationState.SUBMITTED


def test_a_replaced_member_keeps_the_quota_for_the_successor_and_nothing_else(cast: Cast) -> None:
    kind, lyon = straight(cast), delegation(cast)
    one = submitted(cast, kind, delegation=lyon)
    quota = seats.of_delegation(lyon, kind)
    assert quota in one.scopes
    perform(one, "replace", actor=FOCAL, now=NOW)
    successor = session.scalars(select(Participation).where(Participation.replaces_id == one.id)).one()
    assert (one.state, successor.state) == (ParticipationState.REPLACED, ParticipationState.DRAFT)
    assert (one.scopes, successor.scopes) == ([], [quota])
    assert (taken(quota), taken(seats.of_forum(cast.forum))) == (1, 0)
    assert seats.reconcile(cast.forum) == []


def test_an_old_version_is_refused(cast: Cast) -> None:
    one = submitted(cast, category(cast))
    with pytest.raises(StaleEdit):
        perform(one, "screen", actor=DESK, now=NOW, version=one.version - 1)


def test_a_bulk_decision_answers_per_row(cast: Cast) -> None:
    kind = category(cast)
    ready, draft = submitted(cast, kind, 1), drafted(cast, kind, 2)
    outcomes = perform_many([draft, ready], "screen", actor=DESK, now=NOW)
    assert isinstance(outcomes[0].refusal, UnlawfulAction)
    assert outcomes[1].refusal is None
    assert (draft.state, ready.state) == (ParticipationState.DRAFT, ParticipationState.SCREENING)


def test_mail_speaks_the_language_of_the_person_whoever_decides(cast: Cast) -> None:
    one = submitted(cast, category(cast), language="zh")
    chinese_desk = Actor("account:x", language="en", roles=frozenset({"organiser"}))
    perform(one, "screen", actor=chinese_desk, now=NOW)
    perform(one, "approve", actor=chinese_desk, now=NOW)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "registration_approved")).one()
    assert mail.language == "zh"
    assert "/zh/forums/" in mail.body
    assert "杭州论坛" in mail.subject
