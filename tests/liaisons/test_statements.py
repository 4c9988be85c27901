"""A statement from its draft to its posting, who may move it, and what stays as it is."""

from __future__ import annotations

import io
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError

from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.liaisons import errors
from forum.liaisons.models import (
    ActionTag,
    Addressee,
    Attachment,
    Confidentiality,
    ContactRole,
    LinkKind,
    Purpose,
    Sending,
    Statement,
)
from forum.liaisons.operations import attaching, drafting, moving
from forum.liaisons.operations.drafting import Group, Person, Tie
from forum.liaisons.queries import statements
from forum.liaisons.states import INCOMING_LIFE, OUTGOING_LIFE, StatementState
from forum.ports.mail.models import OutboxMail
from tests.conftest import START
from tests.liaisons.committees import Desk, words

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_statement_is_drafted_submitted_approved_by_another_and_posted(desk: Desk) -> None:
    statement = desk.drafted()
    desk.step(statement, "submit", "agenda")
    desk.step(statement, "approve", "delegate")
    desk.step(statement, "post", "agenda")
    assert statement.state is StatementState.POSTED
    assert statement.register_number == "LS-2027-001"
    assert statement.approved_by_id == desk.cast.accounts["delegate"]
    assert desk.posted().register_number == "LS-2027-002"


def test_a_shelved_statement_needs_a_reason_and_is_taken_up_again(desk: Desk) -> None:
    statement = desk.drafted()
    desk.step(statement, "submit", "agenda")
    with pytest.raises(ReasonNeeded):
        desk.step(statement, "shelve", "delegate")
    desk.step(statement, "shelve", "delegate", "Too early")
    assert statement.state is StatementState.DEAD
    desk.step(statement, "resurrect", "agenda")
    assert str(statement.state) == "pending"


def test_nothing_skips_the_approval(desk: Desk) -> None:
    statement = desk.drafted()
    for action in ("approve", "post", "resurrect"):
        with pytest.raises(UnlawfulAction):
            desk.step(statement, action, "viewer")


def test_no_random_walk_leaves_the_table(desk: Desk) -> None:
    chance = Random(7)
    for life in (OUTGOING_LIFE, INCOMING_LIFE):
        state = str(life.rows[0].sources[0])
        for _ in range(200):
            lawful = life.lawful(state, ("drafter", "approver"))
            if not lawful:
                assert state == "posted"
                break
            state = chance.choice(lawful).target
            StatementState(state)


def test_nobody_approves_what_they_wrote(desk: Desk) -> None:
    statement = desk.drafted("viewer")
    desk.step(statement, "submit", "viewer")
    with pytest.raises(errors.ApproverWrote):
        desk.step(statement, "approve", "viewer")
    desk.step(statement, "approve", "registration")


def test_whoever_changes_a_pending_text_has_written_it(desk: Desk) -> None:
    statement = desk.drafted()
    desk.step(statement, "submit", "agenda")
    before = statement.version
    drafting.rewrite(statement, words(), seen=before, **desk.as_("delegate"))
    assert statement.version > before
    with pytest.raises(errors.ApproverWrote):
        desk.step(statement, "approve", "delegate")


def test_approval_needs_entitlement_for_all_groups(desk: Desk) -> None:
    both = desk.drafted(senders=("ISO/TC 268", "ITU-T SG20"), receivers=(("IEC SyC Smart Cities", Purpose.ACTION),))
    desk.step(both, "submit", "agenda")
    for chair in ("delegate", "other_focal"):
        with pytest.raises(Refusal) as refused:
            desk.step(both, "approve", chair)
        assert isinstance(refused.value, errors.NotEntitledForAll) or refused.value.status == 404
    desk.step(both, "approve", "viewer")
    one = desk.drafted(senders=("ISO/TC 268", "ISO/IEC JTC 4"))
    desk.step(one, "submit", "agenda")
    desk.step(one, "approve", "delegate")  # chairs the committee that answers for both


def test_a_name_outside_is_approved_by_the_national_office_alone(desk: Desk) -> None:
    statement = desk.drafted(senders=("Cities Alliance of Nowhere",))
    desk.step(statement, "submit", "agenda")
    with pytest.raises(Refusal):
        desk.step(statement, "approve", "delegate")
    desk.step(statement, "approve", "viewer")


def test_a_chair_drafts_for_own_groups_only(desk: Desk) -> None:
    assert desk.drafted("delegate").state is StatementState.DRAFT
    with pytest.raises(errors.NotYourGroups):
        desk.drafted("other_focal")


