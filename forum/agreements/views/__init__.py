"""The public check of copies, and the desk at which a text is negotiated."""

from forum.agreements.views.verify import pages

__all__ = ["pages"]
