"""Drafts from asking to storing, against a real server on loopback: nothing is lost, doubled, overwritten or leaked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState
from forum.core.database import begin_writing, session
from forum.core.refusals import NotFound
from forum.drafting import errors
from forum.drafting.models import BreakerState, EngineBreaker, EngineUse, JobState, KeptInside, TranslationJob
from forum.drafting.neighbours import neighbours
from forum.drafting.operations import claiming
from forum.drafting.operations.asking import ask, try_again
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.keeping import keep_inside, let_outside
from forum.drafting.operations.performing import Draft, perform_due, store
from forum.drafting.queries import progress, texts
from forum.drafting.rules import CHANGED, KEPT, NO_ANSWER, TOO_LONG
from forum.ports.engines.choosing import EmbeddedEngine
from forum.translation import operations as translation
from forum.translation import queries as translations
from forum.translation.models import Origin, TranslationState
from tests.cast import Cast
from tests.conftest import START
from tests.drafting.scene import (
    ASKER,
    PLENTY,
    SET,
    asked,
    at_work,
    chinese,
    cleared,
    engine_at,
    jobs,
    quiet_forum,
    states,
    worked,
)
from tests.translation.libre import libre

TITLES = ["Opening", "Resilient cities", "ISO 37101 in practice"]


def held(public_id: str) -> AgendaSession:
    session.rollback()
    return session.scalars(select(AgendaSession).where(AgendaSession.public_id == public_id)).one()


def typed(public_id: str, **sides: str) -> None:
    """Write sides of a title as a person does; commits."""
    begin_writing()
    changed = {("title", language): text for language, text in sides.items()}
    translation.record(held_now(public_id), "agenda_session", changed, actor=ASKER, now=START)
    session.commit()


def held_now(public_id: str) -> AgendaSession:
    return session.scalars(select(AgendaSession).where(AgendaSession.public_id == public_id)).one()


def test_a_cleared_forum_is_drafted_whole_and_marked_as_machine(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, [f"Session {number} on ISO 37101" for number in range(60)])
        assert (asked(cast, "title").queued, asked(cast, "title").queued) == (60, 0)
        assert asked(cast, "title").known == 60
        assert worked(server) == 60
        assert states() == [JobState.DONE] * 60
        assert len(server.got) == 3, "in batches of twenty"
        for public_id in made:
            record = held(public_id)
            assert record.side("title", "zh").startswith("译文Session")
            assert record.side("title", "zh").endswith("ISO 37101")
            known = translations.states_of([record])
            assert translations.state(record, "title", "zh", known) is TextState.MACHINE
        row = session.scalars(select(TranslationState).limit(1)).one()
        assert (row.engine, row.by, row.origin) == ("libretranslate", "system", Origin.MACHINE)
        written = session.scalars(select(AuditEntry).where(AuditEntry.action == "draft_translation")).all()
        assert len(written) == 60
        assert all("Session" not in entry.body and ASKER.reference in entry.body for entry in written)
        assert worked(server) == 0
        assert asked(cast, "title").queued == 0


def test_the_engine_is_called_outside_of_any_transaction(app: Flask, cast: Cast) -> None:
    """While the server thinks, somebody else writes: with an open transaction SQLite would make them wait."""
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, TITLES)
        asked(cast, "title")

        class Engine:
            name, where, outside = "libretranslate", "", True

            def translate(self, found: list[str], _source: str, _target: str, **_more: bool) -> list[str]:
                assert not session().in_transaction()
                return [f"译{text}" for text in found]

        assert perform_due(START, Engine(), allowance=PLENTY) == 3  # type: ignore[arg-type]


def test_a_draft_of_a_text_that_changed_meanwhile_is_dropped(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        first, second, _third = cleared(cast, TITLES)
        asked(cast, "title")
        batch = claiming.claim(engine_at(server), PLENTY, START)
        assert batch is not None
        typed(first, en="Opening and welcome")
        typed(second, zh="韧性城市")
        stored = [store(task, batch, Draft("机器"), "libretranslate", START) for task in batch.tasks]
        assert stored == [False, False, True]
        assert (chinese(first), chinese(second)) == ("", "韧性城市")
        assert [job.state for job in jobs()] == [JobState.DROPPED, JobState.DROPPED, JobState.DONE]
        assert jobs()[0].error == CHANGED


def test_a_text_that_changed_before_it_was_taken_is_never_sent(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        first, *_others = cleared(cast, TITLES)
        asked(cast, "title")
        typed(first, en="A secret change")
        assert worked(server) == 2
        assert not any("secret" in text or "Opening" in text for text in server.texts)


def test_what_a_person_wrote_or_reviewed_is_never_overwritten(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        first, second, third = cleared(cast, TITLES)
        typed(first, zh="开幕式")
        asked(cast, "title")
        assert worked(server) == 2
        begin_writing()
        translation.review(held_now(second), "title", "zh", actor=ASKER, now=START)
        session.commit()
        for public_id in (first, second, third):
            typed(public_id, en=f"New {public_id}")
        found = asked(cast, "title")
        assert found.queued == 1, "the outdated draft of the machine alone"
        assert worked(server) == 1
        assert chinese(first) == "开幕式"
        assert chinese(second).startswith("译文Resilient")
        assert chinese(third) == f"译文New {third}"


def test_a_server_that_fails_twice_is_asked_again_and_nothing_is_doubled(app: Flask, cast: Cast) -> None:
    with at_work(app), libre("503-twice") as server:
        quiet_forum(cast)
        cleared(cast, TITLES)
        asked(cast, "title")
        assert worked(server) == 0
        assert states() == [JobState.QUEUED] * 3
        assert worked(server, START + timedelta(seconds=1)) == 0, "it waits two seconds first"
        assert worked(server, START + timedelta(seconds=3)) == 0
        assert worked(server, START + timedelta(seconds=5)) == 0, "and four after the second failure"
        assert worked(server, START + timedelta(seconds=8)) == 3
        assert (len(server.got), states()) == (3, [JobState.DONE] * 3)


def test_six_tries_are_enough(app: Flask, cast: Cast) -> None:
    with at_work(app), libre("500") as server:
        quiet_forum(cast)
        cleared(cast, TITLES[:1])
        asked(cast, "title")
        now = START
        for _each in range(12):
            worked(server, now)
            now += timedelta(minutes=20)
        [job] = jobs()
        assert (job.state, job.tries, job.error) == (JobState.FAILED, 6, "engine: status 500")
        assert len(server.got) == 6
        begin_writing()
        assert try_again(actor=ASKER, now=now) == 1
        session.commit()
        server.mode = "ok"
        assert worked(server, now) == 1


def test_a_batch_that_is_refused_is_sent_one_by_one_and_one_bad_text_stops_nobody(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, TITLES)
        asked(cast, "title")
        server.refused = lambda found: any("Resilient" in text for text in found)
        assert worked(server) == 2
        assert states() == [JobState.DONE, JobState.FAILED, JobState.DONE]
        assert jobs()[1].error == "engine: status 400"
        assert [len(got.said["q"]) for got in server.got] == [3, 1, 1, 1]


def test_sixty_sessions_come_through_an_engine_that_fails_in_every_passing_way(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, [f"Session {number} on ISO 37101" for number in range(60)])
        asked(cast, "title")
        failing = ["429", "500", "503", "html", "truncated", "cut", "hangup", "deep"]
        server.moods = [mood for bad in failing for mood in (bad, "ok")]
        now = START
        for _turn in range(40):
            worked(server, now)
            now += timedelta(minutes=1)
        assert states() == [JobState.DONE] * 60
        assert all(chinese(public_id).endswith("ISO 37101") for public_id in made)
        written = session.scalars(select(AuditEntry.object_id).where(AuditEntry.action == "draft_translation")).all()
        assert sorted(written) == sorted(made), "each once"
        assert len(server.got) > 3, "some calls failed"


@pytest.mark.parametrize("mode", ["short", "types", "single", "error-200", "403"])
def test_an_answer_that_does_not_fit_is_stored_nowhere(app: Flask, cast: Cast, mode: str) -> None:
    with at_work(app), libre(mode) as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES)
        asked(cast, "title")
        assert worked(server) == 0
        assert [chinese(public_id) for public_id in made] == ["", "", ""]
        assert states() == [JobState.FAILED] * 3


def test_the_breaker_opens_rests_and_lets_one_call_try(app: Flask, cast: Cast) -> None:
    with at_work(app), libre("503") as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES)
        asked(cast, "title")
        now = START
        for _each in range(5):
            worked(server, now)
            now += timedelta(seconds=40)
        row = session.get_one(EngineBreaker, "libretranslate")
        assert (row.state, row.failures, row.pause) == (BreakerState.OPEN, 5, 60)
        session.rollback()
        calls = len(server.got)
        worked(server, now)
        assert len(server.got) == calls == 5, "nothing is sent while it rests"
        now += timedelta(minutes=2)
        worked(server, now)
        state = progress.engine_state("libretranslate", now)
        assert (len(server.got), state.state, state.breaker.pause) == (6, BreakerState.OPEN, 120)
        assert state.last_error == "status 503"
        begin_writing()
        try_again(actor=ASKER, now=now)
        session.commit()
        server.mode = "ok"
        now += timedelta(minutes=3)
        assert worked(server, now) == 3, "the work resumes by itself"
        assert progress.engine_state("libretranslate", now).state is BreakerState.CLOSED
        assert all(chinese(public_id) for public_id in made)


def test_only_one_worker_tries_an_engine_that_has_rested(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, [f"Session {number}" for number in range(30)])
        asked(cast, "title")
        begin_writing()
        session.add(
            EngineBreaker(engine="libretranslate", state=BreakerState.OPEN, failures=5, pause=60, until=START, calls=0)
        )
        session.commit()
        assert claiming.claim(engine_at(server), PLENTY, START) is not None
        assert claiming.claim(engine_at(server), PLENTY, START) is None


def test_the_pace_and_the_budget_of_the_month_are_kept(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, [f"Session number {number:02}" for number in range(50)])  # 17 characters each
        asked(cast, "title")
        assert worked(server, START, Allowance(rate=1, budget=0)) == 20
        assert worked(server, START, Allowance(rate=1, budget=0)) == 0
        later = START + timedelta(minutes=1)
        assert worked(server, later, Allowance(rate=5, budget=20 * 17 + 40)) == 2
        use = session.get_one(EngineUse, ("libretranslate", "2027-03"))
        assert (use.calls, use.characters) == (2, 22 * 17)
        session.rollback()
        assert worked(server, later, Allowance(rate=5, budget=20 * 17 + 40)) == 0
        assert states().count(JobState.QUEUED) == 28
        april = START + timedelta(days=31)
        assert worked(server, april, Allowance(rate=5, budget=10_000)) == 28


def test_a_lost_worker_s_drafts_are_taken_again_and_its_late_answer_is_not_stored(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES)
        asked(cast, "title")
        lost = claiming.claim(engine_at(server), PLENTY, START)
        assert lost is not None
        assert worked(server, START + timedelta(minutes=3)) == 0
        assert worked(server, START + timedelta(minutes=5)) == 3
        late = [store(task, lost, Draft("迟到"), "libretranslate", START + timedelta(minutes=6)) for task in lost.tasks]
        assert late == [False, False, False]
        assert "迟到" not in {chinese(public_id) for public_id in made}
        count = session.scalar(select(func.count()).where(AuditEntry.action == "draft_translation"))
        assert count == 3


def test_workers_that_end_again_and_again_are_not_fed_for_ever(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, TITLES[:1])
        asked(cast, "title")
        now = START
        for _each in range(6):
            assert claiming.claim(engine_at(server), PLENTY, now) is not None
            now += timedelta(minutes=5)
            claiming.free_expired(now)
        assert states() == [JobState.FAILED]


def test_a_draft_with_a_loss_is_not_written_and_the_thing_is_named(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES)
        asked(cast, "title")
        server.speak = lambda _text, _target, _html: "译文"
        assert worked(server) == 2
        assert [job.error for job in jobs()] == ["", "", "lost: ISO 37101"]
        assert chinese(made[2]) == ""
        assert [got.said["format"] for got in server.got] == ["text", "html"]
        assert server.got[1].said["q"] == ['<span translate="no" id="t0">⟦0⟧</span> in practice']


def test_what_is_lost_as_text_may_come_whole_as_html(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES[2:])
        asked(cast, "title")
        server.speak = lambda text, _target, html: f"实践中的{text.split(' in ')[0]}" if html else "实践"
        assert worked(server) == 1
        assert chinese(made[0]) == "实践中的ISO 37101"


@pytest.mark.parametrize(("answer", "error"), [("  ", NO_ANSWER), ("长" * 301, TOO_LONG)])
def test_a_draft_that_is_empty_or_too_long_is_not_written(app: Flask, cast: Cast, answer: str, error: str) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        made = cleared(cast, TITLES[:1])
        asked(cast, "title")
        server.speak = lambda _text, _target, _html: answer
        assert worked(server) == 0
        assert (jobs()[0].error, chinese(made[0])) == (error, "")


def test_nothing_can_be_asked_for_that_no_source_names(app: Flask, cast: Cast) -> None:
    with at_work(app):
        begin_writing()
        for entity, field in (
            ("person", "biography"),
            ("venue", "name"),
            ("forum", "organiser"),
            ("contribution", "topic"),
        ):
            with pytest.raises(errors.NotOffered):
                ask(entity, "x", field, engine=SET, actor=ASKER, now=START)
        with pytest.raises(NotFound):
            ask("track", "unknown", "name", engine=SET, actor=ASKER, now=START)
        with pytest.raises(errors.EngineOff):
            ask("track", "unknown", "name", engine=None, actor=ASKER, now=START)


def test_a_record_that_is_kept_inside_is_not_sent_even_when_it_waits_already(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        first, second, _third = cleared(cast, TITLES)
        asked(cast, "title")
        source = neighbours.sources["agenda_session"]
        begin_writing()
        assert keep_inside(source, held_now(first), actor=ASKER, now=START)
        assert not keep_inside(source, held_now(first), actor=ASKER, now=START)
        session.add(KeptInside(entity="agenda_session", entity_id=second, by="x", at=START))  # behind its back
        session.commit()
        begin_writing()
        with pytest.raises(errors.NotToBeDrafted) as refused:
            ask("agenda_session", first, "title", engine=SET, actor=ASKER, now=START)
        assert KEPT in str(refused.value)
        assert worked(server) == 1
        assert server.texts == ["⟦0⟧ in practice"]
        assert [job.error for job in jobs()] == [KEPT, KEPT, ""]
        begin_writing()
        assert let_outside(source, held_now(first), actor=ASKER, now=START)
        assert ask("agenda_session", first, "title", engine=SET, actor=ASKER, now=START)
        session.commit()
        assert worked(server) == 1


def test_the_embedded_engine_leaves_empty_what_it_does_not_know_and_may_see_drafts(app: Flask, cast: Cast) -> None:
    with at_work(app):
        quiet_forum(cast)
        made = cleared(cast, TITLES)
        typed(made[0], en="Not released yet")
        begin_writing()
        for public_id in made:
            ask("agenda_session", public_id, "title", engine=EmbeddedEngine(lambda *_asked: ""), actor=ASKER, now=START)
        session.commit()
        seen: list[str] = []

        def answer(text: str, _source: str, _target: str) -> str:
            seen.append(text)
            return {"Not released yet": "尚未发布", "ISO 37101 in practice": "实践"}.get(text, "")

        assert perform_due(START, EmbeddedEngine(answer), allowance=PLENTY) == 1
        assert sorted(seen) == ["ISO 37101 in practice", "Not released yet", "Resilient cities"]
        assert [job.error for job in jobs()] == ["", NO_ANSWER, "lost: ISO 37101"]


def test_chinese_originals_are_drafted_into_english(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        [made] = cleared(cast, TITLES[:1])
        begin_writing()
        record = held_now(made)
        translation.record(record, "agenda_session", {("title", "zh"): "开幕式"}, actor=ASKER, now=START)
        translation.change_original(record, "zh", actor=ASKER, now=START)
        translation.record(record, "agenda_session", {("title", "en"): ""}, actor=ASKER, now=START)
        session.commit()
        asked(cast, "title")
        assert worked(server) == 1
        assert server.got[0].said["source"] == "zh"
        assert held(made).side("title", "en") == "draft 开幕式"


def test_reading_needs_no_engine_and_the_texts_are_found_in_few_statements(app: Flask, cast: Cast) -> None:
    with at_work(app):
        quiet_forum(cast)
        cleared(cast, TITLES)
        begin_writing()
        session.execute(update(TranslationJob).values(error=""))
        session.commit()
        assert texts.forum_called("nowhere") is None
        assert progress.counts()[JobState.QUEUED] == 0
        assert perform_due(START, None) == 0


def test_an_answer_that_nobody_foresaw_fails_one_text_and_not_the_others(app: Flask, cast: Cast) -> None:
    class Engine:
        name, where, outside = "libretranslate", "", True

        def translate(self, found: list[str], _source: str, _target: str, **_more: bool) -> list[str]:
            if any("Resilient" in text for text in found):
                raise ZeroDivisionError
            return [f"译{text}" for text in found]

    with at_work(app):
        quiet_forum(cast)
        cleared(cast, TITLES)
        asked(cast, "title")
        engine: Any = Engine()
        assert perform_due(START, engine, allowance=PLENTY) == 2
        assert [job.error for job in jobs()] == ["", "engine: ZeroDivisionError", ""]


def test_a_token_with_a_number_beyond_all_bounds_is_a_loss_and_no_fault(app: Flask, cast: Cast) -> None:
    with at_work(app), libre() as server:
        quiet_forum(cast)
        cleared(cast, TITLES[2:])
        asked(cast, "title")
        server.speak = lambda _text, _target, _html: f"⟦{'1' * 9000}⟧"
        assert worked(server) == 0
        assert jobs()[0].error.startswith("lost: ISO 37101")
