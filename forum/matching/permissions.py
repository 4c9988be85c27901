"""Who runs matching rounds and sets weights, and who may read them."""

from __future__ import annotations

from forum.core.actor import Actor
from forum.matching.states import NATION
from forum.web.policy import Policy
from forum.web.viewer import Viewer

READERS = (*NATION, "national_reviewer", "auditor")


def runs_rounds(who: Viewer) -> bool:
    """Tell whether somebody runs rounds for the national office."""
    return who.is_admin or bool(who.places_of(*NATION))


def reads_rounds(who: Viewer) -> bool:
    """Tell whether somebody may read rounds."""
    return who.is_admin or bool(who.places_of(*READERS))


def actor_of(who: Viewer) -> Actor:
    """Return somebody as the one who acts for the national office."""
    return who.actor(*(role for role in NATION if who.places_of(role)))


ROUND_READERS = Policy("matching: national office and auditor", lambda who, _args: reads_rounds(who), staff=True)
ROUND_KEEPERS = Policy("matching: national office", lambda who, _args: runs_rounds(who), staff=True)
