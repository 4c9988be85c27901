"""The life of an agreement version 文本版本, as one table: buttons, permissions, documentation and tests come from it.

``SETTLED`` holds the 40 rows that the national office has agreed; ``PROPOSED`` those that close the gaps of the
first table (an invitation that can't be taken back, a lapsed case that waits for ever, …), to be confirmed by it.

``city_liaison`` and ``city_lead`` act for the city that leads the case, ``counterpart_*`` for the other parties. While
a case is being prepared, the one that invited leads, whichever side it is on; from the city sign-off on the review
runs on the Chinese side, and its city leads.
"""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow


class VersionState(StrEnum):
    """Where an agreement version is."""

    DRAFT = "draft"
    INVITED = "invited"
    NEGOTIATING = "negotiating"
    DECLINED = "declined"
    CITY_REVIEW = "city_review"
    PROVINCE_REVIEW = "province_review"
    NATIONAL_REVIEW = "national_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    LAPSED = "lapsed"
    SIGNED = "signed"
    ACTIVE = "active"
    RENEWAL = "renewal"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


VERSION_STATES: dict[str, str] = {
    "draft": P_("partnership", "Draft"),
    "invited": P_("partnership", "Awaiting counterpart"),
    "negotiating": P_("partnership", "In negotiation"),
    "declined": P_("partnership", "Declined by counterpart"),
    "city_review": P_("partnership", "City sign-off"),
    "province_review": P_("partnership", "Provincial review"),
    "national_review": P_("partnership", "National review"),
    "returned": P_("partnership", "Returned for correction"),
    "rejected": P_("partnership", "Not approved"),
    "approved": P_("partnership", "Approved to sign"),
    "lapsed": P_("partnership", "Approval lapsed"),
    "signed": P_("partnership", "Signed"),
    "active": P_("partnership", "Registered and active"),
    "renewal": P_("partnership", "Renewal in progress"),
    "suspended": P_("partnership", "Suspended"),
    "expired": P_("partnership", "Expired"),
    "completed": P_("partnership", "Completed"),
    "terminated": P_("partnership", "Terminated"),
    "withdrawn": P_("partnership", "Withdrawn"),
}


class Phase(StrEnum):
    """The five stretches of the way."""

    PREPARING = "preparing"
    REVIEW = "review"
    SIGNING = "signing"
    IN_FORCE = "in_force"
    ENDED = "ended"


PHASES: dict[str, str] = {
    "preparing": P_("partnership", "Preparing"),
    "review": P_("partnership", "Review"),
    "signing": P_("partnership", "Signing"),
    "in_force": P_("partnership", "In force"),
    "ended": P_("partnership", "Ended"),
}

_S = VersionState
PHASE_OF: dict[VersionState, Phase] = {
    **dict.fromkeys((_S.DRAFT, _S.INVITED, _S.NEGOTIATING, _S.DECLINED), Phase.PREPARING),
    **dict.fromkeys((_S.CITY_REVIEW, _S.PROVINCE_REVIEW, _S.NATIONAL_REVIEW, _S.RETURNED), Phase.REVIEW),
    **dict.fromkeys((_S.APPROVED, _S.LAPSED, _S.SIGNED), Phase.SIGNING),
    **dict.fromkeys((_S.ACTIVE, _S.RENEWAL, _S.SUSPENDED), Phase.IN_FORCE),
    **dict.fromkeys((_S.REJECTED, _S.EXPIRED, _S.COMPLETED, _S.TERMINATED, _S.WITHDRAWN), Phase.ENDED),
}
FINAL = frozenset({_S.REJECTED, _S.COMPLETED, _S.TERMINATED, _S.WITHDRAWN})
PREPARING = frozenset(state for state, phase in PHASE_OF.items() if phase is Phase.PREPARING)
REVIEWING = frozenset({_S.CITY_REVIEW, _S.PROVINCE_REVIEW, _S.NATIONAL_REVIEW})
PUBLIC = frozenset({_S.ACTIVE, _S.RENEWAL, _S.SUSPENDED, _S.EXPIRED, _S.COMPLETED, _S.TERMINATED})
EDITABLE = frozenset({_S.DRAFT, _S.NEGOTIATING, _S.RETURNED})  # the only states in which the text may change

ROLES: dict[str, str] = {
    "city_liaison": P_("partnership", "City liaison"),
    "city_lead": P_("partnership", "City lead"),
    "counterpart_liaison": P_("partnership", "Counterpart liaison"),
    "counterpart_lead": P_("partnership", "Counterpart lead"),
    "province_reviewer": P_("partnership", "Provincial reviewer"),
    "province_lead": P_("partnership", "Provincial lead"),
    "fa_officer": P_("partnership", "Foreign-affairs officer"),
    "national_reviewer": P_("partnership", "National reviewer"),
    "national_approver": P_("partnership", "National approver"),
    "national_registrar": P_("partnership", "National registrar"),
    "tc_expert": P_("partnership", "Committee expert"),
    "auditor": P_("partnership", "Auditor"),
    "system": P_("partnership", "System"),
}

