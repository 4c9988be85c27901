"""Who may take which step: nobody decides about themselves, and nobody decides twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from forum.experts.models import ExpertRole
from forum.experts.states import DECIDING

# What is held for a whole committee; the others may be held for one project too.
OF_COMMITTEES = frozenset(
    {
        ExpertRole.CONVENOR,
        ExpertRole.WG_SECRETARY,
        ExpertRole.CHAIR,
        ExpertRole.COMMITTEE_MANAGER,
        ExpertRole.HEAD_OF_DELEGATION,
        ExpertRole.DELEGATE,
        ExpertRole.LIAISON_REPRESENTATIVE,
        ExpertRole.VOTER,
        ExpertRole.DOCUMENT_MONITOR,
    }
)
OF_PROJECTS = frozenset({ExpertRole.PROJECT_LEADER})  # led is a project, never a committee
BALLOT_ROLES = frozenset({ExpertRole.VOTER, ExpertRole.DOCUMENT_MONITOR})
FOR_THE_COUNTRY = frozenset({ExpertRole.DELEGATE, ExpertRole.HEAD_OF_DELEGATION, ExpertRole.VOTER})


@dataclass(frozen=True, slots=True)
class Hands:
    """Through whose hands a nomination has gone, by account."""

    nominee: int | None = None
    proposer: int | None = None
    decided: Collection[int] = ()


def is_own(action: str, account_id: int | None, hands: Hands) -> bool:
    """Tell whether somebody would decide about their own nomination."""
    return action in DECIDING | {"register", "submit"} and account_id is not None and account_id == hands.nominee


def is_twice(action: str, account_id: int | None, hands: Hands) -> bool:
    """Tell whether somebody would decide twice.

    A unit's contact proposes and endorses with one voice; every further approval is somebody else's.
    """
    if account_id is None or action not in DECIDING - {"endorse"}:
        return False
    return account_id == hands.proposer or account_id in hands.decided


def fits_target(role: ExpertRole, *, project: bool) -> bool:
    """Tell whether a role is held for a committee, or for a project."""
    return role not in OF_COMMITTEES if project else role not in OF_PROJECTS
