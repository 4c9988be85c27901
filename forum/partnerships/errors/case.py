"""Refusals that meet any step, and the words that sentences share."""

from __future__ import annotations

from typing import Any

from forum.core.refusals import N_, Refusal, StaleEdit, Word


class MovedMeanwhile(StaleEdit):
    """The form was opened in another state of the case."""

    message = N_("The case has moved on since you opened this page. It is now in the state “%(state)s”. Look again.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class ActsForSeveral(Refusal):
    """One person would say yes for two cities."""

    message = N_("You act for more than one city of this case. Each city agrees through a person of its own.")


class NothingToAgree(Refusal):
    """Nothing is proposed to which this party could say yes now."""

    message = N_("There is nothing in this case that your city is asked to agree to at present.")


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
