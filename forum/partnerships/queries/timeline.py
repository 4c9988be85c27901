"""The history of a case as one reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.core.database import session
from forum.core.refusals import Word
from forum.partnerships.models import AgreementVersion, Approval, Level, TransitionRecord
from forum.partnerships.rules.seeing import Circle, Standing, shown_state
from forum.partnerships.states import PUBLIC, ROW_OF, SHARED_REASONS, VersionState


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the history; what a reader mayn't know is empty."""

    at: datetime
    state: Word
    action: str = ""  # the name of the action
    role: str = ""
    account_id: int | None = None
    level: int = 0
    reason: str = ""


def reads_level(level: int, standing: Standing) -> bool:
    """Tell whether somebody reads the words of a level of the domestic line."""
    return standing.reads_all or standing.domestic >= level


def records(version: AgreementVersion) -> Sequence[TransitionRecord]:
    """Return every transition of a version in order, whole: for those who see the domestic line."""
    return session.scalars(
        select(TransitionRecord).where(TransitionRecord.version_id == version.id).order_by(TransitionRecord.seq)
    ).all()


def _waiting_approvals(version: AgreementVersion, made: Sequence[TransitionRecord], standing: Standing) -> list[Turn]:
    """Return the approvals that another one had to follow: they moved nothing, and are part of the history."""
    row = ROW_OF[VersionState.NATIONAL_REVIEW, "approve"]
    moved = {(record.at, record.account_id) for record in made if record.action == row.action}
    given = session.scalars(select(Approval).where(Approval.version_id == version.id).order_by(Approval.id))
    return [
        Turn(
            each.at,
            shown_state(VersionState.NATIONAL_REVIEW, standing),
            row.label,
            min(row.actors),
            each.account_id,
            Level.NATION,
            each.conditions if reads_level(Level.NATION, standing) else "",
        )
        for each in given
        if (each.at, each.account_id) not in moved
    ]


def history_for(version: AgreementVersion, standing: Standing) -> list[Turn]:
    """Return the history: for the other side the domestic review is one turn, the public reads what is public."""
    turns: list[Turn] = []
    before: Word | None = None
    made = records(version)
    for record in made:
        if standing.inside:
            row = ROW_OF[record.source, record.action]
            turns.append(
                Turn(
                    record.at,
                    shown_state(record.target, standing),
                    row.label,
                    record.role,
                    record.account_id,
                    record.level,
                    # A reason that no step asked for is a remark of its level: it goes upwards, not down.
                    record.reason if row.needs_reason or reads_level(record.level, standing) else "",
                )
            )
            continue
        if not standing.parties and not standing.foreign and record.target not in PUBLIC:
            continue
        if record.target is VersionState.DRAFT and standing.circle is not Circle.OWN:
            continue
        shown = shown_state(record.target, standing)
        # Equal words in a row are one turn: how often a case went round is the other side's own affair.
        if shown == before:
            continue
        before = shown
        shared = (record.source, record.action) in SHARED_REASONS and bool(standing.foreign)
        turns.append(Turn(record.at, shown, reason=record.reason if shared else ""))
    if standing.inside:
        turns.extend(_waiting_approvals(version, made, standing))
        turns.sort(key=lambda turn: turn.at)  # stable: what one moment holds stays in its order
    return turns
