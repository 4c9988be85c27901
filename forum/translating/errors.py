"""What the desk says when a translation can't be taken as it is."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class OwnTranslation(Refusal):
    """Whoever wrote a translation doesn't review it."""

    message = N_("You wrote this translation. Somebody else has to review it.")


class SourceNotHere(Refusal):
    """The original is empty, so there is nothing to translate."""

    message = N_("The original is empty. Write it first, on the page of the record.")


class WordsFixed(Refusal):
    """The words may not be changed here."""

    message = N_("This text can’t be changed here. %(reason)s")


class TextTooLong(Refusal):
    """The column holds less."""

    status = 422

    message = N_("This translation is too long: at most %(most)s characters fit.")
