"""How many conflicts stand against the draft, for the number beside the navigation.

The whole draft is read for it, so the number is kept while the draft stays as it is, a minute at most: rooms,
seats and confirmations change it as well.  The pages that find the conflicts anyway renew it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from forum.agenda.queries import draft
from forum.agenda.queries.standing import conflicts_of
from forum.agenda.views.blueprint import pages
from forum.events.models import Forum, Role
from forum.events.views import counts
from forum.web.viewer import now

KEPT = timedelta(minutes=1)
READING = frozenset({Role.ORGANISER, Role.AGENDA, Role.VIEWER, "admin"})
Kept = dict[int, tuple[str, datetime, int]]


def _kept() -> Kept:
    kept: Kept = current_app.extensions.setdefault("forum.conflicts_counted", {})
    return kept


def remember(forum: Forum, number: int) -> None:
    """Keep a number that was found just now."""
    _kept()[forum.id] = (draft.revision(forum), now(), number)


def conflicts_waiting(forum: Forum, roles: Collection[str]) -> Mapping[str, int]:
    """Return the number of conflicts for those who see the agenda's desk."""
    if not READING & set(roles):
        return {}
    known = _kept().get(forum.id)
    if known is None or known[0] != draft.revision(forum) or not now() - KEPT < known[1] <= now():
        remember(forum, len(conflicts_of(forum, draft.programme(forum), now())))
    return {"conflicts": _kept()[forum.id][2]}


def _offer(state: Any) -> None:
    counts.offer(state, conflicts_waiting)


pages.record_once(_offer)
