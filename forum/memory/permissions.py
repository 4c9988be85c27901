"""Who reads the memory, and who changes it."""

from __future__ import annotations

from forum.web.policy import Policy
from forum.web.viewer import Viewer


def translates(who: Viewer) -> bool:
    """Tell whether somebody keeps both languages for the office."""
    return who.is_admin or bool(who.places_of("translator"))


def _organises(who: Viewer) -> bool:
    return bool(who.scopes_of("organiser"))


TRANSLATORS = Policy("languages: translators", lambda who, _args: translates(who), staff=True)
MEMORY_READERS = Policy(
    "languages: translators, and organisers of any forum",
    lambda who, _args: translates(who) or _organises(who),
    staff=True,
)
