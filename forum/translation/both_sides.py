"""Writing the texts of a record as a form of its own room hands them over: both sides of each field at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import inspect

from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Bilingual, Text, other
from forum.translation import queries
from forum.translation.operations import change_original, record
from forum.translation.rules import Side


def write_both(thing: Bilingual, texts: Mapping[str, Text], *, actor: Actor, now: datetime) -> None:
    """Write both sides of several fields and keep what is known of each translation.

    What is written first is the original: in the writer's language where both sides come at once.  It stays so as long
    as it says anything.
    """
    sides: dict[Side, str] = {
        (field, language): text.side(language) for field, text in texts.items() for language in LANGUAGES
    }
    if inspect(thing).persistent:
        record(thing, queries.entity_of(thing), sides, actor=actor, now=now)
        if not _says(thing, thing.source_lang) and _says(thing, other(thing.source_lang)):
            change_original(thing, other(thing.source_lang), actor=actor, now=now)
        return
    for (field, language), text in sides.items():
        setattr(thing, f"{field}_{language}", text.strip())
    written = [language for language in LANGUAGES if _says(thing, language)]
    thing.source_lang = actor.language if actor.language in written else next(iter(written), "en")


def _says(thing: Bilingual, language: str) -> bool:
    return any(thing.side(field, language) for field in type(thing).__bilingual__)