@pytest.mark.parametrize("who", ["focal", "door", "protocol", "stranger"])
def test_nobody_else_drafts(desk: Desk, who: str) -> None:
    with pytest.raises(Refusal):
        desk.drafted(who)


@pytest.mark.parametrize("purpose", [Purpose.ACTION, Purpose.COMMENT])
def test_for_action_and_for_comment_need_a_deadline(desk: Desk, purpose: Purpose) -> None:
    groups = (("IEC SyC Smart Cities", Purpose.INFORMATION), ("ITU-T SG20", purpose))
    with pytest.raises(errors.DeadlineNeeded):
        desk.drafted(receivers=groups, deadline_on=None)
    with pytest.raises(errors.DeadlineNeeded):
        desk.received(receivers=groups, deadline_on=None)


@pytest.mark.parametrize("purpose", [Purpose.INFORMATION, Purpose.RESPONSE])
def test_other_purposes_need_none(desk: Desk, purpose: Purpose) -> None:
    assert desk.drafted(receivers=(("ITU-T SG20", purpose),), deadline_on=None).deadline_at is None


def test_a_deadline_behind_is_refused_when_it_is_written_and_when_it_is_approved(desk: Desk) -> None:
    with pytest.raises(errors.DeadlinePassed):
        desk.drafted(deadline_on=(START - timedelta(days=1)).date())
    statement = desk.drafted()
    desk.step(statement, "submit", "agenda")
    with pytest.raises(errors.DeadlinePassed):
        desk.step(statement, "approve", "viewer", now=START + timedelta(days=60))


def test_body_or_file_is_mandatory(desk: Desk) -> None:
    statement = desk.drafted(body=Text())
    with pytest.raises(errors.BodyOrFileNeeded):
        desk.step(statement, "submit", "agenda")
    attaching.attach(statement, "Terms", io.BytesIO(PDF), "terms.pdf", **desk.as_("agenda"))
    desk.step(statement, "submit", "agenda")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"senders": ()}, errors.SenderNeeded),
        ({"receivers": ()}, errors.AddresseeNeeded),
        ({"receivers": (("ITU-T SG20", None),)}, errors.PurposeNeeded),
        ({"senders": ("ISO/TC 268", "iso/tc268")}, errors.GroupTwice),
        ({"title": Text()}, errors.TitleNeeded),
    ],
)
def test_what_a_statement_must_name(desk: Desk, more: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        desk.drafted(**more)


def test_a_form_that_is_out_of_date_changes_nothing(desk: Desk) -> None:
    statement = desk.drafted()
    with pytest.raises(errors.ChangedMeanwhile):
        moving.move(statement, "submit", seen=statement.version - 1, **desk.as_("agenda"))


# --- posted is posted ------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["title_en", "body_zh", "deadline_zone", "posted_at", "state", "register_number"])
def test_the_text_of_a_posted_statement_is_never_changed(desk: Desk, column: str) -> None:
    statement = desk.posted()
    with pytest.raises(DatabaseError, match="stays as it is"), session.begin_nested():
        session.execute(text(f"UPDATE liaison_statement SET {column} = NULL WHERE id = {statement.id}"))  # noqa: S608
    draft = desk.drafted()
    session.execute(update(Statement).where(Statement.id == draft.id).values(title_en="Other"))


def test_groups_and_files_of_a_posted_statement_stay(desk: Desk) -> None:
    statement = desk.drafted()
    row = attaching.attach(statement, "Terms", io.BytesIO(PDF), "terms.pdf", **desk.as_("agenda"))
    for action, who in (("submit", "agenda"), ("approve", "viewer"), ("post", "agenda")):
        desk.step(statement, action, who)
    for change in (
        "UPDATE liaison_addressee SET external_name = 'x'",
        "DELETE FROM liaison_addressee",
        "DELETE FROM liaison_attachment",
        "DELETE FROM liaison_statement",
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(change))
    late = {"statement_id": statement.id}
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(insert(Attachment).values(file_id=row.file_id, title="late", **late))
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(insert(Addressee).values(side="from", position=9, external_name="late", **late))
    with pytest.raises(errors.TextClosed):
        drafting.rewrite(statement, words(), seen=None, **desk.as_("agenda"))
    with pytest.raises(errors.NoFilesAfterPosting):
        attaching.attach(statement, "More", io.BytesIO(PDF), "more.pdf", **desk.as_("agenda"))


def test_a_file_is_taken_out_with_a_trace(desk: Desk) -> None:
    statement = desk.drafted()
    row = attaching.attach(statement, "Terms", io.BytesIO(PDF), "terms.pdf", **desk.as_("agenda"))
    with pytest.raises(errors.ReasonNeeded):
        attaching.take_out(statement, row, " ", **desk.as_("agenda"))
    attaching.take_out(statement, row, "Holds a name", **desk.as_("agenda"))
    assert statement.present_attachments == []
    assert (row.removed_reason, row.file.sha256 != "") == ("Holds a name", True)
    with pytest.raises(errors.FileOut):
        attaching.take_out(statement, row, "Again", **desk.as_("agenda"))


def test_a_posted_statement_is_superseded_and_linked_both_ways(desk: Desk) -> None:
    first = desk.posted()
    second = desk.drafted(tie=Tie(LinkKind.SUPERSEDES, first))
    seen = statements.visible(desk.standing("viewer"), START)
    assert [(one.kind, one.back) for one in statements.relatives(second, seen)] == [("supersedes", False)]
    assert [(one.kind, one.back) for one in statements.relatives(first, seen)] == [("supersedes", True)]
    with pytest.raises(errors.ReplyNotPosted):
        desk.drafted(tie=Tie(LinkKind.SUPERSEDES, second))


# --- sending ---------------------------------------------------------------------------------------------


def _approved(desk: Desk, **more: Any) -> Statement:
    statement = desk.drafted(**more)
    desk.step(statement, "submit", "agenda")
    desk.step(statement, "approve", "viewer")
    return statement


def _sent() -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).where(OutboxMail.kind == "liaison_statement")))


