"""The pages of the comment desk."""

from forum.comments.views import deciding, desk, following, settings, tables, writing
from forum.comments.views.blueprint import pages

__all__ = ["deciding", "desk", "following", "pages", "settings", "tables", "writing"]
