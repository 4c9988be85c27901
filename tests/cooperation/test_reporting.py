"""Reports, outcomes, the blind assessment, and what falls due."""

from __future__ import annotations

import ast
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

import forum
from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.cooperation import errors
from forum.cooperation.models import Assessment, Principle, Report, ReportKind, SessionTie
from forum.cooperation.operations import assessing, linking, reporting
from forum.cooperation.queries import assessments, reports
from forum.cooperation.queries.due import due
from forum.cooperation.queries.linking import sessions_of
from forum.cooperation.rules.due import DueKind
from forum.cooperation.states import REPORT_LIFE, ReportState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound, Refusal
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.partnerships.models import PartnershipParty, Side
from forum.partnerships.states import VersionState
from forum.ports.mail.models import OutboxMail
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, city, handed, held

YEAR = (date(2026, 3, 1), date(2027, 2, 28))


def account(kind: ReportKind = ReportKind.ANNUAL, **changes: object) -> reporting.Account:
    said: dict[str, object] = {
        "period_from": YEAR[0],
        "period_to": YEAR[1],
        "promised": Text("Two webinars", "两次研讨"),
        "done": Text("One webinar", "一次研讨"),
        **changes,
    }
    return reporting.Account(kind, **said)  # type: ignore[arg-type]


def written(pair: Pair, who: str = "delegate", **changes: object) -> Report:
    return reporting.write(pair.partnership, account(**changes), **pair.as_(who))  # type: ignore[arg-type]


def step(pair: Pair, report: Report, action: str, who: str, reason: str = "") -> None:
    reporting.perform(report, action, reason=reason, **pair.as_(who))  # type: ignore[arg-type]


class TestReports:
    """Written by one side, answered by the other, accepted by the nation."""

    def test_the_way_of_a_report(self, pair: Pair) -> None:
        report = written(pair)
        step(pair, report, "submit", "delegate")
        step(pair, report, "confirm", "focal")
        step(pair, report, "accept", "viewer")
        assert report.state is ReportState.ACCEPTED
        mails = session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == "cooperation_report_waits")).all()
        assert mails == ["focal@forum.test"]

    def test_nobody_of_the_authors_side_confirms(self, pair: Pair) -> None:
        report = written(pair)
        step(pair, report, "submit", "delegate")
        for who in ("delegate", "door", "viewer"):
            with pytest.raises(UnlawfulAction):
                step(pair, report, "confirm", who)
        with pytest.raises(NotFound):
            step(pair, report, "confirm", "stranger")

    def test_a_dissent_needs_words_and_is_kept_after_a_later_confirmation(self, pair: Pair) -> None:
        report = written(pair)
        step(pair, report, "submit", "delegate")
        with pytest.raises(ReasonNeeded):
            step(pair, report, "dissent", "focal")
        step(pair, report, "dissent", "focal", "The second webinar was held too.")
        step(pair, report, "confirm", "focal")
        assert [answer.confirms for answer in report.answers] == [False, True]
        assert report.answers[0].text == "The second webinar was held too."

    def test_the_nation_may_accept_a_disputed_report_but_never_a_disputed_final_one(self, pair: Pair) -> None:
        for kind, may in ((ReportKind.ANNUAL, True), (ReportKind.FINAL, False)):
            report = written(pair, kind=kind)
            step(pair, report, "submit", "delegate")
            step(pair, report, "dissent", "focal", "No.")
            if may:
                step(pair, report, "accept", "viewer")
            else:
                with pytest.raises(errors.FinalNotConfirmed):
                    step(pair, report, "accept", "viewer")

    def test_where_two_cities_are_the_counterpart_each_confirms(self, pair: Pair) -> None:
        osaka = city("Osaka")
        third = PartnershipParty(partnership_id=pair.partnership.id, city_id=osaka.id, side=Side.FOREIGN, order=2)
        session.add(third)
        session.flush()
        session.expire(pair.partnership, ["parties"])
        report = written(pair, kind=ReportKind.FINAL)
        step(pair, report, "submit", "delegate")
        step(pair, report, "confirm", "focal")
        assert str(report.state) == "submitted"
        assert reports.final_of(pair.version) is None
        step(pair, report, "confirm", "other_focal")
        assert report.state is ReportState.CONFIRMED
        assert reports.final_of(pair.version) is report

    def test_one_report_of_a_side_for_a_period(self, pair: Pair) -> None:
        written(pair)
        with pytest.raises(errors.ReportThere):
            written(pair, "door")
        written(pair, "focal")

    def test_a_submitted_text_stays_as_it_is(self, pair: Pair) -> None:
        report = written(pair)
        with pytest.raises(NotFound):
            reporting.rewrite(report, account(), **pair.as_("focal"))  # type: ignore[arg-type]
        step(pair, report, "submit", "delegate")
        with pytest.raises(errors.ReportClosed):
            reporting.rewrite(report, account(), **pair.as_("delegate"))  # type: ignore[arg-type]

    def test_an_empty_report_is_not_submitted(self, pair: Pair) -> None:
        with pytest.raises(errors.ReportIncomplete):
            step(pair, written(pair, done=Text()), "submit", "delegate")

    def test_a_draft_is_its_sides_own(self, pair: Pair) -> None:
        report = written(pair)
        seen = {
            who: bool(reports.of_partnership(pair.partnership.id, pair.standing(who)))
            for who in ("delegate", "door", "focal", "viewer", "stranger")
        }
        assert seen == {"delegate": True, "door": True, "focal": False, "viewer": False, "stranger": False}
        step(pair, report, "submit", "delegate")
        assert reports.one(pair.partnership.id, report.public_id, pair.standing("focal")) is report
        assert reports.one(pair.partnership.id, report.public_id, pair.standing("stranger")) is None

    @pytest.mark.parametrize("seed", range(3))
    def test_no_random_walk_leaves_the_table_or_lets_a_side_answer_itself(self, pair: Pair, seed: int) -> None:
        chance = random.Random(seed)
        report = written(pair)
        actions = [row.action for row in REPORT_LIFE.rows]
        roles = {"delegate": "author", "door": "author", "focal": "counterpart", "viewer": "nation"}
        for _ in range(80):
            who, action, before = chance.choice(sorted(roles)), chance.choice(actions), report.state
            lawful = {row.action: row for row in REPORT_LIFE.lawful(before, {roles[who]})}
            try:
                step(pair, report, action, who, "because")
            except Refusal:
                assert report.state is before
                assert action not in lawful
            else:
                assert report.state == lawful[action].target
        sides = {answer.party.side for answer in report.answers}
        assert sides <= {Side.FOREIGN}


