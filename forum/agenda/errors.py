"""What the agenda refuses, in sentences that say the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from forum.agenda.rules.findings import Conflict
from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the record after this editor had opened it."""

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__()
        self.by = by
        self.at = at


class SessionWasReleased(Refusal):
    """A released session is in people's calendars: it can be cancelled, never deleted."""

    message = N_("This session was part of a release and can't be deleted. Cancel it instead.")


class SessionIsCancelled(Refusal):
    """A cancelled session is moved or placed only after it was reinstated."""

    message = N_("This session is cancelled. Reinstate it first.")


class PersonTwice(Refusal):
    """The same person in the same role."""

    message = N_("This person already has this role in the session.")
    field = "person"


class NobodyNamed(Refusal):
    """Neither a person nor words for a place to be filled."""

    message = N_("Choose a person, or write in both languages who is to be found.")
    field = "person"


class UnknownAddress(Refusal):
    """A link of another kind."""

    message = N_("Use an address that begins with https:// or mailto:.")
    status = 422
    field = "link"


class NothingHandedIn(Refusal):
    """Neither a link nor a file."""

    message = N_("Give an address or choose a file.")
    status = 422
    field = "link"


class NothingToUndo(Refusal):
    """Nothing that this person did to the draft is left."""

    message = N_("There is nothing of yours to undo.")


class ChangedSince(Refusal):
    """What would be undone was changed again."""

    message = N_("This can't be undone: the session was changed again since.")


class NothingToRelease(Refusal):
    """The draft equals the latest release."""

    message = N_("The draft is the same as the latest release.")


class ReleaseStopped(Refusal):
    """Errors stand against the release; no acknowledgement helps."""

    message: ClassVar[str] = N_("The programme has errors that must be resolved before it can be released.")

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__()
        self.found = tuple(found)


class AcknowledgementNeeded(Refusal):
    """Warnings stand against the release; a named person must accept them, with a reason."""

    message: ClassVar[str] = N_("The programme has warnings. Say for each that you accept it, and why.")

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__()
        self.found = tuple(found)


class ReleaseOverlapping(Refusal):
    """Somebody else made a release while this one was prepared."""

    message = N_("Somebody has made a release since you opened this page. Check the changes again.")


class BiographyOverlapping(Refusal):
    """Somebody else wrote about the person while this page was open."""

    message = N_("Somebody has written about this person since you opened this page. Check the text below again.")
    status = 409


class ForeignGuid(Refusal):
    """An import names items that belong to another forum."""

    message = N_("The file names entries that belong to another forum.")


class WrongZone(Refusal):
    """A file of another time zone."""

    message = N_("The file is in the time zone %(theirs)s, the forum in %(ours)s.")
    status = 422


class UnreadableWish(Refusal):
    """An address asks for something in a form that can't be read."""

    status = 400


class UnreadableDay(UnreadableWish):
    """A day that is no date."""

    message = N_("Write the day as 2027-04-20.")


class UnreadableChoice(UnreadableWish):
    """A value outside of a short list."""

    message = N_("The address asks for %(name)s in a way that isn't known here. Possible values: %(values)s.")


class UnreadableWord(UnreadableWish):
    """A value that is too long or holds what no name holds."""

    message = N_("The address asks for %(name)s in a way that can't be read.")
