"""The desk of experts and nominations, and what the room puts on the page of a committee."""

from forum.experts.views import desk, nominating
from forum.experts.views.blueprint import pages
from forum.experts.views.parts import committee_part

__all__ = ["committee_part", "desk", "nominating", "pages"]
