"""The demonstration's accounts, whose password everybody knows."""

from __future__ import annotations

from collections.abc import Mapping

from forum.accounts.models import Account
from forum.accounts.operations import hash_password
from forum.core.database import session
from forum.events.models import Forum, ForumRole, Role
from forum.site.demonstration.facts import DemonstrationForum

PASSWORD = "demonstration"  # noqa: S105 - printed at every start; the product refuses to serve it to others
# Desk roles that the content names no person for.
FURTHER = {
    "agenda": ("Agenda editor", "zh", Role.AGENDA),
    "door": ("Door staff", "zh", Role.DOOR),
    "viewer": ("Viewer", "en", Role.VIEWER),
}


def open_all(content: DemonstrationForum, forum: Forum) -> Mapping[str, Account]:
    """Open the accounts and give them their roles; return them by address."""
    hashed = hash_password(PASSWORD)
    made: dict[str, Account] = {}
    roles: list[tuple[str, Role]] = []
    for seed in content.accounts:
        made[seed.email] = Account(
            email=seed.email,
            name=seed.name.shown(seed.language).text,
            language=seed.language,
            is_admin=seed.is_administrator,
            password_hash=hashed,
            created_at=content.registration_opens,
        )
        roles += [(seed.email, Role(role)) for role in seed.roles]
    for key, (name, language, role) in FURTHER.items():
        email = f"{key}@forum.example"
        made[email] = Account(email=email, name=name, language=language, password_hash=hashed)
        roles.append((email, role))
    session.add_all(made.values())
    session.flush()
    session.add_all(ForumRole(forum_id=forum.id, account_id=made[email].id, role=role) for email, role in roles)
    session.flush()
    return made
