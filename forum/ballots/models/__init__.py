"""Ballots and how this country handles them."""

from __future__ import annotations

from forum.ballots.models.ballot import (
    BALLOT_KINDS,
    CASE_STATES,
    NATIONAL_KINDS,
    STEP_KINDS,
    Ballot,
    BallotDocument,
    BallotKind,
    BallotRule,
    BallotStep,
    CaseState,
    Enquired,
    StepKind,
)
from forum.ballots.models.handling import (
    CAPACITIES,
    BallotEvent,
    BallotFeed,
    BallotIncident,
    BallotResult,
    BallotTerms,
    Capacity,
    GuardSignature,
    Position,
    PositionApproval,
    Vote,
)

__all__ = [
    "BALLOT_KINDS",
    "CAPACITIES",
    "CASE_STATES",
    "NATIONAL_KINDS",
    "STEP_KINDS",
    "Ballot",
    "BallotDocument",
    "BallotEvent",
    "BallotFeed",
    "BallotIncident",
    "BallotKind",
    "BallotResult",
    "BallotRule",
    "BallotStep",
    "BallotTerms",
    "Capacity",
    "CaseState",
    "Enquired",
    "GuardSignature",
    "Position",
    "PositionApproval",
    "StepKind",
    "Vote",
]
