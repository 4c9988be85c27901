"""The titles of a deliverable, each with its status."""

from __future__ import annotations

from forum.committees.titles import Titles, titles_of
from forum.standards.models import Standard


def titles(standard: Standard) -> Titles:
    """Return the titles of a deliverable; none leaves without its status."""
    return titles_of(
        standard.title_en,
        standard.title_fr,
        standard.title_zh,
        (standard.en_status, standard.fr_status, standard.zh_status),
    )
