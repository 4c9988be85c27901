"""Sessions as ends: from the latest release, as far as the viewer may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.agenda.queries import released
from forum.agenda.queries.level import viewer_level
from forum.agenda.visibility import visible as visible_programme
from forum.core.database import session
from forum.events.models import Forum, ForumState
from forum.evidence.queries.ends.kinds import End, reference_of
from forum.evidence.states import EndKind
from forum.web.viewer import Viewer


def sessions_named(ids: Collection[str], who: Viewer, now: datetime) -> list[End]:
    """Return those of these sessions that this viewer may see."""
    rows = session.execute(
        select(AgendaSession.public_id, Forum)
        .join(Forum, Forum.id == AgendaSession.forum_id)
        .where(AgendaSession.public_id.in_(ids))
    )
    by_forum: defaultdict[int, set[str]] = defaultdict(set)
    forums: dict[int, Forum] = {}
    for public_id, forum in rows:
        by_forum[forum.id].add(public_id)
        forums[forum.id] = forum
    found = []
    for forum_id, wanted in by_forum.items():
        found += open_sessions_of(forums[forum_id], who, now, wanted)
    return found


def open_sessions_of(forum: Forum, who: Viewer, now: datetime, wanted: Collection[str] | None = None) -> list[End]:
    """Return the sessions of a forum's latest release that this viewer may see."""
    if forum.state is ForumState.DRAFT and not who.roles_in(forum):
        return []
    programme = released.current(forum)
    if programme is None:
        return []
    made: dict[str, End] = {}
    shown = visible_programme(programme, viewer_level(who, forum), now)
    for item in sorted(shown.items, key=lambda each: each.starts_at):
        key = item.session_id
        if not key or item.is_placeholder or key in made or (wanted is not None and key not in wanted):
            continue
        made[key] = End(
            reference_of(EndKind.SESSION, key),
            EndKind.SESSION,
            item.title,
            item.starts_at.astimezone(ZoneInfo(forum.zone_name)).date(),
            forum.text("title"),
            "agenda.session",
            {"slug": forum.slug, "session_id": key},
            frozenset({f"forum:{forum.id}"}),
        )
    return list(made.values())
