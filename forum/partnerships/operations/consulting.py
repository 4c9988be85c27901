"""Consulting 会商: the national reviewer asks an authority or an expert, who answers once or is marked overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.offices.models import Line
from forum.partnerships import errors
from forum.partnerships.errors import listed
from forum.partnerships.models import AgreementVersion, CaseOpinion, OpinionKind
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.performing import lock
from forum.partnerships.operations.reviewing import Advice
from forum.partnerships.queries.consultations import answers, experts, reviewers_of
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState
from forum.ports.mail.outbox import post


@dataclass(frozen=True, slots=True)
class Request:
    """Who is asked what: an authority or an expert; without a day, the standard period runs."""

    question: str
    line: Line | None = None
    expert: Account | None = None
    due_on: date | None = None


def may_consult(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether this reviewer asks for an opinion now."""
    reviews = "national_reviewer" in standing.roles and standing.sees(version.circle)
    return reviews and version.state is VersionState.NATIONAL_REVIEW


def consult(
    version: AgreementVersion, request: Request, *, standing: Standing, actor: Actor, now: datetime
) -> CaseOpinion:
    """Ask an authority or an expert during the national review, and write to those who can answer.

    Raises ``QuestionNeeded``, ``NobodyToAsk``, ``AskedAlready``, ``DueInThePast``, ``ActedAlready``.
    """
    lock(version)
    if not may_consult(version, standing):
        raise NotFound
    today = today_in("", now)
    _sound(version, request, today, now)
    due = request.due_on or neighbours.due(today, terms().opinion_days, version.partnership)
    opinion = CaseOpinion(
        version_id=version.id,
        case=version,
        kind=OpinionKind.LINE if request.line else OpinionKind.EXPERT,
        line=request.line,
        author_id=request.expert.id if request.expert else None,
        asked_at=now,
        question=clean(request.question),
        due_on=due,
    )
    note_hand(version, actor.account_id, "national_reviewer")
    session.add(opinion)
    session.flush()
    record(
        actor,
        "consult",
        "agreement",
        version.public_id,
        now=now,
        about=str(opinion.kind),
        line=str(request.line or ""),
        due_on=due.isoformat(),
    )
    asked = [request.expert] if request.expert else [office.account for office in reviewers_of(request.line, now)]
    for account in asked:
        _write_to(account, opinion, now)
    return opinion


def _sound(version: AgreementVersion, request: Request, today: date, now: datetime) -> None:
    if not clean(request.question):
        raise errors.QuestionNeeded
    if (request.line is None) == (request.expert is None):
        raise errors.NobodyToAsk
    if request.line is not None and not reviewers_of(request.line, now):
        raise errors.NobodyToAsk
    if request.expert is not None and request.expert.id not in {office.account_id for office in experts(now)}:
        raise errors.NobodyToAsk
    whom = CaseOpinion.line == request.line
    if request.expert is not None:
        whom = CaseOpinion.author_id == request.expert.id
    same = exists().where(
        CaseOpinion.version_id == version.id,
        CaseOpinion.kind != OpinionKind.FOREIGN_AFFAIRS,
        CaseOpinion.given_on.is_(None),
        CaseOpinion.overdue_at.is_(None),
        whom,
    )
    if session.scalar(select(same)):
        raise errors.AskedAlready
    if request.due_on is not None and request.due_on <= today:
        raise errors.DueInThePast


def _write_to(account: Account, opinion: CaseOpinion, now: datetime) -> None:
    """Say that an opinion is asked for; the question itself stays inside."""
    version = opinion.case
    post(
        "partnership_consulted",
        account.email,
        account.language,
        now=now,
        key=opinion.public_id,
        number=version.partnership.number,
        day=opinion.due_on.isoformat() if opinion.due_on else "",
        address=f"{premises().base_url}/{account.language}/desk/partnerships/{version.public_id}",
    )


def answer_consultation(
    opinion: CaseOpinion, advice: Advice, *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Answer for the authority that was asked, or as the expert; once, as an internal opinion of the national level.

    Raises ``AnsweredAlready``, ``OpinionMissing``, ``ActedAlready`` for a person who decides about the case.
    """
    lock(opinion.case)
    session.refresh(opinion, with_for_update=True)
    if not standing.sees(opinion.case.circle) or not answers(opinion, actor.account_id, now):
        raise NotFound
    if opinion.given_on is not None:
        raise errors.AnsweredAlready
    if not clean(advice.text):
        raise errors.OpinionMissing
    note_hand(
        opinion.case,
        actor.account_id,
        "tc_expert" if opinion.kind is OpinionKind.EXPERT else "national_reviewer",
    )
    opinion.author_id, opinion.given_on = actor.account_id, today_in("", now)
    opinion.favourable, opinion.text, opinion.conditions = advice.favourable, advice.text, advice.conditions
    session.flush()
    record(actor, "answer_consultation", "agreement", opinion.case.public_id, now=now, favourable=advice.favourable)


def mark_overdue(opinion: CaseOpinion, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Go on without an opinion whose day has passed; it may still be given later."""
    lock(opinion.case)
    session.refresh(opinion, with_for_update=True)
    if "national_reviewer" not in standing.roles or not standing.sees(opinion.case.circle):
        raise NotFound
    if opinion.given_on is not None:
        raise errors.AnsweredAlready
    today = today_in("", now)
    if opinion.due_on is None or today <= opinion.due_on:
        raise errors.NotYetOverdue(**listed(due=opinion.due_on or today))
    opinion.overdue_at = opinion.overdue_at or now
    session.flush()
    record(actor, "mark_overdue", "agreement", opinion.case.public_id, now=now)
