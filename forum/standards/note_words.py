"""Notes of imports in the reader's words: what each field is called, and what was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forum.core.catalogue import Translator
from forum.core.refusals import N_, P_, spoken
from forum.ports.documents.delimited import encode
from forum.standards.models import NOTE_KINDS
from forum.standards.operations.summaries import Note

# Both the product's names of fields and the publisher's.
FIELDS: dict[str, str] = {
    "id": N_("Number"),
    "kind": N_("Type"),
    "deliverableType": N_("Type"),
    "supplement": N_("Supplement"),
    "supplementType": N_("Supplement"),
    "reference": N_("Reference"),
    "title_en": N_("English title"),
    "title.en": N_("English title"),
    "title_fr": N_("French title"),
    "title.fr": N_("French title"),
    "published_on": N_("Published on"),
    "publicationDate": N_("Published on"),
    "edition": N_("Edition"),
    "ics": N_("ICS codes"),
    "icsCode": N_("ICS codes"),
    "committee": P_("standards", "Committee"),
    "ownerCommittee": P_("standards", "Committee"),
    "stage": N_("Stage"),
    "currentStage": N_("Stage"),
    "replaces": N_("Replaces"),
    "replaced_by": P_("standards", "Replaced by"),
    "replacedBy": P_("standards", "Replaced by"),
    "languages": N_("Languages"),
    "pages": N_("Pages"),
    "pages.en": N_("Pages"),
    "scope_extract": N_("Extract of the scope"),
    "scope.en": N_("Extract of the scope"),
    "absent_since": N_("No longer in the file since"),
    "state": N_("State"),
    "status": N_("State"),
    "secretariat": N_("Who keeps the secretariat"),
    "created_on": N_("Created on"),
    "creationDate": N_("Created on"),
    "parent_iso_id": N_("Parent committee (number)"),
    "parentId": N_("Parent committee (number)"),
    "sort_key": N_("Order"),
    "sortKey": N_("Order"),
    "p_members": N_("Participating members"),
    "pMembers": N_("Participating members"),
    "o_members": N_("Observing members"),
    "oMembers": N_("Observing members"),
    "liaisons": N_("Liaisons"),
    "committeeLiaisons": N_("Liaisons"),
    "organizationLiaisons": N_("Liaisons"),
    "acronym": N_("Liaisons"),
}
HEADINGS = (
    N_("Line"),
    N_("Kind of note"),
    N_("Number"),
    N_("Reference"),
    N_("Field"),
    N_("Before"),
    N_("After"),
    N_("What is wrong"),
)


def sentence(note: Any, say: Translator) -> str:
    """Return what is wrong with a row; nothing for a note that only says what changed."""
    return say(note.sentence) if note.sentence else ""


def as_csv(notes: Iterable[Note], say: Translator) -> bytes:
    """Return notes as a table in the translator's language."""
    return encode(
        [say(heading) for heading in HEADINGS],
        (
            (
                note.line or None,
                spoken(NOTE_KINDS[note.kind], say),
                note.key,
                note.reference,
                spoken(FIELDS[note.field], say) if note.field in FIELDS else note.field,
                note.before,
                note.after,
                sentence(note, say),
            )
            for note in notes
        ),
    )
