"""What follows from each step besides the new state: dates, hashes, reviews, approvals, successors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from forum.core.actor import Actor
from forum.core.database import session
from forum.partnerships.models import (
    AgreementVersion,
    Approval,
    CaseReview,
    ConsentKind,
    Level,
    PartyConsent,
    ReturnPoint,
    Verdict,
)
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.numbering import next_number
from forum.partnerships.operations.recording import Turned, begin
from forum.partnerships.queries.cases import last_reviewer, open_review, part_hashes
from forum.partnerships.rules.case import Case, Step
from forum.partnerships.rules.dates import months_after
from forum.partnerships.rules.guards import LEVEL_OF, is_late
from forum.partnerships.states import EDITABLE, REVIEWING, VersionState
from forum.translation import operations as translation

_S = VersionState
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """A step that is being taken."""

    version: AgreementVersion
    case: Case
    step: Step
    actor: Actor
    reason: str = ""


Effect = Callable[[Doing], Facts]
VERDICTS = {
    "endorse": Verdict.ENDORSED,
    "return": Verdict.RETURNED,
    "reject": Verdict.REJECTED,
    "approve": Verdict.APPROVED,
    "approve_delegated": Verdict.APPROVED,
    "recall": Verdict.VOID,
}


def leave(doing: Doing) -> None:
    """Close the review of the level that lets the case go."""
    review = open_review(doing.version)
    if review is None:
        return
    review.closed_at = doing.step.now
    review.verdict = VERDICTS.get(doing.step.action, Verdict.VOID)
    review.text_hash = doing.case.hashes.both
    review.part_hashes = part_hashes(doing.version)
    review.conditions = doing.step.given.conditions
    if doing.step.action in {"endorse", "return"}:
        review.reviewer_id = doing.actor.account_id
        review.opened_at = review.opened_at or doing.step.now
    session.flush()


def arrive(doing: Doing) -> None:
    """Open the review of the level that gets the case, and lock or unlock the text."""
    version = doing.version
    if version.state in EDITABLE:
        neighbours.text.unlock(version, actor=doing.actor, now=doing.step.now)
    else:
        neighbours.text.lock(version, today=doing.step.today, actor=doing.actor, now=doing.step.now)
    if version.state not in REVIEWING:
        session.flush()
        return
    level = LEVEL_OF[version.state]
    days = {
        Level.CITY: doing.case.terms.city_review_days,
        Level.PROVINCE: doing.case.terms.province_review_days,
        Level.NATION: doing.case.terms.national_review_days,
    }[level]
    session.add(
        CaseReview(
            version_id=version.id,
            level=int(level),
            asked_at=doing.step.now,
            due_on=neighbours.due(doing.step.today, days, version.partnership),
            reviewer_id=last_reviewer(version, level),  # who had the case before gets it back
        )
    )
    session.flush()


def _invite(doing: Doing) -> Facts:
    days = doing.case.terms.answer_days
    doing.version.answer_by = doing.step.given.answer_by or doing.step.today + timedelta(days=days)
    partnership = doing.version.partnership
    return {"answer_by": doing.version.answer_by.isoformat(), "match": partnership.origin_parts}


def _express_interest(doing: Doing) -> Facts:
    for party in doing.version.partnership.parties:
        if party.id in doing.step.standing.liaison_of:
            party.contact = doing.step.given.contact or party.contact
            party.working_languages = list(doing.step.given.working_languages) or party.working_languages
    return {}


def _sign_off(doing: Doing) -> Facts:
    version, hashes = doing.version, doing.case.hashes
    version.signed_off_en, version.signed_off_zh, version.signed_off_both = hashes
    _close_points(doing, Level.CITY)
    return {"en": hashes.en, "zh": hashes.zh}


def _endorse(doing: Doing) -> Facts:
    return _sign_off(doing) if doing.case.state is _S.CITY_REVIEW else {}


def _approve(doing: Doing) -> Facts:
    version, hashes, given = doing.version, doing.case.hashes, doing.step.given
    version.approved_en, version.approved_zh, version.approved_both = hashes
    version.approved_on = doing.step.today
    version.valid_until = given.valid_until or months_after(doing.step.today, doing.case.terms.validity_months)
    version.delegation_reference = doing.case.delegation if doing.step.action == "approve_delegated" else ""
    _close_points(doing, Level.NATION)
    return {
        "valid_until": version.valid_until.isoformat(),
        "delegation": version.delegation_reference,
        "approvals": doing.case.approvals_made + 1,
    }


def _return(doing: Doing) -> Facts:
    late = 0
    for point in doing.step.given.points:
        new = is_late(doing.case, point)
        late += new
        session.add(
            ReturnPoint(
                version_id=doing.version.id,
                level=int(LEVEL_OF[doing.case.state]),
                moves=doing.case.moves,
                part=point.part.strip(),
                part_hash=doing.case.part_hashes.get(point.part, doing.case.hashes.both),
                category=point.category,
                severity=point.severity,
                text=point.text.strip(),
                rule_reference=point.rule_reference.strip(),
                late=new,
                raised_by=doing.actor.account_id,
                raised_at=doing.step.now,
            )
        )
    return {"points": len(doing.step.given.points), "late": late}


def _void_approvals(doing: Doing) -> Facts:
    """The approvals made so far are void, and what followed from them."""
    version = doing.version
    session.execute(
        update(Approval)
        .where(Approval.version_id == version.id, Approval.void_at.is_(None))
        .values(void_at=doing.step.now)
    )
    version.approved_en = version.approved_zh = version.approved_both = ""
    version.approved_on = version.valid_until = None
    version.delegation_reference = ""
    return {}


def _text_changed(doing: Doing) -> Facts:
    former = {"approved_en": doing.version.approved_en, "approved_zh": doing.version.approved_zh}
    _void_approvals(doing)
    return {**former, "en": doing.case.hashes.en, "zh": doing.case.hashes.zh}


def _record_signature(doing: Doing) -> Facts:
    version, given = doing.version, doing.step.given
    version.signed_on = given.signed_on
    version.effective_on = given.effective_on or given.signed_on
    if said := version.effective_on and neighbours.text.last_day(version, version.effective_on):
        version.ends_on = said
    version.ends_on = given.ends_on or version.ends_on
    version.signed_at_place, version.signatories = given.place, list(given.signatories)
    return {"signed_on": str(version.signed_on), "effective_on": str(version.effective_on)}


def _register(doing: Doing) -> Facts:
    version = doing.version
    version.ends_on = doing.step.given.ends_on or version.ends_on
    version.registered_on = doing.step.today
    partnership = version.partnership
    translation.carry(partnership, version, {name: f"registered_{name}" for name in ("title", "objectives")})
    version.registered_areas = list(partnership.areas)
    version.registry_number = version.registry_number or next_number("R", doing.step.today.year)
    before = version.predecessor
    if before is not None and version.effective_on is not None and before.state not in {_S.EXPIRED, _S.TERMINATED}:
        # The predecessor keeps its own state until the day before its successor takes effect.
        last = version.effective_on - timedelta(days=1)
        before.ends_on = min(before.ends_on or last, last)
        if before.effective_on is not None:
            before.ends_on = max(before.ends_on, before.effective_on)
        before.auto_renew = False
    return {"registry_number": version.registry_number, "ends_on": str(version.ends_on or "")}


def _renew(doing: Doing) -> Facts:
    former, doing.version.ends_on = doing.version.ends_on, doing.step.given.ends_on
    return {"former_end": str(former or ""), "ends_on": str(doing.version.ends_on or "")}


def _suspend(doing: Doing) -> Facts:
    version, given = doing.version, doing.step.given
    version.suspended_on, version.review_again_on = doing.step.today, given.review_again_on
    decided = neighbours.work.decide(version, given.decisions, actor=doing.actor, now=doing.step.now)
    return {"review_again_on": str(given.review_again_on or ""), "decisions": dict(decided)}


def _resume(doing: Doing) -> Facts:
    since = doing.version.suspended_on or doing.step.today
    doing.version.suspended_on = doing.version.review_again_on = None
    return {"days_suspended": (doing.step.today - since).days}


def _terminate(doing: Doing) -> Facts:
    version, given = doing.version, doing.step.given
    version.notice_on, version.stopped_on = doing.step.today, given.stops_on
    version.ended_on = given.stops_on
    decided = neighbours.work.decide(version, given.decisions, actor=doing.actor, now=doing.step.now)
    return {"notice_on": str(version.notice_on), "stops_on": str(given.stops_on), "decisions": dict(decided)}


def _end(doing: Doing) -> Facts:
    doing.version.ended_on = doing.version.ends_on or doing.step.today
    return {"ended_on": str(doing.version.ended_on), "activities_open": doing.case.activities_open}


def _accept_report(doing: Doing) -> Facts:
    """Who closes with the report accepts it."""
    return {"report": neighbours.work.accept_final_report(doing.version, actor=doing.actor, now=doing.step.now)}


def _close(doing: Doing) -> Facts:
    return {**_end(doing), **_accept_report(doing)}


def _withdraw(doing: Doing) -> Facts:
    return {"points_open": sum(1 for point in doing.case.points if not point.closed)}


def _close_points(doing: Doing, level: Level) -> None:
    session.execute(
        update(ReturnPoint)
        .where(
            ReturnPoint.version_id == doing.version.id,
            ReturnPoint.level == int(level),
            ReturnPoint.closed_at.is_(None),
        )
        .values(closed_at=doing.step.now)
    )


EFFECTS: dict[str, Effect] = {
    "invite": _invite,
    "express_interest": _express_interest,
    "endorse": _endorse,
    "approve": _approve,
    "approve_delegated": _approve,
    "return": _return,
    "text_mismatch": _return,
    "text_changed": _text_changed,
    "revoke": _void_approvals,
    "reapply": _void_approvals,
    "resubmit": _void_approvals,
    "renegotiate": _void_approvals,
    "record_signature": _record_signature,
    "register": _register,
    "renewed_same_terms": _renew,
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
    "term_ended": _end,
    "close_with_final_report": _close,
    "final_report": _accept_report,
    "withdraw": _withdraw,
}


def open_successor(doing: Doing, turned: Turned) -> AgreementVersion:
    """Open the version that follows, in negotiation; this one stays in its state until its term ends."""
    version = doing.version
    numbers = session.scalars(
        select(AgreementVersion.number).where(AgreementVersion.partnership_id == version.partnership_id)
    )
    following = AgreementVersion(
        partnership_id=version.partnership_id,
        partnership=version.partnership,
        number=max(numbers) + 1,
        instrument=version.instrument,
        state=VersionState.NEGOTIATING,
        state_since=doing.step.now,
        shared_since=doing.step.now,
        predecessor_id=version.id,
        predecessor=version,
        notice_months=version.notice_months,
        auto_renew=version.auto_renew,
        reached=0,
    )
    session.add(following)
    session.flush()
    neighbours.text.successor(version, following, actor=doing.actor, now=doing.step.now)
    # The consents have had their effect; another successor needs new ones.
    session.execute(
        delete(PartyConsent).where(
            PartyConsent.version_id == version.id,
            PartyConsent.kind.in_([ConsentKind.NEW_TERMS, ConsentKind.LATE_RENEWAL]),
        )
    )
    begin(following, doing.step.action, version.state, turned, before=version.number)
    return following
