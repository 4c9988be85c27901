"""What a registration may ask: groups of fields, documents, and the sealed fields with their classes."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core.refusals import N_
from forum.registration.models import FieldClass

# Optional groups that a category may ask for (Category.fields holds these keys).
FIELD_GROUPS: dict[str, str] = {
    "letter": N_("Invitation letter for a visa"),
    "travel": N_("Arrival and departure"),
    "diet": N_("Meals and allergies"),
    "access": N_("Accessibility"),
    "medical": N_("Note for the doctor on duty"),
    "interpretation": N_("Interpretation"),
}

DOCUMENT_KINDS: dict[str, str] = {
    "note_verbale": N_("Note verbale"),
    "nomination_letter": N_("Letter of nomination"),
    "letter_of_assignment": N_("Letter of assignment"),
    "press_card": N_("Press card"),
    "passport_copy": N_("Copy of the passport"),
    "photo": N_("Photograph"),
}
SEALED_DOCUMENTS = frozenset({"passport_copy", "photo"})  # identity documents are sealed at rest

DIETS: dict[str, str] = {
    "halal": N_("Halal"),
    "kosher": N_("Kosher"),
    "vegetarian": N_("Vegetarian"),
    "vegan": N_("Vegan"),
    "no_beef": N_("No beef"),
    "no_pork": N_("No pork"),
    "no_alcohol": N_("No contact with alcohol"),
    "no_gluten": N_("No gluten"),
    "no_lactose": N_("No lactose"),
    "no_nuts": N_("No nuts"),
    "no_seafood": N_("No seafood"),
}

ACCESS_NEEDS: dict[str, str] = {
    "wheelchair": N_("Wheelchair"),
    "hearing_loop": N_("Hearing loop"),
    "sign_language": N_("Sign language"),
    "captions": N_("Captions"),
    "companion": N_("Companion"),
    "guide_dog": N_("Guide dog"),
    "large_print": N_("Large print"),
    "front_seat": N_("Seat at the front"),
    "rest_breaks": N_("Breaks to rest"),
    "prayer_room": N_("Prayer room"),
}

LISTENING: dict[str, str] = {
    "en": N_("English"),
    "zh": N_("Chinese"),
    "fr": N_("French"),
    "ru": N_("Russian"),
    "es": N_("Spanish"),
    "ar": N_("Arabic"),
}

ATTENDANCES: dict[str, str] = {
    "onsite": N_("On site"),
    "remote": N_("Online"),
    "undecided": N_("Not known yet"),
}


@dataclass(frozen=True, slots=True)
class SealedKind:
    """A sealed field: its class, its label, and whether staff see its last four characters."""

    field_class: FieldClass
    label: str
    shows_end: bool = False
    indexed: bool = False  # has a blind index, for finding duplicates


SEALED_FIELDS: dict[str, SealedKind] = {
    "passport_number": SealedKind(FieldClass.IDENTITY, N_("Passport number"), shows_end=True, indexed=True),
    "birth_date": SealedKind(FieldClass.IDENTITY, N_("Date of birth")),
    "phone": SealedKind(FieldClass.CONTACT, N_("Telephone"), shows_end=True),
    "arrival": SealedKind(FieldClass.TRAVEL, N_("Arrival")),
    "departure": SealedKind(FieldClass.TRAVEL, N_("Departure")),
    "diet": SealedKind(FieldClass.HEALTH, N_("Meals")),
    "allergies": SealedKind(FieldClass.HEALTH, N_("Allergies")),
    "access": SealedKind(FieldClass.HEALTH, N_("Accessibility needs")),
    "emergency_contact": SealedKind(FieldClass.HEALTH, N_("Emergency contact")),
    "medical_note": SealedKind(FieldClass.MEDICAL, N_("Medical note")),
}

FIELD_CLASSES: dict[str, str] = {
    "identity": N_("Identity document"),
    "contact": N_("Contact"),
    "travel": N_("Journey"),
    "health": N_("Meals, allergies and accessibility"),
    "medical": N_("Medical note"),
}

# Which consent a class of sealed fields needs; contact rests on the notice alone.
CONSENT_FOR: dict[FieldClass, str] = {
    FieldClass.IDENTITY: "identity",
    FieldClass.TRAVEL: "travel",
    FieldClass.HEALTH: "health",
    FieldClass.MEDICAL: "medical",
}


def last_four(text: str) -> str:
    """Return the end of a value that staff may see; short values show nothing."""
    return text[-4:] if len(text) >= 7 else ""
