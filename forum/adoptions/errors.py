"""Why an adoption can't be entered or changed."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class ChangedMeanwhile(StaleEdit):
    """Somebody saved the entry after this editor had opened it."""


class UnknownStandard(Refusal):
    """No standard of the catalogue is called so."""

    message = N_("The catalogue holds no standard called “%(reference)s”. Write the full reference with its year.")
    status = 422


class NotNational(Refusal):
    """The national side isn't a national standard."""

    message = N_("“%(reference)s” isn't a national standard. Write its number, such as GB/T 36749-2018.")
    field = "national"
    status = 422


class NotInternational(Refusal):
    """The international side isn't an international edition."""

    message = N_("“%(reference)s” isn't an international edition. Write its dated reference, such as ISO 37120:2014.")
    field = "international"
    status = 422


class PairKnown(Refusal):
    """The two standards have an entry already."""

    message = N_("The ledger has an entry for these two standards already. Change that one.")
    field = "international"


class OwnProposal(Refusal):
    """Nobody enters what they proposed."""

    message = N_("You proposed this entry yourself. Somebody else of the national office enters it.")


class CommitteeForeign(Refusal):
    """A secretary proposes for their own committee."""

    message = N_("Choose a committee whose secretary you are.")
    field = "mirror"
    status = 422


class DegreeMissing(Refusal):
    """What isn't named can't be confirmed."""

    message = N_("Say first to what degree the standard follows the edition.")
    field = "degree"
    status = 422


class EvidenceMissing(Refusal):
    """A degree becomes a fact by evidence."""

    message = N_("Say where the degree can be read, such as the page of the standard at openstd.samr.gov.cn.")
    field = "evidence"
    status = 422


class IdenticalDiffers(Refusal):
    """An identical adoption has no technical difference."""

    message = N_("An identical adoption has no technical differences. Set the degree to modified, or remove them.")
    field = "degree"


class DifferencesMissing(Refusal):
    """A modified adoption names its technical differences."""

    message = N_("A modified adoption names every technical difference. Enter at least one, with its reason.")
    field = "degree"


class ReasonMissing(Refusal):
    """Every technical difference has a reason."""

    message = N_("Give the reason for the technical difference in clause %(clause)s.")
    field = "reason_en"
    status = 422


class ChangeMissing(Refusal):
    """A difference says what differs."""

    message = N_("Say in at least one language what differs.")
    field = "change_en"
    status = 422


class DayMissing(Refusal):
    """A standard is in force from a day."""

    message = N_("Give the day from which the national standard is in force.")
    field = "in_force_from"
    status = 422


class OverBeforeItBegan(Refusal):
    """Something ends after it began."""

    message = N_("The national standard was not in force on this day yet.")
    field = "superseded_on"
    status = 422


class NotOpen(Refusal):
    """The entry can't be changed by this person now."""

    message = N_("This entry stands in the ledger or was withdrawn; only the national office changes it now.")


class NoDegreeInReverse(Refusal):
    """What was made from a national standard follows it to no degree."""

    message = N_("Where the international standard was made from the national one, there is no degree of adoption.")
    field = "degree"
    status = 422
