"""The public statements as data: nothing in it that the list doesn't show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from forum.core.catalogue import Translator
from forum.core.refusals import spoken
from forum.liaisons.models import DIRECTIONS, PURPOSES, Statement


def as_data(found: Sequence[Statement], say: Translator, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the statements for JSON, with codes for programs and words for readers."""
    return {"statements": [_one(statement, say, address) for statement in found]}


def _one(statement: Statement, say: Translator, address: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": statement.public_id,
        "address": address(statement.public_id),
        "number": statement.number,
        "register_number": statement.register_number,
        "direction": str(statement.direction),
        "direction_label": spoken(DIRECTIONS[statement.direction], say),
        "title": {"en": statement.side("title", "en"), "zh": statement.side("title", "zh")},
        "from": [one.name for one in statement.from_groups],
        "to": [
            {"group": one.name, "purpose": str(one.purpose), "purpose_label": spoken(PURPOSES[one.purpose], say)}
            for one in statement.to_groups
            if one.purpose is not None
        ],
        "deadline": statement.deadline_at.isoformat() if statement.deadline_at else None,
        "deadline_zone": statement.deadline_zone,
        "posted_at": statement.posted_at.isoformat() if statement.posted_at else None,
        "action": str(statement.action),
    }
