"""What reviewers and those whom they ask do while they have a case, and how the city answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.offices.models import Line
from forum.partnerships import errors
from forum.partnerships.errors import listed
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    CaseOpinion,
    CaseReview,
    Level,
    OpinionKind,
    ReturnPoint,
)
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.performing import lock
from forum.partnerships.queries.cases import open_review
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import months_after, today_in
from forum.partnerships.rules.guards import LEVEL_OF
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState

REVIEWERS = {Level.CITY: "city_lead", Level.PROVINCE: "province_reviewer", Level.NATION: "national_reviewer"}
LEADS = {Level.CITY: "city_lead", Level.PROVINCE: "province_lead", Level.NATION: "national_approver"}


ADVISED_IN = frozenset(
    {
        VersionState.NEGOTIATING,
        VersionState.CITY_REVIEW,
        VersionState.PROVINCE_REVIEW,
        VersionState.RETURNED,
        VersionState.LAPSED,
    }
)


def may_take_up(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether this reviewer has the case before them, not yet opened."""
    review = open_review(version) if standing.inside else None
    return review is not None and review.opened_at is None and REVIEWERS[LEVEL_OF[version.state]] in standing.roles


def may_close(point: ReturnPoint, standing: Standing) -> bool:
    """Tell whether this person closes the point: it is answered, and of their level."""
    level = Level(point.level)
    mine = bool({REVIEWERS[level], LEADS[level]} & standing.roles)
    return mine and point.answered_at is not None and point.closed_at is None


def may_advise(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether this officer gives the foreign-affairs opinion now."""
    return (
        "fa_officer" in standing.roles
        and standing.domestic is not Level.NONE
        and standing.sees(version.circle)
        and version.state in ADVISED_IN
    )


def take_up(version: AgreementVersion, *, standing: Standing, actor: Actor, now: datetime) -> CaseReview:
    """Open the case as its reviewer; from now on it can't be recalled."""
    lock(version)
    review, level = _review(version)
    if REVIEWERS[level] not in standing.roles:
        raise NotFound
    note_hand(version, actor.account_id, REVIEWERS[level])
    if review.opened_at is None:
        review.opened_at, review.reviewer_id = now, actor.account_id
        session.flush()
        record(actor, "take_up", "agreement", version.public_id, now=now, level=int(level))
    return review


def allow_new_points(version: AgreementVersion, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Consent, as the level's lead, to new points on a text that the level has reviewed before."""
    lock(version)
    review, level = _review(version)
    if LEADS[level] not in standing.roles:
        raise NotFound
    review.new_points_allowed_by = actor.account_id
    session.flush()
    record(actor, "allow_new_points", "agreement", version.public_id, now=now, level=int(level))


def answer_point(
    point: ReturnPoint,
    kind: AnswerKind,
    answer: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Answer one point, as the liaison of the city that leads the case."""
    if "city_liaison" not in standing.roles or point.case.state is not VersionState.RETURNED:
        raise NotFound
    if not answer.strip():
        raise errors.AnswerMissing
    point.answer_kind, point.answer, point.answered_at = kind, answer.strip(), now
    session.flush()
    record(actor, "answer_point", "agreement", point.case.public_id, now=now, about=str(kind))


def close_point(point: ReturnPoint, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Close an answered point, as a reviewer of the level that raised it."""
    level = Level(point.level)
    if not {REVIEWERS[level], LEADS[level]} & standing.roles:
        raise NotFound
    if point.answered_at is None:
        raise errors.PointUnanswered
    point.closed_at = point.closed_at or now
    session.flush()
    record(actor, "close_point", "agreement", point.case.public_id, now=now, level=int(level))


@dataclass(frozen=True, slots=True)
class Advice:
    """What an opinion says."""

    text: str = ""
    favourable: bool = True
    conditions: str = ""
    reference: str = ""
    valid_until: date | None = None


def give_foreign_affairs_opinion(
    version: AgreementVersion, advice: Advice, *, standing: Standing, actor: Actor, now: datetime
) -> CaseOpinion:
    """Give the foreign-affairs opinion 外事会签意见; it ends after twelve months unless it says otherwise."""
    if "fa_officer" not in standing.roles or not standing.sees(version.circle):
        raise NotFound
    note_hand(version, actor.account_id, "fa_officer")
    today = today_in("", now)
    opinion = CaseOpinion(
        version_id=version.id,
        kind=OpinionKind.FOREIGN_AFFAIRS,
        author_id=actor.account_id,
        asked_at=now,
        given_on=today,
        favourable=advice.favourable,
        valid_until=advice.valid_until or months_after(today, terms().opinion_months),
        reference=advice.reference,
        conditions=advice.conditions,
        text=advice.text,
    )
    session.add(opinion)
    session.flush()
    record(actor, "give_opinion", "agreement", version.public_id, now=now, favourable=advice.favourable)
    return opinion


def consult(
    version: AgreementVersion,
    kind: OpinionKind,
    *,
    line: Line | None = None,
    expert_id: int | None = None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> CaseOpinion:
    """Ask a ministry line or an expert, during the national review."""
    if version.state is not VersionState.NATIONAL_REVIEW or "national_reviewer" not in standing.roles:
        raise NotFound
    due = neighbours.due(today_in("", now), terms().opinion_days, version.partnership)
    opinion = CaseOpinion(version_id=version.id, kind=kind, line=line, author_id=expert_id, asked_at=now, due_on=due)
    session.add(opinion)
    session.flush()
    note_hand(version, actor.account_id, "national_reviewer")
    record(actor, "consult", "agreement", version.public_id, now=now, about=str(kind), line=str(line or ""))
    return opinion


def answer_consultation(
    opinion: CaseOpinion, advice: Advice, *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Answer as the line's reviewer, or as the expert who was asked; once."""
    asked = opinion.author_id is not None and opinion.author_id == actor.account_id
    if opinion.given_on is not None or not (asked or "national_reviewer" in standing.roles):
        raise NotFound
    opinion.author_id, opinion.given_on = actor.account_id, today_in("", now)
    opinion.favourable, opinion.text, opinion.conditions = advice.favourable, advice.text, advice.conditions
    session.flush()
    record(actor, "answer_consultation", "agreement", opinion.case.public_id, now=now, favourable=advice.favourable)


def mark_overdue(opinion: CaseOpinion, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Go on without an opinion whose day has passed."""
    if "national_reviewer" not in standing.roles or opinion.given_on is not None:
        raise NotFound
    if opinion.due_on is None or today_in("", now) <= opinion.due_on:
        raise errors.NotYetOverdue(**listed(due=opinion.due_on or today_in("", now)))
    opinion.overdue_at = now
    session.flush()
    record(actor, "mark_overdue", "agreement", opinion.case.public_id, now=now)


def _review(version: AgreementVersion) -> tuple[CaseReview, Level]:
    review = open_review(version)
    if review is None:
        raise NotFound
    return review, LEVEL_OF[version.state]
