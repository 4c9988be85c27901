"""Why something can't be followed in this way."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Saved in another window."""


class RuleEmpty(Refusal):
    """A rule that names nothing would fit everything."""

    message = N_("Choose at least one of the conditions: a rule without any would fit the whole catalogue.")
    field = "name"
    status = 422


class NameNeeded(Refusal):
    """A rule is found again by its name."""

    message = N_("Give the rule a name by which you find it again.")
    field = "name"
    status = 422


class RangeReversed(Refusal):
    """A range of stages that ends before it begins."""

    message = N_("The last stage lies before the first one. Choose them the other way round.")
    field = "stage_to"
    status = 422


class ReferenceUnknown(Refusal):
    """No deliverable of this reference is in the catalogue."""

    message = N_("“%(reference)s” isn’t in the catalogue. Write one reference on each line, for example ISO 37101.")
    field = "exclusions"
    status = 422


class TooMany(Refusal):
    """A bound, so that one account can't make the rounds long."""

    message = N_("You follow %(most)s things already. Stop following some of them first.")
