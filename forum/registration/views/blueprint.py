"""The one blueprint of this room: every page of ``registration`` registers here."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("registration", __name__)
