"""Translations in a state that a test wants, without the way there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.core.bilingual import fingerprint
from forum.core.database import session
from forum.translation.models import Origin, TranslationState
from forum.translation.queries import entity_of
from forum.translation.rules import entity_id_of


def plant_state(thing: Any, field: str, kind: str, now: datetime) -> None:
    """Give a translation that stands already its state: machine, human, reviewed or outdated."""
    source = thing.side(field, thing.source_lang)
    made_from = f"{source} once" if kind == "outdated" else source
    session.add(
        TranslationState(
            entity=entity_of(thing),
            entity_id=entity_id_of(thing),
            field=field,
            lang="zh" if thing.source_lang == "en" else "en",
            source_lang=thing.source_lang,
            source_hash=fingerprint(made_from),
            source_text=made_from,
            origin=Origin.MACHINE if kind == "machine" else Origin.HUMAN,
            engine="test" if kind == "machine" else "",
            by="system",
            reviewed_by="account:reviewer" if kind == "reviewed" else None,
            at=now,
        )
    )
    session.flush()
