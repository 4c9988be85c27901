"""Counts for the kitchen: meals are opened to be counted, and leave without a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from forum.core.database import session
from forum.events.models import Forum
from forum.registration.models import Attendance, Participation, SealedField
from forum.registration.operations.sealed import opened_field
from forum.registration.rules.fields import ACCESS_NEEDS, DIETS
from forum.registration.states import SEATED_STATES

_CODE = re.compile(r"[a-z_]+")


def meals(forum: Forum) -> dict[str, int]:
    """Return how many approved participants on site asked for each kind of meal."""
    return _counted(forum, "diet", DIETS)


def access_needs(forum: Forum) -> dict[str, int]:
    """Return how many approved participants on site have each need of access."""
    return _counted(forum, "access", ACCESS_NEEDS)


def allergies(forum: Forum) -> int:
    """Return how many approved participants on site told of an allergy."""
    return len(_rows(forum, "allergies"))


def _rows(forum: Forum, field: str) -> list[SealedField]:
    return list(
        session.scalars(
            select(SealedField)
            .join(Participation, Participation.id == SealedField.participation_id)
            .where(
                SealedField.field == field,
                Participation.forum_id == forum.id,
                Participation.state.in_(sorted(SEATED_STATES)),
                Participation.attendance != Attendance.REMOTE,
            )
        )
    )


def _counted(forum: Forum, field: str, known: Mapping[str, str]) -> dict[str, int]:
    """Count the known codes in a sealed field; what was written freely is counted nowhere."""
    counts: Counter[str] = Counter()
    for text in opened_field(_rows(forum, field)):
        counts.update({code for code in _CODE.findall(text) if code in known})
    return {code: counts[code] for code in known if counts[code]}
