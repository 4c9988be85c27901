"""The two channels never mix: what one side writes for itself is on no surface that the other or the public reaches."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import Text, select, true

import forum.tables  # noqa: F401 - every model must be known
from forum import schedule
from forum.accounts.models import Account
from forum.core.database import Base, session
from forum.partnerships.models import AnswerKind
from forum.partnerships.operations import consulting, reviewing
from forum.partnerships.operations.reviewing import Advice
from forum.partnerships.operations.taking_part import remark
from forum.partnerships.queries import comments
from forum.partnerships.rules.case import Given, Point
from forum.ports.mail.models import OutboxMail
from forum.reminders.models import Reminder
from tests.conftest import FixedClock
from tests.gates.channels import (
    INSIDE,
    INTERNAL,
    OUTSIDE,
    ROOMS_OF_CASES,
    SHARED,
    Canary,
    opened,
    released,
    searched,
    told,
)
from tests.gates.world import World
from tests.partnerships import people
from tests.partnerships.people import POINT, act, standing

COUNTERPARTS = ("focal", "counterpart_lead", "other_focal")
pytestmark = [pytest.mark.once, pytest.mark.timeout(240)]


@pytest.fixture
def canary(app: Flask, world: World, clock: FixedClock) -> Canary:
    return released(app, world, clock())


def test_every_long_text_of_a_case_is_said_to_be_internal_or_shared() -> None:
    texts = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Text) and (table.name.startswith("partnership") or table.name == "agreement_version")
    }
    assert texts - INTERNAL - SHARED == set(), "say in tests/gates/channels.py who reads these"


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_the_domestic_line_reads_a_word_of_it(
    app: Flask, world: World, canary: Canary, role: str
) -> None:
    secrets = canary.domestic if role in COUNTERPARTS else {**canary.domestic, **canary.foreign}
    assert told(opened(app, world, role, "en", ROOMS_OF_CASES), secrets) == {}


@pytest.mark.slow
@pytest.mark.parametrize("role", ["visitor", "focal"])
def test_no_address_of_the_whole_product_tells_them_in_the_other_language(
    app: Flask, world: World, canary: Canary, role: str
) -> None:
    assert told(opened(app, world, role, "zh"), canary.domestic) == {}


@pytest.mark.slow
def test_those_inside_read_them_and_not_what_the_other_side_keeps_to_itself(
    app: Flask, world: World, canary: Canary
) -> None:
    found: dict[str, str] = {}
    for role in INSIDE:
        texts = list(opened(app, world, role, "en", ROOMS_OF_CASES))
        found |= told(texts, canary.domestic)
        assert told(texts, canary.foreign) == {}, role
    fields = {field.partition(" ")[0] for field in found}
    assert fields >= {
        "partnership_comment.text",
        "partnership_opinion.text",
        "partnership_return_point.text",
        "partnership_return_point.answer",
        "partnership_transition.reason",
        "handover_note.note_en",
    }
    assert told(opened(app, world, "focal", "en", ROOMS_OF_CASES), canary.foreign)


def test_no_search_finds_a_word_of_the_domestic_line(app: Flask, world: World, canary: Canary) -> None:
    some = dict(list(canary.domestic.items())[::5])
    for role in ("visitor", "focal"):
        assert list(searched(app, world, role, some)) == []


def test_the_words_are_found_when_the_wall_between_the_channels_is_down(
    app: Flask, world: World, canary: Canary
) -> None:
    with patch.object(comments, "readable", lambda _standing: true()):
        found = told(opened(app, world, "focal", "en", ROOMS_OF_CASES), canary.domestic)
    assert any(field.startswith("partnership_comment.text") for field in found)


def secret_life(of: people.World) -> None:
    """A case that goes through every level, with the word in everything that people write to their own side."""
    secret = "Zwrtqplk"
    version = people.negotiating(of)
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])

    def say(*names: str) -> None:
        for name in names:
            remark(version, secret, standing=standing(version, of[name]), actor=of[name].actor, now=people.NOW)

    advice = Advice(secret, conditions=secret, reference=secret)

    def as_(name: str) -> dict[str, object]:
        return {"standing": standing(version, of[name]), "actor": of[name].actor, "now": people.NOW}

    reviewing.give_foreign_affairs_opinion(version, advice, **as_("fa"))  # type: ignore[arg-type]
    say("liaison", "lead")
    act(version, "endorse", of["lead"], reason=secret)
    point = Point(POINT.part, POINT.category, secret, rule_reference=secret)
    act(version, "return", of["reviewer"], reason=secret, given=Given(points=(point,)))
    for raised in people.points(version):
        reviewing.answer_point(raised, AnswerKind.EXPLAINED, secret, **as_("liaison"))  # type: ignore[arg-type]
    act(version, "resubmit_same_level", of["liaison"], reason=secret)
    say("reviewer", "province_lead")
    for raised in people.points(version):
        reviewing.close_point(raised, **as_("reviewer"))  # type: ignore[arg-type]
    act(version, "endorse", of["reviewer"], reason=secret)
    expert = of.officer(("tc_expert", None))
    account = session.get_one(Account, expert.account_id)
    asked = consulting.Request(secret, expert=account)
    opinion = consulting.consult(version, asked, **as_("national"))  # type: ignore[arg-type]
    mine = standing(version, expert)
    consulting.answer_consultation(opinion, advice, standing=mine, actor=expert.actor, now=people.NOW)
    say("national", "approver", "registrar")
    for name in ("approver", "second_approver"):
        act(version, "approve", of[name], reason=secret, given=Given(conditions=secret))
    act(version, "revoke", of["approver"], reason=secret)


@pytest.mark.usefixtures("cast", "writing")
def test_no_mail_and_no_reminder_carries_a_word_of_the_domestic_line_to_anybody() -> None:
    of = people.world()
    begin = {mail.id for mail in session.scalars(select(OutboxMail))}
    secret_life(of)
    session.commit()
    schedule.remind(people.NOW)
    mails = [mail for mail in session.scalars(select(OutboxMail)) if mail.id not in begin]
    theirs = {f"officer{number}@office.test" for number in range(1, of.made + 1)}
    assert {mail.recipient for mail in mails} <= theirs
    assert len(mails) > 10
    told_to = {mail.recipient for mail in mails if "Zwrtqplk" in f"{mail.subject} {mail.body}"}
    inside = {_address(of, name) for name in ("liaison", "lead", "reviewer", "province_lead", "national", "fa")}
    inside |= {_address(of, name) for name in ("approver", "second_approver", "registrar", "auditor")}
    assert told_to <= inside
    assert _address(of, "other_liaison") in {mail.recipient for mail in mails}, "and the other side does get mail"
    for due in session.scalars(select(Reminder)):
        assert "Zwrtqplk" not in f"{due.sentence} {due.next_step} {due.facts} {due.title_en} {due.title_zh} {due.link}"


def _address(of: people.World, name: str) -> str:
    return f"officer{list(of.officers).index(name) + 1}@office.test"
