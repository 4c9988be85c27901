"""Putting one standard into practice side by side: the clauses, each side's results, and what differs."""

from __future__ import annotations

from datetime import datetime

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import Activity, ActivityKind, BoardClause, BoardResult, Finding
from forum.cooperation.operations.acting import add_once, as_seen, blank, own_party, write_texts
from forum.cooperation.rules.board import is_clause_number
from forum.cooperation.states import ActivityState
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean_line
from forum.partnerships.rules.seeing import Standing


def add_clause(
    activity: Activity, number: str, title: Text, *, standing: Standing, actor: Actor, now: datetime
) -> BoardClause:
    """Put a clause on the board of a parallel implementation.

    Raises ``NotParallel``, ``BoardClosed``, ``ClauseNumberNeeded``, ``TitleNeeded`` or ``ClauseThere``.
    """
    own_party(activity.partnership, standing)
    if activity.kind is not ActivityKind.PARALLEL:
        raise errors.NotParallel
    _need_open(activity)
    number = clean_line(number)
    if not is_clause_number(number):
        raise errors.ClauseNumberNeeded
    if blank(title):
        raise errors.TitleNeeded
    clause = BoardClause(activity_id=activity.id, activity=activity, number=number)
    write_texts(clause, {"title": title}, actor=actor, now=now)
    add_once(clause, errors.ClauseThere)
    record(actor, "add", "board_clause", clause.public_id, now=now, activity=activity.public_id)
    return clause


def give_result(
    clause: BoardClause,
    finding: Finding,
    remark: Text,
    *,
    seen: int | None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> BoardResult:
    """Say what one's own side found; ``seen`` is the version that the form showed, 0 where there was none.

    Raises ``RemarkNeeded`` where the clause is met in part or doesn't apply, and ``ChangedMeanwhile``.
    """
    side = own_party(clause.activity.partnership, standing).side
    _need_open(clause.activity)
    if finding in {Finding.PARTLY, Finding.NOT_APPLICABLE} and blank(remark):
        raise errors.RemarkNeeded
    row = clause.by_side.get(side)
    as_seen(row.version if row is not None else 0, seen)
    made = row or BoardResult(clause_id=clause.id, owner=side, finding=finding)
    made.finding = finding
    write_texts(made, {"remark": remark}, actor=actor, now=now)
    if row is None:
        add_once(made, errors.ChangedMeanwhile)
        session.expire(clause, ["results"])
    else:
        session.flush()
    record(actor, "result", "board_clause", clause.public_id, now=now, side=str(side), finding=str(finding))
    return made


def note_difference(
    clause: BoardClause, difference: Text, *, seen: int | None, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Write what both sides tell the committee about a clause; an empty text takes it back."""
    own_party(clause.activity.partnership, standing)
    as_seen(clause.version, seen)
    write_texts(clause, {"difference": difference}, actor=actor, now=now)
    session.flush()
    record(actor, "difference", "board_clause", clause.public_id, now=now, empty=blank(difference))


def remove_clause(clause: BoardClause, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Take a clause off the board as long as no side has a result; raise ``ClauseHasResults``."""
    own_party(clause.activity.partnership, standing)
    _need_open(clause.activity)
    if clause.results:
        raise errors.ClauseHasResults
    record(actor, "remove", "board_clause", clause.public_id, now=now, activity=clause.activity.public_id)
    session.delete(clause)
    session.flush()


def _need_open(activity: Activity) -> None:
    """Results are given as long as the activity isn't cancelled: the comparison often ends after the last meeting."""
    if activity.state is ActivityState.CANCELLED:
        raise errors.BoardClosed
