"""The pages of the comment desk."""

from forum.comments.views import deciding, desk, following, tables, writing
from forum.comments.views.blueprint import pages

__all__ = ["deciding", "desk", "following", "pages", "tables", "writing"]
