"""From text to text: which ones of a scope wait for somebody, and which comes next in the order of the worklist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forum.core.bilingual import TextState
from forum.drafting.neighbours import neighbours
from forum.translating.queries import Unit


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody stands among the texts that wait for them."""

    previous: Unit | None = None
    next: Unit | None = None
    waiting: int = 0  # texts, those of this record among them


def way_through(units: Sequence[Unit], chosen: Iterable[Unit], entity_id: str, me: str, name: str = "") -> Way:
    """Return the texts before and after one of a record; without ``name`` those of other records.

    ``units`` are all texts of a scope, ``chosen`` those of the worklist in its order.  What is reviewed waits for
    nobody, and what ``me`` wrote waits for somebody else.  Behind the last text stands the first one; where the record
    itself doesn't wait any more, what comes after it in the programme is next.
    """
    waiting = [unit for unit in chosen if _waits_for(unit, me)]
    here = {_key(unit) for unit in units if unit.entity_id == entity_id and name in {"", unit.field}}
    others = [unit for unit in waiting if _key(unit) not in here]
    if not here or not others:
        return Way(waiting=len(waiting))
    first = next((place for place, unit in enumerate(waiting) if _key(unit) in here), None)
    if first is not None:
        before, after = waiting[:first], [unit for unit in waiting[first:] if _key(unit) not in here]
    else:
        at = min(_place(unit) for unit in units if _key(unit) in here)
        before = [unit for unit in others if _place(unit) < at]
        after = [unit for unit in others if _place(unit) > at]
    return Way((before or others)[-1], (after or others)[0], len(waiting))


def _key(unit: Unit) -> tuple[str, str, str]:
    return unit.source.entity, unit.entity_id, unit.field


def _place(unit: Unit) -> tuple[int, int, int]:
    """Return where a text stands in its scope, whatever its state is."""
    sources = [source.entity for source in neighbours.of(unit.source.collection)]
    return sources.index(unit.source.entity), unit.record.id, unit.source.fields.index(unit.field)


def _waits_for(unit: Unit, me: str) -> bool:
    if unit.state is TextState.REVIEWED:
        return False
    return unit.state is not TextState.HUMAN or unit.writer != me
