"""The pages of the memory at the desk: search, taking one out, importing with a preview, the whole as a file."""

from forum.memory.views import desk
from forum.memory.views.blueprint import pages

__all__ = ["desk", "pages"]
