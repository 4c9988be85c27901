"""What waits at the translation desk beside the forum: of each collection a text that isn't settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.adoptions.models import Adoption
from forum.cooperation.models import Activity, ActivityKind, Milestone
from forum.core.actor import SYSTEM
from forum.core.bilingual import Bilingual, fingerprint, other
from forum.core.database import session
from forum.evidence.models import CityUse
from forum.site.demonstration.content import read
from forum.standards.models import Standard
from forum.translation.models import Origin, TranslationState
from forum.translation.operations import record

_SENTENCES = re.compile(r"(?<=[.。])\s*")


def write(*, now: datetime) -> int:
    """Leave an agenda untranslated, a milestone with a draft, a note and a case whose original moved on.

    Returns how many texts wait; of what isn't there none does.
    """
    content = read("waiting_texts.json")
    pilot = session.scalars(select(Activity).filter_by(kind=ActivityKind.PARALLEL).order_by(Activity.id)).first()
    if pilot is not None:
        side = ("agenda", pilot.source_lang)
        record(pilot, "activity", {side: content["agenda"][pilot.source_lang]}, actor=SYSTEM, now=now)
    drafted = _first(Milestone, order=Milestone.id.desc())
    noted = session.scalars(
        select(Adoption)
        .join(Standard, Standard.id == Adoption.national_id)
        .where(Standard.reference == content["adoption"])
        .order_by(Adoption.id)
    ).first()
    told = _first(CityUse, order=CityUse.id)
    made = [
        _known(drafted, "title", now, machine=True),
        _known(noted, "note", now, before=lambda text: content["note_before"].get(text, text)),
        _known(told, "result", now, before=_shorter),
    ]
    return sum(made) + (pilot is not None)


def _first(model: Any, *, order: Any) -> Any:
    return session.scalars(select(model).order_by(order).limit(1)).first()


def _shorter(text: str) -> str:
    """Return a text without its last sentence."""
    last = [part for part in _SENTENCES.split(text) if part][-1]
    return text.removesuffix(last).rstrip()


def _same(text: str) -> str:
    return text


def _known(
    row: Bilingual | None, field: str, now: datetime, *, before: Callable[[str], str] = _same, machine: bool = False
) -> bool:
    """Keep of a translation from which original it was made, and by whom."""
    if row is None:
        return False
    target = other(row.source_lang)
    source = before(row.side(field, row.source_lang))
    session.add(
        TranslationState(
            entity=str(getattr(row, "__tablename__", "")),
            entity_id=row.public_id,
            field=field,
            lang=target,
            source_lang=row.source_lang,
            source_hash=fingerprint(source),
            source_text=source,
            origin=Origin.MACHINE if machine else Origin.HUMAN,
            engine="demonstration" if machine else "",
            by=SYSTEM.reference,
            at=now,
        )
    )
    session.flush()
    return True
