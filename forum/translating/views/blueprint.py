"""The blueprint of the desk."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("translating", __name__)
FORUM = "/desk/translation/forums/<slug>"
