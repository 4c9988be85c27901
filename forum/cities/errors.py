"""Why a profile or one of its entries can't be saved."""

from __future__ import annotations

from datetime import datetime

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the record after this editor had opened it."""

    def __init__(self, *, at: datetime) -> None:
        super().__init__()
        self.at = at


class ProfileExists(Refusal):
    """A city has one profile."""

    message = N_("This city has a profile already. Open it from the list.")


class OpenAlready(Refusal):
    """There is one open offer and one open need for each area."""

    message = N_("There is an open entry for this area already. Change that one, or close it first.")
    field = "area"
    status = 422


class TooManyAreas(Refusal):
    """A city names five focus areas at most."""

    message = N_("Choose at most five focus areas.")
    field = "focus_1"
    status = 422


class AreaTwice(Refusal):
    """The ranked areas differ."""

    message = N_("One area stands twice in the ranking. Choose each area once.")
    field = "focus_1"
    status = 422


class UnknownArea(Refusal):
    """There is no such area."""

    message = N_("This focus area isn't on the list. Choose one of the twelve.")
    field = "area"
    status = 422


class UnclearReference(Refusal):
    """A reference doesn't look like the number of a standard."""

    message = N_(
        "“%(reference)s” doesn't look like the number of a standard. Write for example ISO 37101 or GB/T 36749-2018, "
        "one to a line."
    )
    field = "references"
    status = 422


class TooManyReferences(Refusal):
    """A list of references that nobody reads."""

    message = N_("Name at most twelve standards.")
    field = "references"
    status = 422


class DatesReversed(Refusal):
    """The end lies before the beginning."""

    message = N_("The last day lies before the first one.")
    status = 422


class EndsInThePast(Refusal):
    """Something new is over already."""

    message = N_("This day is over. Choose a later one, or leave the field empty.")
    field = "valid_until"
    status = 422


class PopulationIncomplete(Refusal):
    """A number of people says nothing without its year and source."""

    message = N_("Give the year and the source of the population as well; without them it isn't shown.")
    field = "population_year"
    status = 422


class SummaryMissing(Refusal):
    """A public profile says something of the city."""

    message = N_("Write the summary in at least one language before the profile is shown to everybody.")
    field = "summary_en"
    status = 422


class ConsentUndated(Refusal):
    """Consent has a date."""

    message = N_("Give the day on which the person agreed to be shown.")
    field = "consented_on"
    status = 422


class ConsentInTheFuture(Refusal):
    """Nobody has agreed tomorrow."""

    message = N_("The day of consent lies in the future.")
    field = "consented_on"
    status = 422


class NetworkUnnamed(Refusal):
    """Another network has a name."""

    message = N_("Write the name of the network.")
    field = "name"
    status = 422


class AddressTaken(Refusal):
    """Two cities can't have the same address, nor can a former address be used again."""

    message = N_("Another city has this address, or had it before. Choose a different one.")
    field = "slug"
    status = 422


class SuccessorNeeded(Refusal):
    """A merged city became part of another one."""

    message = N_("Name the city that this one became part of, as it stands on its own page.")
    field = "successor"
    status = 422


class SuccessorHasGone(Refusal):
    """The other city was merged itself."""

    message = N_("That city is part of another one itself. Name the city that exists today.")
    field = "successor"
    status = 422


class HasMerged(Refusal):
    """A merged city is kept for the record."""

    message = N_("This city became part of another one. Its profile is kept for the record and can't be changed.")
