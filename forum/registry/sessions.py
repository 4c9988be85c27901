"""The session of a forum at which a partnership began, when everybody may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from forum.agenda.queries import released
from forum.agenda.visibility import ViewerLevel, visible
from forum.core.bilingual import Text
from forum.events import queries as events
from forum.partnerships.models import Origin, Partnership

# How a partnership names a session; any other word about its origin is for the parties alone.
_REFERENCE = re.compile(r"forums/(?P<slug>[a-z0-9-]{1,80})/sessions/(?P<session>[A-Za-z0-9_-]{1,40})\Z")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a partnership began."""

    slug: str
    forum: Text
    session_id: str
    title: Text


def names_a_session(partnership: Partnership) -> bool:
    """Tell whether a partnership says that it began at a session of a forum."""
    return partnership.origin is Origin.FORUM and bool(_REFERENCE.match(partnership.origin_reference))


def beginning(partnership: Partnership, *, now: datetime) -> Beginning | None:
    """Return the session, or nothing where the public may not see it now."""
    said = _REFERENCE.match(partnership.origin_reference) if names_a_session(partnership) else None
    forum = next((each for each in events.public_forums() if said and each.slug == said["slug"]), None)
    programme = released.current(forum) if forum is not None else None
    if said is None or forum is None or programme is None:
        return None
    for item in visible(programme, ViewerLevel.PUBLIC, now).items:
        if item.session_id == said["session"] and not item.is_placeholder:
            return Beginning(forum.slug, forum.text("title"), item.session_id, item.title)
    return None
