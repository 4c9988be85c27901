"""Cases of cities that use a standard, and ideas for standards: both are the public's once somebody has opened them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.core import revisions
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import NOT_OPENED
from forum.evidence.models import CityUse, Idea
from forum.evidence.queries.uses import public_uses


@dataclass(frozen=True, slots=True)
class CaseTexts:
    """The texts of one case or idea; whoever made this has looked whether somebody may work on them."""

    model: type[Any]
    id: int


def name_of(record: Any) -> str:
    """Return the name of the texts of a case or idea in the queue."""
    return f"case:{record.public_id}"


def _uses(_now: datetime) -> Gate:
    known: dict[int, bool] = {}

    def gate(use: CityUse, _field: str) -> str | None:
        if use.id not in known:
            known[use.id] = bool(public_uses(CityUse.id == use.id))
        return None if known[use.id] else NOT_OPENED

    return gate


def _ideas(_now: datetime) -> Gate:
    return lambda idea, _field: None if idea.published_at is not None else NOT_OPENED


def _of(model: Any) -> Callable[[Sequence[CaseTexts]], Sequence[Any]]:
    def rows(holders: Sequence[CaseTexts]) -> Sequence[Any]:
        wanted = [held.id for held in holders if held.model is model]
        if not wanted:
            return ()
        query = select(model).where(model.id.in_(wanted)).options(lazyload("*")).order_by(model.id)
        return session.scalars(query).all()

    return rows


def _show(_record: Any, now: datetime) -> None:
    revisions.bump(revisions.CITIES, now=now)


def _source(model: Any, label: str, gate: Callable[[datetime], Gate], *fields: str) -> Source:
    return Source(
        model.__tablename__,
        model,
        fields,
        label,
        gate,
        collection="cases",
        scope_of=name_of,
        within=_of(model),
        wrote=_show,
    )


SOURCES = (
    _source(CityUse, N_("Case"), _uses, "title", "result"),
    _source(Idea, N_("Idea for a standard"), _ideas, "title", "problem", "proposer"),
)