_CITY = frozenset({"city_liaison"})
_OTHER = frozenset({"counterpart_liaison"})
_BOTH = _CITY | _OTHER
_SYSTEM = frozenset({"system"})
_LEAD = frozenset({"city_lead"})
_PROVINCE = frozenset({"province_reviewer"})
_REVIEWER = frozenset({"national_reviewer"})
_APPROVER = frozenset({"national_approver"})
_REGISTRAR = frozenset({"national_registrar"})
_STOPPING = frozenset({"city_lead", "counterpart_lead", "national_approver"})


def _row(
    source: VersionState, action: str, target: VersionState, actors: frozenset[str], label: str, *, reason: bool = False
) -> Transition:
    return Transition((source,), action, target, actors, label, needs_reason=reason, primary=action in _PRIMARY)


_PRIMARY = frozenset(
    {
        "invite",
        "express_interest",
        "agree_text",
        "endorse",
        "approve",
        "resubmit",
        "record_signature",
        "register",
        "final_report",
    }
)

SETTLED: tuple[Transition, ...] = (
    _row(_S.DRAFT, "invite", _S.INVITED, _CITY, P_("partnership", "Invite")),
    _row(_S.INVITED, "express_interest", _S.NEGOTIATING, _OTHER, P_("partnership", "Express interest")),
    _row(_S.INVITED, "decline", _S.DECLINED, _OTHER, P_("partnership", "Decline")),
    _row(_S.INVITED, "no_answer_timeout", _S.DECLINED, _SYSTEM, P_("partnership", "No answer in time")),
    _row(_S.DECLINED, "reopen", _S.DRAFT, _CITY, P_("partnership", "Reopen"), reason=True),
    _row(_S.NEGOTIATING, "agree_text", _S.CITY_REVIEW, _BOTH, P_("partnership", "Agree the text")),
    _row(_S.NEGOTIATING, "decline", _S.DECLINED, _OTHER, P_("partnership", "Decline")),
    _row(_S.CITY_REVIEW, "endorse", _S.PROVINCE_REVIEW, _LEAD, P_("partnership", "Sign off and submit")),
    _row(_S.CITY_REVIEW, "return", _S.RETURNED, _LEAD, P_("partnership", "Return for correction"), reason=True),
    _row(_S.PROVINCE_REVIEW, "endorse", _S.NATIONAL_REVIEW, _PROVINCE, P_("partnership", "Endorse and submit")),
    _row(
        _S.PROVINCE_REVIEW, "approve_delegated", _S.APPROVED, _PROVINCE, P_("partnership", "Approve under delegation")
    ),
    _row(_S.PROVINCE_REVIEW, "return", _S.RETURNED, _PROVINCE, P_("partnership", "Return for correction"), reason=True),
    _row(
        _S.PROVINCE_REVIEW,
        "reject",
        _S.REJECTED,
        frozenset({"province_lead"}),
        P_("partnership", "Do not approve"),
        reason=True,
    ),
    _row(_S.NATIONAL_REVIEW, "approve", _S.APPROVED, _APPROVER, P_("partnership", "Approve for signature")),
    _row(_S.NATIONAL_REVIEW, "return", _S.RETURNED, _REVIEWER, P_("partnership", "Return for correction"), reason=True),
    _row(_S.NATIONAL_REVIEW, "reject", _S.REJECTED, _APPROVER, P_("partnership", "Do not approve"), reason=True),
    _row(_S.RETURNED, "resubmit", _S.CITY_REVIEW, _CITY, P_("partnership", "Resubmit corrected text")),
    _row(_S.RETURNED, "resubmit_same_level", _S.PROVINCE_REVIEW, _CITY, P_("partnership", "Resubmit, text unchanged")),
    _row(_S.RETURNED, "renegotiate", _S.NEGOTIATING, _CITY, P_("partnership", "Renegotiate"), reason=True),
    _row(_S.APPROVED, "record_signature", _S.SIGNED, _CITY, P_("partnership", "Record signature")),
    _row(_S.APPROVED, "validity_passed", _S.LAPSED, _SYSTEM, P_("partnership", "Approval expired")),
    _row(_S.APPROVED, "text_changed", _S.NATIONAL_REVIEW, _SYSTEM, P_("partnership", "Text changed")),
    _row(_S.LAPSED, "reapply", _S.CITY_REVIEW, _CITY, P_("partnership", "Apply again"), reason=True),
    _row(_S.SIGNED, "register", _S.ACTIVE, _REGISTRAR, P_("partnership", "Register")),
    _row(_S.SIGNED, "text_mismatch", _S.RETURNED, _REGISTRAR, P_("partnership", "Text does not match"), reason=True),
    _row(_S.ACTIVE, "open_renewal", _S.RENEWAL, _BOTH | _SYSTEM, P_("partnership", "Open renewal")),
    _row(_S.RENEWAL, "renewed_same_terms", _S.ACTIVE, _REGISTRAR, P_("partnership", "Renewed, same terms")),
    _row(_S.RENEWAL, "new_terms", _S.NEGOTIATING, _BOTH, P_("partnership", "New terms"), reason=True),
    _row(_S.RENEWAL, "term_ended", _S.EXPIRED, _SYSTEM, P_("partnership", "Term ended")),
    _row(_S.ACTIVE, "suspend", _S.SUSPENDED, _STOPPING, P_("partnership", "Suspend"), reason=True),
    _row(_S.SUSPENDED, "resume", _S.ACTIVE, _APPROVER, P_("partnership", "Resume"), reason=True),
    _row(_S.SUSPENDED, "terminate", _S.TERMINATED, _STOPPING, P_("partnership", "Terminate"), reason=True),
    _row(_S.ACTIVE, "term_ended", _S.EXPIRED, _SYSTEM, P_("partnership", "Term ended")),
    _row(_S.ACTIVE, "close_with_final_report", _S.COMPLETED, _REVIEWER, P_("partnership", "Close with final report")),
    _row(_S.ACTIVE, "terminate", _S.TERMINATED, _STOPPING, P_("partnership", "Terminate"), reason=True),
    _row(_S.EXPIRED, "final_report", _S.COMPLETED, _REVIEWER, P_("partnership", "Final report accepted")),
    _row(_S.EXPIRED, "late_renewal", _S.NEGOTIATING, _BOTH, P_("partnership", "Late renewal"), reason=True),
    _row(_S.DRAFT, "withdraw", _S.WITHDRAWN, _CITY, P_("partnership", "Withdraw")),
    _row(_S.NEGOTIATING, "withdraw", _S.WITHDRAWN, _BOTH, P_("partnership", "Withdraw"), reason=True),
    _row(_S.RETURNED, "withdraw", _S.WITHDRAWN, _CITY, P_("partnership", "Withdraw"), reason=True),
)

