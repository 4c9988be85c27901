"""What an end of a link is to whoever may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from forum.core.bilingual import Text
from forum.evidence.states import EndKind


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: what it is called, when it was, where its page is, and whose it is."""

    reference: str
    kind: EndKind
    title: Text
    on: date | None = None
    place: Text = Text()  # the forum, the cities
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()  # scopes of grants: "forum:3", "city:12", "committee:5"
    key: int = 0
    sessions: frozenset[str] | None = None  # of a partnership: those that it may be tied to; None: any


def reference_of(kind: EndKind, public_id: str) -> str:
    """Return how links name an end."""
    return f"{kind}:{public_id}"
