"""The pages of partnerships for those who hold an office."""

from forum.partnerships.views import cases, text
from forum.partnerships.views.blueprint import pages

__all__ = ["cases", "pages", "text"]
