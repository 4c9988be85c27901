"""Refusals of what the national office sets beforehand."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class ReferenceTaken(Refusal):
    """A delegation with this number stands already."""

    message = N_("A delegation with this reference stands already. Give it another one.")
    field = "reference"


class TermReversed(Refusal):
    """The last day lies before the first."""

    message = N_("The last day lies before the first day.")
    field = "ends_on"


class DelegationOver(Refusal):
    """A delegation that has ended already, or whose last day is over."""

    message = N_("This delegation has ended already.")


class SettingsChanged(StaleEdit):
    """Two people change the settings."""

    message = N_("Somebody has changed the settings since you opened this page. Compare your entries and send again.")


class NothingChanged(Refusal):
    """The same numbers as before."""

    message = N_("Nothing differs from the settings in force.")


class SettingOutside(Refusal):
    """A number outside its bounds."""

    message = N_("Write a whole number from %(least)s to %(most)s.")
