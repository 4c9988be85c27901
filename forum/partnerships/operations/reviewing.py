"""What reviewers and those whom they ask do while they have a case, and how the city answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.partnerships import errors
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    CaseOpinion,
    CaseReview,
    Level,
    OpinionKind,
    ReturnPoint,
)
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.performing import lock
from forum.partnerships.queries.cases import open_review, reviewed_before
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


def may_allow(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether this lead is asked before new points are raised on what the level has reviewed before."""
    review = open_review(version) if standing.inside else None
    if review is None or review.new_points_allowed_at is not None or version.state is VersionState.CITY_REVIEW:
        return False
    return LEADS[LEVEL_OF[version.state]] in standing.roles and reviewed_before(version, LEVEL_OF[version.state])


def allow_new_points(
    version: AgreementVersion, reason: str, *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Consent, as the level's lead, to new points on what the level has reviewed before.

    Raises ``LateReasonNeeded``, ``NothingLate``, and ``ActedAlready`` for a lead who reviews the case as well.
    """
    lock(version)
    review, level = _review(version)
    if LEADS[level] not in standing.roles or not standing.sees(version.circle):
        raise NotFound
    words = clean(reason)
    if not words:
        raise errors.LateReasonNeeded
    if not reviewed_before(version, level):
        raise errors.NothingLate
    note_hand(version, actor.account_id, LEADS[level])
    review.new_points_allowed_by, review.new_points_allowed_at = actor.account_id, now
    review.new_points_reason = words
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


def _review(version: AgreementVersion) -> tuple[CaseReview, Level]:
    review = open_review(version)
    if review is None:
        raise NotFound
    return review, LEVEL_OF[version.state]
