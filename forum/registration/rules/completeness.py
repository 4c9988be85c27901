"""What a registration still lacks before it can be sent; each gap leads to the step where it is filled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forum.core.refusals import N_
from forum.registration.models import FieldClass, Participation
from forum.registration.notices import NOTICES
from forum.registration.rules.fields import CONSENT_FOR, SEALED_FIELDS

PERSON, NEEDS, CONSENTS = "person", "needs", "consents"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: the step, and a sentence that is a catalogue key."""

    step: str
    sentence: str


def gaps(
    participation: Participation,
    sealed: Collection[str],
    documents: Collection[str],
    consents: Mapping[str, bool],
) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the steps."""
    found = [
        *_of_person(participation),
        *_of_needs(participation, sealed, documents),
        *_of_consents(participation, sealed, consents),
    ]
    return tuple(found)


def _of_person(participation: Participation) -> list[Gap]:
    person = participation.person
    found = []
    if not (person.family_latin or person.given_latin):
        found.append(Gap(PERSON, N_("Write the name in Latin letters.")))
    if not (participation.side("organisation_name", "en") or participation.side("organisation_name", "zh")):
        found.append(Gap(PERSON, N_("Name the organisation, in one language at least.")))
    if not (participation.side("function", "en") or participation.side("function", "zh")):
        found.append(Gap(PERSON, N_("Give the function, in one language at least.")))
    if not participation.country_iso2:
        found.append(Gap(PERSON, N_("Choose the country or region.")))
    if not (person.email or participation.registrant_id):
        found.append(Gap(PERSON, N_("Give a mail address for the answers.")))
    if participation.category.needs_delegation and participation.delegation_id is None:
        found.append(Gap(PERSON, N_("Choose the delegation.")))
    return found


def _of_needs(participation: Participation, sealed: Collection[str], documents: Collection[str]) -> list[Gap]:
    found = []
    if participation.needs_letter:
        if not (participation.person.passport_surname or participation.person.passport_given):
            found.append(Gap(NEEDS, N_("The invitation letter needs the name as in the passport.")))
        if "passport_number" not in sealed:
            found.append(Gap(NEEDS, N_("The invitation letter needs the passport number.")))
        if "birth_date" not in sealed:
            found.append(Gap(NEEDS, N_("The invitation letter needs the date of birth.")))
    lacking = [kind for kind in participation.category.required_documents if kind not in documents]
    return found + [Gap(NEEDS, DOCUMENT_GAPS.get(kind, N_("A required document is missing."))) for kind in lacking]


def _of_consents(participation: Participation, sealed: Collection[str], consents: Mapping[str, bool]) -> list[Gap]:
    found = [
        Gap(CONSENTS, N_("Please read the privacy notice and tick it."))
        for notice in NOTICES.values()
        if notice.needed and not consents.get(notice.purpose)
    ]
    classes = {SEALED_FIELDS[field].field_class for field in sealed if field in SEALED_FIELDS}
    if participation.needs_letter:
        classes.add(FieldClass.IDENTITY)
    for field_class, purpose in CONSENT_FOR.items():
        if field_class in classes and not consents.get(purpose):
            found.append(Gap(CONSENTS, CONSENT_GAPS[purpose]))
    return found


CONSENT_GAPS = {
    "identity": N_("Tick the consent for passport data, or take the passport data out."),
    "travel": N_("Tick the consent for the journey, or take the journey out."),
    "health": N_("Tick the consent for meals and accessibility, or take these entries out."),
    "medical": N_("Tick the consent for the medical note, or take the note out."),
}
DOCUMENT_GAPS = {
    "note_verbale": N_("The note verbale is missing."),
    "nomination_letter": N_("The letter of nomination is missing."),
    "letter_of_assignment": N_("The letter of assignment is missing."),
    "press_card": N_("The press card is missing."),
    "passport_copy": N_("The copy of the passport is missing."),
    "photo": N_("The photograph is missing."),
}
