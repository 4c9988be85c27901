"""What the addresses of the translation desk name: a record of each forum, and one of its texts."""

from __future__ import annotations

from datetime import datetime

from forum.core.database import session
from forum.events.models import Forum
from tests.cast import Cast


def furnish(cast: Cast, _now: datetime) -> dict[str, dict[str, str]]:
    """The forum itself, which every forum has."""
    forums = {"own": cast.forum_id, "other": cast.other_forum_id}
    return {
        side: {
            "translating.collection": "forums",
            "translating.key": session.get_one(Forum, number).slug,
            "translating.entity": "forum",
            "translating.record_id": session.get_one(Forum, number).public_id,
            "translating.field": "title",
        }
        for side, number in forums.items()
    }
