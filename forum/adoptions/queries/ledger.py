"""Reading entries of the ledger: always through what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, selectinload

from forum.adoptions.models import ADOPTING, Adoption, AdoptionAlarm, AdoptionDifference, Degree, Direction
from forum.adoptions.states import AdoptionState, EntryState
from forum.committees.models import Committee, Confidence
from forum.core.database import session
from forum.standards.models import Standard
from forum.standards.references import folded

NATIONAL = aliased(Standard, name="national_standard")
BASE = aliased(Standard, name="base_edition")


# What a list says of a standard, and what its alarm is reckoned from; the catalogue knows much more of each.
_SHOWN = (
    "slug",
    "scheme",
    "reference",
    "title_en",
    "title_zh",
    "zh_status",
    "stage_equivalent",
    "stage_on",
    "standing",
    "base_id",
    "iso_id",
    "replaced_by",
    "as_of",
)


def _shown(standard: Any) -> list[Any]:
    return [getattr(standard, name) for name in _SHOWN]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose entries somebody may read before they stand in the ledger: everything, or those of some committees."""

    everything: bool = False
    mirror_ids: frozenset[int] = frozenset()

    def condition(self) -> ColumnElement[bool]:
        """Return the condition on ``Adoption`` in a statement."""
        if self.everything:
            return true()
        return Adoption.mirror_id.in_(self.mirror_ids) if self.mirror_ids else false()

    def __bool__(self) -> bool:
        return self.everything or bool(self.mirror_ids)


