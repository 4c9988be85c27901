"""Placing sessions in time and space."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from forum.agenda.errors import ChangedMeanwhile
from forum.agenda.models import AgendaSession, Slot
from forum.agenda.operations.history import step
from forum.agenda.operations.sessions import locked
from forum.agenda.queries import sessions as queries
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import N_, NotFound, Refusal
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum, Room

LONGEST = 7 * 24 * 60  # minutes


class ImpossibleLength(Refusal):
    """Less than a minute or more than a week."""

    message = N_("Give a length of at least one minute and at most seven days.")
    status = 422
    field = "minutes"


class OutsideTheForum(Refusal):
    """A day on which the forum doesn't take place."""

    message = N_("Choose a day of the forum, or the night after its last day.")
    status = 422
    field = "local_start"


class Place(NamedTuple):
    """Where and when; ``local_start`` is naive wall time at the venue.

    ``fold`` says which of two equal wall times is meant, 0 or 1; None: nobody said.
    """

    room: Room | None
    local_start: datetime
    minutes: int
    fold: int | None = None


def add_slot(forum: Forum, held: AgendaSession, place: Place, *, actor: Actor, now: datetime) -> Slot:
    """Place a session, once more or for the first time.

    Raises ``NonexistentTime``, ``ImpossibleLength`` or ``OutsideTheForum``.
    """
    _check(forum, place)
    held = locked(forum, held)
    with step(forum, N_("Place a session"), actor=actor) as made:
        made.touch(held)
        slot = next((each for each in held.slots if each.withdrawn_at is not None), None)
        if slot is None:
            slot = Slot(forum_id=forum.id, number=next_number(forum))
            _put(forum, slot, place)
            held.slots.append(slot)
        else:
            # It was released before: in people's calendars it is the same entry, with the same guid.
            _put(forum, slot, place)
            slot.withdrawn_at = None
        held.edited_by = actor.reference
    audit.record(actor, "place", "slot", slot.guid, now=now, chain=forum.chain, **_told(slot))
    return slot


def move(forum: Forum, slot: Slot, version: int, place: Place, *, actor: Actor, now: datetime) -> Slot:
    """Move a slot to a place and length: the one door for dragging, keys and forms.

    Raises ``ChangedMeanwhile`` when the slot isn't as the editor saw it, and what ``add_slot`` raises.
    """
    slot = _opened(forum, slot, version)
    _check(forum, place)
    before = _told(slot)
    with step(forum, N_("Move a session"), actor=actor) as made:
        made.touch(slot.agenda_session)
        _put(forum, slot, place)
        if slot.withdrawn_at is not None:
            slot.withdrawn_at = None
        slot.agenda_session.edited_by = actor.reference
    audit.record(actor, "move", "slot", slot.guid, now=now, chain=forum.chain, before=before, after=_told(slot))
    return slot


def withdraw_slot(forum: Forum, slot: Slot, version: int, *, actor: Actor, now: datetime) -> None:
    """Take a slot out of the draft.

    One that was released stays as a row, so that the next release keeps its stone and its number.
    """
    slot = _opened(forum, slot, version)
    held = slot.agenda_session
    with step(forum, N_("Take a session out of the timetable"), actor=actor) as made:
        made.touch(held)
        if slot.released:
            slot.withdrawn_at = now
        else:
            held.slots.remove(slot)
        held.edited_by = actor.reference
    audit.record(actor, "withdraw", "slot", slot.guid, now=now, chain=forum.chain)


def later_in_room(forum: Forum, slot: Slot, until: datetime) -> Sequence[Slot]:
    """Return the slots of a room from one of them on, until an instant."""
    return session.scalars(
        select(Slot)
        .where(
            Slot.forum_id == forum.id,
            Slot.room_id == slot.room_id,
            Slot.withdrawn_at.is_(None),
            Slot.starts_at >= slot.starts_at,
            Slot.starts_at < until,
        )
        .order_by(Slot.starts_at)
    ).all()


def shift(
    forum: Forum, slot: Slot, version: int, minutes: int, until: datetime, *, actor: Actor, now: datetime
) -> Sequence[Slot]:
    """Move a slot and everything after it in its room, until an instant, by some minutes."""
    slot = _opened(forum, slot, version)
    moved = later_in_room(forum, slot, until)
    with step(forum, N_("Shift the rest of the day"), actor=actor) as made:
        for each in moved:
            made.touch(each.agenda_session)
            fold = each.fold if each.fold_chosen else None
            place = Place(each.room, each.local_start + timedelta(minutes=minutes), each.minutes, fold)
            _check(forum, place)
            _put(forum, each, place)
            each.agenda_session.edited_by = actor.reference
    audit.record(
        actor,
        "shift",
        "slot",
        slot.guid,
        now=now,
        chain=forum.chain,
        minutes=minutes,
        slots=[each.guid for each in moved],
    )
    return moved


def next_number(forum: Forum, count: int = 1) -> int:
    """Take the next numbers of a forum and return the first; a number is never used twice."""
    taken = session.execute(
        update(Forum)
        .where(Forum.id == forum.id)
        .values(next_number=Forum.next_number + count)
        .returning(Forum.next_number)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return int(taken) - count


def _opened(forum: Forum, slot: Slot, version: int) -> Slot:
    found = queries.slot_by_guid(forum, slot.guid, lock=True)
    if found is None:
        raise NotFound
    if found.version != version:
        raise ChangedMeanwhile(by=found.agenda_session.edited_by, at=found.updated_at)
    return found


def _check(forum: Forum, place: Place) -> None:
    if not 0 < place.minutes <= LONGEST:
        raise ImpossibleLength
    day = (place.local_start - timedelta(hours=forum.day_change.hour, minutes=forum.day_change.minute)).date()
    if not forum.first_day <= day <= forum.last_day:
        raise OutsideTheForum


def _put(forum: Forum, slot: Slot, place: Place) -> None:
    """Set the wall time and derive the instants from it; lengths are taken in UTC."""
    starts_at = to_utc(place.local_start, zone_named(forum.zone_name), place.fold or 0)
    slot.room_id = place.room.id if place.room is not None else None
    slot.local_start, slot.fold, slot.minutes = place.local_start, place.fold or 0, place.minutes
    slot.fold_chosen = place.fold is not None
    slot.starts_at, slot.ends_at = starts_at, starts_at + timedelta(minutes=place.minutes)


def _told(slot: Slot) -> dict[str, object]:
    return {
        "room": slot.room_id,
        "local_start": slot.local_start.isoformat(),
        "fold": slot.fold,
        "minutes": slot.minutes,
    }
