"""Setting the desk's numbers and words from a day on; what was in force before is never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from forum.audit.operations import record
from forum.comments import errors
from forum.comments.models import DeskSetting
from forum.comments.rules.dispositions import Disposition, Pattern
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean, clean_code, clean_line
from forum.offices.rules import BEIJING


def parsed(text: str, words: Mapping[str, Disposition]) -> list[Pattern]:
    """Return the patterns of a list, one a line; ``words`` names the decisions in every language.

    Raises ``PatternUnclear`` with the line.
    """
    found = []
    for number, line in enumerate(clean(text).split("\n"), start=1):
        if not line.strip():
            continue
        said, equals, meant = line.replace("＝", "=").rpartition("=")
        disposition = words.get(clean_code(meant).casefold())
        if not equals or not clean_line(said) or disposition is None:
            raise errors.PatternUnclear(line=number)
        found.append(Pattern(clean_line(said), disposition))
    if not found:
        raise errors.PatternUnclear(line=1)
    return found


def set_terms(
    effective_from: date,
    similarity_percent: int,
    near_hours: int,
    patterns: list[Pattern],
    *,
    actor: Actor,
    now: datetime,
) -> DeskSetting:
    """Set what holds from a day on.  Raises ``StartsInThePast``, ``LikenessOutOfRange``, ``HoursOutOfRange``."""
    if effective_from < now.astimezone(ZoneInfo(BEIJING)).date():
        raise errors.StartsInThePast
    if not 50 <= similarity_percent <= 100:
        raise errors.LikenessOutOfRange
    if not 1 <= near_hours <= 720:
        raise errors.HoursOutOfRange
    row = DeskSetting(
        effective_from=effective_from,
        terms={
            "similarity_percent": similarity_percent,
            "near_hours": near_hours,
            "patterns": [[each.words, str(each.disposition)] for each in patterns],
        },
        by=actor.reference,
    )
    session.add(row)
    session.flush()
    day = effective_from.isoformat()
    record(actor, "set", "comment_setting", row.public_id, now=now, day=day, percent=similarity_percent)
    return row
