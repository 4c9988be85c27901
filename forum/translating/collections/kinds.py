"""What a collection of the desk is, and what standing somebody has at the desk as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forum.drafting.neighbours import Scope
from forum.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Collection:
    """Scopes of one kind, such as forums.

    ``listed`` gives those on whose texts somebody may work, what is needed next first; ``found`` one of them by the key
    of its address, or None; ``has_any`` tells without reading them whether somebody's office gives any.
    """

    name: str  # in the address
    label: str  # a word of the catalogue
    has_any: Callable[[Viewer], bool]
    listed: Callable[[Viewer], Sequence[Scope]]
    found: Callable[[Viewer, str], Scope | None]


def is_translator(who: Viewer) -> bool:
    """Tell whether somebody holds the office of translator, or looks after the site."""
    return who.is_admin or ("translator", "nation:") in who.grants
