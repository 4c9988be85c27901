"""Releases as readers get them: parsed once in each process, found again by number and hash.

A release is immutable, but somebody whom it names may be erased later: whoever reads a release gets it without
those names, and nothing outside of this module reads its content.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import defer

from forum.agenda.document import from_document
from forum.agenda.models import AgendaChange, AgendaRelease
from forum.agenda.programme import Programme
from forum.agenda.rules.changes import Change, from_plain
from forum.agenda.rules.people import is_person, without
from forum.core.database import session
from forum.events.models import Forum
from forum.people.queries import erased_among

MOST_KEPT = 12
_Key = tuple[int, int, str]


@dataclass(slots=True)
class _Kept:
    """A release as it was frozen, whom it names, and as it may be read since some of them were erased."""

    frozen: Programme
    people: frozenset[str]
    readable: Programme
    erased: frozenset[str] = frozenset()
    revision: int = -1  # of the forum, when it was last asked who was erased


_kept: OrderedDict[_Key, _Kept] = OrderedDict()
_lock = threading.Lock()


def current_release(forum: Forum) -> AgendaRelease | None:
    """Return the latest release, its content still unread; None before the first one."""
    return session.scalar(
        select(AgendaRelease)
        .where(AgendaRelease.forum_id == forum.id)
        .order_by(AgendaRelease.number.desc())
        .limit(1)
        .options(defer(AgendaRelease.content))
    )


def current(forum: Forum) -> Programme | None:
    """Return the programme of the latest release; None before the first one."""
    release = current_release(forum)
    return content(release) if release is not None else None


def by_number(forum: Forum, number: int) -> AgendaRelease | None:
    """Return the release of that number."""
    return session.scalar(
        select(AgendaRelease)
        .where(AgendaRelease.forum_id == forum.id, AgendaRelease.number == number)
        .options(defer(AgendaRelease.content))
    )


def releases(forum: Forum) -> Sequence[AgendaRelease]:
    """Return all releases, the latest first."""
    return session.scalars(
        select(AgendaRelease)
        .where(AgendaRelease.forum_id == forum.id)
        .order_by(AgendaRelease.number.desc())
        .options(defer(AgendaRelease.content))
    ).all()


def before(release: AgendaRelease) -> AgendaRelease | None:
    """Return the release that this one followed."""
    return session.scalar(
        select(AgendaRelease)
        .where(AgendaRelease.forum_id == release.forum_id, AgendaRelease.number < release.number)
        .order_by(AgendaRelease.number.desc())
        .limit(1)
        .options(defer(AgendaRelease.content))
    )


def content(release: AgendaRelease) -> Programme:
    """Return what a release froze, without the names of those who were erased since.

    It is kept under its hash, so that it never goes stale; who was erased is asked anew when the forum's revision
    has changed, which an erasure does.
    """
    kept = _parsed(release)
    revision = session.get_one(Forum, release.forum_id).revision
    if kept.revision != revision:
        erased = erased_among(kept.people)
        with _lock:
            if erased != kept.erased:
                items = tuple(without(item, erased) for item in kept.frozen.items)
                kept.readable, kept.erased = replace(kept.frozen, items=items), erased
            kept.revision = revision
    return kept.readable


def _parsed(release: AgendaRelease) -> _Kept:
    key = (release.forum_id, release.number, release.sha256)
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
            return known
    programme = from_document(json.loads(release.content))
    people = frozenset(each.person_guid for item in programme.items for each in item.speakers if is_person(each))
    made = _Kept(programme, people, programme)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def changes(release: AgendaRelease) -> tuple[Change, ...]:
    """Return what a release changed, as stored with it: for staff; others read ``visible_changes`` of it."""
    rows = session.scalars(
        select(AgendaChange.body).where(AgendaChange.release_id == release.id).order_by(AgendaChange.id)
    )
    found = tuple(from_plain(body) for body in rows)
    sides = [item for change in found for item in (change.before, change.after) if item is not None]
    erased = erased_among({each.person_guid for item in sides for each in item.speakers if is_person(each)})
    if not erased:
        return found
    return tuple(
        replace(
            change,
            before=without(change.before, erased) if change.before is not None else None,
            after=without(change.after, erased) if change.after is not None else None,
        )
        for change in found
    )


def highest_sequences(forum: Forum) -> Mapping[str, int]:
    """Return the highest sequence that each item ever had in a release."""
    highest: dict[str, int] = {}
    for release in releases(forum):
        for item in _parsed(release).frozen.items:
            highest[item.guid] = max(item.sequence, highest.get(item.guid, 0))
    return highest
