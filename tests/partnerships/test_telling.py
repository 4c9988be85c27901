"""Mails when a case arrives at a level or comes back: to those whose turn it is, in their language, no word more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from forum.accounts.models import Account, AccountState
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, CaseOpinion, Channel
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.reviewing import Advice, give_foreign_affairs_opinion
from forum.partnerships.operations.taking_part import remark
from forum.partnerships.queries.desk import cases_for
from forum.partnerships.rules.case import Given
from forum.ports.mail.models import OutboxMail
from tests.partnerships.people import (
    BEIJING,
    NOW,
    POINT,
    ZHEJIANG,
    Officer,
    World,
    act,
    answer_all,
    approved,
    at_nation,
    at_province,
    drafted,
    negotiating,
    signed,
    standing,
    world,
)

DAY = NOW.date()
SECRET = "KINGFISHER"


@pytest.fixture
def of(writing: None) -> World:
    return world()


def mails(of: World, kind: str) -> dict[str, OutboxMail]:
    """Return the mails of a kind by the name of who got them."""
    names = {session.get_one(Account, who.account_id).email: name for name, who in of.officers.items()}
    rows = session.scalars(select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id))
    return {names[mail.recipient]: mail for mail in rows}


def forget() -> None:
    session.execute(delete(OutboxMail))


def waits(who: Officer, version: AgreementVersion) -> bool:
    return version in session.scalars(cases_for(who, waiting_on=DAY)).all()


def at_city_without_opinion(of: World) -> AgreementVersion:
    version = negotiating(of)
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    return version


def test_the_city_lead_decides_and_the_foreign_affairs_officers_are_asked(of: World) -> None:
    of.officers["province_fa"] = of.officer(("fa_officer", ZHEJIANG), language="zh")
    of.officers["other_fa"] = of.officer(("fa_officer", BEIJING), language="zh")
    version = at_city_without_opinion(of)
    assert set(mails(of, "partnership_arrived")) == {"lead"}
    assert set(mails(of, "partnership_opinion")) == {"fa", "province_fa"}
    letter = mails(of, "partnership_opinion")["fa"]
    assert letter.language == "zh"
    assert version.partnership.number in letter.subject
    assert "2027年3月22日" in letter.body  # fifteen working days
    assert f"/zh/desk/partnerships/{version.public_id}" in letter.body
    assert waits(of["province_fa"], version)
    assert waits(of["fa"], version)
    assert not waits(of["other_fa"], version)


def test_an_opinion_that_is_there_is_not_asked_for_again(of: World) -> None:
    version = negotiating(of)
    give_foreign_affairs_opinion(
        version, Advice("Fine."), standing=standing(version, of["fa"]), actor=of["fa"].actor, now=NOW
    )
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    assert mails(of, "partnership_opinion") == {}
    assert not waits(of["fa"], version)
    session.execute(update(CaseOpinion).values(valid_until=datetime(2027, 2, 1, tzinfo=UTC).date(), asked_at=EARLIER))
    assert waits(of["fa"], version)  # negative control: it was the opinion that made the difference


EARLIER = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_province_hears_of_a_case_that_arrives_and_finds_it_on_its_list(of: World) -> None:
    version = at_province(of)
    arrived = mails(of, "partnership_arrived")
    assert {"reviewer", "province_lead"} <= set(arrived)
    assert "foreign_province" not in arrived
    assert {mail.language for mail in (arrived["reviewer"], arrived["province_lead"])} == {"zh"}
    assert "2027年3月22日" in arrived["reviewer"].body
    assert waits(of["province_lead"], version)
    assert not waits(of["foreign_province"], version)


def test_the_nation_hears_in_each_persons_language_reviewers_and_approvers(of: World) -> None:
    session.execute(update(Account).where(Account.id == of["approver"].account_id).values(language="en"))
    version = at_nation(of)
    arrived = mails(of, "partnership_arrived")
    assert {"national", "approver", "second_approver"} <= set(arrived)
    assert {"registrar", "auditor"}.isdisjoint(arrived)
    assert arrived["approver"].subject == f"Partnership {version.partnership.number} waits for your decision"
    assert "National review" in arrived["approver"].body
    assert "国家级审核" in arrived["second_approver"].body
    act(version, "approve", of["approver"])
    assert not waits(of["approver"], version)  # their part is done
    assert waits(of["second_approver"], version)


def test_the_registrar_hears_of_a_signature(of: World) -> None:
    version = signed(of)
    assert "2027年3月31日" in mails(of, "partnership_arrived")["registrar"].body
    assert waits(of["registrar"], version)


def test_a_return_is_told_to_the_city_and_to_nobody_of_the_other_side(of: World) -> None:
    version = at_nation(of)
    forget()
    act(version, "return", of["national"], given=Given(points=(replace(POINT, text=f"Say {SECRET}."),)))
    returned = mails(of, "partnership_returned")
    assert set(returned) == {"liaison", "lead"}
    assert "2027年3月31日" in returned["liaison"].body
    assert session.scalars(select(OutboxMail)).all() == list(returned.values())  # and no other mail at all


def test_a_case_that_comes_again_is_told_again(of: World) -> None:
    version = at_province(of)
    act(version, "return", of["reviewer"], given=Given(points=(POINT,)))
    answer_all(version, of)
    forget()
    act(version, "resubmit_same_level", of["liaison"])
    assert set(mails(of, "partnership_arrived")) == {"reviewer", "province_lead"}


def test_a_text_that_changed_behind_the_approval_is_told_to_the_nation(of: World) -> None:
    version = approved(of)
    forget()
    session.execute(update(AgreementVersion).values(text_zh="为期六年。"))
    session.expire_all()
    act(version, "withdraw", of["liaison"])
    assert version.state == "national_review"
    assert "national" in mails(of, "partnership_arrived")


def test_who_has_another_part_in_the_case_is_not_asked_to_decide(of: World) -> None:
    version = at_province(of)
    note_hand(version, of["second_approver"].account_id, "national_registrar")
    forget()
    act(version, "endorse", of["reviewer"])
    arrived = mails(of, "partnership_arrived")
    assert "approver" in arrived
    assert "second_approver" not in arrived


def test_a_closed_account_gets_no_mail(of: World) -> None:
    session.execute(update(Account).where(Account.id == of["approver"].account_id).values(state=AccountState.CLOSED))
    at_nation(of)
    assert "approver" not in mails(of, "partnership_arrived")
    assert "second_approver" in mails(of, "partnership_arrived")


def test_no_mail_carries_what_anybody_wrote_inside(of: World) -> None:
    version = negotiating(of)
    for who in ("liaison", "lead"):
        remark(
            version, SECRET, channel=Channel.INTERNAL, standing=standing(version, of[who]), actor=of[who].actor, now=NOW
        )
    give_foreign_affairs_opinion(
        version,
        Advice(SECRET, conditions=SECRET, reference=SECRET),
        standing=standing(version, of["fa"]),
        actor=of["fa"].actor,
        now=NOW,
    )
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    act(version, "endorse", of["lead"], given=Given(conditions=SECRET), reason=SECRET)
    act(version, "return", of["reviewer"], given=Given(points=(replace(POINT, text=SECRET),)), reason=SECRET)
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"], reason=SECRET)
    written = session.scalars(select(OutboxMail)).all()
    assert len(written) > 8
    assert not any(SECRET in mail.body + mail.subject for mail in written)
    theirs = {session.get_one(Account, of[who].account_id).email for who in ("other_liaison", "other_lead")}
    foreign = [mail for mail in written if mail.recipient in theirs]
    assert not any(word in mail.body for mail in foreign for word in ("Provincial", "Returned", "City sign-off"))
    assert any("Under review on the other side" in mail.body for mail in foreign)


def test_who_acts_is_not_told_of_their_own_step(of: World) -> None:
    version = drafted(of)
    forget()
    act(version, "invite", of["liaison"])
    assert "liaison" not in mails(of, "partnership_moved")
    assert "other_liaison" in mails(of, "partnership_moved")
