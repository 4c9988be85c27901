"""Refusals of signing and registering."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class SigningDateOutside(Refusal):
    """Signed before the approval, after its validity, or in the future."""

    message = N_("The day of signing must lie within the approval, between %(first)s and %(last)s.")
    field = "signed_on"


class EffectBeforeSigning(Refusal):
    """Effective before signed, or over before effective."""

    message = N_("The agreement takes effect on the day of signing or later, and ends after that.")
    field = "effective_on"


class ScansNeeded(Refusal):
    """A scan is missing."""

    message = N_("Upload the scan of the signed copy in each language first.")
    field = "scan"


class StillValid(Refusal):
    """The approval hasn't expired."""

    message = N_("The approval and the time for reporting a signature have not passed.")


class TextUnchanged(Refusal):
    """The text is the approved one."""

    message = N_("The text is unchanged.")


class DigitsDiffer(Refusal):
    """The signed copies bear other digits."""

    message = N_("The digits printed on the signed copies are not those of the approved text. Compare them again.")
    field = "printed_digits"


class EndNeeded(Refusal):
    """An agreement without end that doesn't renew itself."""

    message = N_("Give the last day of the term; only an agreement that renews itself has none.")
    field = "ends_on"


class NotReturnedFromSigning(Refusal):
    """Only a wrong scan is replaced this way."""

    message = N_("A scan can only be replaced after the registrar has returned the signed copies.")
