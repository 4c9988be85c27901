"""Who works at the desk: translators on every forum, organisers and editors of the agenda on their own."""

from __future__ import annotations

from typing import Any

from forum.events import permissions as events
from forum.events.models import Forum, Role
from forum.web.policy import Policy
from forum.web.viewer import Viewer

_OF_FORUM = frozenset({str(Role.ORGANISER), str(Role.AGENDA), "admin"})


def is_translator(who: Viewer) -> bool:
    """Tell whether somebody holds the office of translator, or looks after the site."""
    return who.is_admin or ("translator", "nation:") in who.grants


def may_translate(who: Viewer, forum: Forum) -> bool:
    """Tell whether somebody may work on the texts of a forum."""
    return is_translator(who) or bool(who.roles_in(forum) & _OF_FORUM)


def _at_the_desk(who: Viewer, _args: dict[str, Any]) -> bool:
    return is_translator(who) or any(role in _OF_FORUM and scope.startswith("forum:") for role, scope in who.grants)


def _on_forum(who: Viewer, args: dict[str, Any]) -> bool:
    forum = events.load(args["slug"])
    return forum is not None and may_translate(who, forum)


TRANSLATION_DESK = Policy("translation: translators and organisers", _at_the_desk, staff=True)
FORUM_TRANSLATION = Policy("translation: those who work on the texts of the forum", _on_forum, staff=True)
