"""The lives of a statement, an obligation and a relation, each as one table.

Source: ISO/IEC Directives, Part 1, 1.17 (liaisons); ITU-T A.1 (liaison statements).
"""

from __future__ import annotations

from enum import StrEnum

from forum.committees.models import RelationState
from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow

DRAFTER = frozenset({"drafter"})  # writes for the groups that the statement comes from
APPROVER = frozenset({"approver"})  # entitled for all groups that it comes from
OWNER = frozenset({"owner"})  # the person who owes an answer
KEEPER = frozenset({"keeper"})  # the national office
PROPOSER = frozenset({"proposer"})  # liaison officer, or secretary of the national committee concerned


class StatementState(StrEnum):
    """Where a statement is; what was done about it is kept apart."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    DEAD = "dead"
    RECEIVED = "received"
    POSTED = "posted"


STATEMENT_STATES: dict[str, str] = {
    "draft": P_("liaison", "Draft"),
    "pending": P_("liaison", "Waits for approval"),
    "approved": P_("liaison", "Approved"),
    "dead": P_("liaison", "Shelved"),
    "received": P_("liaison", "Received"),
    "posted": P_("liaison", "Posted"),
}
STATEMENT_TONES: dict[str, str] = {
    "draft": "",
    "pending": "wait",
    "approved": "wait",
    "dead": "past",
    "received": "wait",
    "posted": "good",
}
OPEN_TEXT = frozenset({StatementState.DRAFT, StatementState.PENDING, StatementState.RECEIVED})

OUTGOING_LIFE = Workflow(
    StatementState,
    STATEMENT_STATES,
    (
        Transition(("draft",), "submit", "pending", DRAFTER, P_("liaison", "Submit for approval"), primary=True),
        Transition(("pending",), "approve", "approved", APPROVER, P_("liaison", "Approve"), primary=True),
        Transition(("pending",), "shelve", "dead", DRAFTER | APPROVER, P_("liaison", "Shelve"), needs_reason=True),
        Transition(("dead",), "resurrect", "pending", DRAFTER | APPROVER, P_("liaison", "Take up again"), primary=True),
        Transition(("approved",), "post", "posted", DRAFTER | APPROVER, P_("liaison", "Post only")),
    ),
)
INCOMING_LIFE = Workflow(
    StatementState,
    STATEMENT_STATES,
    (Transition(("received",), "post", "posted", DRAFTER | APPROVER, P_("liaison", "Post only"), primary=True),),
)


class ObligationState(StrEnum):
    """How far the answer to a statement has come; that it is overdue follows from the dates."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    WAIVED = "waived"


OBLIGATION_STATES: dict[str, str] = {
    "open": P_("liaison", "Open"),
    "acknowledged": P_("liaison", "Acknowledged"),
    "in_progress": P_("liaison", "In work"),
    "answered": P_("liaison", "Answered"),
    "closed": P_("liaison", "Closed"),
    "waived": P_("liaison", "Waived"),
}
OWED = frozenset({ObligationState.OPEN, ObligationState.ACKNOWLEDGED, ObligationState.IN_PROGRESS})
_OWED = ("open", "acknowledged", "in_progress")

OBLIGATION_LIFE = Workflow(
    ObligationState,
    OBLIGATION_STATES,
    (
        Transition(("open",), "acknowledge", "acknowledged", OWNER, P_("liaison", "Acknowledge"), primary=True),
        Transition(("open", "acknowledged"), "begin", "in_progress", OWNER, P_("liaison", "Begin work"), primary=True),
        Transition(_OWED, "answer", "answered", OWNER, P_("liaison", "Answered otherwise"), needs_reason=True),
        Transition(("answered",), "close", "closed", OWNER | KEEPER, P_("liaison", "Close"), primary=True),
        Transition(_OWED, "waive", "waived", KEEPER, P_("liaison", "Waive"), needs_reason=True),
    ),
)

RELATION_STATES: dict[str, str] = {
    "proposed": P_("liaison", "Proposed"),
    "active": P_("liaison", "In force"),
    "under_review": P_("liaison", "Under review"),
    "ended": P_("liaison", "Ended"),
}
RELATION_TONES: dict[str, str] = {"proposed": "wait", "active": "good", "under_review": "wait", "ended": "past"}

RELATION_LIFE = Workflow(
    RelationState,
    RELATION_STATES,
    (
        Transition(("proposed",), "accept", "active", KEEPER, P_("liaison", "Put into force"), primary=True),
        Transition(
            ("active",),
            "open_review",
            "under_review",
            KEEPER | PROPOSER,
            P_("liaison", "Begin the review"),
            primary=True,
        ),
        Transition(
            ("under_review",), "renew", "active", KEEPER, P_("liaison", "Renew"), needs_reason=True, primary=True
        ),
        Transition(
            ("proposed", "active", "under_review"), "end", "ended", KEEPER, P_("liaison", "End"), needs_reason=True
        ),
    ),
)
