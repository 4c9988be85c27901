"""Why the memory can't be changed as it was asked to."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class ReasonNeeded(Refusal):
    """What goes, goes for a reason that others can read."""

    message = N_("Say why this segment is taken out of the memory.")
    field = "reason"
    status = 422


class NothingInFile(Refusal):
    """A file without one usable pair."""

    message = N_("The file holds no segment in English and Chinese that can be taken.")
    field = "file"
    status = 422


class PreviewOver(Refusal):
    """The file was taken in or dropped meanwhile, or belongs to somebody else."""

    message = N_("This file isn’t waiting any more. Hand it in again.")
