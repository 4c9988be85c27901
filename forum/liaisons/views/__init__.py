"""The pages of liaison work."""

from forum.liaisons.views import moving, obligations, public, relations, writing
from forum.liaisons.views.blueprint import pages

__all__ = ["moving", "obligations", "pages", "public", "relations", "writing"]
