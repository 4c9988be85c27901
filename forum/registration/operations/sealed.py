"""Personal values: sealed with the key of their person, shown by their end, opened with a reason.

The values are bound to their place (participation and field): a value copied to another row doesn't open.
Deleting the person's key makes all of them unreadable, in old backups as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.sealing import seal, unseal
from forum.core.text import fold
from forum.people.models import Person, PersonKey
from forum.registration.errors import Erased, NotYoursToOpen, ReasonForReveal
from forum.registration.models import FieldClass, Participation, SealedField
from forum.registration.rules.fields import SEALED_FIELDS, last_four


def _key_place(person_id: int) -> str:
    return f"person_key:{person_id}"


def _person_key(person_id: int, *, make: bool) -> bytes:
    """Return the key of a person, wrapped by the master key at rest; raise ``Erased`` when it is gone."""
    keyring = premises().keyring
    kept = session.get(PersonKey, person_id)
    if kept is None:
        if not make:
            raise Erased
        kept = PersonKey(person_id=person_id, wrapped=keyring.new_person_key(_key_place(person_id)))
        session.add(kept)
        session.flush()
    return keyring.open_with_master(_key_place(person_id), kept.wrapped)


def _place(participation: Participation, field: str) -> str:
    return f"sealed_field:{participation.public_id}:{field}"


def _find(participation: Participation, field: str) -> SealedField | None:
    return session.scalar(
        select(SealedField).where(SealedField.participation_id == participation.id, SealedField.field == field)
    )


def seal_field(participation: Participation, field: str, text: str, *, now: datetime) -> None:
    """Seal one value of a participation; an empty text removes it."""
    kind = SEALED_FIELDS[field]
    session.flush()
    kept = _find(participation, field)
    if not text:
        if kept is not None:
            session.delete(kept)
            session.flush()
        return
    key = _person_key(participation.person_id, make=True)
    if kept is None:
        kept = SealedField(
            participation_id=participation.id,
            person_id=participation.person_id,
            field=field,
            field_class=kind.field_class,
        )
        session.add(kept)
    kept.sealed = seal(key, _place(participation, field), text)
    kept.hint = last_four(text) if kind.shows_end else ""
    kept.blind = blind_of(field, text) if kind.indexed else None
    kept.set_at = now
    session.flush()


def seal_fields(participation: Participation, values: Mapping[str, str], *, now: datetime) -> None:
    """Seal several values."""
    for field, text in values.items():
        seal_field(participation, field, text, now=now)


def blind_of(field: str, text: str) -> str:
    """Return the blind index of a value: equal numbers match however they were typed."""
    plain = "".join(character for character in fold(text) if character.isalnum())
    return premises().keyring.blind(field, plain)


def hints(participation: Participation) -> dict[str, str]:
    """Return the sealed fields that are filled in, each with the end that may be shown (or an empty text)."""
    rows = session.execute(
        select(SealedField.field, SealedField.hint).where(SealedField.participation_id == participation.id)
    )
    return dict(rows.all())


def hint(participation: Participation, field: str) -> str | None:
    """Return the end of a sealed value, an empty text when none is shown, or None when there is no value."""
    return hints(participation).get(field)


def opened(participation: Participation) -> dict[str, str]:
    """Return all values of a participation, opened, for the person's own copy."""
    rows = session.scalars(select(SealedField).where(SealedField.participation_id == participation.id)).all()
    if not rows:
        return {}
    key = _person_key(participation.person_id, make=False)
    return {row.field: unseal(key, _place(participation, row.field), row.sealed) for row in rows}


def may_open(field: str, roles: Collection[str]) -> bool:
    """Tell whether staff with these roles may open a field: the medical note as its consent says, nobody else."""
    return SEALED_FIELDS[field].field_class is not FieldClass.MEDICAL or "organiser" in roles


def reveal(participation: Participation, field: str, *, reason: str, actor: Actor, now: datetime) -> str:
    """Open one value for a member of staff; the audit keeps who, which field and that a reason was given.

    The reason itself stands in the audit as its text: it is about the work, and the page says so.
    Raises ``NotYoursToOpen`` where the consent names somebody else, ``ReasonForReveal`` without a reason,
    ``Erased`` when there is nothing to open any more.
    """
    if not may_open(field, actor.roles):
        raise NotYoursToOpen
    if not reason.strip():
        raise ReasonForReveal
    kept = _find(participation, field)
    if kept is None:
        raise Erased
    text = unseal(_person_key(participation.person_id, make=False), _place(participation, field), kept.sealed)
    record(
        actor,
        "reveal",
        "participation",
        participation.public_id,
        now=now,
        chain=participation.forum.chain,
        field=field,
        reason=reason.strip()[:200],
    )
    return text


def same_value(participation: Participation, field: str, text: str) -> bool:
    """Tell whether an indexed value is the one that is kept, without opening it."""
    kept = _find(participation, field)
    return kept is not None and kept.blind == blind_of(field, text)


def duplicates(participation: Participation) -> list[int]:
    """Return the ids of other participations in the forum that carry the same passport number."""
    mine = select(SealedField.blind).where(
        SealedField.participation_id == participation.id, SealedField.field == "passport_number"
    )
    return list(
        session.scalars(
            select(SealedField.participation_id)
            .join(Participation, Participation.id == SealedField.participation_id)
            .where(
                SealedField.blind.in_(mine),
                SealedField.participation_id != participation.id,
                Participation.forum_id == participation.forum_id,
            )
        )
    )


def erase_classes(participation_ids: Iterable[int], classes: Iterable[FieldClass]) -> int:
    """Delete the sealed values of these classes; return how many."""
    rows = session.scalars(
        delete(SealedField)
        .where(
            SealedField.participation_id.in_(list(participation_ids)),
            SealedField.field_class.in_(list(classes)),
        )
        .returning(SealedField.id)
    ).all()
    return len(rows)


def erase(person: Person) -> None:
    """Delete the key of a person with all values that it opens; what backups hold can't be read any more."""
    session.execute(delete(SealedField).where(SealedField.person_id == person.id))
    session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
    session.expire_all()


def opened_field(rows: Iterable[SealedField]) -> list[str]:
    """Return the values of these rows, opened, in no order: for counting, never beside a name."""
    rows = list(rows)
    people = sorted({row.person_id for row in rows})
    keys: dict[int, bytes] = {}
    places: dict[int, str] = {}
    for start in range(0, len(people), 400):
        part = people[start : start + 400]
        for kept in session.scalars(select(PersonKey).where(PersonKey.person_id.in_(part))):
            keys[kept.person_id] = premises().keyring.open_with_master(_key_place(kept.person_id), kept.wrapped)
        places.update(
            session.execute(
                select(Participation.id, Participation.public_id).where(Participation.person_id.in_(part))
            ).all()
        )
    return sorted(
        unseal(keys[row.person_id], f"sealed_field:{places[row.participation_id]}:{row.field}", row.sealed)
        for row in rows
        if row.person_id in keys
    )
