"""The demonstration's officers, each acting with the offices that they hold and no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import session
from forum.offices.models import Office
from forum.partnerships.models import AgreementVersion
from forum.partnerships.queries.standing import standing_of


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who holds offices, as a case asks for them."""

    account: Account
    offices: frozenset[tuple[str, str]]

    @property
    def account_id(self) -> int:
        """The account."""
        return self.account.id

    def towards(self, version: AgreementVersion, now: datetime) -> dict[str, Any]:
        """Return what every operation on a case asks of the one who calls it."""
        return {"standing": standing_of(version, self), "actor": self.account.actor(), "now": now}


def officers() -> dict[str, Officer]:
    """Return the people of the demonstration by the first word of their address."""
    held: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for office in session.scalars(select(Office)):
        held[office.account_id].add((str(office.role), office.scope))
    return {
        account.email.partition("@")[0]: Officer(account, frozenset(held[account.id]))
        for account in session.scalars(select(Account))
    }
