"""The pages of the ledger, and what it puts on the page of a standard."""

from forum.adoptions.views import desk, public
from forum.adoptions.views.blueprint import pages
from forum.adoptions.views.parts import standard_part

__all__ = ["desk", "pages", "public", "standard_part"]