PROPOSED: tuple[Transition, ...] = (
    _row(_S.INVITED, "withdraw", _S.WITHDRAWN, _CITY, P_("partnership", "Withdraw")),
    *(
        _row(state, "recall", _S.NEGOTIATING, _CITY, P_("partnership", "Recall"))
        for state in (_S.CITY_REVIEW, _S.PROVINCE_REVIEW, _S.NATIONAL_REVIEW)
    ),
    _row(_S.APPROVED, "withdraw", _S.WITHDRAWN, _CITY, P_("partnership", "Withdraw"), reason=True),
    _row(_S.LAPSED, "withdraw", _S.WITHDRAWN, _CITY, P_("partnership", "Withdraw"), reason=True),
    _row(_S.LAPSED, "auto_close", _S.WITHDRAWN, _SYSTEM, P_("partnership", "Closed after a year")),
    _row(_S.APPROVED, "revoke", _S.LAPSED, _APPROVER, P_("partnership", "Revoke the approval"), reason=True),
    _row(_S.RETURNED, "replace_scan", _S.SIGNED, _CITY, P_("partnership", "Replace the scan")),
    _row(_S.SUSPENDED, "term_ended", _S.EXPIRED, _SYSTEM, P_("partnership", "Term ended")),
    _row(_S.RENEWAL, "suspend", _S.SUSPENDED, _STOPPING, P_("partnership", "Suspend"), reason=True),
    _row(_S.RENEWAL, "terminate", _S.TERMINATED, _STOPPING, P_("partnership", "Terminate"), reason=True),
)

LIFE = Workflow(VersionState, VERSION_STATES, (*SETTLED, *PROPOSED))
ROW_OF: dict[tuple[str, str], Transition] = {(row.sources[0], row.action): row for row in LIFE.rows}

# A successor version opens in the target state; the version itself stays where it is until its term ends.
OPENS_SUCCESSOR = frozenset({"new_terms", "late_renewal"})
# Each press counts for one party; the state moves when every party concerned has pressed.
EVERY_PARTY = frozenset({"agree_text", "new_terms", "late_renewal"})
EVERY_DOMESTIC_PARTY = frozenset({(_S.CITY_REVIEW, "endorse")})
# Acts on the approving side: one person in one capacity, once for each time that a level has the case.
APPROVING = frozenset(
    {
        "endorse",
        "approve_delegated",
        "approve",
        "return",
        "reject",
        "register",
        "text_mismatch",
        "renewed_same_terms",
    }
)
# Acts by which somebody has a hand in the text or stands behind it: never by a person who also approves.
DRAFTING = frozenset({"invite", "express_interest", "agree_text", "resubmit", "resubmit_same_level", "reapply"})
# Reasons that are written for the other side as well; all others stay with those who review.
SHARED_REASONS = frozenset(
    {
        (_S.INVITED, "decline"),
        (_S.NEGOTIATING, "decline"),
        (_S.NEGOTIATING, "withdraw"),
        (_S.RETURNED, "renegotiate"),
    }
)
