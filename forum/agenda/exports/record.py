"""The agenda as our own JSON, lossless."""

from __future__ import annotations

from forum.agenda.document import as_document
from forum.agenda.programme import Programme
from forum.ports.documents import canonical

MEDIA_TYPE = "application/json"


def as_json(programme: Programme) -> bytes:
    """Return the programme as canonical JSON; ``forum.agenda.document.from_document`` reads it back."""
    return canonical.encode(as_document(programme))
