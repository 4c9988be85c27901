"""What other rooms hand in: which of their texts may be drafted, names that stay, and the answers of the memory.

Deny by default: of what no ``Source`` names, nothing can be asked for and nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.audit.operations import SITE
from forum.events.models import Forum

# A record and one of its fields: why the text may not leave, or None.
Gate = Callable[[Any, str], str | None]


def _no_records(_forum: Forum) -> Sequence[Any]:
    return ()


def _nothing_more(_record: Any, _now: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record whose texts may be drafted.

    ``gate(now)`` gives the question that decides of each text whether it may leave; ``forum_of`` the forum to which a
    record belongs; ``within`` the records of a forum; ``wrote`` says that the public may see something new.
    """

    entity: str  # the table's name
    model: type[Any]  # bilingual, with a public id
    fields: tuple[str, ...]
    label: str  # a word of the catalogue
    gate: Callable[[datetime], Gate]
    forum_of: Callable[[Any], Forum | None] = lambda _record: None
    within: Callable[[Forum], Sequence[Any]] = _no_records
    wrote: Callable[[Any, datetime], None] = _nothing_more

    def scope_of(self, record: Any) -> str:
        """Return the scope of a record: its forum's, or none."""
        forum = self.forum_of(record)
        return forum.chain if forum is not None else ""

    def chain_of(self, record: Any) -> str:
        """Return the chain of the audit to which changes of a record belong."""
        return self.scope_of(record) or SITE


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    sources: dict[str, Source] = field(default_factory=dict)
    names: Callable[[], Iterable[str]] = tuple  # the do-not-translate list
    embedded: Callable[[str, str, str], str] | None = None  # a text, its language, the other: what memory knows

    def offer(self, sources: Iterable[Source]) -> None:
        """Add kinds of records."""
        self.sources |= {source.entity: source for source in sources}


neighbours = Neighbours()
