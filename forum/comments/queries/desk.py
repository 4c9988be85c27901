"""The comments of a ballot as somebody may read them, in the order in which they are compiled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import Ballot, Enquired, Position
from forum.comments.models import Comment, CommentKind, CompiledRow, Numbering, SentTable, Support, TablePurpose
from forum.comments.rules.clauses import clause_key, sort_key
from forum.comments.states import LEAVING, OPEN, CommentState
from forum.committees.models import Post
from forum.committees.queries import posts_of
from forum.core.database import session

PAGE = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to."""

    state: str = ""
    kind: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the desk, and how many there are."""

    rows: Sequence[Comment]
    page: int
    last: int
    total: int


def ballot_by(public_id: str) -> Ballot | None:
    """Return a ballot with what its desk names: committee, standard, national committee."""
    return session.scalar(
        select(Ballot)
        .where(Ballot.public_id == public_id)
        .options(joinedload(Ballot.standard), joinedload(Ballot.committee), joinedload(Ballot.national))
    )


def asked(ballot_id: int, account_id: int | None) -> Enquired | None:
    """Return the question put to somebody in the enquiry, if they were asked."""
    if account_id is None:
        return None
    return session.scalar(select(Enquired).where(Enquired.ballot_id == ballot_id, Enquired.account_id == account_id))


def unit_of(ballot: Ballot, account_id: int, now: datetime) -> str:
    """Return for which unit somebody speaks on this ballot: as they were asked, else as their post says."""
    enquired = asked(ballot.id, account_id)
    if enquired is not None and enquired.unit:
        return enquired.unit
    posts: list[Post] = [post for post in posts_of(account_id, now) if post.committee_id == ballot.national_id]
    named = next((post.organisation for post in posts if post.organisation is not None), None)
    return named.text("name").joined()[:200] if named is not None else ""


def _visible(ballot_id: int, account_id: int | None) -> Select[Comment]:
    """A draft, and what its author took back, exists for its author alone."""
    private = (CommentState.DRAFT, CommentState.WITHDRAWN)
    return select(Comment).where(
        Comment.ballot_id == ballot_id,
        or_(Comment.state.not_in(private), Comment.author_id == account_id),
    )


def order(row: Comment) -> tuple[object, ...]:
    """Return the key by which a comment is compiled."""
    code = row.code or f"{row.member_body}-{99_999}"
    return (*sort_key(row.clause, row.element, row.line, str(row.kind), code), row.id)


def page_of(ballot_id: int, account_id: int | None, wanted: Wanted, number: int = 1) -> DeskPage:
    """Return a page of the comments that exist for this reader, in compiled order."""
    query = _visible(ballot_id, account_id)
    if wanted.state:
        query = query.where(Comment.state == CommentState(wanted.state))
    if wanted.kind:
        query = query.where(Comment.kind == CommentKind(wanted.kind))
    if wanted.mine:
        query = query.where(Comment.author_id == account_id)
    columns = (Comment.id, Comment.clause, Comment.element, Comment.line, Comment.kind, Comment.number)
    found = session.execute(query.with_only_columns(*columns)).all()
    ordered = sorted(
        found,
        key=lambda row: (*sort_key(row.clause, row.element, row.line, str(row.kind), str(row.number or "x")), row.id),
    )
    last = max(1, -(-len(ordered) // PAGE))
    at = min(max(1, number), last)
    ids = [row.id for row in ordered[(at - 1) * PAGE : at * PAGE]]
    rows = session.scalars(
        select(Comment)
        .where(Comment.id.in_(ids))
        .options(joinedload(Comment.author), joinedload(Comment.merged_into), selectinload(Comment.supports))
    ).all()
    place = {key: position for position, key in enumerate(ids)}
    return DeskPage(sorted(rows, key=lambda row: place[row.id]), at, last, len(ordered))


def one(ballot_id: int, public_id: str, account_id: int | None) -> Comment | None:
    """Return a comment, if it exists for this reader, with everything that its page shows."""
    return session.scalar(
        _visible(ballot_id, account_id)
        .where(Comment.public_id == public_id)
        .options(
            joinedload(Comment.author),
            joinedload(Comment.merged_into),
            joinedload(Comment.ancestor).joinedload(Comment.ballot),
            selectinload(Comment.supports).joinedload(Support.account),
            selectinload(Comment.attachments),
            selectinload(Comment.merged).options(
                joinedload(Comment.author), selectinload(Comment.supports).joinedload(Support.account)
            ),
            selectinload(Comment.descendants).joinedload(Comment.ballot),
        )
    )


def handed_in(ballot_id: int) -> Sequence[Comment]:
    """Return every comment of a ballot that was handed in and not taken back."""
    private = (CommentState.DRAFT, CommentState.WITHDRAWN)
    return session.scalars(
        select(Comment)
        .where(Comment.ballot_id == ballot_id, Comment.state.not_in(private))
        .options(joinedload(Comment.author), selectinload(Comment.supports).joinedload(Support.account))
        .order_by(Comment.id)
    ).all()


def leaving(ballot_id: int) -> list[Comment]:
    """Return the comments that leave as ours, by number, those without one last, in compiled order."""
    rows = session.scalars(
        select(Comment).where(Comment.ballot_id == ballot_id, Comment.state.in_(LEAVING)).order_by(Comment.id)
    ).all()
    return sorted(rows, key=lambda row: (row.number is None, row.number or 0, order(row)))


def candidates(row: Comment) -> list[Comment]:
    """Return the comments into which one may be merged: of the same ballot, open or kept, the same clause first."""
    rows = session.scalars(
        select(Comment).where(
            Comment.ballot_id == row.ballot_id,
            Comment.id != row.id,
            Comment.state.in_({*OPEN, CommentState.KEPT}),
            Comment.number.is_(None),
        )
    ).all()
    here = clause_key(row.clause)
    return sorted(rows, key=lambda other: (clause_key(other.clause) != here, other.kind != row.kind, order(other)))


def numbering(ballot_id: int) -> Numbering | None:
    """Return how far the numbers of a ballot's comments have gone."""
    return session.scalar(select(Numbering).where(Numbering.ballot_id == ballot_id))


