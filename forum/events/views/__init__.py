"""The pages of this room, by module; importing the package registers them all."""

from forum.events.views import beginning, desk, public
from forum.events.views.blueprint import pages

__all__ = ["beginning", "desk", "pages", "public"]
