"""What readers see of a person beside the programme: prepared pages are built anew when it changes."""

from __future__ import annotations

from sqlalchemy import or_, select

from forum.agenda.models import AgendaRelease, AgendaSession, Contribution
from forum.core.database import session
from forum.events.models import Forum
from forum.events.queries import bump_revision
from forum.people.models import Person


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
