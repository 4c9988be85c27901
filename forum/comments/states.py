"""The life of a national comment 意见, from an expert's draft to what became of it in the next draft."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import P_
from forum.core.workflow import Transition, Workflow


class CommentState(StrEnum):
    """Where a comment stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    KEPT = "kept"
    MERGED = "merged"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    EXPORTED = "exported"
    ANSWERED = "answered"
    VERIFIED = "verified_in_next"
    DONE = "done"
    RE_RAISED = "re_raised"


COMMENT_STATES: dict[str, str] = {
    "draft": P_("comments", "Draft"),
    "submitted": P_("comments", "Handed in"),
    "in_review": P_("comments", "Under review"),
    "kept": P_("comments", "Kept as a national comment"),
    "merged": P_("comments", "Merged"),
    "dropped": P_("comments", "Not taken up"),
    "withdrawn": P_("comments", "Withdrawn by its author"),
    "exported": P_("comments", "Sent"),
    "answered": P_("comments", "Answered"),
    "verified_in_next": P_("comments", "Checked in the next draft"),
    "done": P_("comments", "Finished"),
    "re_raised": P_("comments", "Raised again"),
}

OPEN = frozenset({CommentState.SUBMITTED, CommentState.IN_REVIEW})
# What was decided to leave the country, and everything that follows from it.
LEAVING = frozenset(
    {
        CommentState.KEPT,
        CommentState.EXPORTED,
        CommentState.ANSWERED,
        CommentState.VERIFIED,
        CommentState.DONE,
        CommentState.RE_RAISED,
    }
)
SENT = LEAVING - {CommentState.KEPT}
ANSWERED = frozenset({CommentState.ANSWERED, CommentState.VERIFIED, CommentState.DONE, CommentState.RE_RAISED})
# Not yet decided in a way that closes the text: its author may still take it back.
RETRACTABLE = frozenset({CommentState.DRAFT, *OPEN})

AUTHOR, DECIDER, SENDER = "author", "decider", "sender"
_AUTHOR, _DECIDER, _SENDERS = frozenset({AUTHOR}), frozenset({DECIDER}), frozenset({DECIDER, SENDER})


def _row(
    sources: tuple[str, ...], action: str, target: str, who: frozenset[str], label: str, **more: bool
) -> Transition:
    return Transition(sources, action, target, who, label, **more)


LIFE = Workflow(
    CommentState,
    COMMENT_STATES,
    (
        _row(("draft",), "hand_in", "submitted", _AUTHOR, P_("comments", "Hand in"), primary=True),
        _row(("draft", "submitted", "in_review"), "withdraw", "withdrawn", _AUTHOR, P_("comments", "Take back")),
        _row(("submitted",), "review", "in_review", _DECIDER, P_("comments", "Put under review")),
        _row(("submitted", "in_review", "dropped"), "keep", "kept", _DECIDER, P_("comments", "Keep"), primary=True),
        _row(
            ("submitted", "in_review", "kept"),
            "drop",
            "dropped",
            _DECIDER,
            P_("comments", "Don’t take up"),
            needs_reason=True,
        ),
        _row(("submitted", "in_review", "kept"), "merge", "merged", _DECIDER, P_("comments", "Merge into another")),
        _row(("merged",), "unmerge", "in_review", _DECIDER, P_("comments", "Take out of the merger")),
        _row(("kept",), "send", "exported", _SENDERS, P_("comments", "Record that it was sent")),
        _row(("exported",), "answer", "answered", _DECIDER, P_("comments", "Record the answer"), primary=True),
        _row(
            ("answered", "verified_in_next"),
            "verify",
            "verified_in_next",
            _DECIDER,
            P_("comments", "Compare with the next draft"),
            primary=True,
        ),
        _row(("answered", "verified_in_next"), "finish", "done", _DECIDER, P_("comments", "Finish")),
        _row(
            ("answered", "verified_in_next", "done"),
            "raise_again",
            "re_raised",
            frozenset({AUTHOR, DECIDER}),
            P_("comments", "Raise again"),
        ),
    ),
)
