"""The pages of partnerships for those who hold an office."""

from forum.partnerships.views import adding, cases, proposing, text
from forum.partnerships.views.blueprint import pages

__all__ = ["adding", "cases", "pages", "proposing", "text"]
