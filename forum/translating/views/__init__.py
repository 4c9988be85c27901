"""The pages of the desk."""

from forum.translating.views import desk, editor, parity
from forum.translating.views.blueprint import pages

__all__ = ["desk", "editor", "pages", "parity"]
