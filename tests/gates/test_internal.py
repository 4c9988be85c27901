"""What is internal to international work appears nowhere outside: no page, file, feed or mail holds a word of it."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import Text, select

import forum.tables  # noqa: F401 - every model must be known
from forum import schedule
from forum.ballots import permissions
from forum.ballots.models import Ballot
from forum.ballots.operations import enquiring, performing
from forum.ballots.queries import cases
from forum.comments.models import CommentKind
from forum.comments.operations import deciding, writing
from forum.comments.operations.writing import Wording
from forum.comments.states import DECIDER
from forum.core.bilingual import Text as Bilingual
from forum.core.database import Base, session
from forum.ports.mail.models import OutboxMail
from forum.watching import operations as watching
from forum.watching.models import Frequency, Level
from tests.ballots import house as making
from tests.ballots.house import OFFICES, POSTS, House, approved, asked, voted, worded
from tests.ballots.house import opened as ballot_of
from tests.cast import Cast
from tests.conftest import START, FixedClock
from tests.gates.channels import told
from tests.gates.inside import Inside, opened, released
from tests.gates.inside_texts import INTERNAL, LONG, SHARED, UNTRIED
from tests.gates.standing import ROOMS_OF_STANDARDS
from tests.gates.world import World
from tests.watching.following import moved

# Nobody of these has anything to do with SAC/TC 567: the public, people of other mirror committees, somebody whose
# post there ended yesterday, the liaisons of two cities. The cases of use are those of Hangzhou, the neighbour's city.
OUTSIDE = ("visitor", "stranger", "other_secretary", "other_member", "former_secretary", "focal", "other_focal")
INSIDE = (("standards", "zh"), ("standards", "en"), ("secretary", "zh"), ("member", "en"), ("neighbour", "en"))
BEFORE, LATER = START - timedelta(days=1), START + timedelta(days=1, hours=4)
pytestmark = [pytest.mark.once, pytest.mark.timeout(240)]


@pytest.fixture
def inside(app: Flask, world: World, clock: FixedClock) -> Inside:
    return released(app, world, clock())


@pytest.fixture
def house(cast: Cast, writing: None) -> House:
    return making.furnish(cast)


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_reads_a_word_of_it(app: Flask, world: World, inside: Inside, role: str) -> None:
    language = "zh" if OUTSIDE.index(role) % 2 else "en"
    assert told(opened(app, world, inside, role, language), inside.secrets) == {}


@pytest.mark.slow
def test_each_word_is_read_by_somebody_inside(app: Flask, world: World, inside: Inside) -> None:
    found: dict[str, str] = {}
    for role, language in INSIDE:
        found |= told(opened(app, world, inside, role, language), inside.secrets)
    assert sorted(set(inside.secrets) - set(found)) == []


def test_every_long_text_of_these_rooms_is_said_to_be_internal_or_shared() -> None:
    texts = {
        f"{mapper.local_table.name}.{column.name}"  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.split(".")[1] in ROOMS_OF_STANDARDS
        for column in mapper.local_table.columns
        if isinstance(column.type, Text) or (getattr(column.type, "length", None) or 0) >= LONG
    }
    assert texts - INTERNAL - SHARED == set(), "say in tests/gates/inside_texts.py who reads these"
    assert (INTERNAL | SHARED) - texts == set(), "these are gone"


@pytest.mark.slow
def test_every_internal_text_is_tried(inside: Inside) -> None:
    tried = {field.partition(" ")[0] for field in inside.secrets}
    assert INTERNAL - tried - UNTRIED == set(), "put a word into these in tests/gates/inside.py"


@pytest.mark.slow
def test_the_words_are_found_when_everybody_counts_as_a_reader(app: Flask, world: World, inside: Inside) -> None:
    with patch.object(permissions, "roles_in", lambda _ballot, _who: frozenset({"auditor"})):
        found = told(opened(app, world, inside, "visitor", "en"), inside.secrets)
    fields = {field.partition(" ")[0] for field in found}
    assert fields >= {"ballot_position.reason_en", "ballot_enquired.remark", "ballot_event.reason"}


SECRET = "Zwrtqplk"


def life_of_a_case(house: House, ballot: Ballot) -> None:
    """A case from its enquiry to the vote, with the word in everything that people write about it."""
    asked(house, ballot)
    for who in ("delegate", "focal"):
        row = cases.enquired(ballot.id, house.cast.accounts[who])
        assert row is not None
        enquiring.answer(row, "approve", SECRET, **house.as_(who))  # type: ignore[arg-type]
    said = Wording(CommentKind.GENERAL, "3.1", text_en=SECRET, change_en=SECRET)
    written = writing.write(ballot, said, actor=house.actor("delegate"), now=START)
    writing.hand_in(written, actor=house.actor("delegate"), now=START)
    decider = house.actor("organiser").with_roles(DECIDER)
    deciding.drop(written, SECRET, actor=decider, now=START)
    for action in ("close_enquiry", "begin_position"):
        performing.perform(ballot, action, **house.as_("organiser"))  # type: ignore[arg-type]
    worded(house, ballot, "approve", SECRET)
    performing.perform(ballot, "hand_back", reason=SECRET, **house.as_("protocol"))  # type: ignore[arg-type]
    worded(house, ballot, "approve", f"{SECRET} again")
    approved(house, ballot)
    voted(house, ballot)
    performing.perform(ballot, "reopen", reason=SECRET, **house.as_("registration"))  # type: ignore[arg-type]


def test_no_mail_and_no_reminder_carries_a_word_of_a_case_to_anybody_outside(house: House) -> None:
    cast = house.cast
    begin = {mail.id for mail in session.scalars(select(OutboxMail))}
    follower = cast.account("stranger")
    rule, wish = watching.Rule("Cities", house.committee("ISO/TC 900")), watching.Wish(Frequency.AT_ONCE, Level.ALL)
    watching.follow_rule(follower, rule, wish, actor=follower.actor(), now=BEFORE)
    life_of_a_case(house, ballot_of(house, summary=Bilingual(SECRET, SECRET)))
    moved(house.standard, "40.60", LATER - timedelta(hours=2))
    session.commit()
    schedule.remind(LATER)
    schedule.tell_followers(LATER)
    mails = [mail for mail in session.scalars(select(OutboxMail)) if mail.id not in begin]
    inside = {cast.account(who).email for who in (*POSTS, *OFFICES) if who not in {"other_focal", "neighbour"}}
    reading = {mail.recipient for mail in mails if SECRET in f"{mail.subject} {mail.body}"}
    assert reading <= inside
    assert cast.account("stranger").email in {mail.recipient for mail in mails}, "and the public does get mail"
    assert {mail.recipient for mail in mails} - {cast.account("stranger").email} <= inside
