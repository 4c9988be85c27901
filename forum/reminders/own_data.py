"""What reminders hold about somebody, for their own copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.core.refusals import N_
from forum.reminders import queries


def sections(account_id: int, _now: datetime) -> list[dict[str, Any]]:
    """Return what waits for somebody and which mails told of it."""
    entries = [
        (N_("Waits for you"), f"{one.due_on.isoformat()} {one.text('title').joined()}")
        for one in queries.open_for(account_id, most=1000)
    ]
    entries += [(N_("Reminded on"), one.day.isoformat()) for one in queries.digests_of(account_id)]
    return [{"title": N_("Reminders"), "entries": entries}] if entries else []
