"""The table that leaves: made from what was kept, checked as the receiving side would, recorded when it is sent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from forum.ballots.models import Ballot, BallotKind
from forum.comments import errors
from forum.comments.models import Comment, CommentKind, Translation
from forum.comments.operations.steps import step
from forum.comments.operations.writing import member_body_of
from forum.comments.queries import desk
from forum.comments.queries.settings import terms_on
from forum.comments.rules.findings import Finding, Level, is_rejected
from forum.comments.rules.preflight import Setting, preflight
from forum.comments.rules.summary import Summary, content_of
from forum.comments.rules.template import MB, CommentTable
from forum.comments.states import CommentState
from forum.core.actor import Actor
from forum.core.refusals import N_
from forum.offices.rules import BEIJING

ENGLISH, CHINESE = "en", "zh"


def table_of(ballot: Ballot, language: str, now: datetime) -> CommentTable:
    """Return the template as it leaves: the member body as its only author, the last column empty.

    The Chinese text is given only where ``language`` asks for it.
    """
    rows = tuple(_row(each, language) for each in desk.leaving(ballot.id))
    reference = ballot.standard.reference if ballot.standard is not None else ballot.title_en or ballot.title_zh
    document = " · ".join(part for part in (ballot.document_number, reference) if part)
    project = ballot.committee.reference
    return CommentTable(now.astimezone(ZoneInfo(BEIJING)).date().isoformat(), document, project, rows)


def _row(row: Comment, language: str) -> tuple[str, ...]:
    chinese = language == CHINESE
    text, change = (
        (row.text_zh or row.text_en, row.change_zh or row.change_en) if chinese else (row.text_en, row.change_en)
    )
    return (row.code or row.member_body, row.line, row.clause, row.element, str(row.kind), text, change, "")


def setting_of(ballot: Ballot, language: str, now: datetime) -> Setting:
    """Return what the check knows beside the table: outline, names, position, settings of the day."""
    rows = desk.handed_in(ballot.id)
    leaving = desk.leaving(ballot.id)
    terms = terms_on(now.date())
    return Setting(
        member_body=member_body_of(ballot),
        language=language,
        outline=ballot.outline,
        names=desk.names_of(rows),
        unreviewed=frozenset(
            each.number for each in leaving if each.number is not None and each.translation is not Translation.REVIEWED
        ),
        answer=desk.current_answer(ballot.id),
        technical_must=any(each.must_change and each.kind is CommentKind.TECHNICAL for each in leaving),
        is_final=ballot.kind is BallotKind.FDIS,
        similarity=terms.similarity,
        closes_at=ballot.closes_at,
        near=terms.near,
    )


def checked(ballot: Ballot, now: datetime, language: str = ENGLISH) -> list[Finding]:
    """Return what the receiving secretariat would object to in the table as it is now."""
    table = table_of(ballot, language, now)
    findings = preflight(table, setting_of(ballot, language, now), now)
    waiting = {place for place, row in enumerate(table.rows, start=1) if row[MB] == member_body_of(ballot)}
    if not waiting:
        return findings
    # What has no number yet is said once, not for every row.
    found = Finding(
        "PF-06",
        Level.REJECT,
        N_("Comments without a number: %(count)s. Give the numbers first."),
        facts={"count": len(waiting)},
    )
    return [found, *(each for each in findings if each.rule != "PF-06" or each.row not in waiting)]


def send(ballot: Ballot, *, actor: Actor, now: datetime) -> int:
    """Record that the numbered comments were sent; return how many.

    Raises ``NotNumbered``, ``WouldBeRejected``.
    """
    leaving = desk.leaving(ballot.id)
    if not leaving or any(row.number is None for row in leaving):
        raise errors.NotNumbered
    if is_rejected(checked(ballot, now)):
        raise errors.WouldBeRejected
    sent = [row for row in leaving if row.state is CommentState.KEPT]
    for row in sent:
        step(row, "send", actor=actor, now=now, number=row.number)
        row.exported_at = now
    return len(sent)


DECISIONS: dict[str, str] = {
    "kept": "采纳",
    "merged": "合并",
    "dropped": "不采纳",
    "submitted": "待处理",
    "in_review": "待处理",
}
KIND_WORDS = {"ge": "一般", "te": "技术", "ed": "编辑"}


def summary_of(ballot: Ballot, now: datetime) -> Summary:
    """Return the national summary 意见汇总处理表: every comment with its unit and what became of it, for use inside."""
    rows = sorted(desk.handed_in(ballot.id), key=desk.order)
    title = ballot.title_zh or ballot.title_en
    if ballot.standard is not None:
        title = f"{ballot.standard.reference} {ballot.standard.title_zh or ballot.standard.title_en}".strip()
    return Summary(
        " ".join(title.split()),
        " ".join(ballot.document_number.split()),
        now.astimezone(ZoneInfo(BEIJING)).date().isoformat(),
        tuple(_summary_row(number, row) for number, row in enumerate(rows, start=1)),
    )


def _summary_row(number: int, row: Comment) -> tuple[str, ...]:
    decision = DECISIONS.get(str(row.state), "采纳")
    if row.reason and row.state is CommentState.DROPPED:
        decision = f"{decision}：{row.reason}"
    content = content_of(row.text_zh or row.text_en, row.change_zh or row.change_en)
    return (str(number), row.clause, content, row.unit, decision, KIND_WORDS[str(row.kind)])
