"""The kinds of parts that a forum has."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_


class SegmentKind(StrEnum):
    """The kind of a part of a forum."""

    OPENING = "opening"
    PLENARY = "plenary"
    PARALLEL = "parallel"
    SIDE_EVENT = "side_event"
    SITE_VISIT = "site_visit"
    BANQUET = "banquet"
    BILATERAL = "bilateral"
    SIGNING = "signing"
    CLOSED = "closed"
    PRESS = "press"
    BREAK = "break"


SEGMENT_KINDS: dict[str, str] = {
    "opening": N_("Opening"),
    "plenary": N_("Plenary"),
    "parallel": N_("Parallel forum"),
    "side_event": N_("Side event"),
    "site_visit": N_("Site visit"),
    "banquet": N_("Banquet"),
    "bilateral": N_("Bilateral meeting"),
    "signing": N_("Signing ceremony"),
    "closed": N_("Closed meeting"),
    "press": N_("Press conference"),
    "break": N_("Break"),
}