def names_of(rows: Sequence[Comment]) -> frozenset[str]:
    """Return the names of everybody who wrote or supported; no text that leaves may hold one."""
    people = [row.author for row in rows] + [each.account for row in rows for each in row.supports]
    return frozenset(person.name for person in people if person is not None and person.name)


def current_answer(ballot_id: int) -> str:
    """Return the answer of the position as it stands, or nothing."""
    found = session.scalar(
        select(Position.answer)
        .where(Position.ballot_id == ballot_id, Position.voided_at.is_(None))
        .order_by(Position.number.desc())
        .limit(1)
    )
    return str(found or "")


def sent_table(ballot_id: int, public_id: str) -> SentTable | None:
    """Return an uploaded table of a ballot."""
    return session.scalar(select(SentTable).where(SentTable.ballot_id == ballot_id, SentTable.public_id == public_id))


def compiled(ballot_id: int) -> Sequence[CompiledRow]:
    """Return the rows of the compiled table that was taken in last, as they came."""
    newest = session.scalar(
        select(SentTable.id)
        .where(
            SentTable.ballot_id == ballot_id,
            SentTable.purpose == TablePurpose.COMPILED,
            SentTable.taken_in_at.is_not(None),
        )
        .order_by(SentTable.id.desc())
        .limit(1)
    )
    if newest is None:
        return ()
    return session.scalars(
        select(CompiledRow)
        .where(CompiledRow.table_id == newest)
        .options(joinedload(CompiledRow.ours))
        .order_by(CompiledRow.position)
    ).all()
