"""Audit and mail of what was done: written last, so that every operation locks in the same order.

Counters first, then rows, then the end of the audit chain, then the outbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.events.models import Forum
from forum.people.rules import addressed
from forum.ports.mail.outbox import post
from forum.registration.models import Delegation, Participation
from forum.registration.operations.links import link_to


@dataclass
class News:
    """What an operation will tell at its end."""

    actor: Actor
    now: datetime
    entries: list[tuple[Actor, str, str, str, Forum, dict[str, Any]]] = field(default_factory=list)
    letters: list[tuple[str, Participation, str, dict[str, Any]]] = field(default_factory=list)

    def note(
        self, action: str, kind: str, object_id: str, forum: Forum, *, by: Actor | None = None, **facts: Any
    ) -> None:
        """Remember an audit entry."""
        self.entries.append((by or self.actor, action, kind, object_id, forum, facts))

    def write(self, template: str, participation: Participation, key: str, **facts: Any) -> None:
        """Remember a mail about a participation."""
        self.letters.append((template, participation, key, facts))

    def tell(self) -> None:
        """Write the audit, then the outbox."""
        for by, action, kind, object_id, forum, facts in self.entries:
            record(by, action, kind, object_id, now=self.now, chain=forum.chain, **facts)
        for template, participation, key, facts in self.letters:
            write_to(participation, template, now=self.now, key=key, **facts)
        self.entries.clear()
        self.letters.clear()


def recipients(participation: Participation) -> Sequence[str]:
    """Return the addresses to which mail about a participation goes, by its delegation's mail policy."""
    person = participation.person.email
    registrant = participation.registrant.email if participation.registrant else ""
    delegation = participation.delegation
    if delegation is None:
        return [person or registrant]
    if delegation.mail_policy == "focal":
        focal = [focal_point.account.email for focal_point in delegation.focal_points]
        return focal or [registrant or person]
    if delegation.mail_policy == "person":
        return [person or registrant]
    return [registrant or person]


def write_to(participation: Participation, template: str, *, now: datetime, key: str, **facts: Any) -> None:
    """Post a mail about a participation, in the language that the person chose, whoever acts."""
    language = participation.mail_language
    forum = participation.forum
    for address in recipients(participation):
        post(
            template,
            address,
            language,
            now=now,
            key=f"{key}:{participation.public_id}",
            forum_id=forum.id,
            name=addressed(participation.person, language),
            for_other=_acts_for(address, participation),
            forum=forum.tr("title", language).text,
            number=f"{participation.number:04d}",
            category=participation.category.tr("name", language).text,
            link=link_to(participation),
            contact=forum.contact_email,
            zone=ZoneInfo(forum.zone_name),
            zone_name=forum.zone_name,
            **facts,
        )


def _acts_for(address: str, participation: Participation) -> bool:
    """Tell whether a mail goes to somebody else than the person whom it concerns."""
    person, registrant = participation.person, participation.registrant
    own = {person.email}
    if registrant is not None and registrant.id == person.account_id:
        own.add(registrant.email)
    return address not in own


def delegation_name(delegation: Delegation, language: str) -> str:
    """Return a delegation's name for a mail."""
    return delegation.tr("name", language).text
