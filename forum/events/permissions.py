"""Who may open the pages of a forum.  The forum is loaded through the viewer's rights, never by bare slug."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.events import queries
from forum.events.models import Forum, ForumState, Role
from forum.web.policy import Policy
from forum.web.viewer import Viewer

ALL_ROLES = tuple(Role)


def current_forum() -> Forum:
    """Return the forum of this page; the policy has loaded it."""
    return cast("Forum", g.forum)


def load(slug: str) -> Forum | None:
    """Load the forum of this page, once a request; whether the viewer may know of it is the policy’s question."""
    if g.get("forum") is None or g.forum.slug != slug:
        g.forum = queries.by_slug(slug)
    return cast("Forum | None", g.forum)


def _public(who: Viewer, args: dict[str, Any]) -> bool:
    forum = load(args["slug"])
    return forum is not None and (forum.state is not ForumState.DRAFT or bool(who.roles_in(forum)))


def staff_of_forum(*roles: Role, name: str = "") -> Policy:
    """Return the policy of a desk page: one of these roles on this forum, or a site administrator."""
    wanted = frozenset({*map(str, roles), "admin"})

    def allows(who: Viewer, args: dict[str, Any]) -> bool:
        forum = load(args["slug"])
        return forum is not None and bool(who.roles_in(forum) & wanted)

    return Policy(name or "staff: " + ", ".join(sorted(wanted - {"admin"})), allows, staff=True)


def _signed_in(who: Viewer, args: dict[str, Any]) -> bool:
    return who.signed_in and _public(who, args)


FORUM_PUBLIC = Policy("forum: public", _public, public=True)
FORUM_SIGNED_IN = Policy("forum: signed in", _signed_in)
FORUM_STAFF = staff_of_forum(*ALL_ROLES, name="forum: any staff")
ORGANISERS = staff_of_forum(Role.ORGANISER)
AGENDA_EDITORS = staff_of_forum(Role.ORGANISER, Role.AGENDA)
AGENDA_READERS = staff_of_forum(Role.ORGANISER, Role.AGENDA, Role.PROTOCOL, Role.VIEWER)
REGISTRATION_DESK = staff_of_forum(Role.ORGANISER, Role.REGISTRATION)
REGISTRATION_READERS = staff_of_forum(Role.ORGANISER, Role.REGISTRATION, Role.PROTOCOL, Role.DOOR, Role.VIEWER)
PROTOCOL = staff_of_forum(Role.ORGANISER, Role.PROTOCOL)
