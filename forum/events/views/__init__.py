"""The pages of this room, by module; importing the package registers them all."""

from forum.events.views import beginning, counts, desk, public, translations
from forum.events.views.blueprint import pages

__all__ = ["beginning", "counts", "desk", "pages", "public", "translations"]
