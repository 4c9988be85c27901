"""The blueprint of the room."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("committees", __name__)
