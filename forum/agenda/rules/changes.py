"""What changed between two programmes, in the words people are told.

Law: ``apply(compare(a, b), a) == b`` for programmes with the same release header (number, instant, note);
those name a release and are no part of what is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from forum.agenda.programme import (
    ForumFacts,
    Item,
    Programme,
    RoomFacts,
    SegmentFacts,
    SessionState,
    TrackFacts,
)
from forum.agenda.rules.change_kinds import (
    RANK,
    REPLACED_BY_PLACEHOLDER,
    SENTENCES,
    ChangeKind,
    Weight,
    kinds_between,
)
from forum.agenda.rules.plain import from_plain as value_from_plain
from forum.agenda.rules.plain import to_plain as value_to_plain
from forum.core.bilingual import Text

__all__ = [
    "Change",
    "ChangeKind",
    "Frame",
    "Weight",
    "added",
    "apply",
    "compare",
    "facts",
    "from_plain",
    "internal",
    "item_key",
    "removed",
    "sequence_rises",
    "to_plain",
    "told",
]

MUST_TELL_FROM = timedelta(minutes=5)

_INTERNAL = frozenset({ChangeKind.VISIBILITY_CHANGED, ChangeKind.RECORD_CHANGED, ChangeKind.PROGRAMME_CHANGED})
_TELL = frozenset(
    {
        ChangeKind.ADDED,
        ChangeKind.REINSTATED,
        ChangeKind.RENAMED,
        ChangeKind.SPEAKERS_CHANGED,
        ChangeKind.LANGUAGE_CHANGED,
    }
)
_MOVED = frozenset({ChangeKind.MOVED_TIME, ChangeKind.MOVED_ROOM, ChangeKind.LENGTHENED, ChangeKind.SHORTENED})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a programme is besides its items; ``order`` is given when items aren't in their usual order."""

    forum: ForumFacts
    rooms: tuple[RoomFacts, ...] = ()
    tracks: tuple[TrackFacts, ...] = ()
    segments: tuple[SegmentFacts, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one item, with the whole item before and after.

    An item with several changes has one ``Change`` of each kind, all with the same two values.
    ``guid`` is empty for a change of the programme itself, which carries frames instead of items.
    """

    kind: ChangeKind
    guid: str
    before: Item | None = None
    after: Item | None = None
    frame_before: Frame | None = None
    frame_after: Frame | None = None

    @property
    def item(self) -> Item | None:
        """The item as it is now, or as it last was."""
        return self.after or self.before

    @property
    def order(self) -> tuple[str, int, str]:
        """Where the change stands in a list: by time, then kind."""
        item = self.item
        return (item.starts_at.isoformat() if item else "", RANK[self.kind], self.guid)

    @property
    def weight(self) -> Weight:
        """How much people need to hear of it."""
        return _weight(self)

    @property
    def message(self) -> str:
        """The catalogue key of the sentence that tells the change."""
        if self.kind is ChangeKind.REMOVED and self.after is not None:
            return REPLACED_BY_PLACEHOLDER
        return SENTENCES[self.kind]


def item_key(item: Item) -> tuple[str, int, str]:
    """Return the usual place of an item in a programme: by instant, then number."""
    return (item.starts_at.isoformat(), item.number, item.guid)


def added(item: Item) -> Change:
    """Return the change that brings an item."""
    return Change(ChangeKind.ADDED, item.guid, after=item)


def removed(item: Item, placeholder: Item | None = None) -> Change:
    """Return the change that takes an item away, leaving its placeholder where there is one."""
    return Change(ChangeKind.REMOVED, item.guid, before=item, after=placeholder)


def internal(change: Change) -> bool:
    """Tell whether only staff may read of the change."""
    return change.kind in _INTERNAL


def told(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that people outside the secretariat read of."""
    return tuple(change for change in changes if not internal(change))


def sequence_rises(change: Change) -> bool:
    """Tell whether a calendar must take the entry for rescheduled: time, room or status changed."""
    if change.kind is ChangeKind.DETAILS_CHANGED and change.before and change.after:
        return change.before.state is not change.after.state
    return change.kind in _MOVED or change.kind in (
        ChangeKind.CANCELLED,
        ChangeKind.REINSTATED,
        ChangeKind.REMOVED,
    )


def facts(change: Change, before: Programme, after: Programme) -> dict[str, object]:
    """Return the facts of the change's sentence, for ``forum.agenda.rules.sentences``."""
    item = change.item
    if item is None:
        return {}
    old, new = change.before or item, change.after or item
    title = old.title if change.kind is ChangeKind.REMOVED else item.title
    if change.kind is ChangeKind.RENAMED:
        return {"old": old.title, "new": new.title}
    if change.kind is ChangeKind.MOVED_TIME:
        return {"title": title, "old": old.local_start, "new": new.local_start}
    found: dict[str, object] = {"title": title, "when": item.local_start}
    if change.kind is ChangeKind.REMOVED and change.after is not None:
        found["new"] = change.after.title
    elif change.kind is ChangeKind.MOVED_ROOM:
        found |= {"old": _room_name(before, old), "new": _room_name(after, new)}
    elif change.kind in (ChangeKind.LENGTHENED, ChangeKind.SHORTENED):
        found |= {"old": _wall_end(before, old), "new": _wall_end(after, new)}
    return found


def compare(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Return every change from one programme to another, in a stable order."""
    old = {item.guid: item for item in before.items}
    new = {item.guid: item for item in after.items}
    found: list[Change] = []
    for guid, item in new.items():
        earlier = old.get(guid)
        if earlier is None:
            found.append(added(item))
        elif earlier != item:
            found += (Change(kind, guid, earlier, item) for kind in kinds_between(earlier, item))
    found += (removed(item) for guid, item in old.items() if guid not in new)
    found.sort(key=lambda change: change.order)
    frame_before, frame_after = _frame(before), _frame(after)
    usual = tuple(item.guid for item in _items_after(found, before))
    actual = tuple(item.guid for item in after.items)
    if frame_before != frame_after or usual != actual:
        frame_after = replace(frame_after, order=actual if usual != actual else ())
        found.append(Change(ChangeKind.PROGRAMME_CHANGED, "", frame_before=frame_before, frame_after=frame_after))
    return tuple(found)


def apply(changes: Iterable[Change], programme: Programme) -> Programme:
    """Return the programme with the changes made to it; the release header stays as it is."""
    made = tuple(changes)
    result = replace(programme, items=_items_after(made, programme))
    for change in made:
        if (frame := change.frame_after) is not None:
            items = result.items
            if frame.order:
                by_guid = {item.guid: item for item in items}
                items = tuple(by_guid[guid] for guid in frame.order)
            result = replace(
                result,
                forum=frame.forum,
                rooms=frame.rooms,
                tracks=frame.tracks,
                segments=frame.segments,
                items=items,
            )
    return result


def to_plain(change: Change) -> dict[str, Any]:
    """Return a change as plain JSON values, as it is stored with a release."""
    plain: dict[str, Any] = value_to_plain(change)
    return plain


def from_plain(plain: Mapping[str, Any]) -> Change:
    """Return the change that ``to_plain`` made plain."""
    change: Change = value_from_plain(Change, dict(plain))
    return change


def _items_after(changes: Iterable[Change], programme: Programme) -> tuple[Item, ...]:
    items = {item.guid: item for item in programme.items}
    touched = False
    for change in changes:
        if not change.guid:
            continue
        touched = True
        if change.kind is ChangeKind.REMOVED:
            items.pop(change.guid, None)
        elif change.after is not None:
            items[change.guid] = change.after
    return tuple(sorted(items.values(), key=item_key)) if touched else programme.items


def _frame(programme: Programme) -> Frame:
    return Frame(programme.forum, programme.rooms, programme.tracks, programme.segments)


def _weight(change: Change) -> Weight:
    if change.kind is ChangeKind.REMOVED or change.kind is ChangeKind.ADDED:
        item = change.item
        if item is not None and item.state is SessionState.CANCELLED:
            return Weight.QUIET  # a tombstone comes or goes: people were told when it was cancelled
        return Weight.MUST_TELL if change.kind is ChangeKind.REMOVED else Weight.TELL
    if change.kind in (ChangeKind.CANCELLED, ChangeKind.MOVED_TIME, ChangeKind.MOVED_ROOM):
        return Weight.MUST_TELL
    if change.kind in (ChangeKind.LENGTHENED, ChangeKind.SHORTENED) and change.before and change.after:
        moved = abs(change.after.ends_at - change.before.ends_at)
        return Weight.MUST_TELL if moved >= MUST_TELL_FROM else Weight.TELL
    return Weight.TELL if change.kind in _TELL else Weight.QUIET


def _room_name(programme: Programme, item: Item) -> Text:
    room = programme.room(item.room_guid)
    return room.name if room is not None else Text()


def _wall_end(programme: Programme, item: Item) -> datetime:
    return item.ends_at.astimezone(programme.forum.zone).replace(tzinfo=None)
