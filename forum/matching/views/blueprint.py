"""The blueprint of the room."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("matching", __name__)
