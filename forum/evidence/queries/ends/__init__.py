"""The ends of links as one viewer may see them: what isn't returned doesn't exist for them.

Each kind is loaded through the visibility of its own room: a session from a release, a partnership from the
registry or the reader's own cases, an activity where its parties have consented, a pilot with its city's profile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from forum.evidence.queries.ends.kinds import End, reference_of
from forum.evidence.queries.ends.partnerships import (
    activities_as_ends,
    activities_named,
    partnerships_as_ends,
    partnerships_named,
    shown_versions,
)
from forum.evidence.queries.ends.sessions import open_sessions_of, sessions_named
from forum.evidence.queries.ends.works import (
    idea_as_end,
    idea_scope,
    ideas_named,
    own_title,
    pilots_as_ends,
    pilots_named,
    standards_as_ends,
    standards_named,
)
from forum.evidence.states import EndKind
from forum.web.viewer import Viewer

__all__ = [
    "End",
    "activities_as_ends",
    "end",
    "ends",
    "idea_as_end",
    "idea_scope",
    "open_sessions_of",
    "own_title",
    "partnerships_as_ends",
    "pilots_as_ends",
    "reference_of",
    "shown_versions",
    "standards_as_ends",
]

_LOADERS: Mapping[str, Callable[[Collection[str], Viewer, datetime], list[End]]] = {
    EndKind.SESSION: sessions_named,
    EndKind.IDEA: ideas_named,
    EndKind.PARTNERSHIP: partnerships_named,
    EndKind.ACTIVITY: activities_named,
    EndKind.PILOT: pilots_named,
    EndKind.STANDARD: standards_named,
}


def ends(references: Iterable[str], who: Viewer, now: datetime) -> dict[str, End]:
    """Return those ends that this viewer may see; a number of statements that doesn't grow with them."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for reference in references:
        kind, _, public_id = reference.partition(":")
        wanted[kind].add(public_id)
    found: dict[str, End] = {}
    for kind, load in _LOADERS.items():
        if ids := wanted.get(kind):
            found |= {end.reference: end for end in load(sorted(ids), who, now)}
    return found


def end(reference: str, who: Viewer, now: datetime) -> End | None:
    """Return one end, if this viewer may see it."""
    return ends([reference], who, now).get(reference)
