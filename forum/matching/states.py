"""The life of a matching round: call, profiles frozen, proposal, edit by people, invitations."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_
from forum.core.workflow import Transition, Workflow

NATION = ("national_registrar", "national_approver")
OFFICE = frozenset({*NATION, "admin"})


class RoundState(StrEnum):
    """Where a round is."""

    CALL = "call"
    FROZEN = "frozen"
    PROPOSED = "proposed"
    EDITED = "edited"
    INVITED = "invited"
    CLOSED = "closed"


ROUND_STATES: dict[str, str] = {
    "call": N_("Call is open"),
    "frozen": N_("Profiles are frozen"),
    "proposed": N_("Proposal is made"),
    "edited": N_("Proposal was edited"),
    "invited": N_("Cities are invited"),
    "closed": N_("Round is closed"),
}


class Decision(StrEnum):
    """What people made of a proposed pair."""

    PROPOSED = "proposed"
    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"


DECISIONS: dict[str, str] = {
    "proposed": N_("Proposed pair"),
    "kept": N_("Kept pair"),
    "dropped": N_("Dropped pair"),
    "added": N_("Added pair"),
}
STANDING = frozenset({Decision.PROPOSED, Decision.KEPT, Decision.ADDED})

_UNDER_WORK = ("proposed", "edited")
ROUND = Workflow(
    RoundState,
    ROUND_STATES,
    (
        Transition(("call",), "freeze", "frozen", OFFICE, N_("Freeze the profiles"), primary=True),
        Transition(("frozen",), "propose", "proposed", OFFICE, N_("Make the proposal"), primary=True),
        Transition(_UNDER_WORK, "edit", "edited", OFFICE, N_("Edit the proposal"), needs_reason=True),
        Transition(_UNDER_WORK, "invite", "invited", OFFICE, N_("Invite the cities"), primary=True),
        Transition(("invited",), "close", "closed", OFFICE, N_("Close the round"), primary=True),
        Transition(
            ("call", "frozen", "proposed", "edited"),
            "call_off",
            "closed",
            OFFICE,
            N_("Call the round off"),
            needs_reason=True,
        ),
    ),
)
