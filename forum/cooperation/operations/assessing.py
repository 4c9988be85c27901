"""Opening the yearly assessment and answering it, once and whole, without seeing the other side's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import Assessment, AssessmentAnswer, AssessmentMark, Principle
from forum.cooperation.operations.acting import add_once, blank, need_force, own_party, tell, write_texts
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.partnerships.models import Partnership, Side
from forum.partnerships.rules.dates import over_everywhere, today_in
from forum.partnerships.rules.seeing import Standing


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark from 1 to 5 with its reason."""

    mark: int
    reason: Text


def open_year(
    partnership: Partnership, year: int, due_on: date, *, standing: Standing, actor: Actor, now: datetime
) -> Assessment:
    """Open the assessment of a year; raise ``DeadlineBehind`` or ``AssessmentThere``."""
    if not standing.parties and not standing.roles & {"national_reviewer", "system"}:
        raise NotFound
    need_force(partnership)
    if due_on <= today_in("", now):
        raise errors.DeadlineBehind
    assessment = Assessment(partnership_id=partnership.id, partnership=partnership, year=year, due_on=due_on)
    add_once(assessment, errors.AssessmentThere)
    record(actor, "open", "assessment", assessment.public_id, now=now, year=year)
    for side in Side:
        key = f"assessment:{assessment.public_id}"
        tell(partnership, side, "cooperation_assessment", key=key, but=actor.account_id, now=now)
    return assessment


def answer(
    assessment: Assessment, marks: Mapping[Principle, Mark], *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Give one's own side's answer: all ten marks, once, before the last day is over.

    An answer can't be changed, so that nobody adapts it to the other one.
    Raises ``AnswerIncomplete``, ``AssessmentOver``, ``AnsweredAlready``.
    """
    partnership = assessment.partnership
    party = own_party(partnership, standing)
    if over_everywhere(assessment.due_on, [one.city.zone_name for one in partnership.parties], now):
        raise errors.AssessmentOver
    for principle in Principle:
        given = marks.get(principle)
        if given is None or not 1 <= given.mark <= 5 or blank(given.reason):
            raise errors.AnswerIncomplete(field=str(principle))
    whole = AssessmentAnswer(assessment_id=assessment.id, side=party.side, account_id=actor.account_id, given_at=now)
    for principle in Principle:
        row = AssessmentMark(principle=principle, mark=marks[principle].mark)
        write_texts(row, {"reason": marks[principle].reason}, actor=actor, now=now)
        whole.marks.append(row)
    add_once(whole, errors.AnsweredAlready)
    session.expunge(whole)  # nobody reads it from here
    record(actor, "answer", "assessment", assessment.public_id, now=now, side=str(party.side))
