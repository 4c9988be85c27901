"""What the product holds about somebody: each room adds its part, and can erase it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from forum.accounts.models import Account
from forum.accounts.queries import devices
from forum.core.refusals import N_

Section = dict[str, Any]  # {"title": msgid, "entries": [(msgid, value), …]}
Sections = Callable[[int, datetime], list[Section]]
Erase = Callable[[int, datetime], None]


def account_section(account: Account, now: datetime) -> Section:
    """Return what the account itself holds."""
    return {
        "title": N_("Account"),
        "entries": [
            (N_("Mail address"), account.email),
            (N_("Name"), account.name),
            (N_("Language of mail to you"), account.language),
            (N_("Your time zone"), account.zone_name),
            (N_("Second factor"), account.totp_confirmed_at.isoformat() if account.totp_confirmed_at else ""),
            *((N_("Signed-in device"), f"{d.device} {d.last_seen_at.isoformat()}") for d in devices(account.id, now)),
        ],
    }
