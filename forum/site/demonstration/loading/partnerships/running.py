"""The one story told to its end: two cities that introduce one standard on one timetable, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.cooperation.models import (
    Activity,
    ActivityKind,
    ConditionKind,
    DeliverableKind,
    Evidence,
    EvidenceKind,
    EvidenceVerdict,
    Finding,
    Milestone,
    ParticipantRole,
    Principle,
    ReportKind,
    SessionTie,
    Stage,
)
from forum.cooperation.operations import activities, assessing, comparing, linking, planning, proving, reporting
from forum.cooperation.rules.milestones import Condition
from forum.cooperation.states import DeliverableState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.events.models import Forum
from forum.partnerships.models import AgreementVersion, Side
from forum.registry.rules import day_of
from forum.site.demonstration.loading.partnerships.people import Officer

DAY = timedelta(days=1)
WHERE, AFTERNOON, EVENING = "Europe/Paris", time(9, 0), time(17, 0)


class Story:
    """A partnership in force, and the two liaisons who keep it going."""

    def __init__(self, version: AgreementVersion, said: Mapping[str, Any], people: Mapping[str, Officer]) -> None:
        self.version, self.said, self.people = version, said, people
        self.one = version.partnership

    def by(self, who: str, at: datetime) -> dict[str, Any]:
        """Return what an operation asks of the one who calls it."""
        return self.people[who].towards(self.version, at)

    def text(self, name: str) -> Text:
        """Return a text in both languages."""
        return Text(*self.said[name])


def tell(version: AgreementVersion, content: Mapping[str, Any], people: Mapping[str, Officer], forum: Forum) -> None:
    """Let a registered partnership work: plan, activities, evidence, a report, a blind assessment, an outcome."""
    story = Story(version, content["work"], people)
    at = version.state_since + 2 * DAY
    _tie(story, content, forum, at)
    kick_off = _held(story, _webinar(story, at), at + 12 * DAY, "minutes-kick-off.csv")
    visit = _held(story, _visit(story, at), at + 70 * DAY, "minutes-audit-lyon.csv")
    pilot = _pilot(story, at)
    _begun(story, pilot, at + 20 * DAY)
    _compare(story, pilot, at + 90 * DAY)
    _milestones(story, kick_off, visit, at)
    _report(story, at + 110 * DAY)
    _assess(story, at + 120 * DAY)
    _outcome(story, at + 125 * DAY)


def _tie(story: Story, content: Mapping[str, Any], forum: Forum, at: datetime) -> None:
    talk = session.scalars(select(AgendaSession).filter_by(forum_id=forum.id, title_en=content["talk"])).one()
    linking.link_session(story.one, talk, SessionTie.ORIGIN, **story.by("liaison", at))
    linking.link_standard(story.one, story.said["standard"], **story.by("counterpart", at))


# --- Activities -----------------------------------------------------------------------------------------


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return datetime.combine(first, AFTERNOON), datetime.combine(last, EVENING)


def _webinar(story: Story, at: datetime) -> Activity:
    begin, end = _span(day_of(at + 10 * DAY), day_of(at + 10 * DAY))
    what = activities.Plan(
        ActivityKind.WEBINAR, story.text("webinar"), WHERE, begin, end, link="https://meet.forum.example/iso-37101"
    )
    return activities.plan(story.one, what, **story.by("liaison", at))


def _visit(story: Story, at: datetime) -> Activity:
    begin, end = _span(day_of(at + 60 * DAY), day_of(at + 62 * DAY))
    what = activities.Plan(
        ActivityKind.MUTUAL_REVIEW, story.text("visit"), WHERE, begin, end, place="Lyon", travel_approval="HZ-2026-118"
    )
    made = activities.plan(story.one, what, **story.by("counterpart", at))
    for who, amount, currency in (("liaison", "86000", "CNY"), ("counterpart", "4200", "EUR")):
        activities.budget(made, Stage.PLANNED, activities.Amount(amount, currency), **story.by(who, at))
    return made


def _pilot(story: Story, at: datetime) -> Activity:
    begin, end = _span(day_of(at + 5 * DAY), day_of(at + 360 * DAY))
    what = activities.Plan(
        ActivityKind.PARALLEL,
        story.text("pilot"),
        "Asia/Shanghai",
        begin,
        end,
        place=story.said["pilot_place"],
        outputs=story.text("pilot_outputs"),
    )
    made = activities.plan(story.one, what, **story.by("liaison", at))
    activities.perform(made, "begin", **story.by("liaison", at + 5 * DAY))
    return made


def _held(story: Story, made: Activity, at: datetime, minutes: str) -> Activity:
    """Record an activity as held, with its people, what both sides thought of it, and minutes that were accepted."""
    days = activities.Held(made.planned_from.date(), made.planned_to.date())
    activities.perform(made, "hold", held=days, **story.by("liaison", at))
    for who, side, mark in (("liaison", Side.DOMESTIC, 5), ("counterpart", Side.FOREIGN, 4)):
        present = {ParticipantRole.OFFICIAL: (3, 1), ParticipantRole.EXPERT: (5, 3)}
        activities.count_participants(made, side, present, **story.by(who, at))
        activities.rate_satisfaction(made, mark, **story.by(who, at))
    piece = _evidence(story, "counterpart", EvidenceKind.MINUTES, minutes, at)
    proving.count_for(piece, made.reference, **story.by("counterpart", at))
    return made


def _evidence(story: Story, who: str, kind: EvidenceKind, name: str, at: datetime) -> Evidence:
    """Hand a small table in; the other side accepts it the day after."""
    rows = f"day,city,item\n{day_of(at)},Hangzhou,{kind}\n{day_of(at)},Lyon,{kind}\n# {name}\n"
    piece = proving.Piece(kind, day_of(at - DAY), "en")
    made = proving.hand_in(story.one, piece, BytesIO(rows.encode()), name, **story.by(who, at)).evidence
    checker = "counterpart" if who == "liaison" else "liaison"
    proving.check(made, EvidenceVerdict.ACCEPTED, **story.by(checker, at + DAY))
    return made


def _begun(story: Story, pilot: Activity, at: datetime) -> None:
    for who, name in (("liaison", "goals-hangzhou.csv"), ("counterpart", "goals-lyon.csv")):
        piece = _evidence(story, who, EvidenceKind.DATASET, name, at)
        proving.count_for(piece, pilot.reference, **story.by(who, at))


def _compare(story: Story, pilot: Activity, at: datetime) -> None:
    """Put clauses on the board of the pilot, with what each side found; one side has not come to the last."""
    for said in story.said["board"]:
        title = Text(*said["title"])
        clause = comparing.add_clause(pilot, said["number"], title, **story.by("liaison", at - 60 * DAY))
        for who in ("liaison", "counterpart"):
            if who in said:
                finding, english, chinese = said[who]
                remark = Text(english, chinese)
                comparing.give_result(clause, Finding(finding), remark, seen=0, **story.by(who, at))
        if "difference" in said:
            told = Text(*said["difference"])
            comparing.note_difference(clause, told, seen=clause.version, **story.by("counterpart", at + DAY))


# --- Milestones -----------------------------------------------------------------------------------------


def _milestones(story: Story, kick_off: Activity, visit: Activity, at: datetime) -> None:
    """Set three milestones: by an activity, by evidence from both sides, and by what is made."""
    wanted = planning.Output(DeliverableKind.COMPARISON, story.text("comparison"), Side.FOREIGN, day_of(at + 100 * DAY))
    table = planning.plan_deliverable(story.one, wanted, **story.by("counterpart", at))
    by_activity = Condition(ConditionKind.ACTIVITY, activity_id=kick_off.id)
    by_evidence = Condition(ConditionKind.EVIDENCE, EvidenceKind.MINUTES, both_sides=True)
    by_visit = Condition(ConditionKind.ACTIVITY, activity_id=visit.id)
    by_table = Condition(
        ConditionKind.DELIVERABLE, deliverable_id=table.id, deliverable_state=DeliverableState.ACCEPTED
    )
    for name, days, weight, conditions in (
        ("begun", 90, 2, [by_activity]),
        ("audited", 100, 3, [by_visit, by_evidence]),
        ("published", 330, 5, [by_table, Condition(ConditionKind.EVIDENCE, EvidenceKind.PUBLICATION)]),
    ):
        aim = planning.Aim(story.text(name), day_of(at + days * DAY), conditions, weight)
        made = planning.set_milestone(story.one, aim, **story.by("liaison", at))
        if name == "audited":
            _minutes(story, made, at + 75 * DAY)
    planning.move_deliverable(table, "begin", **story.by("counterpart", at + 65 * DAY))
    planning.move_deliverable(table, "deliver", **story.by("counterpart", at + 95 * DAY))
    planning.move_deliverable(table, "accept", **story.by("liaison", at + 97 * DAY))


def _minutes(story: Story, audited: Milestone, at: datetime) -> None:
    for who, name in (("liaison", "audit-hangzhou.csv"), ("counterpart", "audit-lyon.csv")):
        piece = _evidence(story, who, EvidenceKind.MINUTES, name, at)
        proving.count_for(piece, audited.reference, **story.by(who, at))


# --- Report, assessment, outcome ------------------------------------------------------------------------


def _report(story: Story, at: datetime) -> None:
    """Write the report of the year; the other side confirms it, the nation accepts it."""
    account = reporting.Account(
        ReportKind.ANNUAL,
        day_of(story.version.state_since),
        day_of(at - DAY),
        story.text("promised"),
        story.text("done"),
        story.text("not_done"),
    )
    made = reporting.write(story.one, account, **story.by("liaison", at))
    for action, who, days in (("submit", "liaison", 0), ("confirm", "counterpart", 4), ("accept", "nation", 8)):
        reporting.perform(made, action, **story.by(who, at + days * DAY))


def _assess(story: Story, at: datetime) -> None:
    """Let both sides assess the year without seeing the other one's marks."""
    due = day_of(at + 20 * DAY)
    opened = assessing.open_year(story.one, day_of(at).year, due, **story.by("liaison", at))
    for who, side, days in (("liaison", "domestic", 3), ("counterpart", "foreign", 6)):
        given = story.said["marks"][side]
        marks = {
            principle: assessing.Mark(given[principle], Text(*story.said["reasons"][principle]))
            for principle in Principle
        }
        assessing.answer(opened, marks, **story.by(who, at + days * DAY))


def _outcome(story: Story, at: datetime) -> None:
    """Set the outcome and write down what it has come to, on evidence that the other side accepted.

    What of it everybody may read is for the parties to say: a published outcome has its place after this.
    """
    year = day_of(at).year
    aim = reporting.Indicator(
        story.text("indicator"), story.text("unit"), story.text("source"), "11", year - 1, "38", year + 2
    )
    made = reporting.set_outcome(story.one, aim, **story.by("liaison", at))
    piece = _evidence(story, "liaison", EvidenceKind.REPORT, "requirements-met.csv", at)
    proving.count_for(piece, made.reference, f"standard:{story.said['standard']}", **story.by("liaison", at + 2 * DAY))
    reporting.measure(made, year, "26", piece, **story.by("liaison", at + 2 * DAY))