class TestOutcomes:
    """From a baseline with a source to values on accepted evidence."""

    aim = reporting.Indicator(
        Text("Green roofs", "绿色屋顶"), Text("ha", "公顷"), Text("Yearbook", "年鉴"), "12.5", 2026, "20", 2030
    )

    def test_a_value_needs_accepted_evidence_and_comes_once_a_year(self, pair: Pair) -> None:
        outcome = reporting.set_outcome(pair.partnership, self.aim, **pair.as_("delegate"))  # type: ignore[arg-type]
        with pytest.raises(errors.EvidenceNotAccepted):
            reporting.measure(outcome, 2027, "14", handed(pair).evidence, **pair.as_("delegate"))  # type: ignore[arg-type]
        good = accepted(pair, content="a,b\n1,1\n")
        reporting.measure(
            outcome,
            2027,
            "14.20",
            good,
            parts=[("Centre", "中心城区", "4")],
            **pair.as_("delegate"),  # type: ignore[arg-type]
        )
        assert [(one.year, one.value) for one in outcome.values] == [(2027, "14.20")]
        with pytest.raises(errors.ValueThere):
            reporting.measure(outcome, 2027, "15", good, **pair.as_("focal"))  # type: ignore[arg-type]
        with pytest.raises(errors.NotAFigure):
            reporting.measure(outcome, 2028, "many", good, **pair.as_("focal"))  # type: ignore[arg-type]

    def test_a_baseline_names_its_source(self, pair: Pair) -> None:
        wrong = reporting.Indicator(Text("Trees"), Text(), Text(), "1", 2026, "2", 2030)
        with pytest.raises(errors.SourceNeeded):
            reporting.set_outcome(pair.partnership, wrong, **pair.as_("delegate"))  # type: ignore[arg-type]


MARKER = "canary-in-the-reason"


def marks(mark: int = 3, reason: str = MARKER) -> dict[Principle, assessing.Mark]:
    return {one: assessing.Mark(mark, Text(reason)) for one in Principle}


def opened(pair: Pair, last: date = date(2027, 3, 31)) -> Assessment:
    return assessing.open_year(pair.partnership, 2027, last, **pair.as_("delegate"))  # type: ignore[arg-type]


