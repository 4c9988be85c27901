"""The pages of the desk."""

from forum.translating.views import assigning, desk, editor, files, parity, worklist
from forum.translating.views.blueprint import pages

__all__ = ["assigning", "desk", "editor", "files", "pages", "parity", "worklist"]
