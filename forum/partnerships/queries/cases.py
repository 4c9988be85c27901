"""Everything that the conditions of a step ask about, read at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, exists, func, select

from forum.core.database import session
from forum.partnerships.models import (
    PARTS,
    AgreementVersion,
    Approval,
    AttachmentKind,
    CaseAttachment,
    CaseHand,
    CaseOpinion,
    CaseReview,
    CityBlock,
    ConsentKind,
    DelegatedApproval,
    Level,
    OpinionKind,
    Partnership,
    PartyConsent,
    ReturnPoint,
    Side,
    Verdict,
)
from forum.partnerships.neighbours import neighbours
from forum.partnerships.queries.settings import terms
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.rules.case import NOTHING, Case, Given, Hand, PointFacts
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.due import DueKind
from forum.partnerships.rules.guards import LEVEL_OF
from forum.partnerships.states import FINAL, REVIEWING, VersionState
from forum.reminders.queries import told


def snapshot(version: AgreementVersion, *, now: datetime, given: Given = NOTHING) -> Case:
    """Read a case with everything that any of its conditions may ask; the text's hashes are computed anew."""
    desk, partnership = neighbours.text, version.partnership
    opinion = _opinion(version)
    review = open_review(version)
    approvals = _approvals(version)
    return Case(
        state=version.state,
        instrument=version.instrument,
        moves=version.moves,
        parties=party_facts(partnership),
        terms=terms(),
        hashes=desk.fresh_hashes(version),
        state_since=version.state_since,
        areas=tuple(partnership.areas),
        invitation=(partnership.side("invitation", "en"), partnership.side("invitation", "zh")),
        filtered=blocked(partnership) or neighbours.filtered(partnership),
        signed_off=version.signed_off_both,
        approved=version.approved_both,
        returned_from=version.returned_from,
        matched=desk.all_matched(version),
        blockers=desk.findings_blocking(version, today_in("", now)),
        confirmed=desk.confirmed_by_all(version),
        drafters=desk.drafters(version),
        hands=_hands(version),
        opinion_valid_until=opinion.get("valid_until"),
        opinion_given_on=opinion.get("given_on"),
        consultations_open=_consultations_open(version),
        points=_points(version),
        part_hashes={point.part: part_hash(version, point.part) for point in given.points},
        reviewed=_reviewed(version),
        late_allowed=version.state is VersionState.CITY_REVIEW
        or (review is not None and review.new_points_allowed_at is not None),
        review_opened=review is not None and review.opened_at is not None,
        approvals=frozenset(account for account in approvals if account is not None),
        approvals_made=len(approvals),
        delegation=_delegation(version, today_in("", now)),
        answer_by=version.answer_by,
        reminders=_reminders(version),
        approved_on=version.approved_on,
        valid_until=version.valid_until,
        scans=frozenset(languages_of(version, AttachmentKind.SCAN)),
        effective_on=version.effective_on,
        ends_on=version.ends_on,
        auto_renew=version.auto_renew,
        notice_months=version.notice_months,
        letters=_letters(version),
        consents=_consents(version),
        undecided=neighbours.work.undecided(version, given.decisions),
        activities_open=neighbours.work.open_activities(version),
        report_confirmed=neighbours.work.final_report_confirmed(version),
        successor_open=_successor_open(version),
    )


def open_review(version: AgreementVersion) -> CaseReview | None:
    """Return the review of the level that has the case now."""
    level = LEVEL_OF.get(version.state)
    if level is None or version.state not in REVIEWING:
        return None
    return session.scalar(
        select(CaseReview).where(
            CaseReview.version_id == version.id, CaseReview.level == int(level), CaseReview.closed_at.is_(None)
        )
    )


def last_reviewer(version: AgreementVersion, level: Level) -> int | None:
    """Return who reviewed this case at that level the last time."""
    return session.scalar(
        select(CaseReview.reviewer_id)
        .where(
            CaseReview.version_id == version.id,
            CaseReview.level == int(level),
            CaseReview.closed_at.is_not(None),
            CaseReview.reviewer_id.is_not(None),
        )
        .order_by(CaseReview.id.desc())
        .limit(1)
    )


def blocked(partnership: Partnership) -> bool:
    """Tell whether any party has blocked another, either way."""
    cities = [party.city_id for party in partnership.parties]
    return bool(
        session.scalar(
            select(
                exists().where(
                    CityBlock.city_id.in_(cities),
                    CityBlock.blocked_city_id.in_(cities),
                    CityBlock.ended_at.is_(None),
                )
            )
        )
    )


def part_hash(version: AgreementVersion, part: str) -> str:
    """Return the hash of what a point is about: ``clause:…`` of the text, ``attachment:scan`` of the present files."""
    kind, _, name = part.partition(":")
    return _files_hash(version, name) if kind == "attachment" else neighbours.text.part_hash(version, part)


def part_hashes(version: AgreementVersion) -> dict[str, str]:
    """Return the hash of each part that a point may be about, as it is now."""
    files = {part: _files_hash(version, part.partition(":")[2]) for part in PARTS if part.startswith("attachment:")}
    return {**neighbours.text.clauses(version), **files}


