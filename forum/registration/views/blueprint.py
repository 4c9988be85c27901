"""The one blueprint of this room: every page of ``registration`` registers here."""

from __future__ import annotations

from forum.people.rules import displayed
from forum.web.policy import Pages

pages = Pages("registration", __name__)
pages.add_app_template_filter(displayed, "person_name")
