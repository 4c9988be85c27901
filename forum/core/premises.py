"""What the domain may know of this installation: its public address and its keys.

The application puts its settings in place; an operation asks here for the two facts it needs, without
knowing about requests or the environment.
"""

from __future__ import annotations

from typing import Protocol, cast

from flask import current_app

from forum.core.sealing import Keyring


class Premises(Protocol):
    """The part of the settings that the domain may see."""

    @property
    def base_url(self) -> str:
        """The public address, without a slash at its end."""
        ...

    @property
    def keyring(self) -> Keyring:
        """The master keys."""
        ...


def premises() -> Premises:
    """Return the premises of the running application."""
    return cast("Premises", current_app.extensions["forum.settings"])
