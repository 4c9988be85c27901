"""A case from the draft over the invitation to the agreed text, and each condition on the way with its control."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from forum.audit.queries import broken_at, chains
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.partnerships import errors
from forum.partnerships.models import (
    Approval,
    AttachmentKind,
    Instrument,
)
from forum.partnerships.operations import settle
from forum.partnerships.operations.calendar import turn_of_the_day
from forum.partnerships.operations.governing import block
from forum.partnerships.operations.texts import write_text
from forum.partnerships.queries.timeline import records
from forum.partnerships.rules.case import Given
from forum.partnerships.states import VersionState
from forum.reminders.models import Notice, NoticeState, Reminder
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    World,
    act,
    active,
    agreed,
    approved,
    at_province,
    by_system,
    drafted,
    favour,
    negotiating,
    reminded,
    scan,
    standing,
    world,
    write,
)

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


# --- The whole way --------------------------------------------------------------------------------------


def test_a_case_goes_from_the_draft_to_the_register_and_every_step_is_written_down(of: World) -> None:
    version = active(of)
    assert version.state is VersionState.ACTIVE
    assert version.registry_number == "R-2027-0001"
    assert version.partnership.number == "P-2027-0001"
    story = records(version)
    assert [record.action for record in story] == [
        "invite",
        "express_interest",
        "agree_text",
        "endorse",
        "endorse",
        "approve",
        "record_signature",
        "register",
    ]
    assert [record.seq for record in story] == list(range(1, version.moves + 1))
    for before, after in itertools.pairwise(story):
        assert before.target == after.source
    assert all(record.role and record.actor and len(record.text_hash) == 64 for record in story)
    assert story[0].facts["match"] == {"formula": 1, "fit": 3210}
    assert len(story[5].facts["people"]) == 2
    assert all(broken_at(head) is None for head in chains())


def test_either_side_may_invite_and_the_review_runs_on_the_chinese_side(of: World) -> None:
    version = drafted(of, inviting="Nantes", counterparts=("Wenzhou",), by="other_liaison")
    with pytest.raises(NotFound):
        act(version, "invite", of["liaison"])
    act(version, "invite", of["other_liaison"])
    act(version, "express_interest", of["liaison"])
    write(version, of)
    act(version, "agree_text", of["other_liaison"])
    act(version, "agree_text", of["liaison"])
    favour(version, of)
    with pytest.raises(UnlawfulAction):
        act(version, "endorse", of["other_lead"])
    act(version, "endorse", of["lead"])
    assert version.state is VersionState.PROVINCE_REVIEW


def test_a_municipality_is_reviewed_by_its_own_reviewer_who_is_another_person(of: World) -> None:
    of.officers["liaison"] = of.officer(("city_liaison", "Beijing"))
    both = of.officer(("city_lead", "Beijing"), ("province_reviewer", "110000"))
    version = agreed(of, inviting="Beijing")
    act(version, "endorse", both)
    with pytest.raises(errors.ActedAlready):
        act(version, "endorse", both)
    act(version, "endorse", of["foreign_province"])
    assert version.state is VersionState.NATIONAL_REVIEW


def test_the_corps_acts_as_a_province(of: World) -> None:
    of.officers["liaison"] = of.officer(("city_liaison", "Shihezi"))
    lead, reviewer = of.officer(("city_lead", "Shihezi")), of.officer(("province_reviewer", "XPCC"))
    version = agreed(of, inviting="Shihezi")
    act(version, "endorse", lead)
    with pytest.raises(NotFound):
        act(version, "endorse", of["reviewer"])
    act(version, "endorse", reviewer)
    assert version.state is VersionState.NATIONAL_REVIEW


# --- Preparing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"counterparts": ()}, errors.NoCounterpart),
        ({"counterparts": ("Ningbo",)}, errors.BothSidesNeeded),
        ({"areas": ()}, errors.AreaNeeded),
        (
            {"invitation": Text("Only English", "")},
            errors.InvitationInBothLanguages,
        ),
    ],
)
def test_an_incomplete_invitation_says_what_is_missing(
    of: World, change: dict[str, Any], refusal: type[Exception]
) -> None:
    version = drafted(of, **change)
    with pytest.raises(refusal):
        act(version, "invite", of["liaison"])
    assert version.state is VersionState.DRAFT


def test_a_blocked_city_is_neither_invited_nor_asked_again_and_learns_no_reason(of: World) -> None:
    version = drafted(of)
    block(of.cities["Nantes"], of.cities["Wenzhou"], actor=of["other_liaison"].actor, now=NOW)
    with pytest.raises(errors.NotToBeInvited) as caught:
        act(version, "invite", of["liaison"])
    assert "block" not in str(caught.value)
    other = drafted(of, counterparts=("Kobe",))
    act(other, "invite", of["liaison"])
    act(other, "decline", of["kobe_liaison"])
    block(of.cities["Kobe"], of.cities["Wenzhou"], actor=of["kobe_liaison"].actor, now=NOW)
    with pytest.raises(errors.NotToBeInvited):
        act(other, "reopen", of["liaison"])


def test_reopening_needs_a_reason(of: World) -> None:
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "decline", of["other_liaison"])
    with pytest.raises(ReasonNeeded):
        act(version, "reopen", of["liaison"], reason=" ")
    act(version, "reopen", of["liaison"])
    assert version.state is VersionState.DRAFT


def test_these_cities_have_one_open_partnership_for_an_instrument(of: World) -> None:
    version = drafted(of)
    with pytest.raises(errors.OpenAlready):
        drafted(of)
    drafted(of, instrument=Instrument.ARRANGEMENT)
    act(version, "withdraw", of["liaison"])
    assert drafted(of).state is VersionState.DRAFT


def test_a_new_proposal_after_a_rejection_cites_it(of: World) -> None:
    version = at_province(of)
    act(version, "reject", of["province_lead"])
    assert version.state is VersionState.REJECTED
    with pytest.raises(errors.MustCiteRejection, match=version.partnership.number):
        drafted(of)
    again = drafted(of, cites=version.partnership)
    assert again.partnership.cites_id == version.partnership_id


def test_an_invitation_times_out_after_its_day_and_two_reminders(of: World) -> None:
    version = drafted(of)
    act(version, "invite", of["liaison"], given=Given(answer_by=date(2027, 3, 31)))
    late = datetime(2027, 4, 2, 3, tzinfo=UTC)
    assert settle(version, now=late) == ()  # nobody was reminded
    reminded(version, of["other_liaison"], -7)
    assert settle(version, now=late) == ()  # one reminder
    session.add(
        Notice(reminder_id=session.scalars(select(Reminder.id)).one(), offset_days=-1, tell_on=date(2027, 3, 30))
    )
    assert settle(version, now=late) == ()  # the second is planned, and nobody was told
    session.execute(update(Notice).values(state=NoticeState.TOLD, told_at=NOW))
    assert turn_of_the_day(now=datetime(2027, 3, 31, 3, tzinfo=UTC)) == 0  # there is still time to answer
    assert turn_of_the_day(now=late) == 1
    assert version.state == "declined"


# --- The text -------------------------------------------------------------------------------------------


def test_both_parties_agree_the_same_text(of: World) -> None:
    version = negotiating(of)
    assert not act(version, "agree_text", of["liaison"]).moved
    write(version, of, "Six years.", "为期六年。")
    assert not act(version, "agree_text", of["other_liaison"]).moved  # the first one confirmed another text
    assert act(version, "agree_text", of["liaison"]).moved
    assert version.state is VersionState.CITY_REVIEW


def test_a_side_edited_alone_blocks_the_agreement_until_it_is_matched(of: World) -> None:
    version = negotiating(of)
    who = of["liaison"]
    write_text(
        version, Text("Five long years.", "为期五年。"), standing=standing(version, who), actor=who.actor, now=NOW
    )
    with pytest.raises(errors.ClausesUnmatched):
        act(version, "agree_text", who)
    write(version, of, "Five long years.", "为期漫长的五年。")
    act(version, "agree_text", who)


def test_who_reads_an_older_text_does_not_confirm_the_newer(of: World) -> None:
    version = negotiating(of)
    with pytest.raises(errors.TextMovedMeanwhile):
        act(version, "agree_text", of["liaison"], given=Given(seen_hash="0" * 64))


def test_a_locked_text_is_not_edited(of: World) -> None:
    version, who = agreed(of), of["liaison"]
    with pytest.raises(errors.TextLocked):
        write_text(version, Text("a", "b"), standing=standing(version, who), actor=who.actor, now=NOW)


@pytest.mark.parametrize("column", ["text_en", "text_zh"])
def test_one_character_changed_by_any_path_voids_the_approval(of: World, column: str) -> None:
    version = approved(of)
    session.execute(
        text(f"UPDATE agreement_version SET {column} = {column} || '，' WHERE id = :id"),  # noqa: S608 - a column of ours
        {"id": version.id},
    )
    for language in ("en", "zh"):
        scan(version, AttachmentKind.SCAN, language)
    done = act(version, "record_signature", of["liaison"], given=Given(signed_on=date(2027, 3, 1)))
    assert (done.moved, done.by_itself) == (False, ("text_changed",))
    assert version.state is VersionState.NATIONAL_REVIEW
    assert version.approved_both == ""
    assert session.scalar(select(func.count()).select_from(Approval).where(Approval.void_at.is_(None))) == 0
    with pytest.raises(errors.TextDiffers):
        act(version, "approve", of["approver"])


def test_an_unchanged_text_keeps_its_approval(of: World) -> None:
    version = approved(of)
    assert settle(version, now=NOW) == ()
    with pytest.raises(errors.TextUnchanged):
        by_system(version, "text_changed")
