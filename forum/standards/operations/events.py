"""Noting what followers are told, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from forum.committees.models import Committee
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.reminders.rules import Fact
from forum.reminders.wording import packed
from forum.standards.events import WatchEvent
from forum.standards.models import Standard


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that everybody may know; ``sentence`` is a catalogue key with named placeholders."""

    kind: str
    key: str  # the occasion, such as "ballot_opened:<public id>"
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    significant: bool = False
    link: str = ""


def note_event(
    what: Happening, *, standard: Standard | None = None, committee: Committee | None = None, now: datetime
) -> bool:
    """Note something for those who follow a deliverable or a committee; return False if it was noted before."""
    insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(WatchEvent)
    noted = session.execute(
        insert.values(
            public_id=public_id(),
            key=what.key,
            kind=what.kind,
            standard_id=standard.id if standard is not None else None,
            committee_id=committee.id if committee is not None else None,
            at=now,
            significant=what.significant,
            sentence=what.sentence,
            facts=packed(what.facts),
            link=what.link,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(WatchEvent.id)
    )
    return noted.first() is not None
