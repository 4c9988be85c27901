"""The pages of the committees: the tree, one committee, what became of whom, and the desk of the national office."""

from forum.committees.views import desk, posts, public
from forum.committees.views.blueprint import pages

__all__ = ["desk", "pages", "posts", "public"]
