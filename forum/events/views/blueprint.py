"""The one blueprint of this room: every page of ``events`` registers here."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("events", __name__)
