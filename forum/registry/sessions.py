"""The sessions of a forum at which a partnership began or was signed, when everybody may see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from forum.cooperation.models import SessionLink, SessionTie
from forum.cooperation.queries.linking import OpenSession, open_sessions
from forum.partnerships.models import Origin, Partnership

# How a partnership names a session; any other word about its origin is for the parties alone.
_REFERENCE = re.compile(r"forums/(?P<slug>[a-z0-9-]{1,80})/sessions/(?P<session>[A-Za-z0-9_-]{1,40})\Z")


def names_a_session(partnership: Partnership) -> bool:
    """Tell whether a partnership says that it began at a session of a forum."""
    return partnership.origin is Origin.FORUM and bool(_REFERENCE.match(partnership.origin_reference))


def beginning(partnership: Partnership, *, now: datetime) -> OpenSession | None:
    """Return the session, or nothing where the public may not see it now."""
    said = _REFERENCE.match(partnership.origin_reference) if names_a_session(partnership) else None
    held = open_sessions(now).get(said["session"]) if said else None
    return held if said and held and held.slug == said["slug"] else None


def ties(links: Sequence[SessionLink], *, now: datetime) -> list[tuple[SessionTie, OpenSession]]:
    """Return what sessions were for a partnership, those that the public may see now."""
    held = open_sessions(now) if links else {}
    return [(link.tie, held[key]) for link in links if (key := link.agenda_session.public_id) in held]
