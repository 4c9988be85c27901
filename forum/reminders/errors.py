"""Why reminders can't be set so."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class OffsetsOutOfRange(Refusal):
    """Nobody plans that far, or wants that many."""

    message = N_("Choose at most %(most)s days, each no more than %(farthest)s days before or after the due date.")
    field = "days"
    status = 422
