"""From one release to the next: sequence numbers, instants of change and tombstones.

A calendar that subscribed to release 1 must understand release 2: SEQUENCE rises with time, room and
status and never falls; an item that is dropped stays as CANCELLED until every reader has heard of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from forum.agenda.programme import Item, Programme, SessionState
from forum.agenda.rules.changes import item_key
from forum.agenda.visibility import outermost_view

KEPT_AFTER_CANCELLING = timedelta(days=90)
KEPT_AFTER_FORUM = timedelta(days=30)


def next_sequences(
    previous_release: Programme | None,
    draft: Programme,
    at: datetime,
    *,
    highest: Mapping[str, int] | None = None,
) -> Programme:
    """Return the draft as the next release holds it.

    ``highest`` gives the highest sequence an item ever had in any release, recalled ones included; with it
    the numbers stay monotone over restores and recalls.  What changed is measured as the widest circle
    that sees the item sees it, so that neither number nor instant tells of what stays hidden.
    """
    ever = highest or {}
    before = {item.guid: item for item in previous_release.items} if previous_release is not None else {}
    items = [
        _follow(previous_release, before[item.guid], draft, item, at, ever.get(item.guid, 0))
        if item.guid in before
        else _enter(item, at, ever.get(item.guid))
        for item in draft.items
    ]
    present = {item.guid for item in draft.items}
    stones = [
        stone
        for item in before.values()
        if item.guid not in present
        and (stone := _tombstone(item, at, ever.get(item.guid, 0))) is not None
        and at <= _kept_until(stone, draft)
    ]
    result = replace(draft, items=tuple(sorted([*items, *stones], key=item_key)))
    return _with_places_of(stones, result, previous_release)


def _enter(item: Item, at: datetime, highest: int | None) -> Item:
    """Return an item that the previous release doesn't hold; one restored from long ago goes on counting."""
    known = max(item.sequence, highest or 0)
    seen_before = highest is not None or item.sequence > 0
    return replace(
        item,
        sequence=known + 1 if seen_before else 0,
        created_at=item.created_at if seen_before else at,
        changed_at=at,
        cancelled_at=at if item.state is SessionState.CANCELLED else None,
    )


def _follow(previous: Programme | None, old: Item, draft: Programme, new: Item, at: datetime, highest: int) -> Item:
    old_view, new_view = outermost_view(old, at), outermost_view(new, at)
    base = max(old.sequence, highest)
    # After a recall readers may hold a higher number with other times: the next one must outdo it.
    rises = _scheduled(old_view) != _scheduled(new_view) or base > old.sequence
    seen = _shown(previous, old_view) != _shown(draft, new_view)
    cancelled_at = None
    if new.state is SessionState.CANCELLED:
        cancelled_at = (old.cancelled_at or at) if old.state is SessionState.CANCELLED else at
    return replace(
        new,
        sequence=base + 1 if rises else base,
        created_at=old.created_at,
        changed_at=max(at, old.changed_at) if seen or rises else old.changed_at,
        cancelled_at=cancelled_at,
    )


def _tombstone(item: Item, at: datetime, highest: int) -> Item | None:
    if item.state is SessionState.IDEA:
        return None  # nobody outside the secretariat ever saw it
    if item.state is SessionState.CANCELLED:
        return replace(item, cancelled_at=item.cancelled_at or at, sequence=max(item.sequence, highest))
    return replace(
        item,
        state=SessionState.CANCELLED,
        cancelled_at=at,
        changed_at=at,
        sequence=max(item.sequence, highest) + 1,
    )


def _kept_until(stone: Item, programme: Programme) -> datetime:
    facts = programme.forum
    closing = datetime.combine(facts.last_day + timedelta(days=1), time(), tzinfo=facts.zone).astimezone(UTC)
    forum_reason = closing + KEPT_AFTER_FORUM
    if stone.cancelled_at is None:
        return forum_reason
    return max(stone.cancelled_at + KEPT_AFTER_CANCELLING, forum_reason)


def _scheduled(item: Item) -> tuple[object, ...]:
    return (item.starts_at, item.ends_at, item.room_guid, item.state)


def _shown(programme: Programme | None, item: Item) -> tuple[object, ...]:
    """Return what readers see of an item, names of its room and track included, our records not."""
    room = programme.room(item.room_guid) if programme is not None else None
    track = programme.track(item.track_slug) if programme is not None else None
    plain = replace(
        item,
        changed_at=item.starts_at,
        created_at=item.starts_at,
        cancelled_at=None,
        sequence=0,
    )
    return (plain, room.name if room else None, track.name if track and not item.is_placeholder else None)


def _with_places_of(stones: list[Item], release: Programme, previous: Programme | None) -> Programme:
    """Keep the rooms, tracks and segments that tombstones name and the draft has dropped."""
    if previous is None or not stones:
        return release
    rooms = {stone.room_guid for stone in stones} - {room.guid for room in release.rooms}
    tracks = {stone.track_slug for stone in stones} - {track.slug for track in release.tracks}
    segments = {stone.segment_code for stone in stones} - {segment.code for segment in release.segments}
    return replace(
        release,
        rooms=release.rooms + tuple(room for room in previous.rooms if room.guid in rooms),
        tracks=release.tracks + tuple(track for track in previous.tracks if track.slug in tracks),
        segments=release.segments + tuple(part for part in previous.segments if part.code in segments),
    )