def _files_hash(version: AgreementVersion, name: str) -> str:
    files = session.scalars(
        select(CaseAttachment.sha256)
        .where(
            CaseAttachment.version_id == version.id,
            CaseAttachment.replaced_at.is_(None),
            cast(CaseAttachment.kind, String) == name,
        )
        .order_by(CaseAttachment.sha256)
    )
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def languages_of(version: AgreementVersion, kind: AttachmentKind) -> set[str]:
    """Return the languages in which there is a current attachment of a kind."""
    return set(
        session.scalars(
            select(CaseAttachment.language).where(
                CaseAttachment.version_id == version.id,
                CaseAttachment.kind == kind,
                CaseAttachment.replaced_at.is_(None),
            )
        )
    )


def _opinion(version: AgreementVersion) -> Mapping[str, date | None]:
    row = session.execute(
        select(func.max(CaseOpinion.valid_until), func.max(CaseOpinion.given_on)).where(
            CaseOpinion.version_id == version.id,
            CaseOpinion.kind == OpinionKind.FOREIGN_AFFAIRS,
            CaseOpinion.favourable.is_(True),
            CaseOpinion.given_on.is_not(None),
        )
    ).one()
    return {"valid_until": row[0], "given_on": row[1]}


def _consultations_open(version: AgreementVersion) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(CaseOpinion)
            .where(
                CaseOpinion.version_id == version.id,
                CaseOpinion.kind != OpinionKind.FOREIGN_AFFAIRS,
                CaseOpinion.given_on.is_(None),
                CaseOpinion.overdue_at.is_(None),
            )
        )
        or 0
    )


def _hands(version: AgreementVersion) -> dict[int, Hand]:
    rows = session.execute(
        select(CaseHand.account_id, CaseHand.capacity, CaseHand.moves).where(CaseHand.version_id == version.id)
    )
    return {account: Hand(capacity, moves) for account, capacity, moves in rows}


def _points(version: AgreementVersion) -> tuple[PointFacts, ...]:
    rows = session.scalars(select(ReturnPoint).where(ReturnPoint.version_id == version.id).order_by(ReturnPoint.id))
    return tuple(
        PointFacts(
            Level(row.level),
            row.part,
            row.part_hash,
            row.category,
            answered=row.answered_at is not None,
            closed=row.closed_at is not None,
        )
        for row in rows
    )


def _reviewed(version: AgreementVersion) -> dict[int, dict[str, str]]:
    rows = session.execute(
        select(CaseReview.level, CaseReview.text_hash, CaseReview.part_hashes)
        .where(
            CaseReview.version_id == version.id,
            CaseReview.verdict.in_([Verdict.RETURNED, Verdict.ENDORSED, Verdict.APPROVED]),
        )
        .order_by(CaseReview.id)
    )
    # The last of a level counts.
    return {level: {**(parts or {}), "text": text_hash} for level, text_hash, parts in rows}


def reviewed_before(version: AgreementVersion, level: Level) -> bool:
    """Tell whether a level has reviewed this case before the present time."""
    return int(level) in _reviewed(version)


def _approvals(version: AgreementVersion) -> list[int | None]:
    return list(
        session.scalars(
            select(Approval.account_id).where(
                Approval.version_id == version.id, Approval.moves == version.moves, Approval.void_at.is_(None)
            )
        )
    )


def _delegation(version: AgreementVersion, today: date) -> str:
    found = delegation_of(version, today)
    return found.reference if found else ""


def delegation_of(version: AgreementVersion, today: date) -> DelegatedApproval | None:
    """Return the delegation by which the province decides about a case in the nation's place today."""
    lead = version.partnership.lead_of(Side.DOMESTIC)
    if lead is None or lead.city.province_code is None:
        return None
    return session.scalar(
        select(DelegatedApproval)
        .where(
            DelegatedApproval.instrument == version.instrument,
            DelegatedApproval.province_code == lead.city.province_code,
            DelegatedApproval.starts_on <= today,
            DelegatedApproval.ends_on >= today,
            DelegatedApproval.ended_at.is_(None),
        )
        .order_by(DelegatedApproval.id)
        .limit(1)
    )


def _reminders(version: AgreementVersion) -> int:
    """Count the occasions on which somebody was reminded of the answer, not the recipients."""
    if version.answer_by is None:
        return 0
    return len({days for _, days, _ in told(version.reference, DueKind.ANSWER, version.answer_by)})


def _letters(version: AgreementVersion) -> frozenset[int]:
    return frozenset(
        party
        for party in session.scalars(
            select(CaseAttachment.party_id).where(
                CaseAttachment.version_id == version.id,
                CaseAttachment.kind == AttachmentKind.RENEWAL_LETTER,
                CaseAttachment.replaced_at.is_(None),
            )
        )
        if party is not None
    )


def _consents(version: AgreementVersion) -> Mapping[ConsentKind, frozenset[int]]:
    """Return the parties' consents to steps out of the present state."""
    found: dict[ConsentKind, set[int]] = {}
    rows: Any = session.execute(
        select(PartyConsent.kind, PartyConsent.party_id).where(
            PartyConsent.version_id == version.id,
            PartyConsent.moves == version.moves,
            PartyConsent.kind != ConsentKind.TEXT,
        )
    )
    for kind, party in rows:
        found.setdefault(kind, set()).add(party)
    return {kind: frozenset(parties) for kind, parties in found.items()}


def _successor_open(version: AgreementVersion) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    AgreementVersion.predecessor_id == version.id,
                    AgreementVersion.state.not_in(FINAL | {VersionState.DECLINED}),
                )
            )
        )
    )
