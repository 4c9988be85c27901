"""An idea from the session where it was raised to the project that it became."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.committees.models import Committee
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.evidence import errors
from forum.evidence.models import EvidenceLink, Idea, IdeaStep, WillingCity
from forum.evidence.operations import ideas
from forum.evidence.operations.ideas import Decision, Wording
from forum.evidence.permissions import idea_roles
from forum.evidence.queries import ideas as reading
from forum.evidence.queries.ends import idea_as_end
from forum.evidence.queries.thread import idea_thread
from forum.evidence.rules import Entry
from forum.evidence.states import IDEA_LIFE, NATION, SECRETARY, Capacity, IdeaState, LinkState
from forum.places.models import City
from forum.ports.mail.models import OutboxMail
from tests.conftest import START
from tests.evidence.chain import LIAISON, OFFICER, ORGANISER, Chain
from tests.evidence.chain import SECRETARY as SECRETARY_NAME

BOTH = frozenset({NATION, SECRETARY})


def raised(laid: Chain, who: str = ORGANISER, *, at_talk: bool = True) -> Idea:
    words = Wording(
        Text("Management of city data", "城市数据管理"),
        Text("Nobody knows which data exist.", "没有人知道有哪些数据。"),
        Text("Hangzhou Institute of Standardization", "杭州市标准化研究院"),
        laid.one(Committee, "committee"),
        laid.one(City, "hangzhou"),
    )
    held = (laid.one(AgendaSession, "talk"), laid.end(laid.talk)) if at_talk else None
    return ideas.raise_idea(words, Capacity.ORGANISER, held, actor=laid.actor(who), now=START)


def decide(laid: Chain, idea: Idea, action: str, who: str = OFFICER, **more: object) -> None:
    roles = idea_roles(laid.end(idea.reference, who), laid.viewer(who))
    decision = Decision(action, **more)  # type: ignore[arg-type]
    ideas.decide(idea, decision, roles, seen=None, actor=laid.actor(who), now=START)


def titles(laid: Chain, idea: Idea, who: str | None = None) -> list[str]:
    found = idea_thread(laid.end(idea.reference, who), laid.viewer(who), START, idea.standard)
    return [line.title.en for line in found if isinstance(line, Entry)]


def test_the_public_reads_an_idea_once_it_is_screened(laid: Chain) -> None:
    idea = raised(laid)
    for who, sees in (
        (None, False),
        ("stranger", False),
        ("other_focal", False),
        (ORGANISER, True),
        (LIAISON, True),
        (SECRETARY_NAME, True),
        (OFFICER, True),
        ("agenda", True),
    ):
        assert (reading.one(idea.public_id, laid.viewer(who)) is not None) is sees, who
        assert reading.listed(laid.viewer(who))[1] == int(sees)
    decide(laid, idea, "screen")
    assert reading.one(idea.public_id, laid.viewer(None)) is not None
    assert session.scalars(select(EvidenceLink.state)).one() is LinkState.CONFIRMED
    assert "From talk to standard" in titles(laid, idea)


def test_an_idea_becomes_a_project_and_the_thread_says_so(laid: Chain) -> None:
    idea = raised(laid)
    decide(laid, idea, "screen")
    decide(laid, idea, "pursue", SECRETARY_NAME)
    with pytest.raises(errors.StandardNeeded):
        decide(laid, idea, "become")
    decide(laid, idea, "become", standard=laid.end(laid.standard_reference))
    session.refresh(idea)
    assert (idea.state, idea.standard_id) == (IdeaState.BECAME_PROJECT, laid.standard.id)
    found = titles(laid, idea)
    assert {"From talk to standard", "Management of city data"} <= set(found)
    assert len(found) > 4  # with the stages of what it became
    steps = session.scalars(select(IdeaStep).order_by(IdeaStep.id)).all()
    assert [(step.target, step.capacity) for step in steps] == [
        ("screened", "nation"),
        ("pursued", "secretary"),
        ("became_project", "nation"),
    ]
    # Whoever raised it is told of each step in their language, and the audit holds no words of the idea.
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "evidence_idea_moved")).all()
    assert [mail.language for mail in mails] == ["zh"] * 3
    assert "城市数据管理" in mails[0].body
    assert "city data" not in " ".join(session.scalars(select(AuditEntry.body)))


def test_a_secretary_neither_screens_nor_declines(laid: Chain) -> None:
    idea = raised(laid)
    with pytest.raises(UnlawfulAction):
        decide(laid, idea, "screen", SECRETARY_NAME)
    with pytest.raises(ReasonNeeded):
        decide(laid, idea, "decline")
    decide(laid, idea, "decline", reason="Covered elsewhere")
    assert reading.one(idea.public_id, laid.viewer(None)) is None  # declined before it was ever public


def test_an_idea_is_merged_into_an_open_one_and_not_into_itself(laid: Chain) -> None:
    one, other = raised(laid), raised(laid, at_talk=False)
    with pytest.raises(errors.TargetIdeaNeeded):
        decide(laid, one, "merge", into=one)
    decide(laid, one, "merge", into=other)
    assert (one.state, one.merged_into_id) == (IdeaState.MERGED, other.id)
    with pytest.raises(errors.TargetIdeaNeeded):
        decide(laid, other, "merge", into=one)


def test_somebody_who_saw_an_older_version_is_told(laid: Chain) -> None:
    idea = raised(laid)
    seen = idea.version
    decide(laid, idea, "screen")
    with pytest.raises(errors.ChangedMeanwhile):
        ideas.decide(idea, Decision("pursue"), BOTH, seen=seen, actor=laid.actor(OFFICER), now=START)


def test_a_city_is_willing_once_however_often_it_says_so(laid: Chain) -> None:
    idea, city = raised(laid), laid.one(City, "hangzhou")
    for _time in range(2):
        ideas.say_willing(idea, city, willing=True, actor=laid.actor(LIAISON), now=START)
    assert session.scalars(select(WillingCity.city_id)).all() == [city.id]
    ideas.say_willing(idea, city, willing=False, actor=laid.actor(LIAISON), now=START)
    assert session.scalars(select(WillingCity.city_id)).all() == []


def test_no_walk_leaves_the_table() -> None:
    chance = random.Random(7)
    for _walk in range(200):
        state = "raised"
        for _step in range(12):
            row = chance.choice(IDEA_LIFE.rows)
            if state in row.sources and row.actors & BOTH:
                state = IDEA_LIFE.step(state, row.action, BOTH, "because").target
            else:
                with pytest.raises(UnlawfulAction):
                    IDEA_LIFE.step(state, row.action, BOTH, "because")
    assert IDEA_LIFE.final("became_project")
    assert IDEA_LIFE.final("merged")


def test_an_idea_without_words_is_refused(laid: Chain) -> None:
    for words, refusal in (
        (Wording(Text(), Text("p"), Text()), errors.TitleNeeded),
        (Wording(Text("t"), Text(), Text()), errors.ProblemNeeded),
    ):
        with pytest.raises(refusal):
            ideas.raise_idea(words, Capacity.NATION, actor=laid.actor(OFFICER), now=START)
    idea = raised(laid)
    assert idea_as_end(idea, {}).owners == {f"city:{idea.city_id}", f"forum:{laid.cast.forum_id}"}
