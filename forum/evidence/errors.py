"""Why an idea, a link or a city's use can't be saved."""

from __future__ import annotations

from datetime import datetime

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the record after this editor had opened it."""

    def __init__(self, *, at: datetime | None = None) -> None:
        super().__init__()
        self.at = at


class TitleNeeded(Refusal):
    """An idea without a title, or a case without one."""

    message = N_("Give a title in English or in Chinese, better in both.")
    field = "title_en"
    status = 422


class ProblemNeeded(Refusal):
    """Nobody can screen an idea without knowing what it would solve."""

    message = N_("Say which problem it would solve, in English or in Chinese.")
    field = "problem_en"
    status = 422


class SessionUnknown(Refusal):
    """The session isn't in a release, or the reader may not see it."""

    message = N_("This session isn’t among those that are released. Choose another, or leave the field empty.")
    field = "session"
    status = 422


class DateAhead(Refusal):
    """It hasn't happened yet."""

    message = N_("The date can’t lie in the future. Enter the day on which it happened.")
    field = "happened_on"
    status = 422


class TargetIdeaNeeded(Refusal):
    """A merge without the idea that takes it in."""

    message = N_("Choose the idea into which this one is merged: another that is still open.")
    field = "into"
    status = 422


class StandardNeeded(Refusal):
    """No deliverable of this reference is in the catalogue."""

    message = N_(
        "No project or standard of this reference is in the catalogue. Check the number, for example ISO 37101."
    )
    field = "standard"
    status = 422


class EndsUnknown(Refusal):
    """An end that isn't there for this person."""

    message = N_("One of the two ends isn’t there, or you may not see it. Choose both from the lists.")
    field = "subject"
    status = 422


class RelationUnfit(Refusal):
    """The two kinds can't stand in this relation."""

    message = N_("These two can’t stand in this relation. Choose another relation or another end.")
    field = "relation"
    status = 422


class NotYourEnd(Refusal):
    """A link between two things of other people."""

    message = N_("You may tie together only what is yours at one end at least: your forum, your city, your committee.")
    field = "subject"
    status = 422


class LinkedAlready(Refusal):
    """The same link stands."""

    message = N_("This link stands already. Withdraw it first if it is wrong.")
    field = "relation"


class SomebodyElseConfirms(Refusal):
    """Who asserts doesn't confirm."""

    message = N_("Whoever entered this can’t confirm it. Ask a colleague of the national office.")


class WithdrawnAlready(Refusal):
    """Withdrawn for good."""

    message = N_("This has been withdrawn. Enter it anew if it is right after all.")


class ConfirmedAlready(Refusal):
    """Nothing is left to confirm."""

    message = N_("This is confirmed already.")


class PeriodReversed(Refusal):
    """A period that ends before it begins."""

    message = N_("The last day lies before the first one. Check both dates.")
    field = "ends_on"
    status = 422


class ResultNeeded(Refusal):
    """A case without a result is no evidence."""

    message = N_("Say what came of it, in English or in Chinese: what was measured, changed or saved.")
    field = "result_en"
    status = 422


class WebsiteUnsafe(Refusal):
    """The address isn't one of the web."""

    message = N_("The address must begin with https://.")
    field = "website"
    status = 422


class ConfirmedStays(Refusal):
    """A confirmed case isn't reworded in silence."""

    message = N_("This case is confirmed, so its words stay as they are. Withdraw it and file it anew.")
