"""What every change here does first: hold the record, and see that nobody saved it meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Bilingual, Text
from forum.core.database import session
from forum.evidence.errors import ChangedMeanwhile


def hold(row: Any, seen: int | None) -> None:
    """Read a record as it stands and hold it against other writers; raise ``ChangedMeanwhile``."""
    model = type(row)
    session.scalar(
        select(model)
        .where(model.id == row.id)
        .options(lazyload("*"))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if seen is not None and row.version != seen:
        raise ChangedMeanwhile(at=row.updated_at)


def write(row: Bilingual, field: str, text: Text) -> None:
    """Write both sides of a field."""
    for language in LANGUAGES:
        setattr(row, f"{field}_{language}", text.side(language))


def original(row: Bilingual, text: Text, actor: Actor) -> None:
    """Say in which language it was written: the writer's, where both sides come at once."""
    written = [language for language in LANGUAGES if text.side(language)]
    if written:
        row.source_lang = actor.language if actor.language in written else written[0]
