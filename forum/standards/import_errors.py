"""Why a whole file isn't taken, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from forum.core.refusals import N_, Refusal


class FileUnreadable(Refusal):
    """Neither a table nor JSON of the published form."""

    message = N_("The file can't be read as a published file of this kind. Nothing was changed.")
    status = 422


class OtherHeading(Refusal):
    """A column was renamed, added, moved or taken away."""

    message = N_(
        "The columns of the file are not the published ones, so nothing was changed. "
        "Missing: %(missing)s. Unknown: %(unknown)s. First difference at column %(column)s."
    )
    status = 422

    @classmethod
    def between(cls, wanted: Sequence[str], found: Sequence[str]) -> Self:
        """Name the difference."""
        pairs = enumerate(zip([*wanted, ""], [*found, ""], strict=False), start=1)
        column = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(found)) + 1)
        return cls(
            missing=", ".join(name for name in wanted if name not in found) or "–",
            unknown=", ".join(name[:40] for name in found if name not in wanted)[:300] or "–",
            column=column,
        )


class OlderDataset(Refusal):
    """The file is older than what was imported last."""

    message = N_(
        "This file is of %(day)s, but one of %(last)s was imported already. "
        "If that is really meant, tick the box for it, or add --force on the command line."
    )
    status = 409


class AnotherAtWork(Refusal):
    """Two processes import the same file at once."""

    message = N_("Another process is importing at this moment. Wait until it has finished.")
    status = 409


class UnfinishedImport(Refusal):
    """An import of another file was cut off."""

    message = N_(
        "The import of “%(name)s” was cut off after %(position)s rows. Run it again to its end first, "
        "or give it up by --force on the command line."
    )
    status = 409


class NotToBeConfirmed(Refusal):
    """There is no preview, or somebody has decided already."""

    message = N_("This import can't be confirmed now: its preview isn't there yet, or somebody has decided already.")
    status = 409


class NotToBeDropped(Refusal):
    """It is running, or over."""

    message = N_("This import can't be dropped any more: it has begun or ended.")
    status = 409
