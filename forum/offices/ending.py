"""What must be settled before an office is ended; higher rooms add their questions here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from forum.offices.models import Office

Question = Callable[[Office, datetime], None]  # raises a refusal that says the way on
BEFORE_ENDING: list[Question] = []


def ask_before_ending(question: Question) -> None:
    """Have a question asked before any office is ended; once, however often it is added."""
    if question not in BEFORE_ENDING:
        BEFORE_ENDING.append(question)
