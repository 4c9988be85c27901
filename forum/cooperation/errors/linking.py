"""The refusals of links and of handing over."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class ReferenceNeeded(Refusal):
    """No standard was named."""

    message = N_("Enter the reference number of a standard, such as ISO 37101:2016 or GB/T 36749-2018.")
    field = "standard"
    status = 422


class LinkedAlready(Refusal):
    """The link exists."""

    message = N_("This is linked already.")


class StandardLinkedAlready(LinkedAlready):
    """The same number, however it was typed."""

    field = "standard"


class NoteEmpty(Refusal):
    """A note without words."""

    message = N_("Write what your successor must know: promises, dates, people, open points.")
    field = "note_en"
    status = 422


class HandoverNeeded(Refusal):
    """The only liaison of a city with open partnerships goes without a note."""

    message = N_(
        "The city has open partnerships (%(count)s) and no other liaison. "
        "Write the hand-over note first, or have another liaison appointed."
    )
