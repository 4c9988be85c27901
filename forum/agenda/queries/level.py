"""Which circle a viewer belongs to in one forum."""

from __future__ import annotations

from forum.agenda.visibility import ViewerLevel
from forum.events.models import Forum, Role
from forum.web.viewer import Viewer

# Door staff and registration officers work with people, not with unreleased sessions.
_READERS_OF_ALL = frozenset({Role.ORGANISER, Role.AGENDA, Role.PROTOCOL, Role.VIEWER, "admin"})


def viewer_level(viewer: Viewer, forum: Forum) -> ViewerLevel:
    """Return the circle of a viewer: staff, heads of delegation, registered participants, or the public."""
    if viewer.roles_in(forum) & _READERS_OF_ALL:
        return ViewerLevel.STAFF
    standing = viewer.standing_in(forum)
    if "head" in standing:
        return ViewerLevel.HEADS
    if "registered" in standing or viewer.roles_in(forum):
        return ViewerLevel.REGISTERED
    return ViewerLevel.PUBLIC
