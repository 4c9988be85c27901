"""The desk's numbers and words on a day: what the national office set, else what the product brings along."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import select

from forum.comments.models import DeskSetting
from forum.comments.rules.dispositions import Disposition, Pattern
from forum.core.database import session


@dataclass(frozen=True, slots=True)
class Terms:
    """What was in force on a day."""

    similarity: Fraction
    near: timedelta
    patterns: tuple[Pattern, ...]


@cache
def bundled() -> Mapping[str, Any]:
    """Return the settings that hold until somebody sets others."""
    text = (resources.files("forum.comments") / "settings.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def terms_on(day: date) -> Terms:
    """Return the settings in force on a day; what a row doesn't name is as the product brings it."""
    row = session.scalar(
        select(DeskSetting)
        .where(DeskSetting.effective_from <= day)
        .order_by(DeskSetting.effective_from.desc(), DeskSetting.id.desc())
        .limit(1)
    )
    found = {**bundled(), **(row.terms if row is not None else {})}
    return Terms(
        Fraction(int(found["similarity_percent"]), 100),
        timedelta(hours=int(found["near_hours"])),
        tuple(Pattern(str(words), Disposition(meant)) for words, meant in found["patterns"]),
    )


def history() -> Sequence[DeskSetting]:
    """Return every setting, the newest first."""
    return session.scalars(select(DeskSetting).order_by(DeskSetting.effective_from.desc(), DeskSetting.id.desc())).all()
