"""Releases as readers get them: parsed once in each process, found again by number and hash."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer

from forum.agenda.document import from_document
from forum.agenda.models import AgendaChange, AgendaRelease
from forum.agenda.programme import Programme
from forum.agenda.rules.changes import Change, from_plain
from forum.core.database import session
from forum.events.models import Forum

MOST_KEPT = 12
_Key = tuple[int, int, str]
_kept: OrderedDict[_Key, Programme] = OrderedDict()
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
    """Return what a release froze; it is kept under its hash, so that it never goes stale."""
    key = (release.forum_id, release.number, release.sha256)
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
            return known
    programme = from_document(json.loads(release.content))
    with _lock:
        _kept[key] = programme
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return programme


def changes(release: AgendaRelease) -> tuple[Change, ...]:
    """Return what a release changed, as stored with it: for staff; others read ``visible_changes`` of it."""
    rows = session.scalars(
        select(AgendaChange.body).where(AgendaChange.release_id == release.id).order_by(AgendaChange.id)
    )
    return tuple(from_plain(body) for body in rows)


def highest_sequences(forum: Forum) -> Mapping[str, int]:
    """Return the highest sequence that each item ever had in a release."""
    highest: dict[str, int] = {}
    for release in releases(forum):
        for item in content(release).items:
            highest[item.guid] = max(item.sequence, highest.get(item.guid, 0))
    return highest
