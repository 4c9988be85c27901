"""The pages of this room, by module; importing the package registers them all."""

from forum.agenda.views import (
    counting,
    desk_board,
    desk_imports,
    desk_people,
    desk_releases,
    desk_session,
    exports,
    glance,
    mine,
    paper,
    public,
    versions,
)
from forum.agenda.views.blueprint import pages

__all__ = [
    "counting",
    "desk_board",
    "desk_imports",
    "desk_people",
    "desk_releases",
    "desk_session",
    "exports",
    "glance",
    "mine",
    "pages",
    "paper",
    "public",
    "versions",
]
