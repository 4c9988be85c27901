"""The refusals on the board of a parallel implementation."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class NotParallel(Refusal):
    """Only a parallel implementation has a board."""

    message = N_("Clauses are compared under an activity of the kind “Parallel implementation”. Plan one first.")


class BoardClosed(Refusal):
    """The activity was cancelled."""

    message = N_("This activity was cancelled, so its board stays as it is.")


class ClauseNumberNeeded(Refusal):
    """Not the number of a clause."""

    message = N_("Enter the number of the clause as the standard counts it, such as 4.6.2 or A.3.")
    field = "number"
    status = 422


class ClauseThere(Refusal):
    """The board has this clause."""

    message = N_("This clause is on the board already. Open it there.")
    field = "number"


class RemarkNeeded(Refusal):
    """A result that must be explained."""

    message = N_("Say what is missing, or why the clause doesn't apply, in English or in Chinese, better in both.")
    field = "remark_en"
    status = 422


class ClauseHasResults(Refusal):
    """Results are never thrown away."""

    message = N_("A side has given its result here already, so the clause stays on the board.")
