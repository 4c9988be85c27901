"""The blueprint of the memory."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("memory", __name__)
