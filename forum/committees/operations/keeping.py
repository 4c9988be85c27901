"""Keeping a committee: adding a group that no open data hold, editing what is ours, and giving it a new title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.committees import references
from forum.committees.errors import CommitteeChanged, NameBefore, ReferenceTaken
from forum.committees.models import Committee, CommitteeAlias, CommitteeKind, CommitteeName, Confidence, TitleStatus
from forum.committees.operations.locking import hold
from forum.committees.queries import by_spelling
from forum.committees.rules import name_on
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session

EDITABLE = ("scope_en", "scope_zh", "secretariat", "state", "note_en", "note_zh", "confidence", "source")


@dataclass(frozen=True, slots=True)
class Named:
    """A title in the languages of a committee."""

    english: str
    french: str = ""
    chinese: str = ""
    zh_status: TitleStatus = TitleStatus.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """A working group or advisory group that is entered by hand."""

    reference: str
    kind: CommitteeKind
    parent: Committee
    title: Named
    created_on: date | None = None


def add_group(group: Group, *, actor: Actor, now: datetime) -> Committee:
    """Add a group below a committee; raise ``ReferenceTaken``."""
    reference = references.normal(group.reference)
    if by_spelling(reference) is not None:
        raise ReferenceTaken(reference=reference)
    made = Committee(
        reference=reference,
        slug=references.slug(reference),
        body=group.parent.body,
        kind=group.kind,
        parent_id=group.parent.id,
        sort_key=references.sort_key(reference),
        created_on=group.created_on,
        as_of=now.date(),
        confidence=Confidence.VERIFIED,
        names=[_name(group.title, group.created_on)],
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
            session.add(CommitteeAlias(committee_id=made.id, spelling=reference, folded=references.folded(reference)))
            session.flush()
    except IntegrityError as fault:
        raise ReferenceTaken(reference=reference) from fault
    record(actor, "add", "committee", made.public_id, now=now, group=str(group.kind))
    revisions.bump(revisions.STANDARDS, now=now)
    return made


def edit(committee: Committee, seen: int, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> Committee:
    """Change what is ours about a committee; raise ``CommitteeChanged`` when somebody was quicker."""
    hold(committee)
    if committee.version != seen:
        raise CommitteeChanged(at=committee.updated_at)
    changed = sorted(name for name in EDITABLE if name in values and getattr(committee, name) != values[name])
    for name in changed:
        setattr(committee, name, values[name])
    committee.unreviewed = False
    committee.edited_fields = sorted({*committee.edited_fields, *changed})
    if changed:
        committee.as_of = now.date()
    session.flush()
    record(actor, "edit", "committee", committee.public_id, now=now, fields=changed, state=str(committee.state))
    revisions.bump(revisions.STANDARDS, now=now)
    return committee


def retitle(committee: Committee, title: Named, starts_on: date, *, actor: Actor, now: datetime) -> CommitteeName:
    """Give a committee a new title from a day on; the present one ends the day before.  Raise ``NameBefore``."""
    hold(committee)
    session.expire(committee, ["names"])
    present = committee.names[-1] if committee.names else name_on(committee.names, starts_on)
    if present is not None:
        if present.starts_on is not None and present.starts_on >= starts_on:
            raise NameBefore(day=present.starts_on.isoformat())
        present.ends_on = starts_on - timedelta(days=1)
    made = _name(title, starts_on)
    committee.names.append(made)
    committee.edited_fields = sorted({*committee.edited_fields, "title_en"})
    session.flush()
    record(actor, "retitle", "committee", committee.public_id, now=now, on=starts_on.isoformat())
    revisions.bump(revisions.STANDARDS, now=now)
    return made


def _name(title: Named, starts_on: date | None) -> CommitteeName:
    return CommitteeName(
        title_en=title.english,
        title_fr=title.french,
        title_zh=title.chinese,
        zh_status=title.zh_status if title.chinese else TitleStatus.NONE,
        starts_on=starts_on,
    )
