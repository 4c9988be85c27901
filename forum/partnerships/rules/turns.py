"""Whose turn it is: the step that a state waits for, read from the table of the life cycle."""

from __future__ import annotations

from forum.core.workflow import Transition
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import LIFE, REVIEWING, ROW_OF, VersionState

_S = VersionState
# In these states no step is the obvious one; this is the way on that is named.
_WAY_ON = {
    _S.DECLINED: "reopen",
    _S.LAPSED: "reapply",
    _S.RENEWAL: "renewed_same_terms",
    _S.SUSPENDED: "resume",
}


def awaited(state: VersionState, standing: Standing) -> Transition | None:
    """Return the step that a case waits for, as far as this reader may know it; None where nothing is awaited.

    Of the steps of a review, and of a return, the other side learns nothing.
    """
    if not standing.inside and (state in REVIEWING or state is _S.RETURNED):
        return None
    if way_on := _WAY_ON.get(state):
        return ROW_OF[state, way_on]
    return next((row for row in LIFE.rows if row.sources[0] == state and row.primary), None)
