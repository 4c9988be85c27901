"""The life of this country's case as one table, with the words of what was done."""

from __future__ import annotations

from forum.ballots.models import CASE_STATES, CaseState, StepKind
from forum.core.refusals import N_, P_
from forum.core.workflow import Transition, Workflow

SECRETARY = frozenset({"secretary"})  # of the mirror committee that answers
LEADERS = frozenset({"chair", "office"})
CHAIR = frozenset({"chair"})
OFFICE = frozenset({"office"})
SUBMITTERS = frozenset({"submission", "office"})
CLOCK = frozenset({"system"})

BEFORE_VOTE = ("open", "enquiry", "consolidating", "position_draft", "position_approved")
RUNNING = (*BEFORE_VOTE, "submitted")

CASE_LIFE = Workflow(
    CaseState,
    CASE_STATES,
    (
        Transition(
            ("open",), "begin_enquiry", "enquiry", SECRETARY, P_("ballots", "Begin the national enquiry"), primary=True
        ),
        Transition(
            ("enquiry",),
            "close_enquiry",
            "consolidating",
            SECRETARY | CLOCK,
            P_("ballots", "Close the enquiry"),
            primary=True,
        ),
        Transition(
            ("consolidating",),
            "begin_position",
            "position_draft",
            SECRETARY,
            P_("ballots", "Begin the position"),
            primary=True,
        ),
        Transition(
            ("position_draft",), "pass_on", "position_draft", CHAIR, P_("ballots", "Approve as chair"), primary=True
        ),
        Transition(
            ("position_draft",),
            "approve",
            "position_approved",
            OFFICE,
            P_("ballots", "Approve for the nation"),
            primary=True,
        ),
        Transition(
            ("position_draft",),
            "hand_back",
            "position_draft",
            LEADERS,
            P_("ballots", "Hand back"),
            needs_reason=True,
        ),
        Transition(
            ("position_approved", "submitted"),
            "submit",
            "submitted",
            SUBMITTERS,
            P_("ballots", "Submit the vote"),
            primary=True,
        ),
        Transition(
            ("position_approved", "submitted"),
            "reopen",
            "position_draft",
            LEADERS,
            P_("ballots", "Take the position up again"),
            needs_reason=True,
        ),
        Transition(
            BEFORE_VOTE,
            "take_no_position",
            "no_position",
            LEADERS,
            P_("ballots", "Take no position"),
            needs_reason=True,
        ),
        Transition(RUNNING, "close", "closed", CLOCK, P_("ballots", "Close")),
        Transition(BEFORE_VOTE, "miss", "missed", CLOCK, P_("ballots", "Missed")),
        Transition(
            ("closed",),
            "disposition",
            "dispositioned",
            SECRETARY,
            P_("ballots", "The answers to our comments are in"),
            primary=True,
        ),
        Transition(RUNNING, "cancel", "cancelled", OFFICE, P_("ballots", "Cancel the ballot"), needs_reason=True),
    ),
)
# What a step brings behind it in the timetable.
DONE_BY: dict[str, StepKind] = {
    "begin_enquiry": StepKind.TRIAGE,
    "close_enquiry": StepKind.ENQUIRY,
    "begin_position": StepKind.CONSOLIDATE,
    "approve": StepKind.APPROVE,
    "submit": StepKind.SUBMIT,
}
# Whose turn it is in a state: roles in the order in which they are asked.
TURNS: dict[str, tuple[str, ...]] = {
    "open": ("secretary",),
    "enquiry": ("secretary",),
    "consolidating": ("secretary",),
    "position_draft": ("secretary",),
    "position_approved": ("submission",),
    "closed": ("secretary",),
}


def turn_of(state: str, *, drafted: bool, approved: bool) -> tuple[str, ...]:
    """Return whose turn it is: while a position is drafted, that follows from its wording and its approvals."""
    if state == CaseState.POSITION_DRAFT and drafted:
        return ("office",) if approved else ("chair",)
    return TURNS.get(state, ())


DEEDS: dict[str, str] = {
    "open": N_("Ballot entered"),
    "begin_enquiry": N_("National enquiry begun"),
    "close_enquiry": N_("National enquiry closed"),
    "begin_position": N_("Drafting of the position begun"),
    "draft": N_("Position written"),
    "sign_warning": N_("Warning answered with a signed reason"),
    "sign_compressed": N_("Short enquiry signed for"),
    "pass_on": N_("Approved by the chair"),
    "approve": N_("Approved by the national office"),
    "hand_back": N_("Handed back"),
    "submit": N_("Vote submitted"),
    "reopen": N_("Position taken up again"),
    "take_no_position": N_("No position taken"),
    "close": N_("Ballot closed"),
    "miss": N_("Ballot closed without our vote"),
    "report_incident": N_("Incident report written"),
    "disposition": N_("Answers to our comments received"),
    "redate": N_("Closing day moved"),
    "replan": N_("Timetable planned again"),
    "result": N_("International result entered"),
    "decide": N_("Next stage declared"),
    "cancel": N_("Ballot cancelled"),
}
ROLES: dict[str, str] = {
    "secretary": N_("Mirror committee secretary"),
    "chair": N_("Mirror committee chair"),
    "member": N_("Mirror committee member"),
    "office": N_("National standards officer"),
    "submission": N_("Submission officer"),
    "auditor": N_("Auditor"),
    "asked": N_("Asked in the enquiry"),
}
