"""What watching holds about somebody, for their own copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.core.refusals import N_
from forum.watching.models import Watch
from forum.watching.queries import lists


def sections(account_id: int, _now: datetime) -> list[dict[str, Any]]:
    """Return what somebody follows and which mails told them of it."""
    entries = [
        (N_("Followed"), f"{title_of(one)} {one.since.date().isoformat()}") for one in lists.of_account(account_id)
    ]
    entries += [(N_("Told by mail on"), one.at.date().isoformat()) for one in lists.digests_of(account_id)]
    return [{"title": N_("What you follow"), "entries": entries}] if entries else []


def title_of(watch: Watch) -> str:
    """Return what is followed in few words."""
    if watch.standard is not None:
        return watch.standard.reference
    if watch.name:
        return watch.name
    if watch.committee is not None:
        return watch.committee.reference
    return watch.topic.text("name").joined() if watch.topic is not None else ""
