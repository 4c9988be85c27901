"""The blueprint of the desk."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("translating", __name__)
COLLECTION_PAGE = "/desk/translation/<collection>/"
ONE_SCOPE = "/desk/translation/<collection>/<key>"