NOWHERE = Reach()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the ledger; the alarm is reckoned, not asked of the database."""

    text: str = ""
    degree: str = ""  # a degree, or ``open`` for those that nobody has confirmed
    committee: str = ""  # slug of the international committee
    kind: str = ""  # type of the international deliverable
    state: str = ""
    alarm: str = ""  # a level


def entries() -> Select[Adoption]:
    """Return the statement that reads entries with both standards."""
    return (
        select(Adoption)
        .join(NATIONAL, NATIONAL.id == Adoption.national_id)
        .join(BASE, BASE.id == Adoption.international_id)
        .options(
            contains_eager(Adoption.national.of_type(NATIONAL)).load_only(*_shown(NATIONAL)),
            contains_eager(Adoption.international.of_type(BASE)).load_only(*_shown(BASE)),
        )
    )


def visible(reach: Reach) -> ColumnElement[bool]:
    """Return the condition that somebody may read an entry."""
    return or_(Adoption.entry == EntryState.ENTERED, reach.condition())


def one(public_id: str, reach: Reach) -> Adoption | None:
    """Return an entry, if its reader may know of it."""
    return session.scalar(
        entries().where(Adoption.public_id == public_id, visible(reach)).options(selectinload(Adoption.differences))
    )


def _matching(query: Select[Adoption], wanted: Wanted) -> Select[Adoption]:
    if key := folded(wanted.text):
        titles = [NATIONAL.title_en, NATIONAL.title_zh, BASE.title_en, BASE.title_zh]
        found = [NATIONAL.folded_reference.contains(key), BASE.folded_reference.contains(key)]
        query = query.where(
            or_(*found, *(func.lower(title).contains(wanted.text.lower(), autoescape=True) for title in titles))
        )
    if wanted.degree == "open":
        query = query.where(or_(Adoption.degree.is_(None), Adoption.degree_confidence != Confidence.VERIFIED))
    elif wanted.degree:
        query = query.where(Adoption.degree == Degree(wanted.degree), Adoption.degree_confidence == Confidence.VERIFIED)
    if wanted.committee:
        query = query.where(BASE.committee_id.in_(select(Committee.id).where(Committee.slug == wanted.committee)))
    if wanted.kind:
        query = query.where(BASE.kind == wanted.kind)
    if wanted.state:
        query = query.where(Adoption.state == AdoptionState(wanted.state))
    return query


def entered(wanted: Wanted, *, differences: bool = False) -> Sequence[Adoption]:
    """Return what the ledger holds, in the order of the national references; one statement, or two."""
    query = _matching(entries().where(Adoption.entry == EntryState.ENTERED), wanted)
    if differences:
        query = query.options(selectinload(Adoption.differences))
    return session.scalars(query.order_by(NATIONAL.sort_key, NATIONAL.reference, BASE.sort_key, Adoption.id)).all()


def at_the_desk(reach: Reach) -> Sequence[Adoption]:
    """Return the entries that wait or were returned, as far as somebody reaches."""
    waiting = (EntryState.PROPOSED, EntryState.RETURNED)
    query = entries().where(Adoption.entry.in_(waiting), reach.condition())
    return session.scalars(query.order_by(Adoption.created_at, Adoption.id)).all()


def of_standard(standard_id: int) -> Sequence[Adoption]:
    """Return the entries of the ledger in which a standard is one of the two."""
    either = or_(Adoption.national_id == standard_id, Adoption.international_id == standard_id)
    query = entries().where(Adoption.entry == EntryState.ENTERED, either)
    return session.scalars(query.order_by(NATIONAL.sort_key, BASE.sort_key, Adoption.id)).all()


def in_force_of(standard_id: int) -> Sequence[Adoption]:
    """Return the identical and modified adoptions of an edition that are in force, their degrees confirmed.

    What a systematic review's question “used in your country?” is answered by.
    """
    query = entries().where(
        Adoption.international_id == standard_id,
        Adoption.entry == EntryState.ENTERED,
        Adoption.direction == Direction.ADOPTS,
        Adoption.state == AdoptionState.IN_FORCE,
        Adoption.degree.in_(ADOPTING),
        Adoption.degree_confidence == Confidence.VERIFIED,
    )
    return session.scalars(query.order_by(NATIONAL.sort_key, Adoption.id)).all()


def of_editions(standard_ids: Collection[int]) -> Sequence[Adoption]:
    """Return the entries of the ledger that take over one of these editions, planned and superseded ones too.

    ``confirmed_degree`` says how far, where that is a fact.
    """
    query = entries().where(
        Adoption.international_id.in_(standard_ids),
        Adoption.entry == EntryState.ENTERED,
        Adoption.direction == Direction.ADOPTS,
    )
    return session.scalars(query.order_by(NATIONAL.sort_key, BASE.sort_key, Adoption.id)).all()


def adopted_editions() -> Select[int]:
    """Return the statement that gives the ids of the editions with an identical or modified adoption in force."""
    return select(Adoption.international_id).where(
        Adoption.entry == EntryState.ENTERED,
        Adoption.direction == Direction.ADOPTS,
        Adoption.state == AdoptionState.IN_FORCE,
        Adoption.degree.in_(ADOPTING),
    )


def difference(adoption: Adoption, public_id: str) -> AdoptionDifference | None:
    """Return a difference of an entry."""
    return session.scalar(
        select(AdoptionDifference).where(
            AdoptionDifference.adoption_id == adoption.id, AdoptionDifference.public_id == public_id
        )
    )


def alarms(adoption: Adoption, limit: int = 50) -> Sequence[AdoptionAlarm]:
    """Return the alarms that were raised and cleared under an entry, the newest first."""
    return session.scalars(
        select(AdoptionAlarm)
        .where(AdoptionAlarm.adoption_id == adoption.id)
        .order_by(AdoptionAlarm.seen_at.desc(), AdoptionAlarm.id.desc())
        .limit(limit)
    ).all()


def standard_called(reference: str) -> Standard | None:
    """Return the one standard that is called so, in any spelling; the shortest reference where several begin so."""
    key = folded(reference)
    if not key:
        return None
    return session.scalar(select(Standard).where(Standard.folded_reference == key).order_by(Standard.id).limit(1)) or (
        session.scalar(select(Standard).where(Standard.reference == reference).order_by(Standard.id).limit(1))
    )


def pair(national_id: int, international_id: int, direction: Direction) -> Adoption | None:
    """Return the entry of two standards, whatever its state."""
    return session.scalar(
        select(Adoption).where(
            and_(
                Adoption.national_id == national_id,
                Adoption.international_id == international_id,
                Adoption.direction == direction,
            )
        )
    )
