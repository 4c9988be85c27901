"""What must be settled before an account is closed; higher rooms add their questions here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from forum.accounts.models import Account

Question = Callable[[Account, datetime], None]  # raises a refusal that says the way on
BEFORE_CLOSING: list[Question] = []


def ask_before_closing(question: Question) -> None:
    """Have a question asked before any account is closed; once, however often it is added."""
    if question not in BEFORE_CLOSING:
        BEFORE_CLOSING.append(question)
