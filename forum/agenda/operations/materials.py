"""Documents of a session: links to other places, or files kept here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from forum.agenda.errors import NothingHandedIn, UnknownAddress
from forum.agenda.models import AgendaSession, Material
from forum.agenda.operations.history import step
from forum.agenda.operations.sessions import Side, locked
from forum.agenda.programme import Visibility
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import N_, NotFound
from forum.events.models import Forum
from forum.ports.files.models import StoredFile
from forum.translation import operations as translation

_ADDRESS = re.compile(r"https://[^\s<>\"'\\]{3,490}|mailto:[^\s<>\"'\\@]+@[^\s<>\"'\\@]+")


def add_material(
    forum: Forum,
    held: AgendaSession,
    texts: Mapping[Side, str],
    *,
    actor: Actor,
    now: datetime,
    link: str = "",
    file: StoredFile | None = None,
    visibility: Visibility = Visibility.PUBLIC,
) -> Material:
    """Tie a document to a session; raise ``NothingHandedIn`` or ``UnknownAddress``."""
    if not link and file is None:
        raise NothingHandedIn
    if link and not _ADDRESS.fullmatch(link):
        raise UnknownAddress
    held = locked(forum, held)
    with step(forum, N_("Add a document"), actor=actor) as made:
        made.touch(held)
        paper = Material(link=link, file_id=file.id if file is not None else None, visibility=visibility)
        held.materials.append(paper)
        session.flush()
        if file is not None:
            file.owner = f"material:{paper.guid}"
        translation.record(paper, "material", texts, actor=actor, now=now)
        held.edited_by = actor.reference
    audit.record(
        actor,
        "add_document",
        "agenda_session",
        held.public_id,
        now=now,
        chain=forum.chain,
        document=paper.guid,
    )
    return paper


def remove_material(forum: Forum, held: AgendaSession, guid: str, *, actor: Actor, now: datetime) -> None:
    """Take a document off a session; a stored file stays, since an older release may name it."""
    held = locked(forum, held)
    paper = next((each for each in held.materials if each.guid == guid), None)
    if paper is None:
        raise NotFound
    with step(forum, N_("Remove a document"), actor=actor) as made:
        made.touch(held)
        held.materials.remove(paper)
        held.edited_by = actor.reference
    audit.record(actor, "remove_document", "agenda_session", held.public_id, now=now, chain=forum.chain, document=guid)
