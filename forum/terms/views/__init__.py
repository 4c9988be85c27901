"""The pages of the glossary."""

from forum.terms.views import desk, files, public
from forum.terms.views.blueprint import pages

__all__ = ["desk", "files", "pages", "public"]
