"""The life of a nomination as one table: unit, mirror committee, national office, submission, register."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow

UNIT = frozenset({"unit"})  # the contact of the unit that proposes
MIRROR = frozenset({"mirror"})  # secretary or chair of the national committee
OFFICE = frozenset({"office"})  # the national standardization office
SUBMITTING = frozenset({"submission", "office"})
ENDING = frozenset({"mirror", "office"})
OWN = frozenset({"nominee", "proposer"})


class NominationState(StrEnum):
    """How far a nomination has come."""

    PROPOSED = "proposed"
    UNIT_ENDORSED = "unit_endorsed"
    MIRROR_APPROVED = "mirror_approved"
    SAC_APPROVED = "sac_approved"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    ENDED = "ended"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


NOMINATION_STATES: dict[str, str] = {
    "proposed": P_("experts", "Proposed"),
    "unit_endorsed": P_("experts", "Endorsed by the unit"),
    "mirror_approved": P_("experts", "Approved by the mirror committee"),
    "sac_approved": P_("experts", "Approved nationally"),
    "submitted": P_("experts", "Submitted"),
    "registered": P_("experts", "Registered"),
    "ended": P_("experts", "Ended"),
    "rejected": P_("experts", "Not approved"),
    "withdrawn": P_("experts", "Withdrawn"),
}
# A vote names experts who are nationally confirmed: the mirror committee has approved them at the least (VG-05).
CONFIRMED = (
    NominationState.MIRROR_APPROVED,
    NominationState.SAC_APPROVED,
    NominationState.SUBMITTED,
    NominationState.REGISTERED,
)
OPEN = (NominationState.PROPOSED, NominationState.UNIT_ENDORSED, *CONFIRMED)
_ON_THE_WAY = ("proposed", "unit_endorsed", "mirror_approved", "sac_approved", "submitted")
DECIDING = frozenset({"endorse", "approve", "confirm"})

NOMINATION_LIFE = Workflow(
    NominationState,
    NOMINATION_STATES,
    (
        Transition(("proposed",), "endorse", "unit_endorsed", UNIT, P_("experts", "Endorse"), primary=True),
        Transition(("unit_endorsed",), "approve", "mirror_approved", MIRROR, P_("experts", "Approve"), primary=True),
        Transition(
            ("mirror_approved",), "confirm", "sac_approved", OFFICE, P_("experts", "Approve nationally"), primary=True
        ),
        Transition(
            ("sac_approved",), "submit", "submitted", SUBMITTING, P_("experts", "Record as submitted"), primary=True
        ),
        Transition(
            ("submitted",), "register", "registered", SUBMITTING, P_("experts", "Record as registered"), primary=True
        ),
        Transition(("registered",), "end", "ended", ENDING, P_("experts", "End the role")),
        Transition(("proposed",), "reject", "rejected", UNIT, P_("experts", "Decline"), needs_reason=True),
        Transition(("unit_endorsed",), "reject", "rejected", MIRROR, P_("experts", "Decline"), needs_reason=True),
        Transition(
            ("mirror_approved", "sac_approved", "submitted"),
            "reject",
            "rejected",
            OFFICE,
            P_("experts", "Decline"),
            needs_reason=True,
        ),
        Transition(_ON_THE_WAY, "withdraw", "withdrawn", OWN, P_("experts", "Withdraw")),
    ),
)
