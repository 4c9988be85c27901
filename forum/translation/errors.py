"""What the house says when a translation can't be taken as it is."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class NothingToReview(Refusal):
    """One side is missing, or it is the original itself."""

    message = N_("There is no translation to review here.")


class OriginalChanged(Refusal):
    """A review would cover up that the original has changed."""

    message = N_("The original text has changed. Edit the translation, or say that it is still right.")


class UnreadableTexts(Refusal):
    """An address asks for translations in a way that isn't known."""

    message = N_("The address asks for %(name)s in a way that isn't known here. Possible values: %(values)s.")
    status = 400
