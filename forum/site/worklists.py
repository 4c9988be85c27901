"""The way from the agenda to the translation desk, where both are in sight."""

from __future__ import annotations

from flask import url_for

from forum.core.bilingual import TextState
from forum.events.models import Forum
from forum.translating.collections import COLLECTIONS
from forum.web.viewer import viewer


def worklist(forum: Forum, entity: str, state: TextState) -> str:
    """Return the address of a forum's texts of one kind in one state; empty for those who don't work on them."""
    if COLLECTIONS["forums"].found(viewer(), forum.slug) is None:
        return ""
    return url_for("translating.texts", collection="forums", key=forum.slug, state=str(state), kind=entity)