class TestAssessment:
    """Before both sides answered, neither sees the other's, on any way."""

    READERS = (Side.DOMESTIC, Side.FOREIGN, None)

    def seen(self, pair: Pair, days: int = 0) -> dict[Side | None, set[Side]]:
        now = START + timedelta(days=days)
        return {
            reader: set(assessments.of_partnership(pair.partnership, reader, now)[0].answers) for reader in self.READERS
        }

    def test_an_answer_opens_with_the_other_one(self, pair: Pair) -> None:
        assessment = opened(pair)
        assessing.answer(assessment, marks(5), **pair.as_("delegate"))  # type: ignore[arg-type]
        assert self.seen(pair) == {Side.DOMESTIC: {Side.DOMESTIC}, Side.FOREIGN: set(), None: set()}
        one = assessments.one(pair.partnership, assessment.public_id, Side.FOREIGN, START)
        assert one is not None
        assert MARKER not in repr(one.answers)
        assert one.gaps == ()
        assessing.answer(assessment, marks(2), **pair.as_("focal"))  # type: ignore[arg-type]
        assert all(sides == set(Side) for sides in self.seen(pair).values())
        both = assessments.one(pair.partnership, assessment.public_id, None, START)
        assert both is not None
        assert {gap.width for gap in both.gaps} == {3}

    def test_the_last_day_opens_what_is_there_and_closes_the_door(self, pair: Pair) -> None:
        assessment = opened(pair)
        assessing.answer(assessment, marks(), **pair.as_("delegate"))  # type: ignore[arg-type]
        assert self.seen(pair, 30)[Side.FOREIGN] == set()
        assert self.seen(pair, 32)[Side.FOREIGN] == {Side.DOMESTIC}
        with pytest.raises(errors.AssessmentOver):
            assessing.answer(assessment, marks(), **pair.as_("focal", START + timedelta(days=32)))  # type: ignore[arg-type]

    def test_a_side_answers_once_and_whole(self, pair: Pair) -> None:
        assessment = opened(pair)
        for wrong in ({}, marks(6), marks(0), marks(reason=" "), dict(list(marks().items())[:9])):
            with pytest.raises(errors.AnswerIncomplete):
                assessing.answer(assessment, wrong, **pair.as_("delegate"))  # type: ignore[arg-type]
        assessing.answer(assessment, marks(), **pair.as_("delegate"))  # type: ignore[arg-type]
        for who in ("delegate", "door"):
            with pytest.raises(errors.AnsweredAlready):
                assessing.answer(assessment, marks(1), **pair.as_(who))  # type: ignore[arg-type]
        for who in ("viewer", "stranger", "other_focal"):
            with pytest.raises(NotFound):
                assessing.answer(assessment, marks(), **pair.as_(who))  # type: ignore[arg-type]

    def test_neither_the_audit_nor_a_mail_tells_of_marks_or_reasons(self, pair: Pair) -> None:
        assessing.answer(opened(pair), marks(4), **pair.as_("delegate"))  # type: ignore[arg-type]
        said = [*session.scalars(select(AuditEntry.body)), *session.scalars(select(OutboxMail.body))]
        assert said
        assert not any(MARKER in text for text in said)
        answers = [text for text in session.scalars(select(AuditEntry.body)) if '"answer"' in text]
        assert answers
        assert not any('"mark"' in text for text in answers)

    @pytest.mark.parametrize("seed", range(6))
    def test_no_order_of_answers_and_days_shows_a_side_before_its_time(self, pair: Pair, seed: int) -> None:
        chance = random.Random(seed)
        assessment = opened(pair)
        answered: set[Side] = set()
        people = {"delegate": Side.DOMESTIC, "door": Side.DOMESTIC, "focal": Side.FOREIGN}
        day = 0
        for _ in range(12):
            day += chance.randint(0, 6)
            who = chance.choice(sorted(people))
            try:
                assessing.answer(assessment, marks(), **pair.as_(who, START + timedelta(days=day)))  # type: ignore[arg-type]
                answered.add(people[who])
            except Refusal:
                pass
            over = day > 30
            for reader, sides in self.seen(pair, day).items():
                hidden = answered - {reader} if not over and answered != set(Side) else set()
                assert sides == answered - hidden

    def test_without_the_guard_the_answer_would_show(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        assessing.answer(opened(pair), marks(), **pair.as_("delegate"))  # type: ignore[arg-type]
        assert self.seen(pair)[Side.FOREIGN] == set()
        monkeypatch.setattr(assessments, "may_see", lambda *_sides, **_state: True)
        assert self.seen(pair)[Side.FOREIGN] == {Side.DOMESTIC}

    def test_one_query_module_is_the_only_reader(self) -> None:
        may = {"queries/assessments.py", "operations/assessing.py", "models/__init__.py", "models/assessment.py"}
        room = Path(forum.__file__).parent
        found = set()
        for path in room.rglob("*.py"):
            names = {
                getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "attr", None)
                for node in ast.walk(ast.parse(path.read_text()))
            }
            if names & {"AssessmentAnswer", "AssessmentMark"}:
                found.add(str(path.relative_to(room / "cooperation")) if "cooperation" in path.parts else str(path))
        assert found == may

    def test_one_assessment_a_year_with_a_last_day_ahead(self, pair: Pair) -> None:
        with pytest.raises(errors.DeadlineBehind):
            opened(pair, START.date())
        opened(pair)
        with pytest.raises(errors.AssessmentThere):
            opened(pair)
        assert session.scalar(select(func.count()).select_from(Assessment)) == 1


