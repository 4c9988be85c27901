"""Releases: the draft becomes a named, immutable document, and everybody concerned hears what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from forum.agenda.document import frozen
from forum.agenda.errors import (
    AcknowledgementNeeded,
    NothingToRelease,
    ReleaseOverlapping,
    ReleaseStopped,
)
from forum.agenda.models import AgendaChange, AgendaRelease, Slot
from forum.agenda.operations.telling import tell
from forum.agenda.programme import Programme
from forum.agenda.queries import draft, released
from forum.agenda.queries.standing import conflict_id, conflicts_of
from forum.agenda.rules.changes import Change, compare, to_plain
from forum.agenda.rules.conflicts import Conflict, stopping
from forum.agenda.rules.findings import Severity
from forum.agenda.rules.releases import next_sequences
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.events.models import Forum
from forum.events.queries import bump_revision

MOST_OF_A_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a release would be if it were made now."""

    before: Programme | None
    after: Programme
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def stopping(self) -> tuple[Conflict, ...]:
        """What no acknowledgement helps against."""
        return stopping(self.conflicts)

    @property
    def warnings(self) -> tuple[Conflict, ...]:
        """What a named person must accept."""
        return tuple(each for each in self.conflicts if each.severity is Severity.WARNING)

    @property
    def is_new(self) -> bool:
        """Whether it differs from the latest release."""
        return self.before is None or bool(self.changes)


def candidate(forum: Forum, now: datetime) -> Candidate:
    """Return what a release would be; nothing is changed."""
    before = released.current(forum)
    working = draft.programme(forum)
    found = conflicts_of(forum, working, now)
    after = next_sequences(before, working, now, highest=released.highest_sequences(forum))
    return Candidate(before, after, compare(before, after) if before is not None else (), found)


def release(
    forum: Forum,
    name: str,
    note_en: str,
    note_zh: str,
    acknowledged: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
    site: str = "",
) -> AgendaRelease:
    """Freeze the draft as the next release; readers see it at once.

    ``acknowledged`` gives the reason for each accepted warning, by ``conflict_id``.  ``site`` is the
    address that links in mails begin with.  Raises ``ReleaseStopped``, ``AcknowledgementNeeded`` and
    ``NothingToRelease``.
    """
    # Of two who release at once, one waits here and then finds the other's release.
    session.execute(select(Forum.id).where(Forum.id == forum.id).with_for_update())
    made = candidate(forum, now)
    if made.stopping:
        raise ReleaseStopped(made.stopping)
    open_warnings = [each for each in made.warnings if not acknowledged.get(conflict_id(each), "").strip()]
    if open_warnings:
        raise AcknowledgementNeeded(made.warnings)
    if not made.is_new:
        raise NothingToRelease
    number = int(made.before.number) + 1 if made.before is not None else 1
    programme = replace(made.after, number=str(number), released_at=now, note=Text(note_en, note_zh))
    document, sha256 = frozen(programme)
    row = AgendaRelease(
        forum_id=forum.id,
        number=number,
        name=name,
        note_en=note_en or None,
        note_zh=note_zh or None,
        content=document.decode(),
        sha256=sha256,
        acknowledged=[_accepted(each, acknowledged, actor, now) for each in made.warnings],
        released_by=actor.reference,
        released_at=now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        AgendaChange(
            release_id=row.id,
            slot_guid=change.guid,
            kind=change.kind.value,
            weight=change.weight.value,
            body=to_plain(change),
        )
        for change in made.changes
    )
    session.execute(
        update(Slot)
        .where(Slot.forum_id == forum.id, Slot.withdrawn_at.is_(None), Slot.released.is_(False))
        .values(released=True, updated_at=Slot.updated_at)
        .execution_options(synchronize_session="fetch")
    )
    bump_revision(forum)
    audit.record(
        actor,
        "release",
        "agenda_release",
        str(number),
        now=now,
        chain=forum.chain,
        sha256=sha256,
        items=len(programme.items),
        changes=len(made.changes),
        acknowledged=sorted(conflict_id(each) for each in made.warnings),
    )
    if made.before is not None:
        tell(forum, made.before, programme, made.changes, now=now, site=site)
    session.flush()
    return row


def refuse_if_overtaken(forum: Forum, seen: int) -> None:
    """Raise ``ReleaseOverlapping`` when the latest release isn't the one that the editor compared with."""
    latest = released.current_release(forum)
    if (latest.number if latest is not None else 0) != seen:
        raise ReleaseOverlapping


def _accepted(conflict: Conflict, acknowledged: Mapping[str, str], actor: Actor, now: datetime) -> dict[str, object]:
    return {
        "conflict": conflict_id(conflict),
        "code": conflict.code.value,
        "guids": list(conflict.guids),
        "by": actor.reference,
        "reason": acknowledged[conflict_id(conflict)].strip()[:MOST_OF_A_REASON],
        "at": now.isoformat(),
    }
