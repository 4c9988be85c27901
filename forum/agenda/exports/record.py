"""The agenda as our own JSON, lossless."""

from __future__ import annotations

from forum.agenda.document import as_document
from forum.agenda.exports.standing import standing
from forum.agenda.programme import Programme
from forum.ports.documents import canonical
from forum.translation.standing import Texts

MEDIA_TYPE = "application/json"


def as_json(programme: Programme, *, texts: Texts = "machine") -> bytes:
    """Return the programme as canonical JSON; ``forum.agenda.document.from_document`` reads it back.

    Each text carries the state of each of its sides, so nothing needs to be left out unless somebody asks for it.
    """
    return canonical.encode(as_document(standing(programme, texts)))
