"""What other rooms hand in: which of their texts may be drafted, names that stay, and the answers of the memory.

Deny by default: of what no ``Source`` names, nothing can be asked for and nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forum.audit.operations import SITE
from forum.core.bilingual import Text
from forum.events.models import Forum

# A record and one of its fields: why the text may not leave, or None.
Gate = Callable[[Any, str], str | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Texts that are worked on together: those of a forum, a partnership, a standard, a case or a city.

    ``collection`` and ``key`` name it in an address, ``name`` in the queue; ``entity`` and ``entity_id`` in the audit.
    """

    collection: str
    key: str
    name: str
    entity: str
    entity_id: str
    title: Text
    holder: Any  # the record itself
    needed_on: date | None = None  # by when its texts should stand in both languages

    @property
    def chain(self) -> str:
        """The chain of the audit to which changes of its texts belong."""
        return chain_named(self.name)

    @classmethod
    def of_forum(cls, forum: Forum) -> Scope:
        """Return the texts of a forum; they are needed on its first day."""
        title = forum.text("title")
        return cls("forums", forum.slug, forum.chain, "forum", forum.public_id, title, forum, forum.first_day)


def chain_named(scope: str) -> str:
    """Return the chain of the audit for a scope: each forum has its own, everything else the site's."""
    return scope if scope.startswith("forum:") else SITE


def _no_records(_holders: Sequence[Any]) -> Sequence[Any]:
    return ()


def _nothing_more(_record: Any, _now: datetime) -> None:
    return None


def _of_nothing(_record: Any) -> str:
    return ""


def _open(_record: Any, _field: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record whose texts may be drafted.

    ``gate(now)`` gives the question that decides of each text whether it may leave; ``scope_of`` the name of the scope
    to which a record belongs; ``within`` the records of some holders of ``collection``, in a bounded number of
    statements; ``wrote`` says that the public may see something new; ``fixed`` why the words of a text may not be
    changed here, neither by a person nor by a draft.
    """

    entity: str  # the table's name
    model: type[Any]  # bilingual, with a public id
    fields: tuple[str, ...]
    label: str  # a word of the catalogue
    gate: Callable[[datetime], Gate]
    collection: str = ""
    scope_of: Callable[[Any], str] = _of_nothing
    within: Callable[[Sequence[Any]], Sequence[Any]] = _no_records
    wrote: Callable[[Any, datetime], None] = _nothing_more
    fixed: Callable[[Any, str], str | None] = _open

    def chain_of(self, record: Any) -> str:
        """Return the chain of the audit to which changes of a record belong."""
        return chain_named(self.scope_of(record))


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    sources: dict[str, Source] = field(default_factory=dict)
    names: Callable[[], Iterable[str]] = tuple  # the do-not-translate list
    embedded: Callable[[str, str, str], str] | None = None  # a text, its language, the other: what memory knows

    def offer(self, sources: Iterable[Source]) -> None:
        """Add kinds of records."""
        self.sources |= {source.entity: source for source in sources}

    def of(self, collection: str) -> list[Source]:
        """Return the kinds of records that belong to a collection."""
        return [source for source in self.sources.values() if source.collection == collection]


neighbours = Neighbours()
