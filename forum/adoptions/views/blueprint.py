"""The blueprint of the ledger."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("adoptions", __name__)
