"""Writing statements: a draft of ours, one that came in, and what both must hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm.attributes import flag_modified

from forum.accounts.models import Account
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.liaisons import errors
from forum.liaisons.models import (
    CALLING,
    ActionTag,
    Addressee,
    Confidentiality,
    Contact,
    ContactRole,
    Direction,
    LinkKind,
    Obligation,
    Purpose,
    Side,
    Statement,
    StatementLink,
)
from forum.liaisons.operations.answering import settle_answered
from forum.liaisons.operations.recording import as_seen, note, note_obligation, tell
from forum.liaisons.queries import relations
from forum.liaisons.queries.mirrors import answering, committee_called, owners, today
from forum.liaisons.queries.statements import groups_of, senders_of
from forum.liaisons.rules.deadlines import instant_of, internal_due
from forum.liaisons.rules.seeing import NONE, Standing, may_draft_for, may_handle
from forum.liaisons.states import OPEN_TEXT, StatementState


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it was written, with what it is asked for."""

    name: str
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as it was written."""

    role: ContactRole
    name: str
    organisation: str = ""
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that a statement says."""

    title: Text
    body: Text = Text()
    senders: tuple[Group, ...] = ()
    receivers: tuple[Group, ...] = ()
    contacts: tuple[Person, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    deadline_on: date | None = None
    deadline_time: str = ""
    deadline_zone: str = ""
    number: str = ""
    dated_on: date | None = None
    from_name: str = ""
    meeting: str = ""
    meeting_place: str = ""
    meeting_from: date | None = None
    meeting_to: date | None = None
    questions_from: tuple[str, ...] = field(default=())
    questions_to: tuple[str, ...] = field(default=())
    approval: str = ""
    tags: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Tie:
    """An earlier statement that a new one answers, follows or supersedes."""

    kind: LinkKind
    to: Statement


def draft(written: Written, tie: Tie | None = None, *, standing: Standing, actor: Actor, now: datetime) -> Statement:
    """Begin a statement of ours.

    Raises what ``_write`` raises, and ``NotYourGroups`` where somebody may not write for a group it comes from.
    """
    statement = _new(Direction.OUT, StatementState.DRAFT, actor, now)
    _write(statement, written, now)
    _need_own_groups(statement, standing, now)
    _need_deadline_ahead(statement, now)
    return _keep(statement, tie, "draft", actor=actor, now=now)


def receive(
    written: Written,
    owner: Account | None = None,
    tie: Tie | None = None,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> Statement:
    """Record a statement that came in; where it asks for action or comment, somebody owes the answer.

    Few limits: it may come from anybody, in either language.  Raises what ``_write`` raises, and ``OwnerNeeded``.
    """
    if not standing.records:
        raise NotFound
    statement = _new(Direction.IN, StatementState.RECEIVED, actor, now)
    _write(statement, written, now)
    if not may_handle(standing, groups_of(statement), answering(groups_of(statement), now)):
        raise errors.NotYourGroups(field="receivers")
    if statement.calls:
        if owner is None or owner.id not in {one.id for one in _possible_owners(statement, now)}:
            raise errors.OwnerNeeded
        statement.action = ActionTag.REQUIRED
    _keep(statement, tie, "receive", actor=actor, now=now)
    if statement.calls and owner is not None:
        _owe(statement, owner, actor=actor, now=now)
    settle_answered(statement, actor=actor, now=now)
    return statement


def rewrite(
    statement: Statement,
    written: Written,
    *,
    seen: int | None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a text that is still open; whoever does so has written it and can't approve it.

    Raises ``ChangedMeanwhile``, ``TextClosed`` and what ``draft`` raises.
    """
    as_seen(statement.version, seen)
    need_open(statement)
    need_writer(statement, standing, now)
    _write(statement, written, now)
    if statement.direction is Direction.OUT:
        _need_own_groups(statement, standing, now)
        _need_deadline_ahead(statement, now)
    add_writer(statement, actor)
    session.flush()
    note(statement, "rewrite", actor=actor, now=now, state=str(statement.state), groups=len(statement.addressees))


def need_open(statement: Statement) -> None:
    """Refuse changes of a text that was approved, shelved or posted."""
    if statement.state not in OPEN_TEXT:
        raise errors.TextClosed


def need_writer(statement: Statement, standing: Standing, now: datetime) -> None:
    """Refuse everybody who doesn't write for the groups concerned; unknown and forbidden look the same."""
    if not writes(statement, standing, now):
        raise NotFound


def writes(statement: Statement, standing: Standing, now: datetime) -> bool:
    """Tell whether somebody writes for the groups concerned."""
    if statement.direction is Direction.IN:
        groups = groups_of(statement)
        return standing.records and may_handle(standing, groups, answering(groups, now))
    groups = senders_of(statement)
    return standing.drafts and may_draft_for(standing, groups, answering(groups, now))


def add_writer(statement: Statement, actor: Actor) -> None:
    """Remember who has had a hand in the text; the version moves on, whichever part of it was changed."""
    flag_modified(statement, "writer_ids")
    if actor.account_id is not None and actor.account_id not in statement.writer_ids:
        statement.writer_ids = [*statement.writer_ids, actor.account_id]


def need_text(statement: Statement) -> None:
    """Refuse a statement that says nothing: neither text nor file."""
    if not statement.text("body") and not statement.present_attachments:
        raise errors.BodyOrFileNeeded


def _new(direction: Direction, state: StatementState, actor: Actor, now: datetime) -> Statement:
    return Statement(
        direction=direction,
        state=state,
        state_since=now,
        drafted_by_id=actor.account_id,
        writer_ids=[actor.account_id] if actor.account_id is not None else [],
    )


def _keep(statement: Statement, tie: Tie | None, action: str, *, actor: Actor, now: datetime) -> Statement:
    session.add(statement)
    session.flush()
    if tie is not None:
        _bind(statement, tie)
    note(statement, action, actor=actor, now=now, state=str(statement.state), groups=len(statement.addressees))
    return statement


def _bind(statement: Statement, tie: Tie) -> None:
    answerable = (StatementState.POSTED, StatementState.RECEIVED)
    if tie.to.state not in answerable:
        raise errors.ReplyNotPosted
    session.add(StatementLink(source=statement, target=tie.to, kind=tie.kind))
    session.flush()


def _write(statement: Statement, written: Written, now: datetime) -> None:
    """Put down what was written, with its groups.

    Raises ``TitleNeeded``, ``SenderNeeded``, ``AddresseeNeeded``, ``PurposeNeeded``, ``GroupTwice``,
    ``DeadlineNeeded`` and what ``instant_of`` raises.
    """
    if not written.title.joined().strip():
        raise errors.TitleNeeded
    for language in LANGUAGES:
        setattr(statement, f"title_{language}", clean_line(written.title.side(language)))
        setattr(statement, f"body_{language}", clean(written.body.side(language)))
    statement.source_lang = "en" if written.body.en or not written.body.zh else "zh"
    statement.confidentiality = written.confidentiality
    statement.number = clean_line(written.number)
    statement.from_name = clean_line(written.from_name)
    statement.dated_on = written.dated_on
    statement.meeting, statement.meeting_place = clean_line(written.meeting), clean_line(written.meeting_place)
    statement.meeting_from, statement.meeting_to = written.meeting_from, written.meeting_to
    if written.meeting_from and written.meeting_to and written.meeting_to < written.meeting_from:
        raise errors.TermReversed(field="meeting_to")
    statement.questions_from, statement.questions_to = list(written.questions_from), list(written.questions_to)
    statement.approval = clean_line(written.approval)
    statement.tags = list(written.tags)
    _write_deadline(statement, written, now)
    _write_groups(statement, written)
    statement.contacts.clear()
    session.flush()
    statement.contacts.extend(
        Contact(
            role=one.role,
            position=position,
            name=clean_line(one.name),
            organisation=clean_line(one.organisation),
            email=one.email,
            language=one.language,
        )
        for position, one in enumerate(written.contacts)
    )


def _write_deadline(statement: Statement, written: Written, now: datetime) -> None:
    if written.deadline_on is None:
        if any(group.purpose in CALLING for group in written.receivers):
            raise errors.DeadlineNeeded
        statement.deadline_at, statement.deadline_zone = None, ""
        return
    terms = relations.terms_on(today(now))
    statement.deadline_at, statement.deadline_zone = instant_of(
        written.deadline_on, written.deadline_time, written.deadline_zone, terms
    )


def _write_groups(statement: Statement, written: Written) -> None:
    if not written.senders:
        raise errors.SenderNeeded
    if not written.receivers:
        raise errors.AddresseeNeeded
    if any(group.purpose is None for group in written.receivers):
        raise errors.PurposeNeeded
    rows = [*_rows(Side.FROM, written.senders), *_rows(Side.TO, written.receivers)]
    statement.addressees.clear()
    session.flush()
    statement.addressees.extend(rows)


def _rows(side: Side, groups: Sequence[Group]) -> Iterable[Addressee]:
    known: set[int | str] = set()
    for position, group in enumerate(groups):
        name = clean_line(group.name)
        committee = committee_called(name)
        key = committee.id if committee is not None else name.casefold()
        if key in known:
            raise errors.GroupTwice(group=name, field="senders" if side is Side.FROM else "receivers")
        known.add(key)
        yield Addressee(
            side=side,
            position=position,
            committee_id=committee.id if committee is not None else None,
            committee=committee,
            external_name="" if committee is not None else name,
            purpose=group.purpose if side is Side.TO else None,
        )


def _need_own_groups(statement: Statement, standing: Standing, now: datetime) -> None:
    groups = [one.committee.id if one.committee is not None else None for one in statement.from_groups]
    if not may_draft_for(standing, groups, answering(groups, now)):
        raise errors.NotYourGroups


def _need_deadline_ahead(statement: Statement, now: datetime) -> None:
    if statement.deadline_at is not None and statement.deadline_at <= now:
        raise errors.DeadlinePassed


def _possible_owners(statement: Statement, now: datetime) -> Sequence[Account]:
    groups = [one.committee.id if one.committee is not None else None for one in statement.addressees]
    return owners({one for each in answering(groups, now).values() for one in each} or NONE, now)


def _owe(statement: Statement, owner: Account, *, actor: Actor, now: datetime) -> None:
    if statement.deadline_at is None:
        raise errors.DeadlineNeeded
    days = relations.terms_on(today(now)).internal_days
    row = Obligation(
        statement=statement,
        owner=owner,
        state_since=now,
        opened_at=now,
        due_at=max(statement.deadline_at, now),
        due_zone=statement.deadline_zone,
        internal_due_at=internal_due(max(statement.deadline_at, now), now, days),
    )
    session.add(row)
    session.flush()
    note_obligation(row, "open", actor=actor, now=now, owner=owner.id, due=row.due_at.isoformat())
    if owner.id != actor.account_id:
        path = f"/desk/liaisons/obligations/{row.public_id}"
        tell(owner, "liaison_obligation", path, key=f"{row.public_id}:{owner.id}:{row.version}", now=now)
