"""What moved under entries of the ledger: facts for the drift rule, read for any number of entries at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from forum.adoptions.models import ADOPTING, Adoption, AdoptionAlarm, Direction
from forum.adoptions.rules.drift import BaseEdition, Drift, Kin, Seen, drift
from forum.adoptions.states import AdoptionState, EntryState
from forum.core.database import session
from forum.standards.models import RelationKind, StageEvent, Standard, StandardRelation, Standing
from forum.standards.stages import stages

_SUCCEEDING = (RelationKind.REPLACES, RelationKind.REVISES)
_VALID = (Standing.PUBLISHED, Standing.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything around the base editions, by their ids."""

    events: Mapping[int, Sequence[Seen]]
    supplements: Mapping[int, Sequence[Standard]]
    successors: Mapping[int, Sequence[Kin]]
    taken: frozenset[tuple[int, int]]  # (national standard or the one it supplements, edition)


def drifts(found: Iterable[Adoption]) -> dict[int, Drift]:
    """Return what stands about each entry, by its id; as many statements for one entry as for a thousand.

    Entries of the reverse direction rest on no edition and have no alarm.
    """
    rows = [row for row in found if row.direction is Direction.ADOPTS]
    if not rows:
        return {}
    facts = _facts({row.international_id: row.international for row in rows})
    return {row.id: drift(_base(row, facts)) for row in rows}


def drift_of(adoption: Adoption) -> Drift | None:
    """Return what stands about one entry."""
    return drifts([adoption]).get(adoption.id)


def _facts(bases: Mapping[int, Standard]) -> _Facts:
    supplements = _supplements(bases)
    amended = [each.id for rows in supplements.values() for each in rows]
    return _Facts(_events(bases), supplements, _successors(bases), _taken(amended))


def _events(bases: Mapping[int, Standard]) -> Mapping[int, Sequence[Seen]]:
    known = stages()
    rows = session.execute(
        select(StageEvent.standard_id, StageEvent.code, StageEvent.on, StageEvent.as_of).where(
            StageEvent.standard_id.in_(bases)
        )
    )
    found: dict[int, list[Seen]] = defaultdict(list)
    for standard_id, code, on, as_of in rows:
        if code in known:
            found[standard_id].append(Seen(code, on, on or as_of))
    return found


def _supplements(bases: Mapping[int, Standard]) -> Mapping[int, Sequence[Standard]]:
    rows = session.scalars(
        select(Standard).where(Standard.base_id.in_(bases), Standard.supplement != "").order_by(Standard.sort_key)
    )
    found: dict[int, list[Standard]] = defaultdict(list)
    for row in rows:
        if row.base_id is not None:
            found[row.base_id].append(row)
    return found


def _successors(bases: Mapping[int, Standard]) -> Mapping[int, Sequence[Kin]]:
    """Gather who replaces a base: by relations, and by what its publisher's record names."""
    by_iso_id: dict[int | None, int] = {base.iso_id: base.id for base in bases.values() if base.iso_id is not None}
    found: dict[int, dict[str, Kin]] = defaultdict(dict)
    rows = session.execute(
        select(StandardRelation.other_id, StandardRelation.other_iso_id, Standard)
        .join(Standard, Standard.id == StandardRelation.standard_id)
        .where(
            StandardRelation.kind.in_(_SUCCEEDING),
            or_(StandardRelation.other_id.in_(bases), StandardRelation.other_iso_id.in_(by_iso_id)),
        )
    )
    for other_id, other_iso_id, successor in rows:
        base_id = other_id if other_id in bases else by_iso_id.get(other_iso_id)
        if base_id is not None and successor.id != base_id:
            found[base_id][successor.reference] = _kin(successor)
    for base_id, name, named in _named(bases):
        kin = _kin(named) if named is not None else Kin(name)
        found[base_id].setdefault(kin.reference, kin)
    return {base_id: sorted(kin.values(), key=lambda each: each.reference) for base_id, kin in found.items()}


def _named(bases: Mapping[int, Standard]) -> Iterable[tuple[int, str, Standard | None]]:
    """Yield what each base's own record says replaces it, with the row where it is kept here."""
    wanted = [(base.id, name) for base in bases.values() for name in base.replaced_by or ()]
    ids = [name for _, name in wanted if isinstance(name, int)]
    references = [name for _, name in wanted if isinstance(name, str)]
    if not wanted:
        return
    rows = session.scalars(select(Standard).where(or_(Standard.iso_id.in_(ids), Standard.reference.in_(references))))
    known: dict[Any, Standard] = {}
    for row in rows:
        known[row.reference] = row
        if row.iso_id is not None:
            known[row.iso_id] = row
    for base_id, name in wanted:
        if name in known:
            yield base_id, known[name].reference, known[name]
        elif isinstance(name, str):
            yield base_id, name, None


def _kin(row: Standard, *, adopted: bool = False) -> Kin:
    return Kin(row.reference, row.stage_equivalent, row.standing in _VALID, adopted)


def _taken(editions: Sequence[int]) -> frozenset[tuple[int, int]]:
    if not editions:
        return frozenset()
    rows = session.execute(
        select(Adoption.national_id, Standard.base_id, Adoption.international_id)
        .join(Standard, Standard.id == Adoption.national_id)
        .where(
            Adoption.international_id.in_(editions),
            Adoption.entry == EntryState.ENTERED,
            Adoption.direction == Direction.ADOPTS,
            Adoption.state == AdoptionState.IN_FORCE,
            Adoption.degree.in_(ADOPTING),
        )
    )
    return frozenset((base_id or national_id, edition) for national_id, base_id, edition in rows)


def _base(row: Adoption, facts: _Facts) -> BaseEdition:
    edition = row.international
    seen = tuple(facts.events.get(edition.id, ()))
    if edition.stage_equivalent:  # where the catalogue says that it stands, as of the date of its facts
        seen += (Seen(edition.stage_equivalent, edition.stage_on, edition.as_of or edition.stage_on),)
    national = row.national.base_id or row.national_id
    return BaseEdition(
        reference=edition.reference,
        events=seen,
        published=edition.standing in _VALID,
        withdrawn=edition.standing is Standing.WITHDRAWN,
        supplements=tuple(
            _kin(each, adopted=(national, each.id) in facts.taken) for each in facts.supplements.get(edition.id, ())
        ),
        successors=tuple(facts.successors.get(edition.id, ())),
    )


def changes_since(since: datetime, limit: int = 200) -> Sequence[AdoptionAlarm]:
    """Return the alarms that were raised or cleared since an instant, for those who follow them, oldest first.

    What an entry showed when it was looked at for the first time is no change.
    """
    return session.scalars(
        select(AdoptionAlarm)
        .where(AdoptionAlarm.seen_at > since, AdoptionAlarm.before != "")
        .order_by(AdoptionAlarm.seen_at, AdoptionAlarm.id)
        .limit(limit)
    ).all()
