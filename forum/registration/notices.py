"""What people consent to: why, who sees it, until when; in both languages, versioned by the hash of the text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from forum.core.catalogue import translator
from forum.core.refusals import N_


@dataclass(frozen=True, slots=True)
class Notice:
    """One purpose; ``needed`` ones must be ticked before a registration can be sent."""

    purpose: str
    tick: str
    why: str
    who: str
    until: str
    refusal: str = ""
    needed: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole text as shown, in order."""
        return tuple(text for text in (self.tick, self.why, self.who, self.until, self.refusal) if text)


NOTICES: dict[str, Notice] = {
    notice.purpose: notice
    for notice in (
        Notice(
            "notice",
            N_("I have read how my data are used for this forum."),
            N_("Name, function, organisation and mail address are needed to run the registration."),
            N_("The organisers of the forum and, for members of a delegation, its focal points see them."),
            N_("Contact data are deleted one year after the forum."),
            needed=True,
        ),
        Notice(
            "list",
            N_("My name may stand in the list of participants."),
            N_("The list tells participants whom they will meet: name, function, organisation and country."),
            N_("Participants and the organisers see it."),
            N_("The list is part of the archive of the forum."),
            N_("Without this consent your name isn't printed in the list."),
        ),
        Notice(
            "identity",
            N_("My passport data may be used for the invitation letter and for access to the venue."),
            N_("The authorities ask for them for a visa and for entry to secured areas."),
            N_("Only named staff can open them, with a reason that is recorded."),
            N_("They are deleted 30 days after the forum."),
            N_("Without this consent please show your passport at the registration desk; there is no letter."),
        ),
        Notice(
            "travel",
            N_("My journey may be used to plan arrivals and transfers."),
            N_("The logistics team plans cars and meeting points."),
            N_("The logistics team and the drivers concerned see it."),
            N_("It is deleted 30 days after the forum."),
            N_("Without this consent please arrange your own transfers."),
        ),
        Notice(
            "health",
            N_("My meals, allergies and accessibility needs may be used by the caterers and the venue."),
            N_("The kitchen and the venue prepare for them."),
            N_("They see numbers and tables; names only for severe allergies and for personal assistance."),
            N_("They are deleted seven days after the forum."),
            N_("Without this consent please tell the staff on site what you need."),
        ),
        Notice(
            "medical",
            N_("My medical note may be kept for the doctor on duty."),
            N_("It helps in an emergency."),
            N_("Only the organiser's office opens it, for the doctor on duty, with a reason that is recorded."),
            N_("It is deleted at the end of the forum."),
            N_("Without this consent no medical note is kept."),
        ),
    )
}


def version(purpose: str, language: str) -> str:
    """Return the version of a notice as shown in a language: the hash of its text."""
    speak = translator(language)
    text = "\n".join(speak(sentence) for sentence in NOTICES[purpose].sentences)
    return hashlib.sha256(text.encode()).hexdigest()
