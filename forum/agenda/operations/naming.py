"""What readers see of a person beside the programme: prepared pages are built anew when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select

from forum.agenda.errors import BiographyOverlapping
from forum.agenda.models import AgendaRelease, AgendaSession, Contribution
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.events.models import Forum
from forum.events.queries import bump_revision
from forum.people.models import Person
from forum.translation import operations as translation
from forum.translation.rules import Side


def show_anew(person: Person) -> int:
    """Say that every forum which names this person, in any release or in its draft, has changed; return how many."""
    released = select(AgendaRelease.forum_id).where(AgendaRelease.content.contains(person.guid, autoescape=True))
    planned = (
        select(AgendaSession.forum_id)
        .join(Contribution, Contribution.session_id == AgendaSession.id)
        .where(Contribution.person_id == person.id)
    )
    found = session.scalars(
        select(Forum).where(or_(Forum.id.in_(released), Forum.id.in_(planned))).order_by(Forum.id)
    ).all()
    for forum in found:
        bump_revision(forum)
    return len(found)


def write_biography(
    forum: Forum,
    person: Person,
    texts: Mapping[Side, str],
    *,
    seen: int,
    actor: Actor,
    now: datetime,
) -> bool:
    """Write what readers learn of a person; shown at once wherever the person is on a visible programme.

    Raises ``BiographyOverlapping`` when the record isn't the version that the editor saw.  Returns whether
    anything changed.
    """
    if person.version != seen:
        raise BiographyOverlapping
    changed = translation.record(person, "person", texts, actor=actor, now=now)
    if changed:
        show_anew(person)
        sides = sorted(language for _field, language in changed)
        audit.record(actor, "edit_biography", "person", person.public_id, now=now, chain=forum.chain, sides=sides)
    return bool(changed)
