"""The pages of this room, by module; importing the package registers them all."""

from forum.events.views import desk, public
from forum.events.views.blueprint import pages

__all__ = ["desk", "pages", "public"]
