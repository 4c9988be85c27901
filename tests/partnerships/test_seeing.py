"""Who sees what: the walls between sides and levels, each with data that could leak."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.partnerships.models import AgreementVersion, CaseComment, Channel, Level
from forum.partnerships.operations.taking_part import remark
from forum.partnerships.queries import comments
from forum.partnerships.queries.comments import comments_for, count_for
from forum.partnerships.queries.standing import search, standing_of, version_for, versions_for
from forum.partnerships.queries.timeline import history_for
from forum.partnerships.rules.case import Given
from forum.partnerships.rules.seeing import UNDER_REVIEW, Standing, shown_state
from forum.partnerships.states import LIFE, PUBLIC, VersionState
from forum.paths import TRANSLATIONS
from forum.ports.mail.models import OutboxMail
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    POINT,
    VISITOR,
    Officer,
    Visitor,
    World,
    act,
    active,
    agreed,
    answer_all,
    approved,
    at_nation,
    at_province,
    drafted,
    negotiating,
    renewing,
    standing,
    world,
)
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("cast", "writing")
DOMESTIC = ("liaison", "lead", "reviewer", "province_lead", "national", "approver", "registrar")
ROOMS = Path(TRANSLATIONS).parent / "forum"


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


def seen_by(version: AgreementVersion, of: World) -> set[str]:
    """Everybody for whom the version exists, by the query that lists and single pages use."""
    found = {name for name, who in of.officers.items() if version_for(version.public_id, who) is not None}
    return found | ({"public"} if version_for(version.public_id, VISITOR) is not None else set())


OWN = {"liaison", "lead", "auditor"}
PARTIES = OWN | {"other_liaison", "other_lead", "fa"}
PROVINCE = PARTIES | {"reviewer", "province_lead"}
NATION = PROVINCE | {"national", "approver", "second_approver", "registrar"}


def test_each_state_opens_a_case_to_its_circle(of: World) -> None:
    version = drafted(of)
    assert seen_by(version, of) == OWN
    act(version, "invite", of["liaison"])
    assert seen_by(version, of) == PARTIES
    assert seen_by(negotiating(of, counterparts=("Nantes",), instrument="arrangement"), of) == PARTIES
    assert seen_by(agreed(of, instrument="intent"), of) == PROVINCE
    assert seen_by(at_province(of, instrument="joint_plan"), of) == NATION


def test_what_is_in_force_is_public(of: World) -> None:
    everybody = set(of.officers) | {"public"}
    version = approved(of)
    assert seen_by(version, of) == NATION
    assert seen_by(active(of, instrument="arrangement"), of) == everybody


def test_a_withdrawn_case_stays_with_those_who_saw_it_before(of: World) -> None:
    version = drafted(of)
    act(version, "withdraw", of["liaison"])
    assert seen_by(version, of) == OWN
    second = at_province(of)
    act(second, "recall", of["liaison"])
    assert seen_by(second, of) == PARTIES  # negotiated again, between the cities
    act(second, "withdraw", of["liaison"])
    assert seen_by(second, of) == NATION


def test_a_draft_is_invisible_to_another_city_of_the_same_province_by_link_search_and_step(of: World) -> None:
    version, neighbour = drafted(of), of["neighbour"]
    assert version_for(version.public_id, neighbour) is None
    assert search(neighbour, version.partnership.number) == []
    assert search(neighbour, "quiet") == []
    assert session.scalars(versions_for(neighbour)).all() == []
    with pytest.raises(NotFound):
        act(version, "withdraw", neighbour)
    assert search(of["liaison"], "quiet") == [version]


def test_a_standing_sees_exactly_what_the_query_finds(of: World) -> None:
    cases = [
        drafted(of),
        negotiating(of, instrument="arrangement"),
        agreed(of, instrument="intent"),
        at_nation(of, instrument="joint_plan"),
        drafted(of, counterparts=("Kobe",)),
    ]
    readers: list[Officer | Visitor] = [*of.officers.values(), VISITOR]
    for version, who in itertools.product(cases, readers):
        found = version_for(version.public_id, who) is not None
        assert found == standing_of(version, who).sees(version.circle)


def test_the_counterpart_reads_one_word_during_the_domestic_review(of: World) -> None:
    for make, instrument in ((agreed, "intent"), (at_province, "arrangement"), (at_nation, "joint_plan")):
        version = make(of, instrument=instrument)
        assert shown_state(version.state, standing(version, of["other_liaison"])) == UNDER_REVIEW
        assert shown_state(version.state, standing(version, of["liaison"])) != UNDER_REVIEW


def test_the_history_of_the_other_side_is_one_turn_however_often_a_case_goes_round(of: World) -> None:
    version = at_province(of)
    act(version, "return", of["reviewer"], given=Given(points=(POINT,)), reason="MARKER of the province")
    answer_all(version, of)
    act(version, "resubmit_same_level", of["liaison"])
    turns = history_for(version, standing(version, of["other_liaison"]))
    assert [str(turn.state) for turn in turns] == ["Awaiting counterpart", "In negotiation", str(UNDER_REVIEW)]
    assert all(
        (turn.level, turn.role, turn.reason, turn.account_id, turn.action) == (0, "", "", None, "") for turn in turns
    )
    whole = history_for(version, standing(version, of["lead"]))
    assert "MARKER of the province" in {turn.reason for turn in whole}
    assert len(whole) == version.moves


def test_a_reason_that_no_step_asked_for_goes_upwards_and_not_down(of: World) -> None:
    version = at_province(of)
    act(version, "endorse", of["reviewer"], reason="MARKER of the province")
    readers = {who: {turn.reason for turn in history_for(version, standing(version, of[who]))} for who in of.officers}
    assert {who for who, reasons in readers.items() if "MARKER of the province" in reasons} == {
        "reviewer",
        "province_lead",
        "national",
        "approver",
        "second_approver",
        "registrar",
        "auditor",
    }


def test_a_renewal_looks_like_force_to_the_public(of: World) -> None:
    version, _ = renewing(of)
    assert str(shown_state(version.state, standing(version, of["other_lead"]))) == "Renewal in progress"
    public = standing(version, VISITOR)
    assert str(shown_state(version.state, public)) == "Registered and active"
    assert {str(turn.state) for turn in history_for(version, public)} == {"Registered and active"}
    assert LIFE.lawful(version.state, public.roles) == ()


# --- Comments -------------------------------------------------------------------------------------------


def post(version: AgreementVersion, of: World, who: str, text: str, channel: Channel = Channel.INTERNAL) -> None:
    officer = of[who]
    remark(version, text, channel=channel, standing=standing(version, officer), actor=officer.actor, now=NOW)


def texts(version: AgreementVersion, of: World, who: str) -> set[str]:
    return {one.text for one in comments_for(version, standing(version, of[who]))}


@pytest.fixture
def spoken_about(of: World) -> AgreementVersion:
    """A case with internal remarks of all levels and of the other side, and a shared one of each."""
    version = at_nation(of)
    for who in ("liaison", "reviewer", "national", "other_liaison"):
        post(version, of, who, f"internal {who}")
        post(version, of, who, f"shared {who}", Channel.SHARED)
    return version


SHARED = {f"shared {who}" for who in ("liaison", "reviewer", "national", "other_liaison")}


def test_an_internal_remark_goes_upwards_on_its_own_side(of: World, spoken_about: AgreementVersion) -> None:
    city, province = {"internal liaison"}, {"internal liaison", "internal reviewer"}
    assert texts(spoken_about, of, "liaison") == SHARED | city
    assert texts(spoken_about, of, "lead") == SHARED | city
    assert texts(spoken_about, of, "reviewer") == SHARED | province
    assert texts(spoken_about, of, "approver") == SHARED | province | {"internal national"}
    assert texts(spoken_about, of, "other_lead") == SHARED | {"internal other_liaison"}
    assert comments_for(spoken_about, standing(spoken_about, of["neighbour"])) == []
    assert comments_for(spoken_about, standing(spoken_about, VISITOR)) == []


def may_read(one: CaseComment, reader: Standing) -> bool:
    """The rule, said a second time: shared ones are for the parties and all levels, internal ones go upwards."""
    if reader.domestic is Level.NONE and reader.foreign is Level.NONE:
        return False
    return one.channel is Channel.SHARED or reader.level_on(one.side) >= one.level


def test_a_count_is_of_what_the_reader_may_read(of: World, spoken_about: AgreementVersion) -> None:
    for who in of.officers:
        assert count_for(spoken_about, standing(spoken_about, of[who])) == len(texts(spoken_about, of, who))


def test_without_the_filter_the_other_side_would_read_everything(
    of: World, spoken_about: AgreementVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "readable", lambda _standing: CaseComment.id.is_not(None))
    assert "internal national" in texts(spoken_about, of, "other_liaison")


def test_the_query_and_the_rule_agree_for_every_reader_and_comment(of: World, spoken_about: AgreementVersion) -> None:
    every = session.scalars(select(CaseComment)).all()
    assert len(every) == 8
    for domestic, foreign in itertools.product(Level, (Level.NONE, Level.CITY)):
        reader = Standing(account_id=1, domestic=domestic, foreign=foreign)
        read = {one.id for one in comments_for(spoken_about, reader)}
        assert read == {one.id for one in every if may_read(one, reader)}


def test_who_is_not_part_of_a_case_does_not_comment(of: World, spoken_about: AgreementVersion) -> None:
    for who in ("neighbour", "foreign_province", "auditor"):
        with pytest.raises(NotFound):
            post(spoken_about, of, who, "x")


def test_a_channel_is_fixed_when_the_remark_is_posted(of: World, spoken_about: AgreementVersion) -> None:
    one = session.scalars(select(CaseComment).limit(1)).one()
    one.channel = Channel.SHARED
    with pytest.raises(Exception, match="append-only"), session.begin_nested():
        session.flush()
    session.expire_all()


def test_no_mail_tells_the_counterpart_of_levels_or_internal_words(of: World) -> None:
    version = at_nation(of)
    post(version, of, "reviewer", "MARKER")
    act(version, "return", of["national"], given=Given(points=(POINT,)), reason="MARKER")
    letters = session.scalars(
        select(OutboxMail).where(OutboxMail.recipient.in_(_addresses(of, "other_liaison", "other_lead")))
    ).all()
    assert letters
    for letter in letters:
        for word in ("MARKER", "Provincial", "National", "sign-off", "Returned"):
            assert word not in letter.subject + letter.body
    domestic = session.scalars(select(OutboxMail).where(OutboxMail.recipient.in_(_addresses(of, "lead")))).all()
    assert len(domestic) > len(letters) // 2


def _addresses(of: World, *who: str) -> list[str]:
    return [session.get_one(Account, of[one].account_id).email for one in who]


def test_nothing_but_one_query_reads_the_comments() -> None:
    """Who names the model: its module, the one reader, and the one operation that adds."""
    allowed = {
        "partnerships/models/__init__.py",
        "partnerships/models/remarks.py",
        "partnerships/queries/comments.py",
        "partnerships/operations/taking_part.py",
    }
    named = set()
    for path in ROOMS.rglob("*.py"):
        source = path.read_text()
        if "CaseComment" in source or "partnership_comment" in source:
            named.add(path.relative_to(ROOMS).as_posix())
    assert named == allowed
    adding = ast.parse((ROOMS / "partnerships/operations/taking_part.py").read_text())
    nodes = list(ast.walk(adding))
    named_there = [node for node in nodes if isinstance(node, ast.Name) and node.id == "CaseComment"]
    made = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CaseComment"]
    given_back = [
        node for node in nodes if isinstance(node, ast.FunctionDef) and getattr(node.returns, "id", "") == "CaseComment"
    ]
    assert len(named_there) == len(made) + len(given_back) == 2


# --- Lists ----------------------------------------------------------------------------------------------


def test_a_list_asks_the_same_number_of_statements_for_one_case_as_for_six(of: World) -> None:
    def statements() -> int:
        session.expire_all()
        with counted_statements() as seen:
            for version in session.scalars(versions_for(of["liaison"]).limit(50)):
                assert version.partnership.number
        return len(seen)

    drafted(of)
    once = statements()
    for instrument in ("intent", "arrangement", "joint_plan"):
        drafted(of, instrument=instrument)
    for instrument in ("intent", "arrangement"):
        drafted(of, instrument=instrument, counterparts=("Kobe",))
    assert statements() <= once + 1


def test_every_public_state_is_one_that_the_public_may_name() -> None:
    public = Standing()
    for state in PUBLIC:
        assert shown_state(state, public) != UNDER_REVIEW
    assert {state for state in VersionState if shown_state(state, public) == UNDER_REVIEW} == {
        VersionState.CITY_REVIEW,
        VersionState.PROVINCE_REVIEW,
        VersionState.NATIONAL_REVIEW,
        VersionState.RETURNED,
    }
