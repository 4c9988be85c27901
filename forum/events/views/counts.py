"""The numbers beside the navigation of a forum's desk: what waits there for this person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import current_app

from forum.events.models import Forum
from forum.events.views.blueprint import pages

# Higher rooms add theirs: a function of the forum and the viewer's roles, returning numbers by place in the navigation.
Counting = Callable[[Forum, Collection[str]], Mapping[str, int]]
EXTENSION = "forum.desk_counts"


def offer(state: Any, counting: Counting) -> None:
    """Have a room's numbers shown; for a blueprint's ``record_once``."""
    state.app.extensions.setdefault(EXTENSION, []).append(counting)


def desk_counts(forum: Forum, roles: Collection[str]) -> dict[str, int]:
    """Return what waits, by place in the navigation; what is done has no number."""
    found: dict[str, int] = {}
    for counting in current_app.extensions.get(EXTENSION, ()):
        found.update(counting(forum, roles))
    return {place: number for place, number in found.items() if number}


@pages.app_context_processor
def provide() -> dict[str, Any]:
    """Let the desk's layout ask for the numbers; nobody else pays for them."""
    return {"desk_counts": desk_counts}
