"""The one blueprint of this room: every page of ``agenda`` registers here."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("agenda", __name__)
