"""Refusals about the text of a version."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit, Word


class TextMovedMeanwhile(StaleEdit):
    """The text that somebody confirms isn't the one that they read."""

    message = N_("The text was changed while you were reading it. Read the present text, then confirm it.")


class TextStarted(Refusal):
    """There is a text already."""

    message = N_("This version has its text already. Open it and change it clause by clause.")


class TextLocked(Refusal):
    """The text may not be edited in this state."""

    message = N_("The text can't be changed while the case is in the state “%(state)s”.")

    def __init__(self, state: Word) -> None:
        super().__init__(state=state)


class NotConfirmedByAll(Refusal):
    """A party hasn't confirmed this text."""

    message = N_("Not every party has confirmed this version of the text. Ask the others to confirm it.")


class ClausesUnmatched(Refusal):
    """The two languages are out of step."""

    message = N_("At least one clause is not matched between the two languages. Match every clause first.")


class BlockersFound(Refusal):
    """The clause checker stops the text."""

    message = N_("The check of the text shows findings that must be resolved first: %(count)s.")


class TextDiffers(Refusal):
    """The text isn't the one that was signed off or approved."""

    message = N_("The text is not the one that the city signed off. Return the case, so that it is signed off again.")
