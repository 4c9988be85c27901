"""The kinds of change an item can undergo, and which of them two states of one item show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from itertools import chain

from forum.agenda.programme import Item, SessionState, Speaker, SpeakerState
from forum.core.bilingual import Text
from forum.core.refusals import N_


class ChangeKind(StrEnum):
    """What happened to an item, in the order in which a change list tells it."""

    CANCELLED = "cancelled"
    REMOVED = "removed"
    MOVED_TIME = "moved_time"
    MOVED_ROOM = "moved_room"
    LENGTHENED = "lengthened"
    SHORTENED = "shortened"
    REINSTATED = "reinstated"
    ADDED = "added"
    RENAMED = "renamed"
    SPEAKERS_CHANGED = "speakers_changed"
    LANGUAGE_CHANGED = "language_changed"
    TEXT_EDITED = "text_edited"
    MATERIAL_CHANGED = "material_changed"
    DETAILS_CHANGED = "details_changed"  # track, segment, kind, seats, how firm it is
    VISIBILITY_CHANGED = "visibility_changed"  # internal: only staff read of it
    RECORD_CHANGED = "record_changed"  # internal: numbers and instants that we keep
    PROGRAMME_CHANGED = "programme_changed"  # internal: forum, rooms, tracks, segments, order of items


class Weight(StrEnum):
    """How much people need to hear of a change (forums knowledge, section 4.5)."""

    MUST_TELL = "must_tell"
    TELL = "tell"
    QUIET = "quiet"


SENTENCES: Mapping[ChangeKind, str] = {
    ChangeKind.CANCELLED: N_("“%(title)s” on %(when)s is cancelled."),
    ChangeKind.REMOVED: N_("“%(title)s” on %(when)s is no longer in the programme."),
    ChangeKind.MOVED_TIME: N_("“%(title)s” moves from %(old)s to %(new)s."),
    ChangeKind.MOVED_ROOM: N_("“%(title)s” on %(when)s moves from %(old)s to %(new)s."),
    ChangeKind.LENGTHENED: N_("“%(title)s” on %(when)s is longer: it now ends at %(new)s instead of %(old)s."),
    ChangeKind.SHORTENED: N_("“%(title)s” on %(when)s is shorter: it now ends at %(new)s instead of %(old)s."),
    ChangeKind.REINSTATED: N_("“%(title)s” takes place after all, on %(when)s."),
    ChangeKind.ADDED: N_("“%(title)s” on %(when)s is new in the programme."),
    ChangeKind.RENAMED: N_("“%(old)s” is now called “%(new)s”."),
    ChangeKind.SPEAKERS_CHANGED: N_("The speakers of “%(title)s” on %(when)s have changed."),
    ChangeKind.LANGUAGE_CHANGED: N_("The languages of “%(title)s” on %(when)s have changed."),
    ChangeKind.TEXT_EDITED: N_("The description of “%(title)s” has been edited."),
    ChangeKind.MATERIAL_CHANGED: N_("The documents of “%(title)s” have changed."),
    ChangeKind.DETAILS_CHANGED: N_("Details of “%(title)s” have changed."),
    ChangeKind.VISIBILITY_CHANGED: N_("The circle of people who may see “%(title)s” has changed."),
    ChangeKind.RECORD_CHANGED: N_("The record of “%(title)s” has changed."),
    ChangeKind.PROGRAMME_CHANGED: N_("Rooms, themes, segments or facts of the forum have changed."),
}
REPLACED_BY_PLACEHOLDER = N_("“%(title)s” on %(when)s is replaced by “%(new)s”.")
RANK = {kind: rank for rank, kind in enumerate(ChangeKind)}

# Which kind tells the change of which fields; title, speakers, state and length have rules of their own.
_FIELDS: Mapping[str, ChangeKind] = {
    "local_start": ChangeKind.MOVED_TIME,
    "fold": ChangeKind.MOVED_TIME,
    "starts_at": ChangeKind.MOVED_TIME,
    "room_guid": ChangeKind.MOVED_ROOM,
    "language": ChangeKind.LANGUAGE_CHANGED,
    "interpretation": ChangeKind.LANGUAGE_CHANGED,
    "abstract": ChangeKind.TEXT_EDITED,
    "description": ChangeKind.TEXT_EDITED,
    "materials": ChangeKind.MATERIAL_CHANGED,
    "track_slug": ChangeKind.DETAILS_CHANGED,
    "segment_code": ChangeKind.DETAILS_CHANGED,
    "kind": ChangeKind.DETAILS_CHANGED,
    "capacity": ChangeKind.DETAILS_CHANGED,
    "visibility": ChangeKind.VISIBILITY_CHANGED,
    "embargo_until": ChangeKind.VISIBILITY_CHANGED,
    "placeholder": ChangeKind.VISIBILITY_CHANGED,
    "is_placeholder": ChangeKind.VISIBILITY_CHANGED,
}
_ITEM_FIELDS = tuple(field.name for field in fields(Item))


def kinds_between(old: Item, new: Item) -> list[ChangeKind]:
    """Return the kinds of change between two states of one item, in the order in which they are told."""
    kinds = dict.fromkeys(_each_kind(old, new))
    return sorted(kinds, key=RANK.__getitem__) or [ChangeKind.RECORD_CHANGED]


def _each_kind(old: Item, new: Item) -> Iterator[ChangeKind]:
    for name in _ITEM_FIELDS:
        if name in _FIELDS and getattr(old, name) != getattr(new, name):
            yield _FIELDS[name]
    if old.minutes != new.minutes:
        yield ChangeKind.LENGTHENED if new.minutes > old.minutes else ChangeKind.SHORTENED
    yield from chain(
        _of_title(old.title, new.title),
        _of_state(old.state, new.state),
        _of_speakers(old.speakers, new.speakers),
    )


def _of_title(old: Text, new: Text) -> Iterator[ChangeKind]:
    if (old.en, old.zh) != (new.en, new.zh):
        yield ChangeKind.RENAMED
    elif old != new:
        yield ChangeKind.TEXT_EDITED  # the state of a translation alone, such as reviewed


def _of_state(old: SessionState, new: SessionState) -> Iterator[ChangeKind]:
    if old is new:
        return
    if new is SessionState.CANCELLED:
        yield ChangeKind.CANCELLED
    elif old is SessionState.CANCELLED:
        yield ChangeKind.REINSTATED
    else:
        yield ChangeKind.DETAILS_CHANGED


def _of_speakers(old: tuple[Speaker, ...], new: tuple[Speaker, ...]) -> Iterator[ChangeKind]:
    if _stage(old) != _stage(new) or _loosened(old, new):
        yield ChangeKind.SPEAKERS_CHANGED


def _stage(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Return who stands on stage as what, whatever the state of the invitation."""
    return tuple(replace(speaker, state=SpeakerState.CONFIRMED) for speaker in speakers if speaker.is_present)


def _loosened(old: Iterable[Speaker], new: Iterable[Speaker]) -> bool:
    """Tell whether somebody who had confirmed no longer has: that marks the item as changed."""
    firm = {(person.person_guid, person.role) for person in old if person.state is SpeakerState.CONFIRMED}
    loose = (person for person in new if person.state is not SpeakerState.CONFIRMED)
    return any((person.person_guid, person.role) in firm for person in loose)
