"""The refusals of publishing by consent."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class BothLanguagesNeeded(Refusal):
    """An outcome that one half of its readers couldn't read."""

    message = N_(
        "The public reads an outcome in both languages. Give its title and its summary in English and in Chinese."
    )
    field = "title_en"
    status = 422


class OutcomeAhead(Refusal):
    """It hasn't happened yet."""

    message = N_("An outcome can't lie in the future. Enter the day on which it was reached.")
    field = "happened_on"
    status = 422


class OutcomeNeedsEvidence(Refusal):
    """Nobody accepted a file that shows it."""

    message = N_("An outcome rests on evidence that has been accepted. Choose such a file, or have one checked first.")
    field = "evidence"
    status = 422


class OutcomePublished(Refusal):
    """Published words stay as they are."""

    message = N_("The outcome is published, so its words stay as they are. Take it back first, then change it.")


class OutcomeTakenBack(Refusal):
    """Consent to something that was taken back."""

    message = N_("The outcome has been taken back. Change it or propose it again before anybody consents to it.")


class OfficeNameNeeded(Refusal):
    """A contact office without a name."""

    message = N_("Name the office in English or in Chinese, better in both; an office, not a person.")
    field = "name_en"
    status = 422


class WebsiteUnsafe(Refusal):
    """The address isn't one of the web."""

    message = N_("The address must begin with https://.")
    field = "website"
    status = 422


class NothingToConsentTo(Refusal):
    """The thing isn't there, or not any more."""

    message = N_("This can't be shown any more. Open the page again and see what there is.")


class WordsMoved(Refusal):
    """Consent is to the words that somebody read."""

    message = N_("The words have changed since you opened the page. Read them again, then consent.")
