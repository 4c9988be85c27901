"""Who sees what of a programme, and when: the one function that every surface goes through.

Pages, exports, search, mail, change lists and caches all read ``visible(programme, viewer, at)`` and
nothing reads items around it.  An item that a viewer may not see is absent, or replaced by its placeholder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import IntEnum

from forum.agenda.programme import Item, Programme, SessionState, Visibility
from forum.agenda.rules.changes import Change, added, compare, internal, removed
from forum.core.bilingual import Text
from forum.events.kinds import SegmentKind


class ViewerLevel(IntEnum):
    """The circle a viewer belongs to; a higher level sees all that a lower one sees."""

    PUBLIC = 0
    REGISTERED = 1
    HEADS = 2
    STAFF = 3


LEVEL_NEEDED: dict[Visibility, ViewerLevel] = {
    Visibility.PUBLIC: ViewerLevel.PUBLIC,
    Visibility.REGISTERED: ViewerLevel.REGISTERED,
    Visibility.HEADS: ViewerLevel.HEADS,
    Visibility.STAFF: ViewerLevel.STAFF,
}


def visible(programme: Programme, viewer: ViewerLevel, at: datetime) -> Programme:
    """Return the part of a programme that a viewer of that level may see at that instant.

    Rooms, tracks and segments that no visible item names are left out for everyone but staff: neither
    their presence nor their absence tells of a hidden item.
    """
    if viewer is ViewerLevel.STAFF:
        return programme
    items = tuple(view for item in programme.items if (view := item_view(item, viewer, at)) is not None)
    rooms = {item.room_guid for item in items}
    tracks = {item.track_slug for item in items}
    segments = {item.segment_code for item in items}
    return replace(
        programme,
        items=items,
        rooms=tuple(room for room in programme.rooms if room.guid in rooms),
        tracks=tuple(track for track in programme.tracks if track.slug in tracks),
        segments=tuple(segment for segment in programme.segments if segment.code in segments),
    )


def may_see(item: Item, viewer: ViewerLevel, at: datetime) -> bool:
    """Tell whether a viewer may see the item itself; an idea is for staff alone."""
    if viewer is ViewerLevel.STAFF:
        return True
    if item.state is SessionState.IDEA or viewer < LEVEL_NEEDED[item.visibility]:
        return False
    return item.embargo_until is None or at >= item.embargo_until


def item_view(item: Item, viewer: ViewerLevel, at: datetime) -> Item | None:
    """Return an item as a viewer sees it: in full, as its placeholder, or not at all."""
    if viewer is ViewerLevel.STAFF or item.is_placeholder:
        return item
    if not may_see(item, viewer, at):
        return stand_in(item) if item.placeholder else None
    # A lifted embargo is a change the public sees although nobody edited anything.
    changed_at = item.changed_at if item.embargo_until is None else max(item.changed_at, item.embargo_until)
    return replace(
        item,
        changed_at=changed_at,
        embargo_until=None,
        placeholder=Text(),
        speakers=tuple(speaker for speaker in item.speakers if speaker.is_present),
        materials=tuple(paper for paper in item.materials if viewer >= LEVEL_NEEDED[paper.visibility]),
    )


def stand_in(item: Item) -> Item:
    """Return the placeholder of an item: its time and room, its placeholder title and nothing else."""
    return replace(
        item,
        title=item.placeholder,
        track_slug="",
        segment_code="",
        kind=SegmentKind.PARALLEL,
        state=SessionState.CANCELLED if item.state is SessionState.CANCELLED else SessionState.CONFIRMED,
        abstract=Text(),
        description=Text(),
        language="",
        interpretation=(),
        visibility=Visibility.PUBLIC,
        embargo_until=None,
        placeholder=Text(),
        speakers=(),
        materials=(),
        capacity=None,
        is_placeholder=True,
    )


def outermost_view(item: Item, at: datetime) -> Item:
    """Return the item as the widest circle that sees anything of it does."""
    for viewer in (ViewerLevel.PUBLIC, ViewerLevel.REGISTERED, ViewerLevel.HEADS):
        view = item_view(item, viewer, at)
        if view is not None:
            return view
    return item


def next_change(programme: Programme, at: datetime) -> datetime | None:
    """Return the next instant at which an embargo ends: no page may be kept in a cache beyond it."""
    coming = (
        item.embargo_until
        for item in programme.items
        if item.embargo_until is not None
        and item.embargo_until > at
        and item.state is not SessionState.IDEA
        and item.visibility is not Visibility.STAFF
    )
    return min(coming, default=None)


def visible_changes(
    changes: Iterable[Change], before: Programme, after: Programme, viewer: ViewerLevel, at: datetime
) -> tuple[Change, ...]:
    """Return the change list between two releases as a viewer may read it.

    The stored changes say which items are concerned; what is told of them comes from both releases as
    the viewer sees them now.  What becomes visible reads as added, what becomes hidden as removed, with
    the placeholder in its place where there is one.  Staff read the stored changes themselves.
    """
    stored = tuple(changes)
    if viewer is ViewerLevel.STAFF:
        return stored
    concerned = {change.guid for change in stored}
    old = {item.guid: item for item in visible(before, viewer, at).items if item.guid in concerned}
    new = {item.guid: item for item in visible(after, viewer, at).items if item.guid in concerned}
    told: list[Change] = []
    plain_old: list[Item] = []
    plain_new: list[Item] = []
    for guid in sorted(old.keys() | new.keys()):
        first, second = old.get(guid), new.get(guid)
        hidden_first = first is not None and first.is_placeholder
        hidden_second = second is not None and second.is_placeholder
        if first is not None and second is not None and hidden_first and not hidden_second:
            told.append(added(second))
        elif first is not None and second is not None and hidden_second and not hidden_first:
            told.append(removed(first, second))
        else:
            plain_old += [first] if first is not None else []
            plain_new += [second] if second is not None else []
    told += compare(replace(before, items=tuple(plain_old)), replace(before, items=tuple(plain_new)))
    return tuple(sorted((change for change in told if not internal(change)), key=lambda change: change.order))