def test_post_only_sends_nothing(desk: Desk) -> None:
    desk.posted()
    assert _sent() == []


def test_post_and_send_does_both_and_may_be_repeated(desk: Desk) -> None:
    statement = _approved(desk)
    read = moving.fingerprint(moving.letters(statement))
    moving.send(statement, read, seen=statement.version, **desk.as_("agenda"))
    assert statement.state is StatementState.POSTED
    assert [mail.recipient for mail in _sent()] == ["sg20@itu.example"]
    assert "LS-2027-001" in _sent()[0].subject
    again = moving.fingerprint(moving.letters(statement))
    moving.send(statement, again, seen=None, **desk.as_("agenda", START + timedelta(days=1)))
    assert len(_sent()) == 2
    assert [row.number for row in session.scalars(select(Sending).order_by(Sending.number))] == [1, 2]
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE liaison_sending SET by = 'x'"))


def test_another_mail_than_the_one_that_was_read_is_not_sent(desk: Desk) -> None:
    statement = _approved(desk)
    with pytest.raises(errors.PreviewChanged):
        moving.send(statement, "0" * 64, seen=None, **desk.as_("agenda"))
    assert _sent() == []
    assert statement.state is StatementState.APPROVED


def test_a_draft_is_not_sent_and_nobody_to_send_to_is_said(desk: Desk) -> None:
    draft = desk.drafted()
    with pytest.raises(errors.NotPosted):
        moving.send(draft, moving.fingerprint(moving.letters(draft)), seen=None, **desk.as_("agenda"))
    lonely = _approved(desk, contacts=(Person(ContactRole.FROM, "Li Na", "CNIS", "li@cnis.example"),))
    with pytest.raises(errors.NobodyToSendTo):
        moving.send(lonely, "", seen=None, **desk.as_("agenda"))


def test_an_internal_statement_gives_no_address_in_its_mail(desk: Desk) -> None:
    inside = _approved(desk, confidentiality=Confidentiality.INTERNAL)
    assert "/liaisons/" not in moving.letters(inside)[0].body
    assert "/liaisons/" in moving.letters(_approved(desk))[0].body


def test_those_who_may_approve_are_written_to_and_the_drafter_hears_of_it(desk: Desk) -> None:
    statement = desk.drafted()
    desk.step(statement, "submit", "agenda")
    told = set(session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == "liaison_pending")))
    assert told == {"viewer@forum.test", "registration@forum.test", "delegate@forum.test"}
    desk.step(statement, "approve", "delegate")
    heard = set(session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == "liaison_approved")))
    assert heard == {"agenda@forum.test"}


def test_action_is_kept_apart_from_the_state(desk: Desk) -> None:
    statement = desk.posted()
    assert (statement.state, statement.action) == (StatementState.POSTED, ActionTag.REQUIRED)
    plain = desk.posted(receivers=(("ITU-T SG20", Purpose.INFORMATION),))
    assert plain.action is ActionTag.NONE
    assert Group("x").purpose is None
