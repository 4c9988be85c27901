"""The parity report as lines of text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum.core.bilingual import TextState
from forum.core.database import session
from forum.core.refusals import spoken
from forum.drafting.neighbours import Scope
from forum.events.models import Forum
from forum.translating import queries
from forum.translating.rules import FIELDS, ORDER, STATES


def parity_lines(slug: str | None, say: Any) -> tuple[list[str], bool] | None:
    """Return the report on one forum or on all, and whether no text is missing; None when there is no such forum."""
    query = select(Forum).order_by(Forum.first_day.desc())
    forums = session.scalars(query.where(Forum.slug == slug) if slug else query).all()
    if slug and not forums:
        return None
    lines: list[str] = []
    missing = 0
    for forum in forums:
        units = queries.units_of(Scope.of_forum(forum))
        tally = queries.whole(units)
        missing += tally.counts[TextState.MISSING]
        lines.append(f"{forum.slug}: {tally.trusted} % / {tally.total}")
        for (label, field, language), each in queries.parity_of(units).items():
            counted = ", ".join(
                f"{spoken(STATES[state], say)} {each.counts[state]}" for state in ORDER if each.counts[state]
            )
            lines.append(f"  {say(label)} · {spoken(FIELDS[field], say)} ({language}): {counted}")
    return lines, not missing
