"""The lives of an activity, a deliverable and a report, each as one table."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow

LIAISON = frozenset({"liaison"})  # of any party
AUTHOR = frozenset({"author"})  # a liaison of the side that wrote the report
COUNTERPART = frozenset({"counterpart"})  # a liaison of the other side
ENDING = frozenset({"ending"})  # the step that suspends or terminates the agreement, as was decided
NATION = frozenset({"nation"})  # a national reviewer


class ActivityState(StrEnum):
    """Where an activity is."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"


ACTIVITY_STATES: dict[str, str] = {
    "planned": P_("cooperation", "Planned"),
    "running": P_("cooperation", "Running"),
    "held": P_("cooperation", "Held"),
    "cancelled": P_("cooperation", "Cancelled"),
    "transferred": P_("cooperation", "Transferred"),
}
OPEN_ACTIVITIES = frozenset({ActivityState.PLANNED, ActivityState.RUNNING})

ACTIVITY_LIFE = Workflow(
    ActivityState,
    ACTIVITY_STATES,
    (
        Transition(("planned",), "begin", "running", LIAISON, P_("cooperation", "Begin"), primary=True),
        Transition(("planned", "running"), "hold", "held", LIAISON, P_("cooperation", "Record as held"), primary=True),
        Transition(
            ("planned", "running"), "cancel", "cancelled", LIAISON, P_("cooperation", "Cancel"), needs_reason=True
        ),
        Transition(("planned", "running"), "stop", "cancelled", ENDING, P_("cooperation", "Stop")),
        Transition(("planned", "running"), "transfer", "transferred", ENDING, P_("cooperation", "Transfer")),
    ),
)


class DeliverableState(StrEnum):
    """Where a deliverable is."""

    PLANNED = "planned"
    DRAFTING = "drafting"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


DELIVERABLE_STATES: dict[str, str] = {
    "planned": P_("cooperation", "Planned"),
    "drafting": P_("cooperation", "In work"),
    "delivered": P_("cooperation", "Delivered"),
    "accepted": P_("cooperation", "Accepted"),
    "dropped": P_("cooperation", "Dropped"),
}
# How far a deliverable has come: a condition asks for a state, and a later one does as well.
DELIVERABLE_ORDER = (
    DeliverableState.PLANNED,
    DeliverableState.DRAFTING,
    DeliverableState.DELIVERED,
    DeliverableState.ACCEPTED,
)

DELIVERABLE_LIFE = Workflow(
    DeliverableState,
    DELIVERABLE_STATES,
    (
        Transition(("planned",), "begin", "drafting", LIAISON, P_("cooperation", "Begin"), primary=True),
        Transition(("planned", "drafting"), "deliver", "delivered", AUTHOR, P_("cooperation", "Deliver"), primary=True),
        Transition(("delivered",), "accept", "accepted", COUNTERPART, P_("cooperation", "Accept"), primary=True),
        Transition(
            ("delivered",), "hand_back", "drafting", COUNTERPART, P_("cooperation", "Hand back"), needs_reason=True
        ),
        Transition(("planned", "drafting"), "drop", "dropped", LIAISON, P_("cooperation", "Drop"), needs_reason=True),
    ),
)


class ReportState(StrEnum):
    """Where a report is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    RETURNED = "returned"
    ACCEPTED = "accepted"


REPORT_STATES: dict[str, str] = {
    "draft": P_("cooperation", "Draft"),
    "submitted": P_("cooperation", "With the counterpart"),
    "confirmed": P_("cooperation", "Confirmed by the counterpart"),
    "disputed": P_("cooperation", "The counterpart dissents"),
    "returned": P_("cooperation", "Returned for correction"),
    "accepted": P_("cooperation", "Accepted nationally"),
}

REPORT_LIFE = Workflow(
    ReportState,
    REPORT_STATES,
    (
        Transition(
            ("draft", "returned", "disputed"),
            "submit",
            "submitted",
            AUTHOR,
            P_("cooperation", "Submit to the counterpart"),
            primary=True,
        ),
        Transition(
            ("submitted", "disputed"), "confirm", "confirmed", COUNTERPART, P_("cooperation", "Confirm"), primary=True
        ),
        Transition(("submitted",), "dissent", "disputed", COUNTERPART, P_("cooperation", "Dissent"), needs_reason=True),
        Transition(
            ("confirmed", "disputed"),
            "accept",
            "accepted",
            NATION,
            P_("cooperation", "Accept nationally"),
            primary=True,
        ),
        Transition(
            ("confirmed", "disputed"),
            "return",
            "returned",
            NATION,
            P_("cooperation", "Return for correction"),
            needs_reason=True,
        ),
    ),
)


class OutcomeState(StrEnum):
    """Where an outcome is on its way to the public."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OUTCOME_STATES: dict[str, str] = {
    "proposed": P_("cooperation", "Waits for consent"),
    "published": P_("cooperation", "Published"),
    "withdrawn": P_("cooperation", "Taken back"),
}

OUTCOME_LIFE = Workflow(
    OutcomeState,
    OUTCOME_STATES,
    (
        Transition(
            ("proposed",),
            "publish",
            "published",
            frozenset({"everybody"}),  # each party has consented to the same words
            P_("cooperation", "Publish"),
            primary=True,
        ),
        Transition(("proposed", "published"), "take_back", "withdrawn", LIAISON, P_("cooperation", "Take back")),
        Transition(
            ("proposed", "withdrawn"), "propose", "proposed", LIAISON, P_("cooperation", "Propose"), primary=True
        ),
    ),
)
