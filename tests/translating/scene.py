"""What the addresses of the translation desk name: a record of each forum, one of its texts, and a file that waits."""

from __future__ import annotations

import io
from datetime import datetime

from forum.accounts.models import Account
from forum.core.database import session
from forum.drafting.neighbours import Scope
from forum.events.models import Forum
from forum.ports.exchange.tables import TableRow, encode
from forum.translating.operations.bureau import hand_in
from tests.cast import Cast


def furnish(cast: Cast, _now: datetime) -> dict[str, dict[str, str]]:
    """The forum itself, which every forum has; a file of somebody who may not work on its texts opens for nobody."""
    forums = {"own": cast.forum_id, "other": cast.other_forum_id}
    return {
        side: {
            "translating.collection": "forums",
            "translating.key": session.get_one(Forum, number).slug,
            "translating.entity": "forum",
            "translating.record_id": session.get_one(Forum, number).public_id,
            "translating.field": "title",
            "translating.file_id": _file(cast, number, who),
        }
        for (side, number), who in zip(forums.items(), ("stranger", "door"), strict=True)
    }


def _file(cast: Cast, forum_id: int, who: str) -> str:
    scope = Scope.of_forum(session.get_one(Forum, forum_id))
    content = encode([TableRow("a", "", "One", "一")], "xlsx")
    actor = session.get_one(Account, cast.accounts[who]).actor()
    return hand_in(scope, io.BytesIO(content), "texts.xlsx", actor=actor).public_id
