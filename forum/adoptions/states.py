"""The life of an adoption and of its entry in the ledger, each as one table."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow

OFFICE = frozenset({"office"})  # the national standardization office
PROPOSER = frozenset({"secretary"})  # the secretary of the mirror committee that keeps the standard


class AdoptionState(StrEnum):
    """Whether the national standard holds."""

    PLANNED = "planned"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


ADOPTION_STATES: dict[str, str] = {
    "planned": P_("adoptions", "Planned"),
    "in_force": P_("adoptions", "In force"),
    "superseded": P_("adoptions", "Superseded"),
}

ADOPTION_LIFE = Workflow(
    AdoptionState,
    ADOPTION_STATES,
    (
        Transition(("planned",), "begin", "in_force", OFFICE, P_("adoptions", "Record as in force"), primary=True),
        Transition(("in_force",), "supersede", "superseded", OFFICE, P_("adoptions", "Record as superseded")),
    ),
)


class EntryState(StrEnum):
    """Whether the entry stands in the public ledger."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    ENTERED = "entered"
    WITHDRAWN = "withdrawn"


ENTRY_STATES: dict[str, str] = {
    "proposed": P_("adoptions", "Waits for the national office"),
    "returned": P_("adoptions", "Returned"),
    "entered": P_("adoptions", "In the ledger"),
    "withdrawn": P_("adoptions", "Withdrawn"),
}

ENTRY_LIFE = Workflow(
    EntryState,
    ENTRY_STATES,
    (
        Transition(("proposed",), "enter", "entered", OFFICE, P_("adoptions", "Enter into the ledger"), primary=True),
        Transition(("proposed",), "return", "returned", OFFICE, P_("adoptions", "Return"), needs_reason=True),
        Transition(("returned",), "propose", "proposed", PROPOSER, P_("adoptions", "Propose again"), primary=True),
        Transition(("proposed", "returned"), "withdraw", "withdrawn", PROPOSER, P_("adoptions", "Withdraw")),
    ),
)
