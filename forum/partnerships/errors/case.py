"""Refusals that meet any step, and the words that sentences share."""

from __future__ import annotations

from typing import Any

from forum.core.refusals import N_, Refusal, StaleEdit, Word


class MovedMeanwhile(StaleEdit):
    """The form was opened in another state of the case."""

    message = N_("The case has moved on since you opened this page. It is now in the state “%(state)s”. Look again.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class NotYours(Refusal):
    """Somebody acts for a party that isn't theirs."""

    message = N_("You don't act for this party.")
    status = 404


class EmptyRemark(Refusal):
    """A comment without words."""

    message = N_("Write something first.")
    field = "text"


def listed(**facts: Any) -> dict[str, Any]:
    """Return facts of a sentence; days are told as ISO dates, the same in both languages."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
