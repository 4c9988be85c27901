"""Why a file isn't taken, in the words of the person who handed it in."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class FileRefused(Refusal):
    """Base of every refusal of a file."""

    message = N_("This file can't be taken.")
    status = 422


class FileMissing(FileRefused):
    """Nothing was handed in."""

    message = N_("Choose a file.")


class FileTooLarge(FileRefused):
    """More bytes than the kind may have."""

    message = N_("The file is too large. At most %(megabytes)s MB can be taken.")


class KindNotTaken(FileRefused):
    """The extension isn't among those asked for."""

    message = N_("A file of this kind can't be taken here. Please use: %(kinds)s.")


class ContentDiffers(FileRefused):
    """The bytes aren't what the extension says, or are cut off."""

    message = N_("The content of the file is damaged, or is not what its name says (%(kind)s).")


class PictureTooLarge(FileRefused):
    """More pixels than can be safely read."""

    message = N_("The picture is too large. At most 25 megapixels can be taken.")


class ArchiveUnsafe(FileRefused):
    """An office document that unpacks to too much, or holds what it shouldn't."""

    message = N_("The document holds parts that can't be taken, such as macros, other archives or outside templates.")


class QuotaUsedUp(FileRefused):
    """One owner stores too much."""

    message = N_("The files handed in here are too large together. Remove one that is no longer needed.")


class FileGone(Refusal):
    """The row is there, the content isn't, or was altered."""

    message = N_("This file can't be opened at the moment. Please tell the organisers.")
    status = 503
