"""The life cycles of delegations, participations, seats and offers, as tables.

Source: the procedures of large intergovernmental meetings (two approvals, the first one silent).
"""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_
from forum.core.workflow import Transition, Workflow


class ParticipationState(StrEnum):
    """Where a participation 参会登记 is."""

    DRAFT = "draft"
    NOMINATED = "nominated"
    SUBMITTED = "submitted"
    FOCAL_APPROVED = "focal_approved"
    RETURNED = "returned"
    SCREENING = "screening"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ARRIVED = "arrived"
    LEFT = "left"
    NO_SHOW = "no_show"


PARTICIPATION_STATES: dict[str, str] = {
    "draft": N_("Draft"),
    "nominated": N_("Nominated"),
    "submitted": N_("Submitted"),
    "focal_approved": N_("Approved by the focal point"),
    "returned": N_("Returned for correction"),
    "screening": N_("Under review"),
    "approved": N_("Approved"),
    "confirmed": N_("Attendance confirmed"),
    "waitlisted": N_("On the waiting list"),
    "refused": N_("Not approved"),
    "withdrawn": N_("Withdrawn"),
    "replaced": N_("Replaced"),
    "revoked": N_("Revoked"),
    "arrived": N_("Arrived"),
    "left": N_("Left"),
    "no_show": N_("Did not come"),
}

_SELF = frozenset({"delegate", "assistant", "focal"})
_DESK = frozenset({"organiser", "registration", "admin"})
_P = ParticipationState
PARTICIPATION_LIFE = Workflow(
    ParticipationState,
    PARTICIPATION_STATES,
    [
        Transition((_P.DRAFT,), "nominate", _P.NOMINATED, frozenset({"focal"}) | _DESK, N_("Nominate")),
        Transition((_P.DRAFT, _P.NOMINATED), "submit", _P.SUBMITTED, _SELF | _DESK, N_("Submit"), primary=True),
        Transition((_P.RETURNED,), "resubmit", _P.SUBMITTED, _SELF | _DESK, N_("Submit again"), primary=True),
        Transition(
            (_P.SUBMITTED,),
            "focal_approve",
            _P.FOCAL_APPROVED,
            frozenset({"focal"}),
            N_("Approve for the delegation"),
            silent=True,
            primary=True,
        ),
        Transition(
            (_P.SUBMITTED,),
            "focal_return",
            _P.RETURNED,
            frozenset({"focal"}),
            N_("Return for correction"),
            needs_reason=True,
        ),
        Transition(
            (_P.FOCAL_APPROVED, _P.SCREENING, _P.SUBMITTED),
            "return",
            _P.RETURNED,
            _DESK,
            N_("Return for correction"),
            needs_reason=True,
        ),
        Transition(
            (_P.FOCAL_APPROVED, _P.SUBMITTED),
            "screen",
            _P.SCREENING,
            _DESK | {"system"},
            N_("Take up for review"),
            silent=True,
        ),
        Transition((_P.SCREENING,), "approve", _P.APPROVED, _DESK | {"system"}, N_("Approve"), primary=True),
        Transition((_P.SCREENING,), "refuse", _P.REFUSED, _DESK, N_("Refuse"), needs_reason=True),
        Transition(
            (_P.SUBMITTED, _P.SCREENING), "waitlist", _P.WAITLISTED, _DESK | {"system"}, N_("Put on the waiting list")
        ),
        Transition((_P.WAITLISTED,), "accept_offer", _P.APPROVED, _SELF, N_("Accept the offer"), primary=True),
        Transition(
            (_P.WAITLISTED,), "refuse_waiting", _P.REFUSED, _DESK, N_("Refuse from the waiting list"), needs_reason=True
        ),
        Transition((_P.APPROVED,), "confirm", _P.CONFIRMED, _SELF | {"system"}, N_("Confirm attendance"), primary=True),
        Transition((_P.APPROVED,), "lapse", _P.WITHDRAWN, frozenset({"system"}), N_("Lapse")),
        Transition(
            (_P.APPROVED, _P.CONFIRMED),
            "change_identity",
            _P.SCREENING,
            _SELF | _DESK,
            N_("Review again"),
            silent=True,
        ),
        Transition(
            (_P.APPROVED, _P.CONFIRMED),
            "replace",
            _P.REPLACED,
            frozenset({"focal"}) | _DESK,
            N_("Replace by somebody else"),
        ),
        Transition(
            (_P.APPROVED, _P.CONFIRMED, _P.ARRIVED),
            "revoke",
            _P.REVOKED,
            frozenset({"organiser", "admin"}),
            N_("Revoke"),
            needs_reason=True,
        ),
        Transition(
            (_P.CONFIRMED, _P.APPROVED),
            "arrive",
            _P.ARRIVED,
            frozenset({"door", "organiser", "registration"}),
            N_("Mark as arrived"),
            silent=True,
        ),
        Transition(
            (_P.ARRIVED,),
            "leave",
            _P.LEFT,
            frozenset({"door", "organiser", "registration"}),
            N_("Mark as left"),
            silent=True,
        ),
        Transition(
            (_P.CONFIRMED,),
            "mark_absent",
            _P.NO_SHOW,
            frozenset({"system", "organiser"}),
            N_("Mark as absent"),
            silent=True,
        ),
        Transition(
            (
                _P.DRAFT,
                _P.NOMINATED,
                _P.SUBMITTED,
                _P.FOCAL_APPROVED,
                _P.RETURNED,
                _P.SCREENING,
                _P.WAITLISTED,
                _P.APPROVED,
                _P.CONFIRMED,
            ),
            "withdraw",
            _P.WITHDRAWN,
            _SELF | _DESK,
            N_("Withdraw"),
        ),
    ],
)

