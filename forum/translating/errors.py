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


class NotOneOfThem(Refusal):
    """Texts are given only to those who may work on them."""

    message = N_("This person doesn’t work on these texts any more. Choose somebody from the list.")
    field = "person"
    status = 422


class DayIsOver(Refusal):
    """A due date lies ahead."""

    message = N_("This day is over. Choose today or a later day.")
    field = "due_on"
    status = 422


class BothParts(Refusal):
    """Whoever translates a text doesn't review it."""

    message = N_(
        "This person wrote %(count)s of these texts, or has them for the other task. Somebody else has to review them."
    )
    field = "person"
    status = 422


class NothingChosen(Refusal):
    """No text was chosen, or none of them is there any more."""

    message = N_("Choose at least one text of the list.")
    status = 422


class NothingInBureauFile(Refusal):
    """A file without a single text."""

    message = N_("The file holds no text with its translation.")
    field = "file"
    status = 422


class FileWaitsNoLonger(Refusal):
    """The file was taken in or dropped meanwhile, or belongs to somebody else."""

    message = N_("This file isn’t waiting any more. Hand it in again.")


class SegmentEmpty(Refusal):
    """Half a text would be shown to readers."""

    status = 422

    message = N_("Write this segment too. Where one sentence says what two said, put the segments together.")


class FindingGone(Refusal):
    """The text was changed meanwhile, and what was found isn't there any more."""

    message = N_("This isn’t found in the text any more. Look at it again.")
