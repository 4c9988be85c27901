"""What the desk's pages share: sentences of conflicts, who somebody is, choices, and finding a session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import abort, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession, Slot
from forum.agenda.programme import Programme
from forum.agenda.queries import draft
from forum.agenda.queries import sessions as queries
from forum.agenda.queries.people import for_programme
from forum.agenda.queries.standing import conflicts_of
from forum.agenda.rules.findings import Code, Conflict
from forum.agenda.rules.sentences import sentence
from forum.agenda.views.counting import remember
from forum.agenda.views.wording import moment_in
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.events.models import Forum, Room, Segment, Track
from forum.events.permissions import current_forum
from forum.people.models import Person
from forum.people.rules import displayed
from forum.web.language import current_language
from forum.web.viewer import now, viewer

TEXT_CODES = frozenset({Code.TEXT_MISSING, Code.TEXT_MACHINE, Code.TEXT_OUTDATED, Code.VIS_CONTRADICTION})
PEOPLE_CODES = frozenset(
    {Code.PERSON_OVERLAP, Code.PERSON_TRAVEL, Code.PERSON_ABSENT, Code.SPEAKER_UNCONFIRMED, Code.LANG_UNCOVERED}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A conflict as a page lists it; ``ways`` lead to the sessions concerned."""

    severity: str
    code: Code
    sentence: str
    ways: tuple[tuple[str, str], ...] = ()


def me() -> Actor:
    """Return the person at the desk as the one who acts on this forum."""
    who = viewer()
    return who.actor(*who.roles_in(current_forum()))


def may_edit() -> bool:
    """Tell whether the person at the desk may change the agenda."""
    return bool(viewer().roles_in(current_forum()) & {"organiser", "agenda", "admin"})


def say(conflict: Conflict, programme: Programme) -> Said:
    """Return a conflict in the reader's language, with links to its sessions."""
    language = current_language()
    ways: dict[str, str] = {}
    for guid in conflict.guids:
        if (item := programme.item(guid)) is not None:
            url = url_for("agenda.edit_session", slug=programme.forum.slug, session_id=item.session_id)
            ways[url] = item.title.shown(language).text
    if not ways and conflict.session_id:
        url = url_for("agenda.edit_session", slug=programme.forum.slug, session_id=conflict.session_id)
        ways[url] = _("Open the session")
    return Said(
        conflict.severity.value,
        conflict.code,
        sentence(conflict.message, conflict.facts, language, translator(language), moment_in),
        tuple((title, url) for url, title in ways.items()),
    )


def standing(forum: Forum) -> tuple[Programme, tuple[Conflict, ...]]:
    """Return the draft and everything that stands against it."""
    programme = draft.programme(forum)
    found = conflicts_of(forum, programme, now())
    remember(forum, len(found))
    return programme, found


def said_all(found: Iterable[Conflict], programme: Programme) -> list[Said]:
    """Return conflicts in the reader's language."""
    return [say(each, programme) for each in found]


def session_or_404(session_id: str) -> AgendaSession:
    """Return a session of this page's forum."""
    found = queries.by_public_id(current_forum(), session_id)
    if found is None:
        abort(404)
    return found


def slot_or_404(guid: str) -> Slot:
    """Return a slot of this page's forum."""
    found = queries.slot_by_guid(current_forum(), guid)
    if found is None:
        abort(404)
    return found


def who_is(reference: str) -> str:
    """Return the name of somebody from the audit's reference."""
    kind, _colon, public_id = reference.partition(":")
    if kind == "account":
        account = session.scalar(select(Account).where(Account.public_id == public_id))
        if account is not None:
            return account.name or account.email
    return _("the system")


def when(at: datetime) -> datetime:
    """Return an instant as naive venue time."""
    programme_zone = draft.forum_facts(current_forum(), {}).zone
    return at.astimezone(programme_zone).replace(tzinfo=None)


def room_choices(forum: Forum) -> list[tuple[str, str]]:
    """Return the rooms by guid."""
    rooms = session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.order, Room.id))
    return [(room.guid, room.tr("name", current_language()).text) for room in rooms]


def track_choices(forum: Forum) -> list[tuple[str, str]]:
    """Return the themes by slug."""
    tracks = session.scalars(select(Track).where(Track.forum_id == forum.id).order_by(Track.order, Track.id))
    return [(track.slug, track.tr("name", current_language()).text) for track in tracks]


def segment_choices(forum: Forum) -> list[tuple[str, str]]:
    """Return the segments by code."""
    found = session.scalars(select(Segment).where(Segment.forum_id == forum.id).order_by(Segment.order, Segment.id))
    return [(segment.code, segment.tr("name", current_language()).text) for segment in found]


def person_label(person: Person) -> str:
    """Return a person with the organisation, as a list to choose from prints it."""
    name = displayed(person, current_language())
    organisation = person.tr("organisation_name", current_language()).text
    return f"{name} · {organisation}" if organisation else name


def person_choices(forum: Forum, query: str = "") -> list[tuple[str, str]]:
    """Return people of this programme by public id."""
    return [(person.public_id, person_label(person)) for person in for_programme(forum, query)]


def room_of(forum: Forum, guid: str) -> Room | None:
    """Return a room of the forum."""
    return session.scalar(select(Room).where(Room.forum_id == forum.id, Room.guid == guid)) if guid else None