ACTIVE_STATES = frozenset(
    state for state in ParticipationState if state not in {_P.WITHDRAWN, _P.REFUSED, _P.REPLACED, _P.REVOKED}
)
SEATED_STATES = frozenset({_P.APPROVED, _P.CONFIRMED, _P.ARRIVED, _P.LEFT, _P.NO_SHOW})


class DelegationState(StrEnum):
    """Where a delegation 代表团 is."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    COMPOSING = "composing"
    SUBMITTED = "submitted"
    CREDENTIALED = "credentialed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


DELEGATION_STATES: dict[str, str] = {
    "invited": N_("Invited"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "composing": N_("Being composed"),
    "submitted": N_("Submitted"),
    "credentialed": N_("Credentials accepted"),
    "closed": N_("Closed"),
    "withdrawn": N_("Withdrawn"),
}
_D = DelegationState
NOMINATING = frozenset({_D.ACCEPTED, _D.COMPOSING})  # members may be added, ordered and exchanged
_FOCAL = frozenset({"focal", "organiser", "admin"})
DELEGATION_LIFE = Workflow(
    DelegationState,
    DELEGATION_STATES,
    [
        Transition((_D.INVITED,), "accept", _D.ACCEPTED, _FOCAL, N_("Accept the invitation"), primary=True),
        Transition((_D.INVITED,), "decline", _D.DECLINED, _FOCAL, N_("Decline the invitation")),
        Transition(
            (_D.ACCEPTED,),
            "first_nomination",
            _D.COMPOSING,
            _FOCAL | {"registration"},
            N_("Begin to nominate"),
            silent=True,
        ),
        Transition((_D.COMPOSING,), "submit", _D.SUBMITTED, _FOCAL, N_("Submit the delegation"), primary=True),
        Transition(
            (_D.SUBMITTED,),
            "return",
            _D.COMPOSING,
            frozenset({"organiser", "registration", "admin"}),
            N_("Return for correction"),
            needs_reason=True,
        ),
        Transition(
            (_D.SUBMITTED,),
            "credential",
            _D.CREDENTIALED,
            frozenset({"protocol", "organiser", "admin"}),
            N_("Accept the credentials"),
            primary=True,
        ),
        Transition(
            (_D.CREDENTIALED,),
            "reopen",
            _D.COMPOSING,
            frozenset({"organiser", "admin"}),
            N_("Reopen"),
            needs_reason=True,
        ),
        Transition((_D.CREDENTIALED,), "close", _D.CLOSED, frozenset({"system", "organiser"}), N_("Close")),
        Transition(
            (_D.INVITED, _D.ACCEPTED, _D.COMPOSING, _D.SUBMITTED, _D.CREDENTIALED),
            "withdraw",
            _D.WITHDRAWN,
            _FOCAL,
            N_("Withdraw the delegation"),
            needs_reason=True,
        ),
    ],
)


class WaitingState(StrEnum):
    """Where an entry of a waiting list is."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"
    REMOVED = "removed"


WAITING_STATES: dict[str, str] = {
    "waiting": N_("Waiting"),
    "offered": N_("Offered"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "expired": N_("Expired"),
    "left": N_("Left the list"),
    "removed": N_("Removed"),
}
_W = WaitingState
WAITING_LIFE = Workflow(
    WaitingState,
    WAITING_STATES,
    [
        Transition((_W.WAITING,), "offer", _W.OFFERED, frozenset({"system"}), N_("Offer the seat")),
        Transition((_W.OFFERED,), "accept", _W.ACCEPTED, _SELF, N_("Accept the offer"), primary=True),
        Transition((_W.OFFERED,), "decline", _W.DECLINED, _SELF, N_("Decline the offer")),
        Transition((_W.OFFERED,), "expire", _W.EXPIRED, frozenset({"system"}), N_("Expire")),
        Transition(
            (_W.EXPIRED, _W.DECLINED), "restore", _W.WAITING, _DESK, N_("Put back on the list"), needs_reason=True
        ),
        Transition((_W.WAITING, _W.OFFERED), "leave", _W.LEFT, _SELF, N_("Leave the waiting list")),
        Transition(
            (_W.WAITING, _W.OFFERED), "remove", _W.REMOVED, _DESK, N_("Remove from the list"), needs_reason=True
        ),
    ],
)


class SeatState(StrEnum):
    """Where a booked seat of a session is."""

    GRANTED = "granted"
    WAITLISTED = "waitlisted"
    RELEASED = "released"


SEAT_STATES: dict[str, str] = {
    "granted": N_("Seat booked"),
    "waitlisted": N_("On the waiting list"),
    "released": N_("Given back"),
}