class TestDue:
    """What falls due comes as plain rows and goes when it is done."""

    def kinds(self, days: int = 0) -> list[tuple[DueKind, date]]:
        return [(one.kind, one.due_on) for one in due(START + timedelta(days=days))]

    def test_a_report_on_an_activity_is_due_until_it_is_submitted(self, pair: Pair) -> None:
        activity = held(pair)
        assert self.kinds() == [(DueKind.ACTIVITY_REPORT, date(2027, 3, 12))]
        report = written(pair, kind=ReportKind.ACTIVITY, activity=activity)
        assert len(self.kinds()) == 1
        step(pair, report, "submit", "delegate")
        assert self.kinds() == []

    def test_the_yearly_and_the_final_report_are_due(self, pair: Pair) -> None:
        assert (DueKind.ANNUAL_REPORT, date(2028, 1, 1)) in self.kinds(300)
        pair.version.state, pair.version.ends_on = VersionState.EXPIRED, date(2027, 2, 20)
        session.flush()
        assert self.kinds(45) == [(DueKind.FINAL_REPORT, date(2027, 4, 21))]

    def test_an_assessment_is_due_for_the_side_that_owes_it(self, pair: Pair) -> None:
        assessment = opened(pair, date(2027, 3, 10))
        cities = {party.side: party.city_id for party in pair.partnership.parties}
        assert set(due(START)[0].city_ids) == set(cities.values())
        assessing.answer(assessment, marks(), **pair.as_("delegate"))  # type: ignore[arg-type]
        assert due(START)[0].city_ids == (cities[Side.FOREIGN],)


class TestLinks:
    """Standards by their numbers, once however they are typed; sessions by what they were for."""

    def test_a_session_may_be_both_the_origin_and_the_signing_each_once(self, pair: Pair) -> None:
        held_session = AgendaSession(forum_id=pair.cast.forum_id, title_en="Signing", title_zh="签约")
        session.add(held_session)
        session.flush()
        for tie in SessionTie:
            linking.link_session(pair.partnership, held_session, tie, **pair.as_("focal"))  # type: ignore[arg-type]
        with pytest.raises(errors.LinkedAlready):
            linking.link_session(pair.partnership, held_session, SessionTie.SIGNING, **pair.as_("delegate"))  # type: ignore[arg-type]
        links = sessions_of(pair.partnership.id)
        assert [link.agenda_session.id for link in links] == [held_session.id] * 2
        linking.unlink(pair.partnership, links[0], **pair.as_("focal"))  # type: ignore[arg-type]
        assert len(sessions_of(pair.partnership.id)) == 1

    def test_a_standard_is_linked_once_however_it_is_typed(self, pair: Pair) -> None:
        link = linking.link_standard(pair.partnership, "gb/t36749—2018", **pair.as_("delegate"))  # type: ignore[arg-type]
        assert (link.typed, link.reference) == ("gb/t36749—2018", "GB/T 36749-2018")
        with pytest.raises(errors.LinkedAlready):
            linking.link_standard(pair.partnership, "GB/T 36749-2018", **pair.as_("focal"))  # type: ignore[arg-type]
        with pytest.raises(errors.ReferenceNeeded):
            linking.link_standard(pair.partnership, "a standard", **pair.as_("focal"))  # type: ignore[arg-type]
