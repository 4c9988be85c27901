"""What the desk says when a translation can't be taken as it is."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class OwnTranslation(Refusal):
    """Whoever wrote a translation doesn't review it."""

    message = N_("You wrote this translation. Somebody else has to review it.")


class SourceNotHere(Refusal):
    """The original is empty, so there is nothing to translate."""

    message = N_("The original is empty. Write it first, on the page of the record.")


class TextTooLong(Refusal):
    """The column holds less."""

    status = 422

    message = N_("This translation is too long: at most %(most)s characters fit.")


class SegmentEmpty(Refusal):
    """Half a text would be shown to readers."""

    status = 422

    message = N_("Write this segment too. Where one sentence says what two said, put the segments together.")


class FindingGone(Refusal):
    """The text was changed meanwhile, and what was found isn't there any more."""

    message = N_("This isn’t found in the text any more. Look at it again.")
